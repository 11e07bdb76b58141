/**
 * A Solana chain with no chain behind it, for testing what stands above: a transaction is JSON with the
 * addresses that sign, and what a preview of it says is up to the test.
 */
import type { Chain } from '../../src/chains/chain';
import { CannotPreview, LookaheadError, MalformedError } from '../../src/vm-preview/errors';
import type { Preview } from '../../src/vm-preview/model/preview';
import { TRANSFER } from './previews';

export interface FakeTransaction {
  signers: string[];
  signed?: string[];
  blockhash?: string;
  nonce?: boolean;
  signatures?: Record<string, string>;
}

const text = new TextEncoder();

export function encodeFake(transaction: FakeTransaction): Uint8Array {
  return text.encode(JSON.stringify(transaction));
}

export function decodeFake(bytes: Uint8Array): FakeTransaction {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new MalformedError('transaction-truncated', 'the transaction ends too early');
  }
}

export interface PreviewCall {
  readonly transaction: FakeTransaction;
  readonly base: unknown;
  readonly knownAccounts: readonly string[];
}

/** What the next previews say; tests set it. */
export const chain = {
  /** Called for each preview, in order. */
  preview: (_call: PreviewCall): Preview | Promise<Preview> => TRANSFER,
  differences: [] as { code: string; text: string }[],
  calls: [] as PreviewCall[],
  submitted: [] as FakeTransaction[],
  blockhashes: 0,
  reset(): void {
    chain.preview = () => TRANSFER;
    chain.differences = [];
    chain.calls = [];
    chain.submitted = [];
    chain.blockhashes = 0;
  },
};

const NETWORK = {
  chain: 'solana',
  id: 'solana-mainnet',
  name: 'Solana',
  coin: { symbol: 'SOL', decimals: 9 },
  isTest: false,
  endpoint: 'https://rpc.example.org',
  genesis: 'GenesisOfMainnet',
  builtin: true,
} as const;

/** In place of `src/chains/solana`. */
export const fakeSolana = {
  SOLANA_NETWORKS: [
    NETWORK,
    { ...NETWORK, id: 'solana-devnet', name: 'Devnet', isTest: true, genesis: 'GenesisOfDevnet' },
  ],
  createSolanaCache: (store: unknown) => store,
  /** Calls through `fakeSolana`, so that a test can spy on its parts. */
  solanaChain: (): Chain => ({
    id: 'solana',
    name: 'Solana',
    networks: fakeSolana.SOLANA_NETWORKS,
    coin: NETWORK.coin,
    genesisLabel: 'Genesis hash',
    decode: (bytes) => fakeSolana.decodeTransaction(bytes),
    preview: (request) => fakeSolana.previewTransaction(request),
    differences: () => fakeSolana.differences(),
    messageOf: (bytes) => fakeSolana.messageOf(bytes),
    mayRenew: ({ calls, signed }, account) =>
      calls[0]?.name !== 'AdvanceNonceAccount' && signed.every((address) => address === account),
    renew: async (bytes) => {
      const { blockhash } = await fakeSolana.latestBlockhash();
      return fakeSolana.replaceBlockhash(bytes, blockhash);
    },
    genesis: (endpoint) => fakeSolana.genesisHash(endpoint),
    balance: () => fakeSolana.nativeBalance(),
  }),
  decodeTransaction: (bytes: Uint8Array) => {
    const { signers, signed = [], nonce } = decodeFake(bytes);
    const program = { address: '11111111111111111111111111111111', name: 'System' };
    const call = { index: 0, program, fields: [], inner: [], data: '' };
    return {
      feePayer: signers[0] ?? '',
      signers,
      signed,
      calls: [{ ...call, name: nonce === true ? 'AdvanceNonceAccount' : 'Transfer' }],
    };
  },
  previewTransaction: async (request: {
    transaction: Uint8Array;
    base?: unknown;
    knownAccounts: readonly string[];
    signal?: AbortSignal;
  }) => {
    const transaction = decodeFake(request.transaction);
    const call = { transaction, base: request.base, knownAccounts: request.knownAccounts };
    chain.calls.push(call);
    const preview = await chain.preview(call);
    return {
      preview,
      transaction: request.transaction,
      message: fakeSolana.messageOf(request.transaction),
    };
  },
  differences: () => chain.differences,
  latestBlockhash: async () => {
    chain.blockhashes += 1;
    return { blockhash: `fresh-${chain.blockhashes}`, lastValidBlockHeight: 1n };
  },
  replaceBlockhash: (bytes: Uint8Array, blockhash: string) =>
    encodeFake({ ...decodeFake(bytes), blockhash, signed: [] }),
  messageOf: (bytes: Uint8Array) => {
    const { signers, blockhash = '', nonce = false } = decodeFake(bytes);
    return text.encode(JSON.stringify({ signers, blockhash, nonce }));
  },
  attachSignature: (bytes: Uint8Array, address: string, signature: Uint8Array) => {
    const given = decodeFake(bytes);
    const hex = Buffer.from(signature).toString('hex');
    return encodeFake({ ...given, signatures: { ...given.signatures, [address]: hex } });
  },
  submitTransaction: async (_network: unknown, bytes: Uint8Array) => {
    chain.submitted.push(decodeFake(bytes));
    return 'the-signature';
  },
  genesisHash: async (endpoint: string) => `GenesisOf ${endpoint}`,
  nativeBalance: async () => 1_500_000_000n,
};

export const cannotPreview = (): never => {
  throw new CannotPreview('proof', 'a proof');
};
export const nodeFails = (): never => {
  throw new LookaheadError('state', 'node-unreachable', 'rpc.example.org did not answer');
};
