/** Harm to a module's tables that leaves it a module: what the passes after decoding are there for. */
import type {
  CompiledModule,
  SignatureToken,
  StructFields,
  Tables,
} from '../../../src/vm-preview/move/core/format';
import { MUTATION_KINDS, mutate } from '../../vm-preview/move/verifier/mutate';
import type { Random } from '../svm-differential/random';

type Change = (random: Random, module: CompiledModule) => CompiledModule;

/** One entry of a table, changed. */
function inTable<K extends keyof Tables>(
  name: K,
  change: (random: Random, entry: Tables[K][number], module: CompiledModule) => Tables[K][number],
): Change {
  return (random, module) => {
    const table: readonly Tables[K][number][] = module[name];
    if (table.length === 0) return module;
    const at = random.below(table.length);
    return {
      ...module,
      [name]: table.map((entry, i) => (i === at ? change(random, entry, module) : entry)),
    };
  };
}

/** Mostly an index that is there. */
const indexOf = (random: Random, table: readonly unknown[]): number =>
  random.below(table.length + (random.chance(3) ? 2 : 0));

const PRIMITIVES: readonly SignatureToken[] = (
  ['bool', 'u8', 'u16', 'u64', 'u128', 'u256', 'address', 'signer', 'i8', 'i64', 'i256'] as const
).map((kind) => ({ kind }));

const MAX_TYPE_LEVELS = 3;

export function randomToken(random: Random, module: CompiledModule, levels = 0): SignatureToken {
  const inner = (): SignatureToken => randomToken(random, module, levels + 1);
  switch (levels >= MAX_TYPE_LEVELS ? 9 : random.below(12)) {
    case 0:
      return { kind: 'vector', element: inner() };
    case 1:
      return { kind: 'reference', mutable: random.chance(50), to: inner() };
    case 2:
    case 3:
    case 4: {
      if (module.datatypeHandles.length === 0) return { kind: 'bool' };
      const handle = indexOf(random, module.datatypeHandles);
      const parameters = module.datatypeHandles[handle]?.typeParameters ?? [];
      return { kind: 'datatype', handle, typeArguments: parameters.map(inner) };
    }
    case 5:
      return { kind: 'typeParameter', index: random.below(3) };
    case 6:
      if (module.version < 8 || module.flavour === 'sui') return { kind: 'u64' };
      return {
        kind: 'function',
        parameters: random.chance(50) ? [inner()] : [],
        results: random.chance(50) ? [inner()] : [],
        abilities: random.below(8),
      };
    default:
      return random.pick(PRIMITIVES.slice(0, module.version < 9 ? 8 : PRIMITIVES.length));
  }
}

function deepened(random: Random, type: SignatureToken): SignatureToken {
  let deep = type;
  for (let levels = random.below(random.chance(10) ? 150 : 12); levels > 0; levels--)
    deep = { kind: 'vector', element: deep };
  return deep;
}

const flipped = (random: Random, abilities: number): number => abilities ^ (1 << random.below(4));

function otherFields(random: Random, fields: StructFields, module: CompiledModule): StructFields {
  if (fields.kind === 'native') return fields;
  const change = <T extends { readonly type: SignatureToken }>(
    list: readonly T[],
  ): readonly T[] => {
    if (random.chance(10)) return list.slice(1);
    if (random.chance(10)) return [...list, ...list.slice(0, 1)];
    const at = random.below(list.length);
    return list.map((field, i) =>
      i === at ? { ...field, type: randomToken(random, module) } : field,
    );
  };
  if (fields.kind === 'declared') return { kind: 'declared', fields: change(fields.fields) };
  const at = random.below(fields.variants.length);
  return {
    kind: 'variants',
    variants: fields.variants.map((variant, i) =>
      i === at ? { ...variant, fields: change(variant.fields) } : variant,
    ),
  };
}

const VISIBILITIES = ['private', 'public', 'friend'] as const;
const NAMES = ['', 'a', 'no name', '<SELF>', '_', 'x'.repeat(256), 'init_module', 'é'];

const instantiation = (
  table: 'functionInstantiations' | 'structInstantiations' | 'fieldInstantiations',
  of: 'functionHandles' | 'structDefinitions' | 'fieldHandles',
): Change =>
  inTable(table, (random, entry, module) =>
    random.chance(50)
      ? { ...entry, generic: indexOf(random, module[of]) }
      : { ...entry, typeArguments: indexOf(random, module.signatures) },
  );

const variantInstantiation = (
  table: 'variantInstantiations' | 'variantFieldInstantiations',
  of: 'variantHandles' | 'variantFieldHandles',
): Change =>
  inTable(table, (random, entry, module) =>
    random.chance(50)
      ? { ...entry, generic: indexOf(random, module[of]) }
      : { ...entry, typeArguments: indexOf(random, module.signatures) },
  );

