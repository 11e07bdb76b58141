/** Nodes that lie, stall or send too much: one clear error each, and never a preview. */
import { Transaction } from '@mysten/sui/transactions';
import { base58 } from '@scure/base';
import { encodeBase64 } from '../../../src/chains/base64';
import type { Network } from '../../../src/chains/chain';
import { createSuiCache, previewTransaction, SUI_NETWORKS } from '../../../src/chains/sui';
import { encodeObject, type SuiObject } from '../../../src/vm-preview/move/sui';
import { type FakeNode, fakeNode, json } from './node';
import { ALICE, BOB, coin, owned, refOf } from './objects';
import { alices, NOTHING_DONE } from './transactions';

const SUI = 10n ** 9n;
const gas = coin('0xc1', ALICE, SUI);
const gift = coin('0xc2', ALICE, 5n, '0x2::gift::GIFT');

async function give(): Promise<Uint8Array> {
  const tx = new Transaction();
  tx.transferObjects([tx.objectRef(refOf(gift))], BOB);
  return alices(tx, gas);
}

let node: FakeNode;
let runs: number;
beforeEach(() => {
  node = fakeNode([gas, gift]);
  node.service.protocolVersion = 70;
  runs = 0;
});

async function preview(options: { network?: Network; timeoutMs?: number } = {}) {
  const { network = node.network, ...rest } = options;
  return previewTransaction({
    network,
    transaction: await give(),
    account: ALICE,
    cache: createSuiCache(),
    fetch: node.fetch,
    execute: () => {
      runs += 1;
      return NOTHING_DONE;
    },
    ...rest,
  });
}

