/** Solana and its like, over JSON-RPC. */
import {
  array,
  type Infer,
  nullable,
  number,
  optional,
  string,
  type,
  union,
  unknown,
} from '@metamask/superstruct';
import type { Network } from '../../../src/chains/chain';
import { JsonRpcClient } from '../../../src/chains/json-rpc';
import { SolanaRpc } from '../../../src/chains/solana/rpc';
import { Pubkey } from '../../../src/vm-preview/svm/pubkey';
import { shortened } from '../parts/text';
import { buildTransaction } from '../solana/build';
import { transferSol } from '../solana/instructions';
import {
  type Balance,
  type BalanceChange,
  HISTORY,
  type Landed,
  type Ledger,
  type Transaction,
} from './ledger';

const TOKEN_PROGRAMS = [
  'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
];
const TIMEOUT = { timeoutMs: 12_000 };

/** A number, or digits where a double cannot hold it. */
const integer = union([number(), string()]);
const balanceShape = type({ value: integer });
const amountShape = type({ amount: string(), decimals: number() });
const tokensShape = type({
  value: array(
    type({
      account: type({
        data: type({
          parsed: type({ info: type({ mint: string(), tokenAmount: amountShape }) }),
        }),
      }),
    }),
  ),
});
const historyShape = array(
  type({
    signature: string(),
    slot: integer,
    err: unknown(),
    blockTime: optional(nullable(integer)),
  }),
);
const tokenBalanceShape = type({
  accountIndex: number(),
  mint: string(),
  owner: optional(string()),
  uiTokenAmount: amountShape,
});
const transactionShape = nullable(
  type({
    slot: integer,
    blockTime: optional(nullable(integer)),
    meta: type({
      err: unknown(),
      fee: integer,
      preBalances: array(integer),
      postBalances: array(integer),
      preTokenBalances: optional(nullable(array(tokenBalanceShape))),
      postTokenBalances: optional(nullable(array(tokenBalanceShape))),
      logMessages: optional(nullable(array(string()))),
      loadedAddresses: optional(
        nullable(type({ writable: array(string()), readonly: array(string()) })),
      ),
    }),
    transaction: type({ message: type({ accountKeys: array(string()) }) }),
  }),
);
type TokenBalance = Infer<typeof tokenBalanceShape>;
/** Only the local chain tells the names of its tokens. */
const infoShape = type({ tokens: array(type({ mint: string(), symbol: string() })) });

const clientOf = ({ endpoint }: Network) => new JsonRpcClient(endpoint, TIMEOUT);

export const solana: Ledger = {
  async balances(network, address) {
    const client = clientOf(network);
    const [{ value }, names, ...tokens] = await Promise.all([
      client.call('getBalance', [address, { commitment: 'confirmed' }], balanceShape),
      tokenNames(network, client),
      ...TOKEN_PROGRAMS.map((programId) =>
        client.call(
          'getTokenAccountsByOwner',
          [address, { programId }, { encoding: 'jsonParsed', commitment: 'confirmed' }],
          tokensShape,
        ),
      ),
    ]);
    const { symbol, decimals } = network.coin;
    return [{ symbol, decimals, amount: String(value) }, ...summed(tokens, names)];
  },

  async history(network, address) {
    const params = [address, { limit: HISTORY, commitment: 'confirmed' }];
    const found = await clientOf(network).call('getSignaturesForAddress', params, historyShape);
    return Promise.all(
      found.map(
        async ({ signature, slot, err, blockTime }): Promise<Landed> => ({
          id: signature,
          height: String(slot),
          ...timed(blockTime),
          ...failed(err),
          ...(await changesOf(network, signature)),
        }),
      ),
    );
  },

  async transaction(network, id) {
    const client = clientOf(network);
    const config = { encoding: 'json', commitment: 'confirmed', maxSupportedTransactionVersion: 0 };
    const found = await client.call('getTransaction', [id, config], transactionShape);
    if (found === null) return undefined;
    const { meta, slot, blockTime, transaction } = found;
    const keys = [
      ...transaction.message.accountKeys,
      ...(meta.loadedAddresses?.writable ?? []),
      ...(meta.loadedAddresses?.readonly ?? []),
    ];
    const names = await tokenNames(network, client);
    const told: Transaction = {
      id,
      height: String(slot),
      fee: String(meta.fee),
      changes: [
        ...coinChanges(keys, meta.preBalances, meta.postBalances, network.coin),
        ...tokenChanges(keys, meta.preTokenBalances ?? [], meta.postTokenBalances ?? [], names),
      ],
      lines: meta.logMessages ?? [],
      ...timed(blockTime),
      ...failed(meta.err),
    };
    const [feePayer] = keys;
    return feePayer === undefined ? told : { ...told, feePayer };
  },

  async transfer(network, { amount, from, to }) {
    const { blockhash } = await new SolanaRpc(network.endpoint).getLatestBlockhash();
    const payer = Pubkey.fromBase58(from);
    return buildTransaction(payer, [transferSol(payer, Pubkey.fromBase58(to), amount)], blockhash);
  },

  isAddress(text) {
    try {
      Pubkey.fromBase58(text);
      return true;
    } catch {
      return false;
    }
  },
};