const CHANGES: readonly Change[] = [
  inTable('signatures', (random, signature, module) => {
    if (random.chance(15)) return [...signature, randomToken(random, module)];
    if (random.chance(15)) return signature.slice(1);
    const at = random.below(signature.length);
    return signature.map((type, i) => {
      if (i !== at) return type;
      return random.chance(20) ? deepened(random, type) : randomToken(random, module);
    });
  }),
  inTable('constants', (random, { type, data }, module) => {
    if (random.chance(30)) return { type: randomToken(random, module), data };
    const bytes = Uint8Array.from(data);
    if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256);
    return { type, data: random.chance(20) ? bytes.slice(1) : bytes };
  }),
  inTable('identifiers', (random, name, module) =>
    random.chance(50) ? random.pick(NAMES) : (module.identifiers[0] ?? name),
  ),
  inTable('addresses', (random, address) => {
    const bytes = Uint8Array.from(address);
    bytes[random.below(32)] = random.below(256);
    return bytes;
  }),
  inTable('moduleHandles', (random, handle, module) =>
    random.chance(50)
      ? { ...handle, name: indexOf(random, module.identifiers) }
      : { ...handle, address: indexOf(random, module.addresses) },
  ),
  inTable('datatypeHandles', (random, handle, module) => {
    switch (random.below(5)) {
      case 0:
        return { ...handle, module: indexOf(random, module.moduleHandles) };
      case 1:
        return { ...handle, name: indexOf(random, module.identifiers) };
      case 2:
        return {
          ...handle,
          typeParameters: handle.typeParameters.map(({ constraints, isPhantom }) => ({
            constraints: flipped(random, constraints),
            isPhantom: random.chance(50) ? !isPhantom : isPhantom,
          })),
        };
      case 3:
        return {
          ...handle,
          typeParameters: [...handle.typeParameters, { constraints: 0, isPhantom: true }],
        };
      default:
        return { ...handle, abilities: flipped(random, handle.abilities) };
    }
  }),
  inTable('functionHandles', (random, handle, module) => {
    switch (random.below(6)) {
      case 0:
        return { ...handle, module: indexOf(random, module.moduleHandles) };
      case 1:
        return { ...handle, name: indexOf(random, module.identifiers) };
      case 2:
        return { ...handle, parameters: indexOf(random, module.signatures) };
      case 3:
        return { ...handle, returns: indexOf(random, module.signatures) };
      case 4:
        return { ...handle, typeParameters: [...handle.typeParameters, random.below(16)] };
      default:
        return {
          ...handle,
          typeParameters: handle.typeParameters.map((set) => flipped(random, set)),
        };
    }
  }),
  inTable('structDefinitions', (random, definition, module) =>
    random.chance(10)
      ? { ...definition, handle: indexOf(random, module.datatypeHandles) }
      : { ...definition, fields: otherFields(random, definition.fields, module) },
  ),
  inTable('functionDefinitions', (random, definition, module) => {
    switch (random.below(5)) {
      case 0:
        return { ...definition, handle: indexOf(random, module.functionHandles) };
      case 1:
        return { ...definition, visibility: random.pick(VISIBILITIES) };
      case 2:
        return { ...definition, isEntry: !definition.isEntry };
      case 3:
        return definition.code === undefined
          ? definition
          : {
              ...definition,
              code: { ...definition.code, locals: indexOf(random, module.signatures) },
            };
      default:
        return { ...definition, acquires: [indexOf(random, module.structDefinitions)] };
    }
  }),
  inTable('fieldHandles', (random, handle, module) =>
    random.chance(50)
      ? { ...handle, owner: indexOf(random, module.structDefinitions) }
      : { ...handle, field: random.below(4) },
  ),
  inTable('variantHandles', (random, handle) => ({ ...handle, variant: random.below(4) })),
  inTable('variantFieldHandles', (random, handle) => ({
    ...handle,
    field: random.below(3),
    variants: random.chance(50) ? handle.variants : [random.below(3), random.below(3)],
  })),
  inTable('friends', (random, handle, module) => ({
    ...handle,
    name: indexOf(random, module.identifiers),
  })),
  instantiation('functionInstantiations', 'functionHandles'),
  instantiation('structInstantiations', 'structDefinitions'),
  instantiation('fieldInstantiations', 'fieldHandles'),
  variantInstantiation('variantInstantiations', 'variantHandles'),
  variantInstantiation('variantFieldInstantiations', 'variantFieldHandles'),
];

/** In code, mostly: there the verifier has most to do. */
export function harmModule(random: Random, module: CompiledModule): CompiledModule {
  if (random.chance(30)) return random.pick(CHANGES)(random, module);
  const mutation = {
    kind: random.pick(MUTATION_KINDS),
    at: random.below(2 ** 31),
    pc: random.below(2 ** 31),
    value: random.below(1000),
  };
  return mutate(module, mutation).module;
}