async function refusal(options: Parameters<typeof preview>[0] = {}) {
  const error = await preview(options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(runs).toBe(0);
  return error;
}

/** Answers with another object in the place of one. */
function instead(of: SuiObject, by: SuiObject | null): void {
  const right = encodeBase64(encodeObject(of));
  node.lie = async ({ operation, variables }) => {
    if (operation !== 'Objects') return undefined;
    node.lie = () => undefined;
    const answer = await node.fetch(node.network.endpoint, {
      body: JSON.stringify({ query: 'query Objects', variables }),
    });
    const { data } = (await answer.json()) as {
      data: { multiGetObjects: ({ objectBcs: string } | null)[] };
    };
    const rows = data.multiGetObjects.map((row) => {
      if (row?.objectBcs !== right) return row;
      return by === null ? null : { objectBcs: encodeBase64(encodeObject(by)) };
    });
    return json({ data: { multiGetObjects: rows } });
  };
}

describe('an honest node', () => {
  it('is believed', async () => {
    expect((await preview()).preview.verdict.kind).toBe('success');
    expect(runs).toBe(1);
  });
});

describe('a node of another chain', () => {
  const mainnet = SUI_NETWORKS.filter(({ id }) => id === 'sui-mainnet');
  const devnet = SUI_NETWORKS.filter(({ id }) => id === 'sui-devnet');

  it('is refused for mainnet', async () => {
    for (const network of mainnet) {
      expect(await refusal({ network })).toMatchObject({ kind: 'state', code: 'wrong-network' });
    }
  });

  it('that is mainnet is refused for devnet, whose chain is any other', async () => {
    node.service.chain = mainnet[0]?.genesis ?? '';
    for (const network of devnet) {
      expect(await refusal({ network })).toMatchObject({ code: 'wrong-network' });
    }
  });

  it.each(['', '0OIl', base58.encode(new Uint8Array(31))])(
    'has no identifier like %p',
    async (id) => {
      node.service.chain = id;
      expect(await refusal({ network: { ...node.network, genesis: id } })).toMatchObject({
        code: 'node-answer-malformed',
      });
    },
  );
});

describe('an object that the transaction names', () => {
  it.each<[string, SuiObject | null, string]>([
    ['another amount', coin('0xc2', ALICE, 500n, '0x2::gift::GIFT'), 'sui-object-digest'],
    ['another type', coin('0xc2', ALICE, 5n, '0x2::gold::GOLD'), 'sui-object-digest'],
    ['another owner', { ...gift, owner: owned(BOB) }, 'sui-object-digest'],
    [
      'another last transaction',
      { ...gift, previousTransaction: new Uint8Array(32) },
      'sui-object-digest',
    ],
    ['another rebate', { ...gift, storageRebate: 1n }, 'sui-object-digest'],
    ['a newer version', { ...gift, version: 6n }, 'sui-object-version'],
    ['an older version', { ...gift, version: 4n }, 'node-behind'],
    ['another id', coin('0xc3', ALICE, 5n, '0x2::gift::GIFT'), 'node-other-object'],
    ['nothing', null, 'sui-object-missing'],
  ])('with %s is refused', async (_, by, code) => {
    instead(gift, by);
    expect(await refusal()).toMatchObject({ kind: 'state', code });
  });

  it('is refused where it is the coin that pays', async () => {
    instead(gas, coin('0xc1', ALICE, 1_000n * SUI));
    expect(await refusal()).toMatchObject({ code: 'sui-object-digest' });
  });
});

describe('an answer', () => {
  const objects = (answer: () => Response | Promise<Response>) => {
    node.lie = ({ operation }) => (operation === 'Objects' ? answer() : undefined);
  };

  it.each<[string, () => Response, string]>([
    ['that is no JSON', () => new Response('{'), 'node-answered-not-json'],
    ['that is a web page', () => new Response('<html>'), 'node-answered-html'],
    ['without data', () => json({}), 'node-answer-malformed'],
    ['of another shape', () => json({ data: { multiGetObjects: 7 } }), 'node-answer-malformed'],
    ['with too few rows', () => json({ data: { multiGetObjects: [] } }), 'node-answer-malformed'],
    ['of null', () => json({ data: null }), 'node-answer-malformed'],
    [
      'that is a refusal',
      () =>
        json({ data: null, errors: [{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }] }),
      'node-refused',
    ],
    ['that is forbidden', () => new Response('', { status: 403 }), 'node-http-error'],
    [
      'that is too long',
      () => new Response('x', { headers: { 'content-length': '99999999' } }),
      'node-answer-too-large',
    ],
  ])('%s is one error', async (_, answer, code) => {
    objects(answer);
    expect(await refusal()).toMatchObject({ kind: 'state', code });
  });

  it.each(['', 'AAAA', '!!', encodeBase64(new Uint8Array(40).fill(0xff))])(
    'with bytes that are no object is one error: %p',
    async (objectBcs) => {
      objects(() => json({ data: { multiGetObjects: Array(5).fill({ objectBcs }) } }));
      expect(await refusal()).toMatchObject({ kind: 'state', code: 'node-answer-malformed' });
    },
  );

  it('whose object is gone from the store is one error', async () => {
    objects(() => json({ data: { multiGetObjects: Array(6).fill({ objectBcs: null }) } }));
    expect(await refusal()).toMatchObject({ code: 'node-object-pruned' });
  });

  it('that never comes is one error', async () => {
    objects(() => new Promise(() => undefined));
    expect(await refusal({ timeoutMs: 200 })).toMatchObject({ code: 'node-timeout' });
  });

  it.each([
    ['epoch', { epochId: -1 }],
    ['price', { referenceGasPrice: 'much' }],
    ['start', { startTimestamp: 'soon' }],
    ['protocol', { protocolConfigs: { protocolVersion: 1.5 } }],
  ])('with a wrong %s is one error', async (_, wrong) => {
    const epoch = {
      epochId: 1,
      referenceGasPrice: '1000',
      startTimestamp: '2026-11-01T00:00:00Z',
      protocolConfigs: { protocolVersion: 70 },
      ...wrong,
    };
    const checkpoint = { sequenceNumber: 1, timestamp: '2026-11-01T00:00:00Z', epoch };
    node.lie = ({ operation }) =>
      operation === 'Service'
        ? json({ data: { chainIdentifier: node.service.chain, checkpoint } })
        : undefined;
    expect(await refusal()).toMatchObject({ code: 'node-answer-malformed' });
  });
});

describe('a node that does not say what things are called', () => {
  it.each(['Coin', 'Display', 'Used', 'Balances', 'Published'])(
    'does not keep a preview from being made: %s',
    async (silent) => {
      node.lie = ({ operation }) =>
        operation === silent ? json({ errors: [{ message: 'not offered' }] }) : undefined;
      expect((await preview()).preview.verdict.kind).toBe('success');
    },
  );
});
