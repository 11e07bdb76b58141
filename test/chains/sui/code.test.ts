/** Packages that are published, and who pays for whom. */
import { Transaction } from '@mysten/sui/transactions';
import { ownModules } from '../../../localnet/sui/framework';
import { encodeBase64 } from '../../../src/chains/base64';
import { createSuiCache, previewTransaction } from '../../../src/chains/sui';
import { NEWEST_KNOWN, type SuiObject } from '../../../src/vm-preview/move/sui';
import { frameworkPackages, recordedFrameworks } from '../../support/sui-packages';
import { fakeNode } from './node';
import { ALICE, BOB, CLOCK, coin, refOf } from './objects';

const FRAMEWORK = 36;
const test = recordedFrameworks().includes(FRAMEWORK) ? it : it.skip;
const SUI = 10n ** 9n;

const gas = coin('0xc1', ALICE, 100n * SUI);

/** As Alice sees it. @param objects - on the chain, besides her coin */
async function shown(tx: Transaction, ...objects: readonly SuiObject[]) {
  const { fetch, network, service } = fakeNode([
    ...frameworkPackages(FRAMEWORK),
    CLOCK,
    gas,
    ...objects,
  ]);
  service.protocolVersion = NEWEST_KNOWN;
  const { preview } = await previewTransaction({
    network,
    fetch,
    transaction: await tx.build(),
    account: ALICE,
    cache: createSuiCache(),
  });
  return preview;
}

/** Publishes the demo's package, and gives the right to replace it away. */
async function published(receiver: string) {
  const tx = new Transaction();
  const cap = tx.publish({
    modules: ownModules('demo').map(encodeBase64),
    dependencies: ['0x1', '0x2'],
  });
  tx.transferObjects([cap], receiver);
  tx.setSender(ALICE);
  tx.setGasPrice(1_000);
  tx.setGasBudget(6n * SUI);
  tx.setGasPayment([refOf(gas)]);
  const preview = await shown(tx);
  expect(preview.verdict).toEqual({ kind: 'success' });
  return preview;
}

describe('a package that is published', () => {
  test('is shown with the right to replace it', async () => {
    const preview = await published(ALICE);
    expect(preview.changes).toContainEqual(
      expect.objectContaining({ kind: 'code', action: 'deployed', owner: ALICE }),
    );
    expect(preview.changes).toContainEqual(
      expect.objectContaining({
        kind: 'object',
        action: 'made',
        after: ALICE,
        item: expect.objectContaining({ type: '0x2::package::UpgradeCap' }),
      }),
    );
    const codes = preview.warnings.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['code-published', 'high-fee-limit']));
    expect(codes).not.toContain('upgrade-right-leaves');
    expect(preview.request[0]).toMatchObject({ name: 'Publish a package' });
  });

  test('for somebody else, who gets the right to replace it, is a hard stop', async () => {
    const { warnings } = await published(BOB);
    expect(warnings[0]).toMatchObject({ code: 'upgrade-right-leaves', severity: 'critical' });
    expect(warnings[0]?.evidence).toContainEqual({ label: 'new owner', value: BOB });
  });
});

describe('somebody else’s transaction', () => {
  test('that the user pays for is told so', async () => {
    const own = coin('0xc2', BOB, 5n);
    const tx = new Transaction();
    tx.transferObjects([tx.objectRef(refOf(own))], BOB);
    tx.setSender(BOB);
    tx.setGasOwner(ALICE);
    tx.setGasPrice(10_000);
    tx.setGasBudget(50_000_000);
    tx.setGasPayment([refOf(gas)]);
    const preview = await shown(tx, own);
    expect(preview.fee.payer).toBe(ALICE);
    expect(preview.warnings).toContainEqual(
      expect.objectContaining({ code: 'pays-for-others', severity: 'high' }),
    );
    expect(preview.warnings.map(({ code }) => code)).toContain('high-gas-price');
  });
});
