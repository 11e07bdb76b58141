/** Publishing and upgrading a package of mainnet, with its `init` and its one-time witness. */
import type { Transaction } from '@mysten/sui/transactions';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { decodeModule, encode, SUI_FORMAT } from '../../../../../src/vm-preview/move/core/format';
import type { SuiObject, SuiOutcome } from '../../../../../src/vm-preview/move/sui';
import { upgradeDigest } from '../../../../../src/vm-preview/move/sui/execution/new-package';
import { freshId } from '../../../../../src/vm-preview/move/sui/natives';
import { recordedPackage } from '../../../../support/sui-packages';
import { failureOf, hasFixtures, idText, OTHER, refOf, SENDER, World } from './world';

const RECORDED = 'e09b37505173ae119a0ae3b1fdf9050a6b029391f9d9f10a3fff27e3f3115727';
const recorded = hasFixtures ? recordedPackage(`0x${RECORDED}`) : undefined;
const suite = recorded === undefined ? describe.skip : describe;
if (recorded === undefined) it('skipped: no fixtures', () => expect(recorded).toBeUndefined());

const FRAMEWORK = ['0x1', '0x2'];
const ADDITIVE = 128;
const DEP_ONLY = 192;

/** The recorded module as it was before it had an address. */
function source(): Uint8Array {
  if (recorded?.data.kind !== 'package') throw new Error('no package');
  const [bytes] = [...recorded.data.modules.values()];
  return hexToBytes(bytesToHex(bytes ?? new Uint8Array()).replace(RECORDED, '0'.repeat(64)));
}

/** The same with one function less to be called by others. */
function without(name: string): Uint8Array {
  const module = decodeModule(source(), SUI_FORMAT);
  const { layout: _, ...plain } = module;
  const functionDefinitions = module.functionDefinitions.map((definition) =>
    module.identifiers[module.functionHandles[definition.handle]?.name ?? -1] === name
      ? { ...definition, visibility: 'private' as const, isEntry: false }
      : definition,
  );
  return encode({ ...plain, functionDefinitions }, SUI_FORMAT);
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no result');
  return value;
}

interface Published {
  readonly world: World;
  readonly outcome: SuiOutcome;
  readonly package: SuiObject;
  readonly cap: SuiObject;
}

const isOfType = (object: SuiObject, name: string): boolean =>
  object.data.kind === 'move' && object.data.type.name === name;

const created = ({ changes }: SuiOutcome): readonly SuiObject[] =>
  changes.flatMap(({ kind, after }) => (kind === 'created' && after !== null ? [after] : []));

async function publish(): Promise<Published> {
  const world = new World();
  const outcome = await world.run((tx) => {
    const cap = tx.publish({ modules: [base64(source())], dependencies: FRAMEWORK });
    tx.transferObjects([cap], SENDER);
  });
  const found = created(outcome);
  const published = found.find(({ data }) => data.kind === 'package');
  const cap = found.find((object) => isOfType(object, 'UpgradeCap'));
  if (published === undefined || cap === undefined) throw new Error(failureOf(outcome));
  return { world, outcome, package: published, cap };
}

interface Upgrade {
  readonly modules: readonly Uint8Array[];
  readonly policy: number;
  readonly digest?: Uint8Array;
}

function upgrade(
  { world, cap, package: current }: Published,
  { modules, policy, digest }: Upgrade,
): Promise<SuiOutcome> {
  const dependencies = FRAMEWORK.map((id) => hexToBytes(id.slice(2).padStart(64, '0')));
  const committed = digest ?? upgradeDigest(modules, dependencies, true);
  return world.run((tx: Transaction) => {
    const held = tx.objectRef(refOf(world.latest(idText(cap.id))));
    const [ticket] = tx.moveCall({
      target: '0x2::package::authorize_upgrade',
      arguments: [held, tx.pure.u8(policy), tx.pure.vector('u8', [...committed])],
    });
    const receipt = tx.upgrade({
      modules: modules.map(base64),
      dependencies: FRAMEWORK,
      package: idText(current.id),
      ticket: needed(ticket),
    });
    tx.moveCall({ target: '0x2::package::commit_upgrade', arguments: [held, receipt] });
  });
}

