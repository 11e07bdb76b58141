/** Types of inputs and results, with the packages that defined each part (loading/ast.rs `Type`). */
import type { Type } from '../../../core/loader';
import type { TypeTag } from '../../../core/types';
import { Address } from '../../../core/values';
import { type ValueType, valueType } from '../../execution/value';
import { abilitiesOf, type LinkContext } from '../../linkage';

export type PassedBy = 'value' | 'reference' | 'mutableReference';

/** Equal where both parts are: compare `of.key`. */
export interface PtbType {
  readonly by: PassedBy;
  readonly of: ValueType;
}

export const COPY = 1;
export const DROP = 2;
export const STORE = 4;
export const KEY = 8;
const VECTOR_ABILITIES = COPY | DROP | STORE;
const REFERENCE_ABILITIES = COPY | DROP;

export const byValue = (of: ValueType): PtbType => ({ by: 'value', of });

export function hasAbility({ by, of }: PtbType, ability: number): boolean {
  const abilities = by === 'value' ? of.abilities : REFERENCE_ABILITIES;
  return (abilities & ability) !== 0;
}

export const isReference = ({ by }: PtbType): boolean => by !== 'value';

export const sameType = (left: PtbType, right: PtbType): boolean =>
  left.by === right.by && left.of.key === right.of.key;

export function vectorType({ tag, abilities }: ValueType): ValueType {
  return valueType({ kind: 'vector', element: tag }, abilities & VECTOR_ABILITIES);
}

/** A type of the framework without type arguments. @param abilities - as its module declares */
function frameworkType(module: string, name: string, abilities: number): ValueType {
  const address = Address.parse('0x2').bytes;
  return valueType({ kind: 'struct', address, module, name, typeArguments: [] }, abilities);
}

export const U64 = valueType({ kind: 'u64' }, VECTOR_ABILITIES);
export const ADDRESS = valueType({ kind: 'address' }, VECTOR_ABILITIES);
export const TX_CONTEXT = frameworkType('tx_context', 'TxContext', DROP);
export const UPGRADE_CAP = frameworkType('package', 'UpgradeCap', KEY | STORE);
export const UPGRADE_TICKET = frameworkType('package', 'UpgradeTicket', 0);
export const UPGRADE_RECEIPT = frameworkType('package', 'UpgradeReceipt', 0);

export type TxContextKind = 'none' | 'mutable' | 'immutable';

/** Whether it is a reference to the transaction's context, which no argument stands for. */
export function txContextKind({ by, of }: PtbType): TxContextKind {
  if (by === 'value' || of.key !== TX_CONTEXT.key) return 'none';
  return by === 'mutableReference' ? 'mutable' : 'immutable';
}

/** Of a function's signature in a context. */
export function ptbTypeOf(context: LinkContext, type: Type): PtbType {
  const plain = type.kind === 'reference' ? type.to : type;
  const of = valueType(context.definingTag(plain), abilitiesOf(context.loader, plain));
  if (type.kind !== 'reference') return byValue(of);
  return { by: type.mutable ? 'mutableReference' : 'reference', of };
}

/** Types that it is made of, itself among them. */
export function nodeCount({ by, of }: PtbType): number {
  return (by === 'value' ? 0 : 1) + tagNodes(of.tag);
}

function tagNodes(tag: TypeTag): number {
  if (tag.kind === 'vector') return 1 + tagNodes(tag.element);
  if (tag.kind !== 'struct') return 1;
  return tag.typeArguments.reduce((sum, argument) => sum + tagNodes(argument), 1);
}
