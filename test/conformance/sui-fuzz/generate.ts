/** Programs that mostly fit together: commands whose arguments are of the types that they take. */
import type { Type } from '../../../src/vm-preview/move/core/loader';
import {
  type Argument,
  GAS_COIN,
  type ProgrammableTransaction,
  type SuiObject,
} from '../../../src/vm-preview/move/sui';
import { abilitiesOf } from '../../../src/vm-preview/move/sui/linkage/abilities';
import { randomValue } from '../move-fuzz/values';
import type { Random } from '../svm-differential/random';
import { type Callable, Functions } from './functions';
import { objectArg, Program, refOf } from './program';
import { SENDER, STRANGER, type SuiWorld } from './world';

/** What a later command may take. */
interface Available {
  readonly argument: Argument;
  readonly type: Type;
  /** Not used up by a command yet. */
  left: boolean;
  readonly isResult: boolean;
}

interface Typed {
  readonly object: SuiObject;
  readonly type: Type;
}

const KEY = 8;
const DROP = 2;
const MOST_COMMANDS = 7;
const CANDIDATES = 6;

/** The strings and ids that commands take as bytes although they are structs. */
const PURE = new Set([
  ...['0x1::string::String', '0x1::ascii::String', '0x1::option::Option', '0x2::object::ID'],
]);

const COIN = /^0x2::coin::Coin</;

export class ProgramMaker {
  readonly functions: Functions;
  readonly #all: readonly Typed[];
  readonly #usable: readonly Typed[];
  readonly #sent: readonly Typed[];

  constructor(readonly world: SuiWorld) {
    this.functions = new Functions(world);
    const { loader } = world;
    const paying = new Set([...world.gasCoins, ...world.sponsorCoins]);
    const objects = world.inputs.flatMap((object) =>
      !paying.has(object) && object.data.kind === 'move'
        ? [{ object, type: loader.typeOf(object.data.type) }]
        : [],
    );
    this.#sent = objects.filter(({ object }) => isThingOwner(object));
    this.#all = objects;
    this.#usable = objects.filter(({ object }) => isUsable(object));
  }

  program(random: Random): ProgrammableTransaction {
    const objects = random.chance(95) ? this.#usable : this.#all;
    return new Generation(random, this, objects, this.#sent).program();
  }
}

class Generation {
  readonly #program = new Program();
  readonly #available: Available[] = [];
  readonly #named = new Map<SuiObject, Available>();
  readonly #pure: Argument[] = [];

  constructor(
    private readonly random: Random,
    private readonly maker: ProgramMaker,
    private readonly objects: readonly Typed[],
    /** To a thing, which can receive them. */
    private readonly sent: readonly Typed[],
  ) {}

  program(): ProgrammableTransaction {
    const { random } = this;
    for (let count = 1 + random.below(MOST_COMMANDS); count > 0; count--) this.#command();
    if (random.chance(92)) this.#finish();
    return this.#program.finish();
  }

  #command(): void {
    const { random } = this;
    const kind = random.below(100);
    if (kind < 68) this.#call();
    else if (kind < 78) this.#split();
    else if (kind < 84) this.#merge();
    else if (kind < 91) this.#transfer();
    else this.#vector();
  }

