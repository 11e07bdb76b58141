/** A node that lies: the local chain's true answers, changed on the way. */

import { Keypair, SystemProgram } from '@solana/web3.js';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../../localnet/solana';
import type { Network } from '../../../src/chains/chain';
import {
  createSolanaCache,
  latestBlockhash,
  previewTransaction,
  type SolanaCache,
} from '../../../src/chains/solana';
import { localNetwork } from '../../support/local-network';
import {
  associatedToken,
  createAssociatedToken,
  transactionBytes,
  transferChecked,
} from './support';

// Runs real programs on one of a busy machine's cores.
jest.setTimeout(60_000);

let net: SolanaLocalnet;
let network: Network;
let transfer: Uint8Array;
let tokens: Uint8Array;
let twoRounds: Uint8Array;

beforeAll(async () => {
  net = await startSolanaLocalnet({ slotMilliseconds: 0 });
  network = localNetwork('solana', net.url, net.genesisHash);
  const { blockhash } = await latestBlockhash(network);
  const { alice, bob } = net.wallets;
  transfer = transactionBytes(alice.publicKey, blockhash, [
    SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: bob.publicKey, lamports: 1 }),
  ]);
  const send = (symbol: string) => {
    const found = net.tokens.find((token) => token.symbol === symbol);
    if (found === undefined) throw new Error(`no ${symbol}`);
    const to = Keypair.generate().publicKey;
    const { decimals, mint, program } = found;
    const of = (owner: typeof to) => associatedToken(owner, mint, program);
    return transactionBytes(alice.publicKey, blockhash, [
      createAssociatedToken(alice.publicKey, to, mint, program),
      transferChecked(of(alice.publicKey), mint, of(to), alice.publicKey, 1n, decimals, program),
    ]);
  };
  tokens = send('LOOK');
  // Its name is in an account of its own, which is known only once the mint is.
  twoRounds = send('USDL');
});
afterAll(() => net.close());

interface AccountJson {
  lamports: number;
  owner: string;
  data: [string, string];
  executable: boolean;
  space?: number;
}
interface AccountsJson {
  context: { slot: number };
  value: (AccountJson | null)[];
}
interface Call {
  readonly method: string;
  readonly params: [string[], { dataSlice?: unknown; minContextSlot?: number }?];
}

interface Script {
  /** Changes the accounts that are answered; `key` is the address. */
  account?(account: AccountJson, key: string, call: Call): AccountJson | null;
  accounts?(answer: AccountsJson, call: Call): unknown;
  other?(call: Call, result: unknown): unknown;
}

function lyingFetch(script: Script, calls: Call[] = []): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const call: Call & { id: number } = JSON.parse(String(init?.body));
    calls.push(call);
    const envelope = await response.json();
    if (call.method === 'getMultipleAccounts' && envelope.result) {
      const result: AccountsJson = envelope.result;
      result.value = result.value.map((account, index) => {
        const key = call.params[0][index];
        return account && key && script.account ? script.account(account, key, call) : account;
      });
      envelope.result = script.accounts ? script.accounts(result, call) : result;
    } else if (script.other) {
      const told = script.other(call, envelope.result);
      if (told instanceof Error) {
        delete envelope.result;
        envelope.error = { code: -32010, message: told.message };
      } else {
        envelope.result = told;
      }
    }
    return new Response(JSON.stringify(envelope));
  };
}

function preview(
  transaction: Uint8Array,
  script: Script,
  cache: SolanaCache = createSolanaCache(),
) {
  const calls: Call[] = [];
  const account = net.wallets.alice.publicKey.toBase58();
  const found = previewTransaction({
    network,
    cache,
    account,
    transaction,
    fetch: lyingFetch(script, calls),
  });
  return Object.assign(found, { calls });
}

const CLOCK = 'SysvarC1ock11111111111111111111111111111111';
const LOADER_V3 = 'BPFLoaderUpgradeab1e11111111111111111111111';
const STRANGER = 'Vote111111111111111111111111111111111111111';

test('the truth, for comparison', async () => {
  const { preview: shown } = await preview(tokens, {});
  expect(shown.verdict).toEqual({ kind: 'success' });
});

