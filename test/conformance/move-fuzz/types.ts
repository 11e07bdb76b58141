/** Random types of the framework's structs and enums. */
import { APTOS_FORMAT } from '../../../src/vm-preview/move/core/format';
import {
  type DatatypeType,
  type Loader,
  moduleId,
  primitive,
  type Type,
} from '../../../src/vm-preview/move/core/loader';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { Random } from '../svm-differential/random';
import type { DevnetWorld } from './world';

interface Declared {
  readonly module: string;
  readonly name: string;
  readonly typeParameters: number;
}

const PRIMITIVES = (
  [
    ...(['bool', 'address', 'u8', 'u16', 'u32', 'u64', 'u128', 'u256'] as const),
    ...(['i8', 'i16', 'i32', 'i64', 'i128', 'i256'] as const),
  ] as const
).map((kind) => primitive(kind));

const FRAMEWORK = Address.parse('0x1');
const MAX_LEVELS = 4;

/** What the modules at 0x1 declare. */
export class FrameworkTypes {
  readonly #declared: readonly Declared[];

  constructor({ state, cache }: DevnetWorld) {
    this.#declared = state.entries().flatMap(([key, { bytes }]): readonly Declared[] => {
      if (key.kind !== 'module') return [];
      const { datatypeHandles, structDefinitions, identifiers } = cache.decode(bytes, APTOS_FORMAT);
      if (Address.fromBytes(key.address).hex !== FRAMEWORK.hex) return [];
      return structDefinitions.flatMap(({ handle, fields }) => {
        const found = datatypeHandles[handle];
        const name = identifiers[found?.name ?? 0];
        if (found === undefined || name === undefined || fields.kind === 'native') return [];
        return [{ module: key.name, name, typeParameters: found.typeParameters.length }];
      });
    });
  }

  datatype(random: Random, loader: Loader, levels = 0): DatatypeType {
    const { module, name, typeParameters } = random.pick(this.#declared);
    const typeArguments = Array.from({ length: typeParameters }, () =>
      this.type(random, loader, levels + 2),
    );
    const datatype = loader.datatype(moduleId(FRAMEWORK, module), name);
    return loader.types.datatype(datatype, typeArguments);
  }

  type(random: Random, loader: Loader, levels = 0): Type {
    if (levels < MAX_LEVELS && random.chance(50)) return this.datatype(random, loader, levels);
    if (random.chance(30)) return loader.types.vector(this.type(random, loader, levels + 1));
    if (random.chance(levels === 0 ? 10 : 1)) {
      let deep: Type = random.pick(PRIMITIVES);
      for (let left = random.below(140); left > 0; left--) deep = loader.types.vector(deep);
      return deep;
    }
    return random.pick(PRIMITIVES);
  }
}
