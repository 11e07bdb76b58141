/** What the world is made of: one object or more for each way that an object can be kept. */
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import type { StructTag, TypeTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { ProgrammableTransaction } from '../../../src/vm-preview/move/sui';
import { FUZZ } from './package';
import { objectArg, Program } from './program';
import { SENDER, STRANGER, type SuiWorld } from './world';

export const THING: StructTag = {
  kind: 'struct',
  address: FUZZ.bytes,
  module: 'things',
  name: 'Thing',
  typeArguments: [],
};
const FRAMEWORK = Address.parse('0x2').bytes;
const U64: TypeTag = { kind: 'u64' };

const u64 = (value: number): Uint8Array => new BcsWriter().u64(BigInt(value)).finish();
const text = (value: string): Uint8Array =>
  new BcsWriter().blob(new TextEncoder().encode(value)).finish();

/** Adds calls of the search's own package. */
class Setup extends Program {
  thing(number: number) {
    return this.call(FUZZ.bytes, 'things::make', [
      this.pure(u64(number)),
      this.pure(text('thing')),
    ]);
  }

  things(path: string, ...args: Parameters<Program['call']>[2][]) {
    return this.call(FUZZ.bytes, `things::${path}`, args.flat());
  }
}

export type Build = (world: SuiWorld) => ProgrammableTransaction;

const keep: Build = () => {
  const setup = new Setup();
  const [me, stranger] = [setup.pure(SENDER), setup.pure(STRANGER)];
  const box = setup.call(FUZZ.bytes, 'things::box', [setup.thing(1)], [THING]);
  const mine = [setup.thing(3), setup.thing(4), box];
  setup.add({ kind: 'transferObjects', objects: mine, address: me });
  setup.add({ kind: 'transferObjects', objects: [setup.thing(6)], address: stranger });
  for (const to of [me, stranger]) {
    const bound = setup.things('bound', [setup.pure(Uint8Array.of(9))]);
    setup.things('give', [bound, to]);
  }
  return setup.finish();
};

const share: Build = () => {
  const setup = new Setup();
  setup.call(FRAMEWORK, 'transfer::public_share_object', [setup.thing(9)], [THING]);
  setup.call(FRAMEWORK, 'transfer::public_freeze_object', [setup.thing(10)], [THING]);
  setup.things('offer', [setup.things('bound', [setup.pure(Uint8Array.of(1))])]);
  setup.things('fix', [setup.things('bound', [setup.pure(Uint8Array.of(2))])]);
  return setup.finish();
};

/** Things on which values and other things hang. */
const parents: Build = () => {
  const setup = new Setup();
  const one = setup.pure(u64(1));
  const [owned, shared] = [setup.thing(2), setup.thing(7)];
  for (const parent of [owned, shared]) {
    setup.call(FUZZ.bytes, 'things::add_field', [parent, one, setup.pure(u64(10))], [U64, U64]);
    setup.call(FUZZ.bytes, 'things::add_child', [parent, one, setup.thing(5)], [THING]);
  }
  setup.add({ kind: 'transferObjects', objects: [owned], address: setup.pure(SENDER) });
  setup.call(FRAMEWORK, 'transfer::public_share_object', [shared], [THING]);
  return setup.finish();
};

/** Sends things to a thing. */
const send: Build = (world) => {
  const setup = new Setup();
  const owned = world.inputs.filter(
    ({ data, owner }) =>
      data.kind === 'move' &&
      data.type.name === 'Thing' &&
      (owner.kind === 'shared' ||
        (owner.kind === 'address' && owner.address.every((byte, i) => byte === SENDER[i]))),
  );
  for (const object of owned) {
    const to = setup.object(objectArg(object, false));
    setup.things('give_to', [setup.thing(20), to]);
  }
  return setup.finish();
};

/** By name, in order. */
export const SETUP: Readonly<Record<string, Build>> = { keep, share, parents, send };
