/** What programs call: functions of the world's packages, with type arguments and what they need. */
import {
  type FunctionInstance,
  type MoveFunction,
  moduleId,
  primitive,
  type Type,
} from '../../../src/vm-preview/move/core/loader';
import { typeTagOf } from '../../../src/vm-preview/move/core/loader/type-tag';
import type { StructTag, TypeTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import { GAS_COIN, SUI } from '../../../src/vm-preview/move/sui';
import { abilitiesOf, has } from '../../../src/vm-preview/move/sui/linkage/abilities';
import type { Random } from '../svm-differential/random';
import { FUZZ } from './package';
import { THING } from './setup';
import { GOLD, type SuiWorld } from './world';

export interface Callable {
  readonly package: Uint8Array;
  readonly module: string;
  readonly name: string;
  readonly declared: MoveFunction;
}

/** Of the framework, those that objects of the world can be given to, or that make some. */
const FAVOURITES = new Set([
  ...['bag', 'balance', 'clock', 'coin', 'kiosk', 'linked_table', 'object_bag', 'object_table'],
  ...['package', 'pay', 'priority_queue', 'sui', 'table', 'table_vec', 'token', 'transfer'],
  ...['url', 'vec_map', 'vec_set', 'versioned', 'borrow', 'display', 'deny_list'],
]);

const thingsType = (name: string, ...typeArguments: TypeTag[]): StructTag => ({
  ...THING,
  name,
  typeArguments,
});

const TYPE_ARGUMENTS: readonly TypeTag[] = [
  SUI,
  SUI,
  GOLD,
  GOLD,
  THING,
  THING,
  GAS_COIN,
  { kind: 'u64' },
  { kind: 'u64' },
  { kind: 'bool' },
  { kind: 'address' },
  { kind: 'vector', element: { kind: 'u8' } },
  { kind: 'vector', element: THING },
  thingsType('Point'),
  thingsType('Shape'),
  thingsType('Bound'),
  thingsType('Box', { kind: 'u64' }),
  thingsType('Box', THING),
];

const TRIES = 4;

export class Functions {
  readonly #own: Callable[] = [];
  readonly #favourites: Callable[] = [];
  readonly #others: Callable[] = [];
  readonly #takers = new Map<string, readonly Callable[]>();
  readonly #instances = new Map<string, FunctionInstance>();

  constructor(private readonly world: SuiWorld) {
    const { loader } = world;
    for (const key of world.modules.keys()) {
      const [address = '', module = ''] = key.split('::');
      const id = Address.parse(address);
      const group =
        id.hex === FUZZ.hex ? this.#own : FAVOURITES.has(module) ? this.#favourites : this.#others;
      for (const declared of loader.module(moduleId(id, module)).functions)
        if (declared.visibility === 'public' || declared.isEntry || id.hex === FUZZ.hex)
          group.push({ package: id.bytes, module, name: declared.name, declared });
    }
  }

  /** Those of the datatype's own module that take one and give none back. @param key - of the type */
  takers(key: string): readonly Callable[] {
    let known = this.#takers.get(key);
    if (known === undefined) {
      const path = key.replace(/<.*$/, '');
      const isIt = (type: Type): boolean => type.kind === 'datatype' && type.datatype.key === path;
      known = [...this.#own, ...this.#favourites, ...this.#others].filter(
        ({ declared }) =>
          declared.key.startsWith(`${path.slice(0, path.lastIndexOf('::'))}::`) &&
          declared.parameters.some(isIt) &&
          !declared.results.some(isIt),
      );
      this.#takers.set(key, known);
    }
    return known;
  }

  pick(random: Random): Callable {
    const group = random.below(100);
    return random.pick(group < 55 ? this.#own : group < 88 ? this.#favourites : this.#others);
  }

  /** Mostly with the abilities that are asked for. */
  typeArguments(random: Random, { declared }: Callable): readonly Type[] {
    const { loader } = this.world;
    return declared.typeParameters.map((constraints) => {
      let type: Type = primitive('u64');
      for (let tries = 0; tries < TRIES; tries++) {
        type = loader.typeOf(random.pick(TYPE_ARGUMENTS));
        if (has(abilitiesOf(loader, type), constraints)) break;
      }
      return type;
    });
  }

  instance({ declared }: Callable, types: readonly Type[]): FunctionInstance {
    const key = `${declared.key}<${types.map((type) => type.key).join(',')}>`;
    let known = this.#instances.get(key);
    if (known === undefined) {
      known = declared.instance(types);
      this.#instances.set(key, known);
    }
    return known;
  }

  tag(type: Type): TypeTag {
    return typeTagOf(type);
  }
}
