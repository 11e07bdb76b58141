/** Arguments of the framework's entry functions, as a transaction gives them. */
import { transactionArguments } from '../../../src/vm-preview/move/aptos/execution/arguments';
import { typeArguments } from '../../../src/vm-preview/move/aptos/execution/type-arguments';
import { EMPTY_CHANGE_SET } from '../../../src/vm-preview/move/aptos/storage';
import { APTOS_FORMAT } from '../../../src/vm-preview/move/core/format';
import {
  type Loader,
  type ModuleId,
  type MoveFunction,
  moduleId,
  type Type,
} from '../../../src/vm-preview/move/core/loader';
import { typeTagOf } from '../../../src/vm-preview/move/core/loader/type-tag';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { Target } from '../fuzz/driver';
import type { Random } from '../svm-differential/random';
import { harmed } from './bcs';
import { FrameworkTypes } from './types';
import { randomAddress, randomValue } from './values';
import type { DevnetWorld } from './world';

const FRAMEWORK = Address.parse('0x1');
/** What functions are mostly called with. */
const WITH_KEY = [
  ['aptos_coin', 'AptosCoin'],
  ['fungible_asset', 'Metadata'],
  ['object', 'ObjectCore'],
] as const;

const HASH = new Uint8Array(32);

interface EntryName {
  readonly id: ModuleId;
  readonly name: string;
}

/** All of devnet's. */
export function entryFunctions({ state, cache }: DevnetWorld): readonly EntryName[] {
  return state.entries().flatMap(([key, { bytes }]) => {
    if (key.kind !== 'module') return [];
    const module = cache.decode(bytes, APTOS_FORMAT);
    const id = moduleId(Address.fromBytes(key.address), key.name);
    return module.functionDefinitions.flatMap(({ handle, isEntry }) => {
      const name = module.identifiers[module.functionHandles[handle]?.name ?? 0];
      return isEntry && name !== undefined ? [{ id, name }] : [];
    });
  });
}

const isSigner = (type: Type): boolean =>
  type.kind === 'signer' || (type.kind === 'reference' && type.to.kind === 'signer');

export function typeArgumentsOf(
  random: Random,
  loader: Loader,
  { typeParameters }: MoveFunction,
  types: FrameworkTypes,
): readonly Type[] {
  return typeParameters.map(() => {
    if (random.chance(30)) return types.type(random, loader);
    const [module, name] = random.pick(WITH_KEY);
    return loader.types.datatype(loader.datatype(moduleId(FRAMEWORK, module), name), []);
  });
}

/** BCS of arguments, most of them of the types that the function takes. */
export function encodedArguments(
  random: Random,
  loader: Loader,
  parameters: readonly Type[],
): readonly Uint8Array[] {
  return parameters
    .filter((type) => !isSigner(type))
    .map((type) => {
      const value = random.chance(95) ? randomValue(random, loader, type) : undefined;
      if (value === undefined || !isStorable(type)) return random.bytes(random.below(40));
      const bytes = loader.codec.encode(value, type);
      return random.chance(80) ? bytes : harmed(random, bytes);
    });
}

const isStorable = (type: Type): boolean => type.kind !== 'reference' && type.kind !== 'function';

export function argumentTarget(world: DevnetWorld): Target {
  const entries = entryFunctions(world);
  const types = new FrameworkTypes(world);
  return {
    name: 'entry argument',
    share: 10,
    try(random, passed) {
      const { run } = world;
      const { loader } = run;
      const { id, name } = random.pick(entries);
      const declared = loader.function(id, name);
      const tags = typeArgumentsOf(random, loader, declared, types).map(typeTagOf);
      const callee = declared.instance(typeArguments(loader, declared, tags));
      const parameters = declared.parameters.map((type) => callee.type(type));
      const args = encodedArguments(random, loader, parameters);
      const signers = parameters.filter(isSigner).map(() => randomAddress(random));
      const session = run.session(EMPTY_CHANGE_SET, HASH, HASH, undefined);
      const rules = { structConstructors: random.chance(90) };
      transactionArguments(session, callee, signers, args, rules, run.free);
      passed();
    },
  };
}
