/** Transactions of @mysten/sui on the recorded framework: what changes, and what to beware of. */
import { Transaction } from '@mysten/sui/transactions';
import {
  completeTransaction,
  createSuiCache,
  previewTransaction,
  SUI_NETWORKS,
} from '../../../src/chains/sui';
import { parseTransaction } from '../../../src/chains/sui/transaction';
import type { Preview } from '../../../src/vm-preview/model/preview';
import { NEWEST_KNOWN, type SuiObject } from '../../../src/vm-preview/move/sui';
import { frameworkPackages, recordedFrameworks } from '../../support/sui-packages';
import { type FakeNode, fakeNode, json, protocolAnswer } from './node';
import { ALICE, BOB, CLOCK, coin, moveObject, owned, refOf } from './objects';

const FRAMEWORK = 106;
const test = recordedFrameworks().includes(FRAMEWORK) ? it : it.skip;
const SUI = 10n ** 9n;
const USDC = '0xabc::usdc::USDC';

const gas = coin('0xc1', ALICE, 10n * SUI);

/** On the rules of a version that is known. */
function chain(...objects: readonly SuiObject[]): FakeNode {
  const node = fakeNode([...frameworkPackages(FRAMEWORK), CLOCK, gas, ...objects]);
  node.service.protocolVersion = NEWEST_KNOWN;
  return node;
}

async function build(tx: Transaction, pay = gas, sponsor?: string): Promise<Uint8Array> {
  tx.setSender(ALICE);
  tx.setGasPrice(1_000);
  tx.setGasBudget(50_000_000);
  if (sponsor !== undefined) tx.setGasOwner(sponsor);
  tx.setGasPayment([refOf(pay)]);
  return tx.build();
}

async function show(node: FakeNode, transaction: Uint8Array): Promise<Preview> {
  const cache = createSuiCache();
  const { network, fetch } = node;
  return (await previewTransaction({ network, transaction, account: ALICE, cache, fetch })).preview;
}

const codes = ({ warnings }: Preview) => warnings.map(({ code }) => code);

function pay(amount: bigint, to = BOB): Transaction {
  const tx = new Transaction();
  tx.transferObjects([tx.splitCoins(tx.gas, [amount])], to);
  return tx;
}

describe('a transfer of SUI', () => {
  test('shows what both have before and after', async () => {
    const node = chain(coin('0xc2', ALICE, 5n * SUI));
    node.used.add(BOB);
    const preview = await show(node, await build(pay(2n * SUI)));
    const fee = BigInt(preview.fee.total);
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.changes).toEqual([
      {
        kind: 'balance',
        address: ALICE,
        asset: { kind: 'native', decimals: 9, symbol: 'SUI', named: 'builtin' },
        before: (15n * SUI).toString(),
        after: (13n * SUI - fee).toString(),
        delta: (-2n * SUI - fee).toString(),
      },
    ]);
    expect(preview.othersChanges).toMatchObject([
      { kind: 'balance', address: BOB, delta: (2n * SUI).toString() },
    ]);
    expect(preview.provenance).toMatchObject({ certainty: 'exact', height: { from: '1000' } });
    expect(codes(preview)).toEqual([]);
  });

  test('warns of most of it, and of a recipient that nobody ever used', async () => {
    const preview = await show(chain(), await build(pay(9n * SUI)));
    expect(codes(preview)).toEqual(['most-of-coin-leaves', 'recipient-unused']);
  });

  test('warns of an address that is nobody’s', async () => {
    const preview = await show(chain(), await build(pay(SUI, `0x${'0'.repeat(64)}`)));
    expect(codes(preview)).toEqual(['sent-to-nobody']);
  });

  test('that fails still costs its fee', async () => {
    const preview = await show(chain(), await build(pay(20n * SUI)));
    expect(preview.verdict).toMatchObject({
      kind: 'failure',
      error: { code: 'InsufficientCoinBalance', at: 0 },
    });
    expect(preview.warnings[0]).toMatchObject({ code: 'would-fail', severity: 'high' });
    expect(preview.changes).toMatchObject([{ kind: 'balance', delta: `-${preview.fee.total}` }]);
  });

  test('is not taken when the budget is more than the coins have', async () => {
    const poor = coin('0xc3', ALICE, 1_000n);
    const preview = await show(chain(poor), await build(pay(1n), poor));
    expect(preview.verdict).toMatchObject({ kind: 'refused', error: { code: 'GasBalanceTooLow' } });
    expect(preview.fee.total).toBe('0');
  });
});

describe('a protocol that is newer than what is known', () => {
  test('is run by what the chain says of it, and not called exact', async () => {
    const node = chain();
    const newer = NEWEST_KNOWN + 1;
    node.service.protocolVersion = newer;
    const preview = await show(node, await build(pay(1n)));
    expect(node.asked).toContain('Protocol');
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.provenance.certainty).toBe('conditional');
    expect(preview.provenance.assumptions.join()).toContain(`version ${newer}`);
  });

  test('is asked for its settings once', async () => {
    const node = chain();
    const { network, fetch } = node;
    const [transaction, cache] = [await build(pay(1n)), createSuiCache()];
    for (const version of [NEWEST_KNOWN, NEWEST_KNOWN, NEWEST_KNOWN + 1]) {
      node.service.protocolVersion = version;
      await previewTransaction({ network, transaction, account: ALICE, cache, fetch });
    }
    expect(node.asked.filter((one) => one === 'Protocol')).toHaveLength(2);
  });
});

