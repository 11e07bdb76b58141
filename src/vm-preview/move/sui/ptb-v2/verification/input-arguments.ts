/** Bytes must be what they are taken for, and objects may only be taken as they are owned (verify/input_arguments.rs). */
import { typeTagText } from '../../../core/types';
import type { CommandArgumentError } from '../../data';
import { argumentError } from '../../execution/error';
import { pureTagProblem } from '../../execution/pure';
import type { ValueType } from '../../execution/value';
import { atCommand } from '../at-command';
import { isCoinSendFunds } from '../execution/gas-coin';
import type { LoadedObject } from '../loading/load';
import {
  argumentsOf,
  type Operation,
  type TypedArgument,
  type TypedTransaction,
} from '../typing/ast';

type PlainError = Exclude<CommandArgumentError, { readonly index: number }>['kind'];

/** @throws ExecutionError CommandArgumentError of the argument that first took bytes for what they are not */
export function verifyPureInputs({ pure }: TypedTransaction): void {
  for (const { bytes, type, constraint } of pure)
    atCommand(constraint.command, () => {
      const problem = pureTagProblem(bytes, type.tag);
      if (problem !== undefined) throw argumentError({ kind: problem }, constraint.argument);
    });
}

/**
 * @param hasBalances - whether addresses have balances outside of objects, to which the gas coin can be sent
 * @throws ExecutionError with the command's index
 */
export function verifyInputArguments(
  { receiving, objects, commands }: TypedTransaction,
  hasBalances: boolean,
): void {
  for (const { type, constraint } of receiving)
    atCommand(constraint.command, () => {
      if (!isReceiving(type)) throw argumentError({ kind: 'TypeMismatch' }, constraint.argument);
    });
  for (const [i, { operation }] of commands.entries())
    atCommand(i, () => {
      for (const argument of argumentsOf(operation)) requireObjectUsage(objects, argument);
      if (!hasBalances || !isCoinSendFunds(operation)) requireGasStays(operation);
    });
}

const RECEIVING = '0x2::transfer::Receiving';

/** `0x2::transfer::Receiving` of an object, which it asks to be one. */
function isReceiving({ tag }: ValueType): boolean {
  return tag.kind === 'struct' && typeTagText({ ...tag, typeArguments: [] }) === RECEIVING;
}

function requireObjectUsage(
  objects: readonly LoadedObject[],
  { form, place }: TypedArgument,
): void {
  const refuse = (kind: PlainError): Error => argumentError({ kind }, place);
  const location = form.kind === 'borrow' ? form.location : form.usage.location;
  if (location.kind !== 'object') return;
  if (objects[location.index]?.isMutable !== false) return;
  if (form.kind === 'borrow' && form.mutable) throw refuse('InvalidObjectByMutRef');
  if (form.kind === 'use' && form.usage.kind === 'move') throw refuse('InvalidObjectByValue');
}

/** The gas coin can be taken to send it, and for nothing else. */
function requireGasStays(operation: Operation): void {
  if (operation.kind === 'transferObjects') return;
  for (const { form, place } of argumentsOf(operation))
    if (form.kind === 'use' && form.usage.kind === 'move' && form.usage.location.kind === 'gasCoin')
      throw argumentError({ kind: 'InvalidGasCoinUsage' }, place);
}