/** Public nodes answer only so many questions: where they refuse, the line does without. */
async function changesOf(network: Network, id: string): Promise<Pick<Landed, 'changes'>> {
  try {
    const told = await solana.transaction(network, id);
    return told === undefined ? {} : { changes: told.changes };
  } catch {
    return {};
  }
}

type Names = ReadonlyMap<string, string>;

async function tokenNames({ builtin }: Network, client: JsonRpcClient): Promise<Names> {
  if (builtin) return new Map();
  try {
    const { tokens } = await client.call('localnet_info', [], infoShape, { retries: 0 });
    return new Map(tokens.map(({ mint, symbol }) => [mint, symbol]));
  } catch {
    // Not one of ours: its tokens are told by their mints.
    return new Map();
  }
}

function summed(answers: readonly Infer<typeof tokensShape>[], names: Names): Balance[] {
  const sums = new Map<string, Balance>();
  for (const { value } of answers) {
    for (const { account } of value) {
      const { mint, tokenAmount } = account.data.parsed.info;
      const { amount, decimals } = tokenAmount;
      const before = BigInt(sums.get(mint)?.amount ?? 0);
      const symbol = names.get(mint) ?? shortened(mint);
      sums.set(mint, { id: mint, symbol, decimals, amount: String(before + BigInt(amount)) });
    }
  }
  return [...sums.values()].filter(({ amount }) => amount !== '0');
}

function coinChanges(
  keys: readonly string[],
  before: readonly (number | string)[],
  after: readonly (number | string)[],
  { symbol, decimals }: Network['coin'],
): BalanceChange[] {
  return keys.flatMap((address, index) => {
    const delta = BigInt(after[index] ?? 0) - BigInt(before[index] ?? 0);
    return delta === 0n ? [] : [{ address, symbol, decimals, delta: String(delta) }];
  });
}

function tokenChanges(
  keys: readonly string[],
  before: readonly TokenBalance[],
  after: readonly TokenBalance[],
  names: Names,
): BalanceChange[] {
  const indexes = new Set([...before, ...after].map(({ accountIndex }) => accountIndex));
  return [...indexes].flatMap((index) => {
    const at = (rows: readonly TokenBalance[]) => rows.find((row) => row.accountIndex === index);
    const known = at(after) ?? at(before);
    const amount = (row: TokenBalance | undefined) => BigInt(row?.uiTokenAmount.amount ?? 0);
    const delta = amount(at(after)) - amount(at(before));
    const address = known?.owner ?? keys[index];
    if (known === undefined || address === undefined || delta === 0n) return [];
    const { mint, uiTokenAmount } = known;
    const symbol = names.get(mint) ?? shortened(mint);
    return [{ address, symbol, decimals: uiTokenAmount.decimals, delta: String(delta) }];
  });
}

function timed(seconds: number | string | null | undefined): { time?: number } {
  return seconds === null || seconds === undefined ? {} : { time: Number(seconds) * 1000 };
}

function failed(error: unknown): { error?: string } {
  return error === null || error === undefined ? {} : { error: JSON.stringify(error) };
}
