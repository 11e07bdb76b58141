/** Receiving what was sent to an object, and randomness, through the chain's own code. */
import { Inputs, Transaction } from '@mysten/sui/transactions';
import { ownModules } from '../../../localnet/sui/framework';
import { createSuiCache, previewTransaction } from '../../../src/chains/sui';
import type { SuiPreview } from '../../../src/chains/sui/preview';
import { NEWEST_KNOWN, type SuiObject } from '../../../src/vm-preview/move/sui';
import { frameworkPackages, recordedFrameworks } from '../../support/sui-packages';
import { idText, refOf, SENDER, World } from '../../vm-preview/move/sui/execution/world';
import { type FakeNode, fakeNode } from './node';
import { BOB, CLOCK, coin, moveObject, owned } from './objects';

const FRAMEWORK = 106;
const hasFramework = recordedFrameworks().includes(FRAMEWORK);
const suite = hasFramework ? describe : describe.skip;
if (!hasFramework) it('skipped: no fixtures', () => expect(hasFramework).toBe(false));

const COIN = '0x2::coin::Coin<0x2::sui::SUI>';
const gas = coin('0xc1', SENDER, 10n ** 10n);

async function demoPackage(): Promise<SuiObject> {
  const published = await new World(FRAMEWORK).run((tx) => {
    const modules = ownModules('demo').map((bytes) => Buffer.from(bytes).toString('base64'));
    tx.transferObjects([tx.publish({ modules, dependencies: ['0x1', '0x2'] })], SENDER);
  });
  const found = published.changes.find(({ after }) => after?.data.kind === 'package')?.after;
  if (found == null) throw new Error('not published');
  return found;
}

interface Post {
  readonly node: FakeNode;
  readonly code: string;
  readonly box: SuiObject;
  readonly sent: SuiObject;
}

async function post(): Promise<Post> {
  const code = await demoPackage();
  const id = idText(code.id);
  const box = moveObject({
    id: '0xb0',
    type: `${id}::mailbox::Mailbox`,
    owner: owned(SENDER),
    fields: (writer) => writer.u64(0n),
    hasPublicTransfer: false,
  });
  const sent = coin('0xc7', idText(box.id), 700n);
  const node = fakeNode([...frameworkPackages(FRAMEWORK), CLOCK, gas, code, box, sent]);
  node.used.add(BOB);
  node.service.protocolVersion = NEWEST_KNOWN;
  return { node, code: id, box, sent };
}

async function preview(
  { node, code, box }: Post,
  ref: ReturnType<typeof refOf>,
): Promise<SuiPreview> {
  const tx = new Transaction();
  const received = tx.moveCall({
    target: `${code}::mailbox::collect`,
    typeArguments: [COIN],
    arguments: [tx.objectRef(refOf(box)), tx.object(Inputs.ReceivingRef(ref))],
  });
  tx.transferObjects([received], BOB);
  return show(node, tx);
}

async function show({ network, fetch }: FakeNode, tx: Transaction): Promise<SuiPreview> {
  tx.setSender(SENDER);
  tx.setGasPrice(1_000);
  tx.setGasBudget(50_000_000);
  tx.setGasPayment([refOf(gas)]);
  const transaction = await tx.build();
  return previewTransaction({
    network,
    transaction,
    account: SENDER,
    cache: createSuiCache(),
    fetch,
  });
}

suite('receiving what was sent to an object', () => {
  it('shows what goes from it to whom, exactly', async () => {
    const world = await post();
    const { preview: shown, outcome } = await preview(world, refOf(world.sent));
    expect(shown.verdict).toEqual({ kind: 'success' });
    expect(shown.provenance.certainty).toBe('exact');
    expect(outcome.reads.map(({ id }) => idText(id))).toContain(idText(world.sent.id));
    const changes = [...shown.changes, ...shown.othersChanges];
    expect(changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'balance', address: BOB, delta: '700' }),
        expect.objectContaining({ kind: 'balance', address: idText(world.box.id), delta: '-700' }),
      ]),
    );
  });

  it('checks what is to be received against the digest in the transaction', async () => {
    const world = await post();
    const other = { ...world.sent, storageRebate: 1n };
    await expect(preview(world, refOf(other))).rejects.toMatchObject({
      kind: 'state',
      code: 'sui-object-digest',
    });
  });

  it('says that it has changed since', async () => {
    const world = await post();
    const before = refOf(world.sent);
    world.node.put({ ...world.sent, version: world.sent.version + 1n });
    await expect(preview(world, before)).rejects.toMatchObject({ code: 'sui-object-version' });
  });

  it('says that it is gone', async () => {
    const world = await post();
    world.node.end(world.sent.id);
    await expect(preview(world, refOf(world.sent))).rejects.toMatchObject({
      code: 'sui-object-missing',
    });
  });
});

suite('randomness', () => {
  it('cannot be previewed', async () => {
    const node = fakeNode([...frameworkPackages(FRAMEWORK), CLOCK, gas]);
    const tx = new Transaction();
    tx.moveCall({
      target: '0x2::random::new_generator',
      arguments: [
        tx.object(
          Inputs.SharedObjectRef({ objectId: '0x8', initialSharedVersion: 1, mutable: false }),
        ),
      ],
    });
    await expect(show(node, tx)).rejects.toMatchObject({
      kind: 'unsupported',
      code: 'sui-randomness',
    });
  });
});