describe('a node of mainnet with other settings than its version has', () => {
  const mainnet = SUI_NETWORKS.find(({ id }) => id === 'sui-mainnet');
  const onMainnet = (changed: Readonly<Record<string, string>>): FakeNode => {
    const node = chain();
    node.service.chain = mainnet?.genesis ?? '';
    const { configs, ...known } = protocolAnswer(NEWEST_KNOWN, node.service.chain);
    const others = configs.map(({ key, value }) => ({ key, value: changed[key] ?? value }));
    node.lie = ({ operation }) =>
      operation === 'Protocol'
        ? json({ data: { protocolConfigs: { ...known, configs: others } } })
        : undefined;
    return { ...node, network: { ...node.network, genesis: node.service.chain } };
  };

  test('is not believed, and is told of', async () => {
    const transaction = await build(pay(1n));
    const honest = await show(onMainnet({}), transaction);
    expect(honest.provenance.certainty).toBe('exact');
    const preview = await show(onMainnet({ storage_gas_price: '1' }), transaction);
    expect(preview.fee).toEqual(honest.fee);
    expect(preview.provenance.certainty).toBe('conditional');
    expect(preview.provenance.assumptions.join()).toContain('storage_gas_price');
  });
});

describe('gas that a site leaves open', () => {
  test('is put in: price, budget and coins, and what is shown is what is signed', async () => {
    const node = chain(coin('0xc2', ALICE, 3n * SUI));
    node.used.add(BOB);
    const kind = await pay(2n * SUI).build({ onlyTransactionKind: true });
    const { network, fetch } = node;
    const { preview, transaction } = await previewTransaction({
      network,
      fetch,
      transaction: completeTransaction(kind, ALICE),
      account: ALICE,
      cache: createSuiCache(),
    });
    const { data, needsGas } = parseTransaction(transaction);
    expect(needsGas).toBe(false);
    expect(data.gas.price).toBe(1_000n);
    // The richest coin suffices.
    expect(data.gas.payment.map(({ version }) => version)).toEqual([gas.version]);
    expect(data.gas.budget).toBeGreaterThan(BigInt(preview.fee.total));
    expect(data.gas.budget).toBeLessThan(20_000_000n);
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.provenance.certainty).toBe('exact');
    expect(preview.provenance.assumptions.join()).toContain('left the gas open');
  });

  test('takes as many coins as it needs', async () => {
    const node = chain(coin('0xc2', ALICE, 3n * SUI), coin('0xc3', ALICE, 1n * SUI));
    const kind = await pay(12n * SUI).build({ onlyTransactionKind: true });
    const { network, fetch } = node;
    const { outcome, transaction } = await previewTransaction({
      network,
      fetch,
      transaction: completeTransaction(kind, ALICE),
      account: ALICE,
      cache: createSuiCache(),
    });
    expect(parseTransaction(transaction).data.gas.payment).toHaveLength(2);
    expect(outcome.status.kind).toBe('success');
  });

  test('ends in one error where the account has nothing', async () => {
    const node = fakeNode([...frameworkPackages(FRAMEWORK), CLOCK]);
    const kind = await pay(1n).build({ onlyTransactionKind: true });
    await expect(show(node, completeTransaction(kind, ALICE))).rejects.toMatchObject({
      kind: 'state',
      code: 'sui-no-gas',
    });
  });
});