describe('lies that show', () => {
  test.each<[string, () => Uint8Array, Script, string]>([
    [
      'a sysvar under another owner',
      () => transfer,
      { account: (account, key) => (key === CLOCK ? { ...account, owner: STRANGER } : account) },
      'account-owner',
    ],
    [
      'no Clock at all',
      () => transfer,
      { account: (account, key) => (key === CLOCK ? null : account) },
      'sysvar-missing',
    ],
    [
      'a program under another owner',
      () => tokens,
      {
        account: (account) =>
          account.owner === LOADER_V3 && !account.executable
            ? { ...account, owner: STRANGER }
            : account,
      },
      'account-owner',
    ],
    [
      'data that is shorter than it says',
      () => transfer,
      {
        account: (account, key) =>
          key === CLOCK ? { ...account, data: ['', 'base64'], space: 40 } : account,
      },
      'account-length',
    ],
    [
      'data that is not base64',
      () => transfer,
      {
        account: (account, key) =>
          key === CLOCK ? { ...account, data: ['####', 'base64'] } : account,
      },
      'node-answer-malformed',
    ],
    [
      'data in another encoding',
      () => transfer,
      {
        account: (account, key) => (key === CLOCK ? { ...account, data: ['', 'base58'] } : account),
      },
      'node-answer-malformed',
    ],
    [
      'lamports below zero',
      () => transfer,
      { account: (account) => ({ ...account, lamports: -1 }) },
      'node-answer-malformed',
    ],
    [
      'fewer accounts than were asked for',
      () => transfer,
      { accounts: (answer) => ({ ...answer, value: answer.value.slice(1) }) },
      'node-answer-malformed',
    ],
    [
      'a slot far from what its Clock says',
      () => transfer,
      { accounts: (answer) => ({ ...answer, context: { slot: answer.context.slot - 10_000 } }) },
      'node-slots-disagree',
    ],
    [
      'features that are not accounts of the feature program',
      () => transfer,
      {
        other: (call, result) =>
          call.method === 'getProgramAccounts' && Array.isArray(result)
            ? result.map((row) => ({ ...row, account: { ...row.account, owner: STRANGER } }))
            : result,
      },
      'node-answer-malformed',
    ],
  ])('%s', async (_title, transaction, script, code) => {
    await expect(preview(transaction(), script)).rejects.toMatchObject({ kind: 'state', code });
  });

  test('more than the slice that was asked for', async () => {
    const cache = createSolanaCache();
    await preview(tokens, {}, cache);
    const tooLong: [string, string] = [Buffer.alloc(64).toString('base64'), 'base64'];
    const script: Script = {
      account: (account, _key, call) =>
        call.params[1]?.dataSlice === undefined ? account : { ...account, data: tooLong },
    };
    await expect(preview(tokens, script, cache)).rejects.toMatchObject({ code: 'account-length' });
  });

  test('a second round that is older than the first', async () => {
    const script: Script = {
      accounts(answer, call) {
        const isLater = call.params[1]?.minContextSlot !== undefined;
        return isLater ? { ...answer, context: { slot: answer.context.slot - 1 } } : answer;
      },
    };
    await expect(preview(twoRounds, script)).rejects.toMatchObject({ code: 'node-slot-behind' });
  });
});

test('two rounds at two slots: the state shown is the later one’s', async () => {
  const slots: number[] = [];
  const { preview: shown } = await preview(twoRounds, {
    accounts(answer, call) {
      const isLater = call.params[1]?.minContextSlot !== undefined;
      const slot = answer.context.slot + (isLater ? 3 : 0);
      slots.push(slot);
      return { ...answer, context: { slot } };
    },
  });
  const latest = String(Math.max(...slots));
  expect(shown.provenance.height).toEqual({ from: latest, to: latest });
  expect(shown.provenance.load?.rounds).toBe(2);
});

