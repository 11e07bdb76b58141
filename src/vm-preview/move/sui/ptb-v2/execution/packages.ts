/** Publishing and upgrading (execution/interpreter.rs and context.rs). */

import type { CompiledModule } from '../../../core/format';
import { moduleId } from '../../../core/loader';
import {
  Address,
  asAddress,
  asBytes,
  asInteger,
  asStruct,
  integer,
  Struct,
  type Value,
} from '../../../core/values';
import { invariantViolation } from '../../execution/error';
import { decodeModules } from '../../execution/new-package';
import {
  COMPATIBLE,
  FIRST_VERSION,
  type Publish,
  publishPackage,
  totalLength,
} from '../../execution/publish';
import { functionOf, INIT } from '../../execution/signature';
import {
  requireDigest,
  requirePackage,
  type Ticket,
  upgradePackage,
} from '../../execution/upgrade';
import type { LinkContext, SuiPackage } from '../../linkage';
import type { Operation } from '../typing/ast';
import type { Machine } from './machine';

const id = (hex: string): Value => new Struct([Address.parse(hex)]);
const uid = (hex: string): Value => new Struct([id(hex)]);

/** @returns the `UpgradeCap` */
export function publish(machine: Machine, command: Publish): readonly Value[] {
  const { session } = machine;
  const made = publishPackage(session, command, (context, published, module) =>
    runInit(machine, context, published, module),
  );
  const cap = [uid(session.freshId()), id(made), integer(FIRST_VERSION), COMPATIBLE];
  return [new Struct(cap)];
}

function runInit(
  { session, charges, locations }: Machine,
  context: LinkContext,
  published: SuiPackage,
  module: string,
): void {
  session.enter(context);
  const declared = functionOf(context, moduleId(Address.parse(published.originalId), module), INIT);
  if (declared === undefined) throw invariantViolation('init is declared and is not there');
  charges.lendContext();
  const txContext = locations.borrow({ kind: 'txContext' });
  const witness = new Struct([true]);
  const args = declared.parameters.length === 2 ? [witness, txContext] : [txContext];
  const instance = declared.instance([]);
  session.call(instance, args);
  session.takeEvents(instance, Address.parse(published.id).bytes);
}

type Upgrade = Extract<Operation, { readonly kind: 'upgrade' }>;

/** @returns the `UpgradeReceipt` */
export function upgrade(
  machine: Machine,
  { command, ticket: argument }: Upgrade,
): readonly Value[] {
  const { session } = machine;
  const ticket = ticketOf(machine.argument(argument));
  requirePackage(command, ticket);
  session.parts.charger.chargeUpgrade(totalLength(command.modules));
  const decoded: readonly CompiledModule[] = decodeModules(session, command.modules);
  requireDigest(session, command, ticket);
  const made = upgradePackage(session, command, ticket.policy, () => decoded);
  return [new Struct([new Struct([Address.fromBytes(ticket.cap)]), id(made)])];
}

/** `0x2::package::UpgradeTicket { cap: ID, package: ID, policy: u8, digest: vector<u8> }` */
function ticketOf(value: Value): Ticket {
  const [cap, package_, policy, digest] = asStruct(value).fields;
  return {
    cap: asAddress(asStruct(cap).fields[0]).bytes,
    package: asAddress(asStruct(package_).fields[0]).bytes,
    policy: Number(asInteger(policy)),
    digest: asBytes(digest).slice(),
  };
}