  /** Of a few functions, the one for most of whose parameters there is something. */
  #call(): void {
    const { random, maker } = this;
    const { functions } = maker;
    let best: { readonly one: Callable; readonly types: readonly Type[] } | undefined;
    let most = -100;
    for (let tries = 0; tries < CANDIDATES; tries++) {
      const one = functions.pick(random);
      const types = functions.typeArguments(random, one);
      const instance = functions.instance(one, types);
      const lacking = one.declared.parameters.filter(
        (parameter) => !this.#canHave(instance.type(parameter)),
      ).length;
      if (-lacking > most) [best, most] = [{ one, types }, -lacking];
      if (lacking === 0) break;
    }
    if (best === undefined || (most < 0 && random.chance(85))) return;
    const { one, types } = best;
    const instance = functions.instance(one, types);
    const args = one.declared.parameters
      .map((parameter) => instance.type(parameter))
      .filter((type) => !isContext(type))
      .map((type) => this.#argument(type));
    this.#program.add({
      kind: 'moveCall',
      call: {
        package: one.package,
        module: one.module,
        function: one.name,
        typeArguments: types.map((type) => functions.tag(type)),
        args,
      },
    });
    this.#results(one.declared.results.map((type) => instance.type(type)));
  }

  #results(types: readonly Type[]): void {
    const index = this.#program.commands.length - 1;
    for (const [nested, type] of types.entries()) {
      const argument: Argument =
        types.length === 1 && this.random.chance(50)
          ? { kind: 'result', index }
          : { kind: 'nestedResult', index, nested };
      this.#available.push({ argument, type, left: true, isResult: true });
    }
  }

  #canHave(parameter: Type): boolean {
    const type = parameter.kind === 'reference' ? parameter.to : parameter;
    return isContext(parameter) || isPure(type) || this.#find(type).length > 0;
  }

  /** @param how - it is taken: what is nobody's own is mostly left out where it cannot be */
  #find(type: Type, how: 'value' | 'reference' = 'reference'): (Available | Typed)[] {
    const made = this.#available.filter((one) => one.left && one.type.key === type.key);
    const any = how === 'reference' || this.random.chance(20);
    const named = this.objects.filter(
      (one) =>
        one.type.key === type.key &&
        !this.#named.has(one.object) &&
        (any || one.object.owner.kind === 'address'),
    );
    return [...made, ...named];
  }

  #argument(parameter: Type): Argument {
    const { random } = this;
    const isReference = parameter.kind === 'reference';
    const type = isReference ? parameter.to : parameter;
    if (random.chance(2)) return this.#any();
    if (isPure(type) && (random.chance(80) || this.#find(type).length === 0))
      return this.#pureOf(type);
    if (type.kind === 'datatype' && type.datatype.key === '0x2::transfer::Receiving')
      return this.#receiving();
    const found = this.#find(type, isReference ? 'reference' : 'value');
    if (found.length === 0) return this.#any();
    const one = random.pick(found);
    const available = 'object' in one ? this.#name(one.object, one.type) : one;
    if (!isReference && random.chance(90)) available.left = false;
    return available.argument;
  }

  #name(object: SuiObject, type: Type): Available {
    const isClock = type.key === '0x2::clock::Clock';
    const mutable = this.random.chance(isClock ? 5 : 95);
    const argument = this.#program.object(objectArg(object, mutable));
    const available = { argument, type, left: true, isResult: false };
    this.#named.set(object, available);
    this.#available.push(available);
    return available;
  }

  #receiving(): Argument {
    const sent = this.sent.filter(({ object }) => !this.#named.has(object));
    if (sent.length === 0) return this.#any();
    const { object } = this.random.pick(sent);
    return this.#program.object({ kind: 'receiving', ref: refOf(object) });
  }

  #pureOf(type: Type): Argument {
    const { random, maker } = this;
    const { loader } = maker.world;
    if (this.#pure.length > 0 && random.chance(5)) return random.pick(this.#pure);
    const bytes =
      type.kind === 'address' && random.chance(60)
        ? random.pick([SENDER, STRANGER])
        : this.#encoded(random.chance(97) ? randomValue(random, loader, type) : undefined, type);
    const argument = this.#program.pure(bytes);
    this.#pure.push(argument);
    return argument;
  }

  #encoded(value: ReturnType<typeof randomValue>, type: Type): Uint8Array {
    const { random, maker } = this;
    return value === undefined
      ? random.bytes(random.below(20))
      : maker.world.loader.codec.encode(value, type);
  }

  /** Something of another type, or nothing at all. */
  #any(): Argument {
    const { random } = this;
    const kind = random.below(10);
    const left = this.#available.filter((one) => one.left || random.chance(10));
    if (kind < 5 && left.length > 0) return random.pick(left).argument;
    if (kind < 7) return { kind: 'gasCoin' };
    if (kind < 9) {
      const { object, type } = random.pick(this.objects);
      return this.#named.get(object)?.argument ?? this.#name(object, type).argument;
    }
    return { kind: 'nestedResult', index: random.below(5), nested: random.below(3) };
  }

  #coin(): { readonly argument: Argument; readonly type: Type | undefined } {
    const { random } = this;
    if (random.chance(50)) return { argument: { kind: 'gasCoin' }, type: undefined };
    const coins = this.#available.filter(({ left, type }) => left && COIN.test(type.key));
    if (coins.length > 0 && random.chance(50)) return random.pick(coins);
    const named = this.objects.filter(
      ({ object, type }) => COIN.test(type.key) && !this.#named.has(object),
    );
    if (named.length === 0) return { argument: this.#any(), type: undefined };
    const { object, type } = random.pick(named);
    return this.#name(object, type);
  }

  #split(): void {
    const { random, maker } = this;
    const { argument, type } = this.#coin();
    const amounts = Array.from({ length: 1 + random.below(3) }, () => {
      const amount = random.chance(80) ? BigInt(random.below(800)) : random.u64();
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, amount, true);
      return this.#program.pure(bytes);
    });
    this.#program.add({ kind: 'splitCoins', coin: argument, amounts });
    const coin = type ?? maker.world.loader.typeOf(GAS_COIN);
    const index = this.#program.commands.length - 1;
    for (const nested of amounts.keys())
      this.#available.push({
        argument: { kind: 'nestedResult', index, nested },
        type: coin,
        left: true,
        isResult: true,
      });
  }

  #merge(): void {
    const { random } = this;
    const destination = this.#coin();
    const sources = Array.from({ length: 1 + random.below(2) }, () => {
      const candidates = this.#available.filter(
        ({ left, type, argument }) =>
          left &&
          argument !== destination.argument &&
          (destination.type === undefined
            ? COIN.test(type.key)
            : type.key === destination.type.key),
      );
      if (candidates.length === 0) return this.#any();
      const source = random.pick(candidates);
      source.left = false;
      return source.argument;
    });
    this.#program.add({ kind: 'mergeCoins', destination: destination.argument, sources });
  }

  #transfer(): void {
    const { random } = this;
    const objects = Array.from({ length: 1 + random.below(2) }, () => {
      const results = this.#available.filter(({ left, type }) => left && this.#isObject(type));
      if (results.length === 0 || random.chance(20)) return this.#any();
      const one = random.pick(results);
      one.left = false;
      return one.argument;
    });
    this.#program.add({ kind: 'transferObjects', objects, address: this.#recipient() });
  }

  #recipient(): Argument {
    const { random } = this;
    if (random.chance(3)) return this.#any();
    return this.#program.pure(random.pick([SENDER, STRANGER, random.bytes(32)]));
  }

  #vector(): void {
    const { random, maker } = this;
    const { functions, world } = maker;
    const isOfObjects = random.chance(60);
    const candidates = this.#available.filter(({ left, type }) => left && this.#isObject(type));
    const first = isOfObjects && candidates.length > 0 ? random.pick(candidates) : undefined;
    const type =
      first?.type ?? world.loader.typeOf({ kind: random.pick(['u64', 'bool', 'u8', 'address']) });
    const elements: Argument[] = [];
    for (let count = random.below(4); count > 0; count--) {
      if (first === undefined) elements.push(this.#argument(type));
      else {
        const same = candidates.filter((one) => one.left && one.type.key === type.key);
        if (same.length === 0) break;
        const one = random.pick(same);
        one.left = false;
        elements.push(one.argument);
      }
    }
    const named = random.chance(70) || first === undefined;
    this.#program.add({
      kind: 'makeMoveVec',
      type: named ? functions.tag(type) : undefined,
      elements,
    });
    this.#results([world.loader.types.vector(type)]);
  }

  /** Sends away what nobody took. */
  #finish(): void {
    const { random } = this;
    const objects = this.#available.flatMap(({ argument, isResult, left, type }) =>
      isResult && left && this.#isObject(type) ? [argument] : [],
    );
    if (objects.length > 0)
      this.#program.add({ kind: 'transferObjects', objects, address: this.#recipient() });
    for (const { isResult, left, type, argument } of this.#available) {
      if (!isResult || !left || this.#isObject(type) || random.chance(40)) continue;
      this.#consume(type, argument);
    }
  }

  /** What cannot be dropped is given to a function that takes it, where one of the world's does. */
  #consume(type: Type, argument: Argument): void {
    if ((this.#abilities(type) & DROP) !== 0) return;
    const given = type.kind === 'datatype' ? type.typeArguments.length : 0;
    const destroy = this.maker.functions
      .takers(type.key)
      .filter(({ declared }) => declared.typeParameters.length === given);
    if (destroy.length === 0) return;
    const one = this.random.pick(destroy);
    const types = type.kind === 'datatype' ? type.typeArguments : [];
    const instance = this.maker.functions.instance(one, types);
    const args = one.declared.parameters
      .map((parameter) => instance.type(parameter))
      .filter((parameter) => !isContext(parameter))
      .map((parameter) => (parameter.key === type.key ? argument : this.#argument(parameter)));
    this.#program.add({
      kind: 'moveCall',
      call: {
        package: one.package,
        module: one.module,
        function: one.name,
        typeArguments: types.map((inner) => this.maker.functions.tag(inner)),
        args,
      },
    });
  }

  #isObject(type: Type): boolean {
    return (this.#abilities(type) & KEY) !== 0;
  }

  #abilities(type: Type): number {
    return abilitiesOf(this.maker.world.loader, type);
  }
}

const isContext = (type: Type): boolean =>
  type.kind === 'reference' &&
  type.to.kind === 'datatype' &&
  type.to.datatype.key === '0x2::tx_context::TxContext';

function isPure(type: Type): boolean {
  switch (type.kind) {
    case 'vector':
      return isPure(type.element);
    case 'datatype':
      return PURE.has(type.datatype.key) && type.typeArguments.every(isPure);
    case 'reference':
    case 'typeParameter':
    case 'function':
    case 'signer':
      return false;
    default:
      return true;
  }
}

/** An object that the sender may name. */
function isUsable({ data, owner }: SuiObject): boolean {
  if (data.kind !== 'move' || owner.kind === 'object') return false;
  return owner.kind !== 'address' || owner.address.every((byte, i) => byte === SENDER[i]);
}

/** Neither of the two accounts: a thing that was sent to a thing. */
function isThingOwner({ data, owner }: SuiObject): boolean {
  if (data.kind !== 'move' || owner.kind !== 'address') return false;
  const is = (other: Uint8Array): boolean => owner.address.every((byte, i) => byte === other[i]);
  return !is(SENDER) && !is(STRANGER);
}