describe('lies that cost a program', () => {
  test('a kept program that was deployed again is read whole', async () => {
    const cache = createSolanaCache();
    await preview(tokens, {}, cache);
    let wholes = 0;
    const bumpSlot = (account: AccountJson, call: Call): AccountJson => {
      if (account.owner !== LOADER_V3 || account.executable) return account;
      if (call.params[1]?.dataSlice === undefined) wholes += 1;
      const data = Buffer.from(account.data[0], 'base64');
      data.writeBigUInt64LE(data.readBigUInt64LE(4) + 1n, 4);
      return { ...account, data: [data.toString('base64'), 'base64'] };
    };
    const { preview: shown } = await preview(
      tokens,
      { account: (account, _key, call) => bumpSlot(account, call) },
      cache,
    );
    expect(shown.verdict).toEqual({ kind: 'success' });
    expect(wholes).toBeGreaterThan(0);
    expect(shown.provenance.load?.rounds).toBe(2);
  });

  test('a kept program that was closed is not run', async () => {
    const cache = createSolanaCache();
    await preview(tokens, {}, cache);
    const { preview: shown } = await preview(
      tokens,
      {
        account: (account) => (account.owner === LOADER_V3 && !account.executable ? null : account),
      },
      cache,
    );
    expect(shown.verdict.kind).not.toBe('success');
  });
});

test('a node that will not list the features is asked for those that we know', async () => {
  const request = preview(transfer, {
    other: (call, result) =>
      call.method === 'getProgramAccounts'
        ? new Error('excluded from account secondary indexes')
        : result,
  });
  const { preview: shown } = await request;
  expect(shown.verdict).toEqual({ kind: 'success' });
  expect(shown.warnings.map(({ code }) => code)).toEqual(['features-incomplete']);
  const asked = request.calls.filter(({ method }) => method === 'getMultipleAccounts');
  expect(asked.length).toBeGreaterThan(2);
  for (const { params } of asked) expect(params[0].length).toBeLessThanOrEqual(100);
});

describe('a feature that we do not know', () => {
  const withUnknown = (slot: bigint): Script => ({
    other(call, result) {
      if (call.method !== 'getProgramAccounts' || !Array.isArray(result)) return result;
      const data = Buffer.alloc(9, 1);
      data.writeBigUInt64LE(slot, 1);
      const account = { ...result[0].account, data: [data.toString('base64'), 'base64'] };
      return [...result, { pubkey: Keypair.generate().publicKey.toBase58(), account }];
    },
  });

  test('ends in "cannot preview" when it is new', async () => {
    await expect(preview(transfer, withUnknown(447_552_001n))).rejects.toMatchObject({
      kind: 'unsupported',
      code: 'feature-unknown',
    });
  });

  test('is one that agave has dropped when it is years old', async () => {
    const { preview: shown } = await preview(transfer, withUnknown(41_040_000n));
    expect(shown.verdict).toEqual({ kind: 'success' });
  });
});

test('once the epoch changes the features are read again', async () => {
  const cache = createSolanaCache();
  const first = preview(transfer, {}, cache);
  await first;
  const second = preview(transfer, {}, cache);
  await second;
  const count = (calls: Call[]) =>
    calls.filter(({ method }) => method === 'getProgramAccounts').length;
  expect([count(first.calls), count(second.calls)]).toEqual([1, 0]);
  const third = preview(
    transfer,
    {
      account(account, key) {
        if (key !== CLOCK) return account;
        const data = Buffer.from(account.data[0], 'base64');
        data.writeBigUInt64LE(data.readBigUInt64LE(16) + 1n, 16);
        return { ...account, data: [data.toString('base64'), 'base64'] };
      },
    },
    cache,
  );
  const { preview: shown } = await third;
  expect(count(third.calls)).toBe(1);
  expect(shown.provenance.load?.rounds).toBe(2);
});

test('a caller that gives up is heeded', async () => {
  const controller = new AbortController();
  const slow: typeof fetch = async (input, init) => {
    controller.abort();
    return fetch(input, init);
  };
  await expect(
    previewTransaction({
      network,
      cache: createSolanaCache(),
      transaction: transfer,
      signal: controller.signal,
      fetch: slow,
    }),
  ).rejects.toMatchObject({ kind: 'state', code: 'cancelled' });
});

test('only the network’s own endpoint is asked', async () => {
  const hosts = new Set<string>();
  const spy: typeof fetch = (input, init) => {
    hosts.add(new URL(String(input)).host);
    return fetch(input, init);
  };
  await previewTransaction({
    network,
    cache: createSolanaCache(),
    transaction: tokens,
    fetch: spy,
  });
  expect([...hosts]).toEqual([new URL(net.url).host]);
});
