/**
 * A programmable transaction with its types and functions loaded, before anything is run
 * (loading/translate.rs).
 */
import { MoveError } from '../../../core/runtime';
import type {
  Argument,
  CallArg,
  Command,
  MoveCall,
  ObjectArg,
  ObjectRef,
  ProgrammableTransaction,
} from '../../data';
import { invariantViolation } from '../../execution/error';
import type { TemporaryStore } from '../../execution/temporary-store';
import type { RunningTransaction } from '../../execution/transaction-context';
import type { ValueType } from '../../execution/value';
import { type Id, idOf, type Linkage } from '../../linkage';
import type { ProtocolConfig } from '../../protocol';
import type { SuiObject } from '../../state';
import { atCommand } from '../at-command';
import { linksByVisibility } from '../launch';
import {
  addCall,
  callLinkage,
  publicationLinkage,
  requireComplete,
  systemTable,
} from './call-linkage';
import { isPublicFunction, type LoadedFunction, loadFunction } from './functions';
import { TypeLoader } from './types';
import { type LoadedWithdrawal, loadWithdrawal } from './withdrawal';

export interface LoadParts {
  readonly protocol: ProtocolConfig;
  readonly linkage: Linkage;
  readonly store: TemporaryStore;
  readonly transaction: RunningTransaction;
  readonly inspects: boolean;
}

/** Who may do what with an object that is an input. */
export type Ownership = 'owned' | 'immutable' | 'shared' | 'party';

export interface LoadedObject {
  readonly kind: 'object';
  readonly id: Id;
  readonly ownership: Ownership;
  readonly isMutable: boolean;
  readonly type: ValueType;
}

export type LoadedInput =
  | { readonly kind: 'pure'; readonly bytes: Uint8Array }
  | { readonly kind: 'receiving'; readonly ref: ObjectRef }
  | LoadedObject
  | LoadedWithdrawal;

type Of<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

export type LoadedCommand =
  | {
      readonly kind: 'moveCall';
      readonly function: LoadedFunction;
      readonly args: readonly Argument[];
    }
  | {
      readonly kind: 'makeMoveVec';
      readonly type: ValueType | undefined;
      readonly elements: readonly Argument[];
    }
  | (Of<'publish'> & { readonly linkedCount: number })
  | (Of<'upgrade'> & { readonly linkedCount: number })
  | Of<'transferObjects' | 'splitCoins' | 'mergeCoins'>;

export interface LoadedTransaction {
  readonly inputs: readonly LoadedInput[];
  readonly commands: readonly LoadedCommand[];
}

/** @throws ExecutionError; MissingObjectsError; CannotPreview */
export function loadTransaction(
  parts: LoadParts,
  { inputs, commands }: ProgrammableTransaction,
): LoadedTransaction {
  const types = new TypeLoader(parts.linkage);
  return {
    inputs: inputs.map((input) => loadInput(parts, types, input)),
    commands: commands.map((command, i) => atCommand(i, () => loadCommand(parts, types, command))),
  };
}

function loadInput(parts: LoadParts, types: TypeLoader, input: CallArg): LoadedInput {
  if (input.kind === 'pure') return input;
  if (input.kind === 'fundsWithdrawal') return loadWithdrawal(parts, types, input.withdrawal);
  const { object } = input;
  if (object.kind === 'receiving') return object;
  const id = idOf(object.kind === 'shared' ? object.id : object.ref.id);
  const found = parts.store.read(id);
  if (found.data.kind !== 'move') throw invariantViolation(`Object 0x${id} is no Move object`);
  const ownership = ownershipOf(object, found, parts.inspects);
  return {
    kind: 'object',
    id,
    ownership,
    isMutable: object.kind === 'shared' ? object.mutable : ownership === 'owned',
    type: types.object(found.data.type),
  };
}

/** @param inspects - whether objects may be named as what they are not */
function ownershipOf({ kind }: ObjectArg, { owner }: SuiObject, inspects: boolean): Ownership {
  if (kind === 'shared' && owner.kind === 'shared') return 'shared';
  if (kind === 'shared' && owner.kind === 'consensusAddress') return 'party';
  if (kind === 'immOrOwned' && owner.kind === 'address') return 'owned';
  if (kind === 'immOrOwned' && owner.kind === 'immutable') return 'immutable';
  if (inspects) return kind === 'shared' ? 'party' : 'owned';
  throw invariantViolation(`Unexpected owner of an input: ${owner.kind}`);
}

function loadCommand(parts: LoadParts, types: TypeLoader, command: Command): LoadedCommand {
  switch (command.kind) {
    case 'moveCall':
      return {
        kind: 'moveCall',
        function: loadCall(parts, types, command.call),
        args: command.call.args,
      };
    case 'makeMoveVec':
      return { ...command, type: command.type && types.input(command.type, 0) };
    case 'publish':
    case 'upgrade': {
      const table = publicationLinkage(parts.linkage, command.dependencies.map(idOf));
      return { ...command, linkedCount: table.versionCount };
    }
    default:
      return command;
  }
}

function loadCall(
  { linkage, protocol }: LoadParts,
  types: TypeLoader,
  call: MoveCall,
): LoadedFunction {
  const called = linkage.packages.find(idOf(call.package));
  if (called === null)
    throw new MoveError('LINKER_ERROR', {
      reason: `Cannot find link context ${idOf(call.package)} in store`,
    });
  if (!linksByVisibility(protocol)) {
    const table = callLinkage(linkage, called);
    const typeArguments = call.typeArguments.map((tag, i) => types.input(tag, i));
    return loadFunction(linkage, called, table, call, typeArguments);
  }
  const typeArguments = call.typeArguments.map((tag, i) => types.input(tag, i));
  const table = systemTable();
  addCall(linkage, table, called, isPublicFunction(called, call), typeArguments);
  requireComplete(table);
  return loadFunction(linkage, called, table, call, typeArguments);
}