describe('coins and objects', () => {
  test('names a coin by its metadata, and warns when all of it leaves', async () => {
    const usdc = coin('0xd1', ALICE, 2_500_000n, USDC);
    const node = chain(usdc);
    node.used.add(BOB);
    node.coins.set(USDC, { decimals: 6, name: 'USD Coin', symbol: 'USDC' });
    const tx = new Transaction();
    tx.transferObjects([tx.objectRef(refOf(usdc))], BOB);
    const preview = await show(node, await build(tx));
    expect(preview.changes[1]).toMatchObject({
      kind: 'balance',
      delta: '-2500000',
      after: '0',
      asset: {
        id: USDC,
        decimals: 6,
        symbol: 'USDC',
        untrustedName: 'USD Coin',
        named: 'metadata',
      },
    });
    expect(codes(preview)).toEqual(['all-of-token-leaves']);
    expect(preview.provenance.assumptions).toContain(
      'Nobody else can change what it uses, unless a coin’s issuer bars an account: until this epoch of the chain ends, it does just this.',
    );
  });

  test.each([
    ['0x2::package::UpgradeCap', 41, 'upgrade-right-leaves'],
    ['0x2::coin::TreasuryCap<0x2::sui::SUI>', 8, 'mint-right-leaves'],
    ['0x2::kiosk::KioskOwnerCap', 32, 'kiosk-leaves'],
  ])('a right that leaves is a hard stop: %s', async (type, bytes, code) => {
    const cap = moveObject({
      id: '0xe1',
      type,
      owner: owned(ALICE),
      fields: (writer) => writer.bytes(new Uint8Array(bytes)),
    });
    const node = chain(cap);
    node.used.add(BOB);
    const tx = new Transaction();
    tx.transferObjects([tx.objectRef(refOf(cap))], BOB);
    const preview = await show(node, await build(tx));
    expect(preview.warnings[0]).toMatchObject({ code, severity: 'critical' });
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ kind: 'object', action: 'moved', before: ALICE, after: BOB }),
    );
  });

  test('an object that is frozen can never be moved again', async () => {
    const cap = moveObject({
      id: '0xe1',
      type: '0x2::package::UpgradeCap',
      owner: owned(ALICE),
      fields: (writer) => writer.bytes(new Uint8Array(32)).u64(1n).u8(0),
    });
    const tx = new Transaction();
    tx.moveCall({
      target: '0x2::transfer::public_freeze_object',
      typeArguments: ['0x2::package::UpgradeCap'],
      arguments: [tx.objectRef(refOf(cap))],
    });
    const preview = await show(chain(cap), await build(tx));
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ kind: 'object', action: 'moved', state: 'frozen', after: null }),
    );
    expect(codes(preview)).toContain('upgrade-right-leaves');
  });

  test('shows an object by its display', async () => {
    const kiosk = '0x2::kiosk::KioskOwnerCap';
    const cap = moveObject({
      id: '0xe1',
      type: kiosk,
      owner: owned(ALICE),
      fields: (writer) => writer.bytes(new Uint8Array(32).fill(0xaa)),
    });
    const display = moveObject({
      id: '0xe2',
      type: `0x2::display::Display<${kiosk}>`,
      owner: { kind: 'shared', initialVersion: 2n },
      fields: (writer) =>
        writer
          .list(
            [
              ['name', 'Key of {for}'],
              ['collection', 'Kiosks'],
            ] as const,
            (inner, [field, template]) => inner.string(field).string(template),
          )
          .u16(1),
    });
    const tx = new Transaction();
    tx.transferObjects([tx.objectRef(refOf(cap))], BOB);
    const preview = await show(chain(cap, display), await build(tx));
    expect(preview.changes).toContainEqual(
      expect.objectContaining({
        item: {
          type: kiosk,
          untrustedName: `Key of 0x${'aa'.repeat(32)}`,
          untrustedCollection: 'Kiosks',
        },
      }),
    );
  });
});

describe('an object whose contents are not of its type', () => {
  test('is the node’s fault, and ends in one error', async () => {
    const pool = moveObject({
      id: '0xb1',
      type: '0x2::bag::Bag',
      owner: { kind: 'shared', initialVersion: 3n },
      fields: (writer) => writer.u8(1),
    });
    const tx = new Transaction();
    const bag = tx.sharedObjectRef({
      objectId: '0xb1',
      initialSharedVersion: 3,
      mutable: true,
    });
    tx.moveCall({ target: '0x2::bag::length', arguments: [bag] });
    await expect(show(chain(pool), await build(tx))).rejects.toMatchObject({ kind: 'state' });
  });
});

describe('who signs, pays and is called', () => {
  test('an alias of the account is a hard stop, whatever comes of it', async () => {
    const tx = new Transaction();
    tx.moveCall({ target: '0x2::address_alias::enable', arguments: [] });
    const preview = await show(chain(), await build(tx));
    expect(preview.warnings[0]).toMatchObject({
      code: 'account-handed-over',
      severity: 'critical',
    });
  });

  test('a sponsor pays, and must sign too', async () => {
    const sponsored = coin('0xc9', BOB, SUI);
    const own = coin('0xc2', ALICE, 3n * SUI);
    const tx = new Transaction();
    tx.transferObjects([tx.objectRef(refOf(own))], BOB);
    const node = chain(sponsored, own);
    const preview = await show(node, await build(tx, sponsored, BOB));
    expect(preview.fee.payer).toBe(BOB);
    expect(codes(preview)).toContain('others-pay');
    expect(preview.provenance.assumptions[0]).toContain(BOB);
  });

  test('what is shared makes it conditional, by name', async () => {
    const tx = new Transaction();
    tx.moveCall({
      target: '0x2::clock::timestamp_ms',
      arguments: [tx.sharedObjectRef({ objectId: '0x6', initialSharedVersion: 1, mutable: false })],
    });
    const preview = await show(chain(), await build(tx));
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.provenance.certainty).toBe('conditional');
    expect(preview.provenance.assumptions.join()).toContain('the outcome: the clock.');
  });

  test('a transaction for an epoch that is over has expired', async () => {
    const tx = pay(1n);
    tx.setExpiration({ Epoch: 39 });
    const preview = await show(chain(), await build(tx));
    expect(preview.provenance.expiry).toEqual({ kind: 'expired' });
    expect(preview.verdict).toMatchObject({
      kind: 'refused',
      error: { code: 'TransactionExpired' },
    });
  });
});
