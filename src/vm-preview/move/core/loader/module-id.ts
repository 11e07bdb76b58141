import type { CompiledModule, CompiledScript, ModuleHandle } from '../format';
import { Address } from '../values';
import { at } from './at';
import type { ModuleId } from './datatype';

type Unit = CompiledModule | CompiledScript;

export function moduleId(address: Address, name: string): ModuleId {
  return { key: `${address}::${name}`, address: address.hex, name };
}

export function moduleIdOf(unit: Unit, { address, name }: ModuleHandle): ModuleId {
  return moduleId(Address.fromBytes(at(unit.addresses, address)), at(unit.identifiers, name));
}

/** Modules that a module or script names, itself left out. */
export function dependencies(unit: Unit): ModuleId[] {
  const self = unit.kind === 'module' ? unit.selfModule : undefined;
  return unit.moduleHandles.flatMap((handle, i) => (i === self ? [] : [moduleIdOf(unit, handle)]));
}
