/**
 * The Aptos chain with its own codec and no node behind it: what a preview says is up to the test, and
 * what is submitted is kept. Transactions are those of the SDK.
 */
import type { Chain } from '../../src/chains/chain';
import type { Preview } from '../../src/vm-preview/model/preview';
import { APTOS_TRANSFER } from './previews';

const actual =
  jest.requireActual<typeof import('../../src/chains/aptos')>('../../src/chains/aptos');

export interface AptosPreviewCall {
  readonly transaction: Uint8Array;
  readonly account: string;
  readonly publicKey: string;
  readonly knownAccounts: readonly string[];
  readonly network: string;
}

/** What the chain answers; tests set it. */
export const aptos = {
  preview: (_call: AptosPreviewCall): Preview | Promise<Preview> => APTOS_TRANSFER,
  differences: [] as { code: string; text: string }[],
  calls: [] as AptosPreviewCall[],
  submitted: [] as Uint8Array[],
  /** As the chain has it. */
  sequenceNumber: 41n,
  /** Seconds since 1970. */
  now: 1_780_000_000n,
  chainId: 4,
  reset(): void {
    aptos.preview = () => APTOS_TRANSFER;
    aptos.differences = [];
    aptos.calls = [];
    aptos.submitted = [];
    aptos.sequenceNumber = 41n;
    aptos.now = 1_780_000_000n;
  },
};

/** Of the two questions that a new lifetime takes. */
const node: typeof fetch = async (input) => {
  const { pathname } = new URL(String(input));
  const json = (value: unknown) =>
    new Response(JSON.stringify(value), {
      headers: {
        'content-type': 'application/json',
        'x-aptos-chain-id': String(aptos.chainId),
        'x-aptos-ledger-version': '1000',
        'x-aptos-ledger-timestampusec': `${aptos.now}000000`,
        'x-aptos-epoch': '2',
      },
    });
  if (pathname.includes('/accounts/')) {
    const authentication_key = `0x${'0'.repeat(64)}`;
    return json({ sequence_number: aptos.sequenceNumber.toString(), authentication_key });
  }
  return json({
    chain_id: aptos.chainId,
    epoch: '2',
    ledger_version: '1000',
    oldest_ledger_version: '0',
    ledger_timestamp: `${aptos.now}000000`,
    node_role: 'full_node',
    oldest_block_height: '0',
    block_height: '500',
  });
};

function fakeChain(cache: Parameters<typeof actual.aptosChain>[0]): Chain {
  const chain = actual.aptosChain(cache);
  return {
    ...chain,
    preview: async ({ account, knownAccounts, network, publicKey, transaction }) => {
      const call = { transaction, account, publicKey, knownAccounts, network: network.id };
      aptos.calls.push(call);
      const preview = await aptos.preview(call);
      return { preview, transaction, message: actual.messageOf(transaction) };
    },
    differences: () => aptos.differences,
    renew: (transaction, network, _account, signal) =>
      actual.renewTransaction(network, transaction, { signal, fetch: node }),
    genesis: async (endpoint) => (endpoint.includes('broken') ? '' : String(aptos.chainId)),
    balance: async () => 250_000_000n,
  };
}

/** In place of `src/chains/aptos`. */
export const fakeAptos = {
  ...actual,
  aptosChain: fakeChain,
  submitTransaction: async (_network: unknown, signed: Uint8Array) => {
    aptos.submitted.push(signed);
    return actual.transactionId(signed);
  },
};
