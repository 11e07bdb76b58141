/** Which functions a transaction may call, and what they take and give (programmable_transactions/execution.rs). */
import type { FunctionInstance, MoveFunction, Type } from '../../core/loader';
import { MoveError } from '../../core/runtime';
import { abilitiesOf, type LinkContext, TypeLoadError } from '../linkage';
import { has } from '../linkage/abilities';
import { ExecutionError } from './error';
import { type ValueType, valueType } from './value';

export type FunctionKind = 'privateEntry' | 'publicEntry' | 'nonEntry' | 'init';

export type TxContextKind = 'none' | 'mutable' | 'immutable';

const TX_CONTEXT = '0x2::tx_context::TxContext';
const EVENT_MODULE = '0x2::event';
const TRANSFER_MODULE = '0x2::transfer';
/** Have public variants, which ask for `store`. */
const PRIVATE_TRANSFERS = [
  'transfer',
  'freeze_object',
  'share_object',
  'receive',
  'party_transfer',
];
export const INIT = 'init';

const KEY = 8;

export interface Signature {
  readonly kind: FunctionKind;
  readonly instance: FunctionInstance;
  /** With type arguments in place. */
  readonly parameters: readonly Type[];
  readonly results: readonly Type[];
}

/** @throws ExecutionError, MoveError, TypeLoadError */
export function signatureOf(
  context: LinkContext,
  declared: MoveFunction | undefined,
  typeArguments: readonly Type[],
  isInit: boolean,
): Signature {
  if (declared === undefined)
    throw new ExecutionError({ kind: 'FunctionNotFound' }, 'Could not resolve function');
  if (!isInit && declared.name === INIT) throw notInvocable("Cannot call 'init'");
  const kind = functionKind(declared, isInit);
  requireTypeArguments(context, declared, typeArguments);
  const instance = declared.instance(typeArguments);
  const parameters = declared.parameters.map((type) => instance.type(type));
  const results = declared.results.map((type) => instance.type(type));
  for (const [index, result] of results.entries())
    if (result.kind === 'reference')
      throw new ExecutionError({ kind: 'InvalidPublicFunctionReturnType', index });
  requirePublicVariant(declared);
  return { kind, instance, parameters, results };
}

function functionKind({ visibility, isEntry }: MoveFunction, isInit: boolean): FunctionKind {
  if (isEntry) return visibility === 'public' ? 'publicEntry' : 'privateEntry';
  if (visibility === 'public') return 'nonEntry';
  if (isInit) return 'init';
  throw notInvocable('Can only call `entry` or `public` functions');
}

function requireTypeArguments(
  { loader }: LinkContext,
  { typeParameters }: MoveFunction,
  typeArguments: readonly Type[],
): void {
  if (typeParameters.length !== typeArguments.length)
    throw new TypeLoadError('NUMBER_OF_TYPE_ARGUMENTS_MISMATCH');
  for (const [i, type] of typeArguments.entries())
    if (!has(abilitiesOf(loader, type), typeParameters[i] ?? 0))
      throw new TypeLoadError('CONSTRAINT_NOT_SATISFIED');
}

function requirePublicVariant({ owner, name }: MoveFunction): void {
  const module = owner.id?.key;
  if (module === EVENT_MODULE) throw notInvocable('Cannot directly call functions in sui::event');
  if (module === TRANSFER_MODULE && PRIVATE_TRANSFERS.includes(name))
    throw notInvocable(
      `Cannot directly call sui::transfer::${name}. Use the public variant instead, sui::transfer::public_${name}`,
    );
}

function notInvocable(text: string): ExecutionError {
  return new ExecutionError({ kind: 'NonEntryFunctionInvoked' }, text);
}

/** Whether a parameter is the transaction's context, which the chain gives. */
export function txContextKind(type: Type | undefined): TxContextKind {
  if (type?.kind !== 'reference' || type.to.key !== TX_CONTEXT) return 'none';
  return type.mutable ? 'mutable' : 'immutable';
}

/** Of a type in a context, as other commands know it. */
export function valueTypeOf(context: LinkContext, type: Type): ValueType {
  return valueType(context.definingTag(type), abilitiesOf(context.loader, type));
}

export function isObjectType({ tag, abilities }: ValueType): boolean {
  return tag.kind === 'struct' && (abilities & KEY) !== 0;
}

/** The function of a module; undefined where it has none of the name. @throws MoveError LINKER_ERROR */
export function functionOf(
  context: LinkContext,
  module: Parameters<LinkContext['loader']['module']>[0],
  name: string,
): MoveFunction | undefined {
  if (context.linked(module.address)?.module(module.name) === undefined)
    throw new MoveError('LINKER_ERROR', {
      reason: `Cannot find ${module.key} in data cache`,
    });
  return context.loader.module(module).function(name);
}
