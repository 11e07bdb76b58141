/** What the chain says of objects that are not as a transaction names them (sui-types, error.rs). */
import type { Transaction } from '@mysten/sui/transactions';
import { Inputs } from '@mysten/sui/transactions';
import { CannotPreview } from '../../../../../src/vm-preview/errors';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import {
  encodeTransaction,
  type ProgrammableTransaction,
  parseTransaction,
  type SuiOutcome,
  type SuiOwner,
  type TransactionData,
} from '../../../../../src/vm-preview/move/sui';
import { hasFixtures, idText, OTHER, ownedBy, refOf, SENDER, World } from './world';

const suite = hasFixtures ? describe : describe.skip;
if (!hasFixtures) it('skipped: no fixtures', () => expect(hasFixtures).toBe(false));

const bytes = (address: string): Uint8Array => Address.parse(address).bytes;

/** Splits a coin that is named as shared. */
function splitShared(world: World, owner: SuiOwner, initialSharedVersion: bigint) {
  const { id } = world.coin(9n, owner);
  return world.run((tx: Transaction) => {
    const since = initialSharedVersion.toString();
    const shared = { objectId: idText(id), initialSharedVersion: since, mutable: true };
    tx.transferObjects([tx.splitCoins(tx.object(Inputs.SharedObjectRef(shared)), [1n])], OTHER);
  });
}

suite('a refusal', () => {
  const refused = async (
    world: World,
    build: (tx: Transaction) => void,
    options?: Parameters<World['run']>[1],
  ): Promise<SuiOutcome['status']> => (await world.run(build, options)).status;

  it('says which object belongs to whom', async () => {
    const world = new World();
    const foreign = world.coin(3n, ownedBy(OTHER));
    const child = world.coin(3n, { kind: 'object', parent: bytes(OTHER) });
    const transfer = (object: typeof child) => (tx: Transaction) =>
      tx.transferObjects([tx.objectRef(refOf(object))], OTHER);
    expect(await refused(world, transfer(foreign))).toMatchObject({
      facts: {
        kind: 'IncorrectUserSignature',
        object: foreign.id,
        owner: bytes(OTHER),
        signer: bytes(SENDER),
      },
    });
    expect(await refused(world, transfer(child))).toMatchObject({
      facts: { kind: 'InvalidChildObjectArgument', child: child.id, parent: bytes(OTHER) },
    });
  });

  it('says what is not there, and how much is short', async () => {
    const world = new World();
    expect(
      await refused(world, (tx) => tx.moveCall({ target: `${OTHER}::coins::mint` })),
    ).toMatchObject({
      code: 'DependentPackageNotFound',
      facts: { package: bytes(OTHER) },
    });
    expect(
      await refused(world, (tx) => tx.transferObjects([tx.splitCoins(tx.gas, [1n])], OTHER), {
        gas: [world.coin(5n), world.coin(6n)],
      }),
    ).toMatchObject({ facts: { kind: 'GasBalanceTooLow', balance: 11n, needed: 1_000_000_000n } });
  });

  it('looks for all objects before it looks at any', async () => {
    const world = new World();
    const foreign = world.coin(3n, ownedBy(OTHER));
    expect(
      await refused(world, (tx) => {
        tx.transferObjects([tx.objectRef(refOf(foreign))], OTHER);
        tx.moveCall({ target: `${OTHER}::coins::mint` });
      }),
    ).toMatchObject({ code: 'DependentPackageNotFound' });
  });
});

suite('an object that is named as shared', () => {
  it.each<[string, SuiOwner, bigint]>([
    ['is an account’s', ownedBy(SENDER), 0n],
    ['is frozen', { kind: 'immutable' }, 0n],
    ['is shared since an earlier version', { kind: 'shared', initialVersion: 2n }, 3n],
    [
      'is the sender’s by consensus since an earlier version',
      { kind: 'consensusAddress', startVersion: 2n, address: bytes(SENDER) },
      3n,
    ],
  ])('is not there where it %s', async (_, owner, since) => {
    const { status } = await splitShared(new World(), owner, since);
    expect(status).toMatchObject({ kind: 'refused', code: 'ObjectNotFound' });
  });

  it.each<[string, SuiOwner]>([
    ['is an account’s', ownedBy(SENDER)],
    ['is shared since a later version', { kind: 'shared', initialVersion: 2n }],
  ])('may have been before it %s: the chain knows', async (_, owner) => {
    const run = splitShared(new World(), owner, 1n);
    await expect(run).rejects.toThrow(CannotPreview);
    await expect(run).rejects.toMatchObject({ code: 'sui-deleted-shared-object' });
  });
});

suite('an object that others write to at the same time', () => {
  const named =
    (id: Uint8Array) =>
    (program: ProgrammableTransaction): ProgrammableTransaction => ({
      ...program,
      inputs: [
        ...program.inputs,
        {
          kind: 'object',
          object: {
            kind: 'shared',
            id,
            initialVersion: 1n,
            mutable: false,
            isNonExclusive: true,
          },
        },
      ],
    });

  it('is named by the system alone', async () => {
    const world = new World();
    const { id } = world.coin(9n, { kind: 'shared', initialVersion: 1n });
    const { status } = await world.run(
      (tx) => tx.transferObjects([tx.splitCoins(tx.gas, [1n])], OTHER),
      { alter: named(id) },
    );
    expect(status).toMatchObject({
      code: 'Unsupported',
      facts: {
        feature: 'User transactions cannot use SharedObjectMutability::NonExclusiveWrite',
      },
    });
  });

  it('is the third kind of mutability, which nothing else is read as', () => {
    const id = new Uint8Array(32).fill(7);
    const data: TransactionData = {
      kind: {
        kind: 'programmable',
        programmable: named(id)({ inputs: [], commands: [] }),
      },
      sender: bytes(SENDER),
      gas: { payment: [], owner: bytes(SENDER), price: 1n, budget: 1n },
      expiration: { kind: 'none' },
    };
    const encoded = encodeTransaction(data);
    // Version, kind, count of inputs, object, shared, id, version.
    const place = 5 + 32 + 8;
    expect(encoded[place]).toBe(2);
    expect(parseTransaction(encoded)).toEqual(data);
    encoded[place] = 3;
    expect(() => parseTransaction(encoded)).toThrow('mutability');
  });
});
