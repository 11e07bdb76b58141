/**
 * The Sui chain on a node in memory, and with no VM: what a transaction does is up to the test. Transactions
 * are those of the SDK.
 */
import type { Chain } from '../../src/chains/chain';
import type { SuiOutcome } from '../../src/vm-preview/move/sui';
import { type FakeNode, fakeNode } from '../chains/sui/node';
import { NOTHING_DONE } from '../chains/sui/transactions';

const actual = jest.requireActual<typeof import('../../src/chains/sui')>('../../src/chains/sui');

const SUCCESS: SuiOutcome = {
  ...NOTHING_DONE,
  gas: {
    computationCost: 1_000_000n,
    storageCost: 1_976_000n,
    storageRebate: 978_120n,
    nonRefundableStorageFee: 9_880n,
  },
  effects: { bcs: Uint8Array.of(1), digest: new Uint8Array(32).fill(0xee) },
};

function mainnetNode(): FakeNode {
  const node = fakeNode();
  const [mainnet] = actual.SUI_NETWORKS;
  node.service.chain = mainnet?.genesis ?? '';
  node.service.protocolVersion = 70;
  return node;
}

/** What the chain does; tests set it. */
export const sui = {
  node: mainnetNode(),
  outcome: (): SuiOutcome => SUCCESS,
  /** Budgets of the transactions that were run. */
  budgets: [] as bigint[],
  reset(): void {
    sui.node = mainnetNode();
    sui.outcome = () => SUCCESS;
    sui.budgets = [];
  },
};

function fakeChain(cache: Parameters<typeof actual.suiChain>[0]): Chain {
  return {
    ...actual.suiChain(cache),
    preview: ({ base: _, publicKey: __, ...request }) =>
      actual.previewTransaction({
        ...request,
        cache,
        fetch: sui.node.fetch,
        execute: ({ gas }) => {
          sui.budgets.push(gas.budget);
          return sui.outcome();
        },
      }),
    genesis: async (endpoint) => (endpoint.includes('broken') ? '' : sui.node.service.chain),
    balance: async () => 3_500_000_000n,
  };
}

/** In place of `src/chains/sui`. */
export const fakeSui = {
  ...actual,
  suiChain: fakeChain,
  submitTransaction: (
    network: Parameters<typeof actual.submitTransaction>[0],
    transaction: Uint8Array,
    signatures: readonly string[],
    shown?: Uint8Array,
  ) => actual.submitTransaction(network, transaction, signatures, shown, { fetch: sui.node.fetch }),
};
