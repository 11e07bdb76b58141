/** Publishing a package, and running its modules' `init` (programmable_transactions/execution.rs). */
import { BcsWriter } from '../../core/bcs';
import type { CompiledModule } from '../../core/format';
import { at } from '../../core/loader/at';
import type { StructTag } from '../../core/types';
import { Address } from '../../core/values';
import type { Command } from '../data';
import { type Id, idOf, type LinkContext, SuiPackage } from '../linkage';
import type { SuiObject } from '../state';
import { ExecutionError, invariantViolation } from './error';
import { callInit } from './move-call';
import type { MoveSession } from './move-session';
import { atAddress, decodeModules, moduleName, newPackage } from './new-package';
import { idBytes, sortedIds } from './results';
import type { Session } from './session';
import { INIT } from './signature';
import type { PtbValue } from './value';
import { verifyPackage } from './verify-package';

export const FIRST_VERSION = 1n;
/** Upgrade policy of a package that was just published. */
export const COMPATIBLE = 0;

export const packageType = (name: string): StructTag => ({
  kind: 'struct',
  address: Address.parse('0x2').bytes,
  module: 'package',
  name,
  typeArguments: [],
});

export type Publish = Extract<Command, { readonly kind: 'publish' }>;

/** @returns the `UpgradeCap` */
export function publish(session: Session, command: Publish): readonly PtbValue[] {
  const id = publishPackage(session, command, (context, published, module) =>
    callInit(session, context, published, module),
  );
  const cap = new BcsWriter()
    .bytes(idBytes(session.freshId()))
    .bytes(idBytes(id))
    .u64(FIRST_VERSION)
    .u8(COMPATIBLE)
    .finish();
  return [session.objectValue(packageType('UpgradeCap'), false, cap)];
}

/**
 * Makes a package and runs what its modules begin with.
 *
 * @param init - runs `init` of the module of the name
 * @returns its id
 */
export function publishPackage(
  session: MoveSession,
  command: Publish,
  init: (context: LinkContext, published: SuiPackage, module: string) => void,
): Id {
  const { linkage, protocol, parts } = session;
  parts.charger.status.chargePublish(totalLength(command.modules));
  const decoded = decodeModules(session, command.modules);
  const id = parts.transaction.freshId();
  const modules = atAddress(decoded, id);
  const object = newPackage(protocol, {
    id,
    originalId: id,
    version: FIRST_VERSION,
    modules,
    originOf: () => undefined,
    dependencies: fetchPackages(session, command.dependencies),
    transaction: parts.transaction.digest,
  });
  const published = linkedPackage(object);
  linkage.packages.add(published);
  session.newPackages.push(object);
  const context = linkage.context(published, []);
  verifyPackage(session, context, modules);
  for (const module of modules)
    if (declaresInit(module)) init(context, published, moduleName(module));
  return id;
}

export function totalLength(modules: readonly Uint8Array[]): number {
  return modules.reduce((sum, { length }) => sum + length, 0);
}

export function linkedPackage(object: SuiObject): SuiPackage {
  if (object.data.kind !== 'package') throw invariantViolation('a package that is none');
  return new SuiPackage(object, object.data);
}

/** In the order of ids, each once. @throws ExecutionError PublishUpgradeMissingDependency */
export function fetchPackages(
  { linkage }: MoveSession,
  ids: readonly Uint8Array[],
): readonly SuiPackage[] {
  return linkage.packages.findAll(sortedIds(ids.map(idOf))).map((found) => {
    if (found === null) throw new ExecutionError({ kind: 'PublishUpgradeMissingDependency' });
    return found;
  });
}

export function declaresInit(module: CompiledModule): boolean {
  return module.functionDefinitions.some(
    ({ handle }) => at(module.identifiers, at(module.functionHandles, handle).name) === INIT,
  );
}