suite('a package', () => {
  it('is published, and its init is run with its witness', async () => {
    const { outcome, package: published, cap } = await publish();
    expect(outcome.status).toEqual({ kind: 'success' });
    expect(published.owner).toEqual({ kind: 'immutable' });
    expect([published.version, cap.version]).toEqual([1n, 4n]);
    const digest = published.previousTransaction;
    // The package is the first that the transaction made, before what init made.
    expect(idText(published.id)).toBe(idText(freshId(digest, 0n)));
    const names = created(outcome).flatMap(({ data }) =>
      data.kind === 'move' ? [data.type.name] : [],
    );
    expect(names).toContain('Publisher');
    expect(names).toContain('Display');
    // The witness is claimed in the name of the package, whose display is announced.
    expect(outcome.events.map(({ type }) => type.name)).toContain('DisplayCreated');
    for (const { package: emitter } of outcome.events)
      expect(idText(emitter)).toBe(idText(published.id));
    if (published.data.kind !== 'package') throw new Error('no package');
    expect(
      published.data.typeOrigins.every(({ package: id }) => idText(id) === idText(published.id)),
    ).toBe(true);
    // What is stored has the address in it, and nothing else is other than what mainnet has.
    const [stored] = [...published.data.modules.values()];
    expect(bytesToHex(stored ?? new Uint8Array()).replace(bytesToHex(published.id), RECORDED)).toBe(
      bytesToHex(source()).replace('0'.repeat(64), RECORDED),
    );
  });

  it('must not have an address, and must name what it depends on', async () => {
    const world = new World();
    if (recorded?.data.kind !== 'package') throw new Error('no package');
    const [addressed] = [...recorded.data.modules.values()];
    const run = async (module: Uint8Array, dependencies: string[]): Promise<string> =>
      failureOf(
        await world.run((tx) => {
          const cap = tx.publish({ modules: [base64(module)], dependencies });
          tx.transferObjects([cap], OTHER);
        }),
      );
    expect(await run(addressed ?? new Uint8Array(), FRAMEWORK)).toBe('PublishErrorNonZeroAddress');
    expect(await run(source(), ['0x1'])).toBe('PublishUpgradeMissingDependency');
    expect(await run(source().subarray(0, 100), FRAMEWORK)).toBe(
      'VMVerificationOrDeserializationError',
    );
  });

  it('is upgraded by a ticket, under an id of its own', async () => {
    const first = await publish();
    const outcome = await upgrade(first, { modules: [source()], policy: 0 });
    expect(outcome.status).toEqual({ kind: 'success' });
    const [next, ...more] = created(outcome);
    expect(more).toEqual([]);
    if (next?.data.kind !== 'package') throw new Error('no package');
    expect(next.version).toBe(2n);
    expect(idText(next.id)).not.toBe(idText(first.package.id));
    // Its types are still those of the first version, and so is the address in its code.
    for (const { package: origin } of next.data.typeOrigins)
      expect(idText(origin)).toBe(idText(first.package.id));
    const [stored] = [...next.data.modules.values()];
    expect(bytesToHex(stored ?? new Uint8Array())).toContain(bytesToHex(first.package.id));
    const cap = first.world.latest(idText(first.cap.id));
    if (cap.data.kind !== 'move') throw new Error('no cap');
    // `UpgradeCap { id, package, version, policy }`
    expect(bytesToHex(cap.data.contents.subarray(32))).toBe(
      `${bytesToHex(next.id)}020000000000000000`,
    );
    // Its functions run in the new version.
    const called = await first.world.run((tx) => {
      tx.moveCall({
        target: `${idText(next.id)}::Operation::mint`,
        arguments: [],
      });
    });
    expect(failureOf(called)).toBe('ArityMismatch');
  });

  it.each([
    ['compatible', 0],
    ['additive', ADDITIVE],
    ['dependencies only', DEP_ONLY],
  ])('may stay as it is where upgrades are %s', async (_, policy) => {
    const first = await publish();
    const outcome = await upgrade(first, { modules: [source()], policy });
    expect(outcome.status).toEqual({ kind: 'success' });
  });

  it.each([0, ADDITIVE, DEP_ONLY])('may not lose a public function (policy %d)', async (policy) => {
    const first = await publish();
    const outcome = await upgrade(first, { modules: [without('deploy')], policy });
    expect(outcome.status).toMatchObject({
      failure: { code: 'PackageUpgradeError', command: 1 },
    });
    // IncompatibleUpgrade is the third of the upgrade errors.
    if (outcome.status.kind !== 'failure') throw new Error('no failure');
    expect([...outcome.status.failure.bcs.subarray(1)]).toEqual([2]);
  });

  it('must be what the ticket commits to', async () => {
    const first = await publish();
    const outcome = await upgrade(first, {
      modules: [source()],
      policy: 0,
      digest: new Uint8Array(32),
    });
    // DigestDoesNotMatch, with the digest that was computed.
    if (outcome.status.kind !== 'failure') throw new Error('no failure');
    expect([...outcome.status.failure.bcs.subarray(1, 3)]).toEqual([3, 32]);
  });
});
