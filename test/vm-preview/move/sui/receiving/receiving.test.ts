/** Objects that were sent to an object, and are received by it. */
import type { Transaction } from '@mysten/sui/transactions';
import { Inputs } from '@mysten/sui/transactions';
import { ownModules } from '../../../../../localnet/sui/framework';
import { CannotPreview } from '../../../../../src/vm-preview/errors';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import {
  objectRef,
  type ProgrammableTransaction,
  type SuiObject,
  type SuiOutcome,
} from '../../../../../src/vm-preview/move/sui';
import { recordedFrameworks } from '../../../../support/sui-packages';
import { failureOf, idText, OTHER, ownedBy, refOf, SENDER, World } from '../execution/world';

/** With which mainnet took on receiving is older; in this one all of the demo runs. */
const FRAMEWORK = 106;
const hasFramework = recordedFrameworks().includes(FRAMEWORK);
const suite = hasFramework ? describe : describe.skip;
if (!hasFramework) it('skipped: no fixtures', () => expect(hasFramework).toBe(false));

const COIN = '0x2::coin::Coin<0x2::sui::SUI>';

class Post {
  readonly world = new World(FRAMEWORK);
  package = '';
  box = '';

  /** A mailbox of the sender's. */
  static async open(): Promise<Post> {
    const post = new Post();
    const published = await post.world.run((tx) => {
      const modules = ownModules('demo').map((bytes) => Buffer.from(bytes).toString('base64'));
      tx.transferObjects([tx.publish({ modules, dependencies: ['0x1', '0x2'] })], SENDER);
    });
    const code = published.changes.find(({ after }) => after?.data.kind === 'package');
    if (code === undefined) throw new Error(failureOf(published));
    post.package = idText(code.id);
    const opened = await post.world.run((tx) =>
      tx.moveCall({ target: `${post.package}::mailbox::open` }),
    );
    const made = opened.changes.find(({ kind }) => kind === 'created');
    if (made === undefined) throw new Error(failureOf(opened));
    post.box = idText(made.id);
    return post;
  }

  /** A coin that somebody sends to the mailbox. */
  async send(amount: bigint): Promise<SuiObject> {
    const sent = await this.world.run((tx) => {
      const [coin] = tx.splitCoins(tx.gas, [amount]);
      tx.transferObjects([coin ?? ''], this.box);
    });
    const made = sent.changes.find(({ kind }) => kind === 'created');
    if (made?.after == null) throw new Error(failureOf(sent));
    return made.after;
  }

  collect(tx: Transaction, ref: ReturnType<typeof refOf>, box = this.box, type = COIN) {
    return tx.moveCall({
      target: `${this.package}::mailbox::collect`,
      typeArguments: [type],
      arguments: [tx.objectRef(refOf(this.world.latest(box))), tx.object(Inputs.ReceivingRef(ref))],
    });
  }

  receive(ref: ReturnType<typeof refOf>, type = COIN, box = this.box): Promise<SuiOutcome> {
    return this.world.run((tx) => {
      tx.transferObjects([this.collect(tx, ref, box, type)], OTHER);
    });
  }
}

