/** Public functions of the framework with random arguments, as a script may call them; natives with them. */

import { typeArguments } from '../../../src/vm-preview/move/aptos/execution/type-arguments';
import { EMPTY_CHANGE_SET } from '../../../src/vm-preview/move/aptos/storage';
import { APTOS_FORMAT } from '../../../src/vm-preview/move/core/format';
import {
  type Loader,
  type ModuleId,
  moduleId,
  type Type,
} from '../../../src/vm-preview/move/core/loader';
import { typeTagOf } from '../../../src/vm-preview/move/core/loader/type-tag';
import { Address, type Value } from '../../../src/vm-preview/move/core/values';
import type { Target } from '../fuzz/driver';
import type { Random } from '../svm-differential/random';
import { typeArgumentsOf } from './arguments';
import { FrameworkTypes } from './types';
import { randomValue } from './values';
import type { DevnetWorld } from './world';

const HASH = new Uint8Array(32);
const GAS = 20n;
const GAS_PRICE = 100n;

/** Structs that anybody can make of any fields; of others only their modules do. */
const OPEN = new Set(['0x1::string::String', '0x1::option::Option', '0x1::object::Object']);

function isOpen(type: Type): boolean {
  switch (type.kind) {
    case 'vector':
      return isOpen(type.element);
    case 'reference':
      return isOpen(type.to);
    case 'datatype':
      return OPEN.has(type.datatype.key) && type.typeArguments.every(isOpen);
    case 'function':
      return false;
    default:
      return true;
  }
}

interface PublicFunction {
  readonly id: ModuleId;
  readonly name: string;
}

function publicFunctions({ state, cache, run }: DevnetWorld): readonly PublicFunction[] {
  return state.entries().flatMap(([key, { bytes }]) => {
    if (key.kind !== 'module') return [];
    const { functionDefinitions } = cache.decode(bytes, APTOS_FORMAT);
    const id = moduleId(Address.fromBytes(key.address), key.name);
    const all = run.loader.module(id).functions;
    return functionDefinitions.flatMap((_, i) => {
      const declared = all[i];
      if (declared === undefined || declared.visibility !== 'public') return [];
      return declared.parameters.every(isOpen) ? [{ id, name: declared.name }] : [];
    });
  });
}

function valuesOf(
  random: Random,
  loader: Loader,
  types: readonly Type[],
): readonly Value[] | undefined {
  const values = types.flatMap((type) => randomValue(random, loader, type) ?? []);
  return values.length === types.length ? values : undefined;
}

export function functionTarget(world: DevnetWorld): Target {
  const functions = publicFunctions(world);
  const types = new FrameworkTypes(world);
  return {
    name: 'framework function',
    share: 8,
    try(random, passed) {
      const { run } = world;
      const { loader } = run;
      const { id, name } = random.pick(functions);
      const declared = loader.function(id, name);
      const tags = typeArgumentsOf(random, loader, declared, types).map(typeTagOf);
      const instance = declared.instance(typeArguments(loader, declared, tags));
      const parameters = declared.parameters.map((type) => instance.type(type));
      if (!parameters.every(isOpen)) return;
      const values = valuesOf(random, loader, parameters);
      if (values === undefined) return;
      passed();
      const gas = run.gas(GAS, GAS_PRICE);
      const session = run.session(EMPTY_CHANGE_SET, HASH, HASH, undefined);
      session.run(instance, values, { gas, natives: gas.natives });
      session.finish();
      passed('returned');
    },
  };
}
