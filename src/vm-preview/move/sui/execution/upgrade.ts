/** Upgrading a package by a ticket (programmable_transactions/execution.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import { CannotPreview } from '../../../errors';
import { BcsError, BcsReader, BcsWriter } from '../../core/bcs';
import type { CompiledModule } from '../../core/format';
import { at } from '../../core/loader/at';
import type { Command, PackageUpgradeError } from '../data';
import { type Id, idOf, type LinkContext, type SuiPackage } from '../linkage';
import { argumentError, ExecutionError, invariantViolation } from './error';
import { requireType } from './move-call';
import type { MoveSession } from './move-session';
import {
  atAddress,
  datatypesOf,
  decodeModules,
  moduleName,
  newPackage,
  upgradeDigest,
} from './new-package';
import { fetchPackages, linkedPackage, packageType, totalLength } from './publish';
import { idBytes } from './results';
import type { Session } from './session';
import { INIT } from './signature';
import { isCompatible, type UpgradePolicy } from './upgrade-policy';
import { bytesOf, type PtbValue, valueType } from './value';
import { verifyPackage } from './verify-package';

export type Upgrade = Extract<Command, { readonly kind: 'upgrade' }>;

/** `0x2::package::UpgradeTicket` */
export interface Ticket {
  readonly cap: Uint8Array;
  readonly package: Uint8Array;
  readonly policy: number;
  readonly digest: Uint8Array;
}

const POLICIES: ReadonlyMap<number, UpgradePolicy> = new Map([
  [0, 'compatible'],
  [128, 'additive'],
  [192, 'depOnly'],
]);

/** @returns the `UpgradeReceipt` */
export function upgrade(session: Session, command: Upgrade): readonly PtbValue[] {
  session.parts.charger.chargeUpgrade(totalLength(command.modules));
  const ticket = takeTicket(session, command);
  requirePackage(command, ticket);
  requireDigest(session, command, ticket);
  const id = upgradePackage(session, command, ticket.policy, () =>
    decodeModules(session, command.modules),
  );
  return [receipt(ticket, id)];
}

/** @throws ExecutionError for a ticket of another package */
export function requirePackage(command: Upgrade, ticket: Ticket): void {
  if (idOf(command.package) !== idOf(ticket.package))
    throw refused({
      kind: 'PackageIDDoesNotMatch',
      package: command.package,
      ticket: ticket.package,
    });
}

/** @throws ExecutionError for a ticket of other modules */
export function requireDigest({ protocol }: MoveSession, command: Upgrade, ticket: Ticket): void {
  const digest = upgradeDigest(
    command.modules,
    command.dependencies,
    protocol.feature('package_digest_hash_module'),
  );
  if (bytesToHex(digest) !== bytesToHex(ticket.digest))
    throw refused({ kind: 'DigestDoesNotMatch', digest });
}

/**
 * Makes the next version of a package.
 *
 * @param decode - gives the modules as they were sent
 * @returns its id
 */
export function upgradePackage(
  session: MoveSession,
  command: Upgrade,
  policy: number,
  decode: () => readonly CompiledModule[],
): Id {
  const { linkage, protocol, parts } = session;
  const [current] = fetchPackages(session, [command.package]);
  if (current === undefined) throw invariantViolation('an upgrade of no package');
  const modules = atAddress(decode(), current.originalId);
  const id = parts.transaction.freshId();
  const dependencies = fetchPackages(session, command.dependencies);
  requireAllTypes(current, modules);
  const object = newPackage(protocol, {
    id,
    originalId: current.originalId,
    version: current.version + 1n,
    modules,
    originOf: (module, datatype) => current.originOf(module, datatype),
    dependencies,
    transaction: parts.transaction.digest,
  });
  const upgraded = linkedPackage(object);
  const context = linkage.context(upgraded, []);
  verifyPackage(session, context, modules);
  requireCompatible(session, current, context, modules, policy);
  requireNoNewInit(session, current, modules);
  linkage.packages.add(upgraded);
  session.newPackages.push(object);
  return id;
}

function takeTicket({ values, linkage }: Session, { ticket }: Upgrade): Ticket {
  const loaded = linkage.load(packageType('UpgradeTicket'));
  const value = values.byValue('other', 0, ticket);
  const { key } = valueType(loaded.tag, loaded.abilities);
  requireType(value, loaded.context.typeOf(loaded.tag), key, 0);
  try {
    const reader = new BcsReader(bytesOf(value));
    return {
      cap: reader.take(32, 'cap').slice(),
      package: reader.take(32, 'package').slice(),
      policy: reader.u8('policy'),
      digest: reader.blob('digest').slice(),
    };
  } catch (error) {
    if (error instanceof BcsError) throw argumentError({ kind: 'InvalidBCSBytes' }, 0);
    throw error;
  }
}

/** `init` of modules that the upgrade adds. @throws ExecutionError; CannotPreview where the chain runs it */
function requireNoNewInit(
  { protocol }: MoveSession,
  current: SuiPackage,
  modules: readonly CompiledModule[],
): void {
  if (!protocol.feature('check_for_init_during_upgrade')) return;
  const known = new Set(current.moduleNames);
  const added = modules.filter((module) => !known.has(moduleName(module)));
  if (!added.some(hasInit)) return;
  if (protocol.feature('enable_init_on_upgrade'))
    throw new CannotPreview('sui-init-on-upgrade', 'an upgrade that adds a module with init');
  throw new ExecutionError(
    { kind: 'FeatureNotYetSupported' },
    '`init` in new modules on upgrade is not yet supported',
  );
}

function hasInit(module: CompiledModule): boolean {
  return module.functionDefinitions.some(
    ({ handle }) => at(module.identifiers, at(module.functionHandles, handle).name) === INIT,
  );
}

/** No type may be gone. */
function requireAllTypes(current: SuiPackage, modules: readonly CompiledModule[]): void {
  const kept = new Set(
    modules.flatMap((module) =>
      datatypesOf(module).map((name) => `${moduleName(module)}::${name}`),
    ),
  );
  for (const type of current.origins.keys())
    if (!kept.has(type)) throw refused({ kind: 'IncompatibleUpgrade' });
}

function requireCompatible(
  { linkage, protocol }: MoveSession,
  current: SuiPackage,
  context: LinkContext,
  modules: readonly CompiledModule[],
  policyByte: number,
): void {
  const policy = POLICIES.get(policyByte);
  if (policy === undefined) throw refused({ kind: 'UnknownUpgradePolicy', policy: policyByte });
  const names = new Set(modules.map(moduleName));
  const isSameCount = names.size === current.moduleNames.length;
  if (
    policy === 'depOnly' &&
    !isSameCount &&
    protocol.feature('disallow_new_modules_in_deps_only_packages')
  )
    throw refused({ kind: 'IncompatibleUpgrade' });
  const before = linkage.context(current, []);
  for (const name of current.moduleNames)
    if (!names.has(name) || !isCompatible(policy, before, context, current.originalId, name))
      throw refused({ kind: 'IncompatibleUpgrade' });
}

function receipt({ cap }: Ticket, id: Id): PtbValue {
  return {
    kind: 'raw',
    type: valueType(packageType('UpgradeReceipt'), 0),
    usedInNonEntry: false,
    bytes: new BcsWriter().bytes(cap).bytes(idBytes(id)).finish(),
  };
}

function refused(error: PackageUpgradeError): ExecutionError {
  return new ExecutionError({ kind: 'PackageUpgradeError', error });
}
