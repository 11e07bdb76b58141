/** Sui, over GraphQL. */
import {
  array,
  assign,
  boolean,
  type Infer,
  nullable,
  number,
  string,
  type,
} from '@metamask/superstruct';
import type { Network } from '../../../src/chains/chain';
import { GraphqlClient } from '../../../src/chains/sui/graphql';
import { shortened } from '../parts/text';
import { transferSui } from '../sui/build';
import { type Balance, type BalanceChange, HISTORY, type Landed, type Ledger } from './ledger';

const SUI = fullType('0x2::sui::SUI');
/** Currencies that are looked up by name. */
const MAX_BALANCES = 12;

const balancesShape = type({
  address: nullable(
    type({
      balances: type({
        nodes: array(type({ coinType: type({ repr: string() }), totalBalance: string() })),
      }),
    }),
  ),
});
const coinShape = type({
  coinMetadata: nullable(type({ decimals: nullable(number()), symbol: nullable(string()) })),
});
const effectsShape = type({
  status: string(),
  timestamp: nullable(string()),
  checkpoint: nullable(type({ sequenceNumber: number() })),
  executionError: nullable(type({ message: string() })),
});
const balanceChangesShape = nullable(
  array(type({ address: string(), coinType: string(), amount: string() })),
);
const historyShape = type({
  transactions: type({
    nodes: array(
      type({
        digest: string(),
        effects: assign(effectsShape, type({ balanceChangesJson: balanceChangesShape })),
      }),
    ),
  }),
});
const eventShape = type({ contents: nullable(type({ type: type({ repr: string() }) })) });
const transactionShape = type({
  transaction: nullable(
    type({
      sender: nullable(type({ address: string() })),
      effects: type({
        status: string(),
        timestamp: nullable(string()),
        checkpoint: nullable(type({ sequenceNumber: number() })),
        executionError: nullable(type({ message: string() })),
        gasEffects: type({
          gasSummary: type({
            computationCost: number(),
            storageCost: number(),
            storageRebate: number(),
          }),
        }),
        events: type({ nodes: array(eventShape), pageInfo: type({ hasNextPage: boolean() }) }),
        balanceChangesJson: balanceChangesShape,
      }),
    }),
  ),
});

const EFFECTS = 'status timestamp checkpoint { sequenceNumber } executionError { message }';
const BALANCES = `query Balances($owner: SuiAddress!) {
  address(address: $owner) {
    balances(first: ${MAX_BALANCES}) { nodes { coinType { repr } totalBalance } }
  }
}`;
const COIN = `query Coin($type: String!) { coinMetadata(coinType: $type) { decimals symbol } }`;
const SENT = `query History($address: SuiAddress!) {
  transactions(last: ${HISTORY}, filter: { affectedAddress: $address }) {
    nodes { digest effects { ${EFFECTS} balanceChangesJson } }
  }
}`;
const TRANSACTION = `query Transaction($digest: String!) {
  transaction(digest: $digest) {
    sender { address }
    effects {
      ${EFFECTS}
      gasEffects { gasSummary { computationCost storageCost storageRebate } }
      events(first: 50) { nodes { contents { type { repr } } } pageInfo { hasNextPage } }
      balanceChangesJson
    }
  }
}`;

export const sui: Ledger = {
  async balances(network, owner) {
    const client = new GraphqlClient(network.endpoint);
    const { address } = await client.ask(
      { what: 'balances', query: BALANCES, variables: { owner } },
      balancesShape,
    );
    const rows = address?.balances.nodes ?? [];
    const own = rows.find(({ coinType }) => coinType.repr === SUI);
    const { symbol, decimals } = network.coin;
    const others = rows.filter(
      ({ coinType, totalBalance }) => coinType.repr !== SUI && totalBalance !== '0',
    );
    return [
      { symbol, decimals, amount: own?.totalBalance ?? '0' },
      ...(await Promise.all(
        others.map(async ({ coinType: { repr }, totalBalance }): Promise<Balance> => {
          const words = await wordsOf(network, repr);
          return { id: repr, amount: totalBalance, ...words };
        }),
      )),
    ];
  },

  async history(network, address) {
    const { transactions } = await new GraphqlClient(network.endpoint).ask(
      { what: 'transactions', query: SENT, variables: { address } },
      historyShape,
    );
    const found = await Promise.all(
      transactions.nodes.map(async ({ digest, effects }) => ({
        ...landed(digest, effects),
        changes: await changesOf(network, effects.balanceChangesJson),
      })),
    );
    return found.reverse();
  },

  async transaction(network, id) {
    const { transaction } = await new GraphqlClient(network.endpoint).ask(
      { what: 'a transaction', query: TRANSACTION, variables: { digest: id } },
      transactionShape,
    );
    // It has run, but is in no checkpoint yet.
    if (transaction === null || transaction.effects.checkpoint === null) return undefined;
    const { effects, sender } = transaction;
    const { computationCost, storageCost, storageRebate } = effects.gasEffects.gasSummary;
    const told = {
      ...landed(id, effects),
      fee: String(computationCost + storageCost - storageRebate),
      changes: await changesOf(network, effects.balanceChangesJson),
      lines: effects.events.nodes.flatMap(({ contents }) =>
        contents === null ? [] : [contents.type.repr],
      ),
    };
    return sender === null ? told : { ...told, feePayer: sender.address };
  },

  /** Who signs it chooses the gas. */
  transfer: async (_network, { amount, from, to }) => transferSui(from, to, amount),

  isAddress: (text) => /^0x[0-9a-f]{1,64}$/i.test(text),
};

function changesOf(
  network: Network,
  changes: Infer<typeof balanceChangesShape>,
): Promise<BalanceChange[]> {
  return Promise.all(
    (changes ?? []).map(async ({ address, amount, coinType }) => {
      const { decimals, symbol } = await wordsOf(network, coinType);
      return { address, symbol, decimals, delta: amount };
    }),
  );
}

interface Words {
  readonly symbol: string;
  readonly decimals: number;
}

/** What a currency calls itself; one that says nothing is told by its type, in its smallest unit. */
async function wordsOf({ coin, endpoint }: Network, coinType: string): Promise<Words> {
  if (fullType(coinType) === SUI) return coin;
  const { coinMetadata } = await new GraphqlClient(endpoint).ask(
    { what: 'a coin’s metadata', query: COIN, variables: { type: coinType } },
    coinShape,
  );
  return {
    symbol: coinMetadata?.symbol ?? shortened(coinType),
    decimals: coinMetadata?.decimals ?? 0,
  };
}

function landed(
  id: string,
  {
    checkpoint,
    executionError,
    status,
    timestamp,
  }: {
    status: string;
    timestamp: string | null;
    checkpoint: { sequenceNumber: number } | null;
    executionError: { message: string } | null;
  },
): Landed {
  return {
    id,
    height: String(checkpoint?.sequenceNumber ?? ''),
    ...(timestamp === null ? {} : { time: Date.parse(timestamp) }),
    ...(status === 'SUCCESS' ? {} : { error: executionError?.message ?? 'it failed' }),
  };
}

/** As the service writes types: whole addresses. */
function fullType(text: string): string {
  return text.replace(/0x([0-9a-f]+)/g, (_, digits: string) => `0x${digits.padStart(64, '0')}`);
}