suite('what was sent to an object', () => {
  it('is received, and goes on as it was', async () => {
    const post = await Post.open();
    const coin = await post.send(700n);
    expect(coin.owner).toEqual(ownedBy(post.box));
    const outcome = await post.receive(refOf(coin));
    expect(failureOf(outcome)).toBe('success');
    const moved = outcome.changes.find(({ id }) => idText(id) === idText(coin.id));
    expect(moved).toMatchObject({ kind: 'mutated', before: { owner: ownedBy(post.box) } });
    expect(moved?.after?.owner).toEqual(ownedBy(OTHER));
    expect(moved?.after?.data).toEqual(coin.data);
    // Its version is above all that the transaction named, what it received among it.
    const box = post.world.latest(post.box);
    expect(moved?.after?.version).toBe(box.version);
    expect(box.version).toBeGreaterThan(coin.version);
    expect(outcome.dependsOnShared).toEqual([]);
  });

  it('can be kept under a field and taken out again', async () => {
    const post = await Post.open();
    const coin = await post.send(5n);
    const kept = await post.world.run((tx) => {
      const box = tx.objectRef(refOf(post.world.latest(post.box)));
      const sent = tx.moveCall({
        target: `${post.package}::mailbox::collect`,
        typeArguments: [COIN],
        arguments: [box, tx.object(Inputs.ReceivingRef(refOf(coin)))],
      });
      tx.moveCall({
        target: `${post.package}::mailbox::keep`,
        typeArguments: [COIN],
        arguments: [box, sent],
      });
    });
    expect(failureOf(kept)).toBe('success');
    const held = post.world.latest(idText(coin.id));
    expect(held.owner.kind).toBe('object');
    const taken = await post.world.run((tx) => {
      const box = tx.objectRef(refOf(post.world.latest(post.box)));
      const out = tx.moveCall({
        target: `${post.package}::mailbox::take`,
        typeArguments: [COIN],
        arguments: [box, tx.pure.u64(0)],
      });
      tx.transferObjects([out], SENDER);
    });
    expect(failureOf(taken)).toBe('success');
    expect(post.world.latest(idText(coin.id)).owner).toEqual(ownedBy(SENDER));
  });

  it('is not received by another object', async () => {
    const post = await Post.open();
    const coin = await post.send(5n);
    const opened = await post.world.run((tx) =>
      tx.moveCall({ target: `${post.package}::mailbox::open` }),
    );
    const other = opened.changes.find(({ kind }) => kind === 'created');
    const outcome = await post.receive(refOf(coin), COIN, idText(other?.id ?? new Uint8Array()));
    // transfer.move: EUnableToReceiveObject
    expect(outcome.status).toMatchObject({
      kind: 'failure',
      failure: { code: 'MoveAbort', abort: { code: 3n } },
    });
  });

  it('is not received as what it is not', async () => {
    const post = await Post.open();
    const coin = await post.send(5n);
    const outcome = await post.receive(refOf(coin), '0x2::package::UpgradeCap');
    // transfer.move: EReceivingObjectTypeMismatch
    expect(outcome.status).toMatchObject({ failure: { abort: { code: 2n } } });
  });

  it.each([
    ['another digest', { digest: '11111111111111111111111111111111' }, 'InvalidObjectDigest'],
    ['a version that never was', { version: '99' }, 'ObjectNotFound'],
    ['an object that never was', { objectId: OTHER }, 'ObjectNotFound'],
  ])('is refused by %s', async (_, change, refusal) => {
    const post = await Post.open();
    const coin = await post.send(5n);
    const outcome = await post.receive({ ...refOf(coin), ...change });
    expect(outcome.status).toMatchObject({ kind: 'refused', code: refusal });
  });

  it('is refused where it is named twice, or is an input too', async () => {
    const post = await Post.open();
    const coin = await post.send(5n);
    const addInput = (object: SuiObject) => (program: ProgrammableTransaction) => ({
      ...program,
      inputs: [
        ...program.inputs,
        { kind: 'object', object: { kind: 'receiving', ref: objectRef(object) } } as const,
      ],
    });
    for (const object of [coin, post.world.latest(post.box)]) {
      const twice = await post.world.run(
        (tx) => tx.transferObjects([post.collect(tx, refOf(coin))], OTHER),
        { alter: addInput(object) },
      );
      expect(twice.status).toMatchObject({ kind: 'refused', code: 'DuplicateObjectRefInput' });
    }
  });

  it('is refused where it belongs to no address', async () => {
    const post = await Post.open();
    for (const [owner, refusal] of [
      [{ kind: 'immutable' }, 'MutableParameterExpected'],
      [{ kind: 'shared', initialVersion: 1n }, 'NotSharedObjectError'],
      [{ kind: 'object', parent: Address.parse(OTHER).bytes }, 'InvalidChildObjectArgument'],
    ] as const) {
      const coin = post.world.coin(5n, owner);
      const outcome = await post.receive(refOf(coin));
      expect(outcome.status).toMatchObject({ kind: 'refused', code: refusal });
    }
  });
});

suite('randomness', () => {
  it('is not known before it is drawn, and not guessed at', async () => {
    const world = new World(FRAMEWORK);
    const draw = world.run((tx) => {
      tx.moveCall({
        target: '0x2::random::new_generator',
        arguments: [
          tx.object(
            Inputs.SharedObjectRef({ objectId: '0x8', initialSharedVersion: 1, mutable: false }),
          ),
        ],
      });
    });
    await expect(draw).rejects.toThrow(CannotPreview);
    await expect(draw).rejects.toMatchObject({ code: 'sui-randomness' });
  });
});
