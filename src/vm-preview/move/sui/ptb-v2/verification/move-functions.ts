/** Which functions a transaction may call (verify/move_functions.rs). */
import { argumentError, ExecutionError } from '../../execution/error';
import type { ProtocolConfig } from '../../protocol';
import { atCommand } from '../at-command';
import type { LoadedFunction } from '../loading/functions';
import { isReference, type PtbType, TX_CONTEXT, txContextKind } from '../loading/ptb-type';
import type { TypedTransaction } from '../typing/ast';
import type { EntryTaint } from './entry-taint';
import { privateGenericsProblem } from './private-generics';

export interface FunctionRules {
  readonly protocol: ProtocolConfig;
  /** Whether any function will do. */
  readonly inspects: boolean;
  readonly taint: EntryTaint | undefined;
}

/** @throws ExecutionError with the command's index */
export function verifyMoveFunctions({ commands }: TypedTransaction, rules: FunctionRules): void {
  for (const [i, command] of commands.entries())
    atCommand(i, () => {
      const { operation } = command;
      if (operation.kind === 'moveCall') verifyFunction(operation.function, rules);
      rules.taint?.use(command, i);
    });
}

function verifyFunction(called: LoadedFunction, { protocol, inspects }: FunctionRules): void {
  if (!inspects && !protocol.feature('allow_references_in_ptbs'))
    for (const [index, result] of called.results.entries())
      if (isReference(result))
        throw new ExecutionError({ kind: 'InvalidPublicFunctionReturnType', index });
  if (protocol.feature('ptb_tx_context_restrictions')) requireContextUsage(called);
  const problem = privateGenericsProblem(called.instance.definition, protocol);
  if (problem !== undefined) throw notInvocable(problem);
  const { visibility, isEntry } = called.instance.definition;
  if (!inspects && visibility !== 'public' && !isEntry)
    throw notInvocable('Can only call `entry` or `public` functions');
}

function notInvocable(text: string): ExecutionError {
  return new ExecutionError({ kind: 'NonEntryFunctionInvoked' }, text);
}

/** By reference only; once where it is mutable; and never as a result. */
function requireContextUsage({ parameters, results }: LoadedFunction): void {
  const isByValue = ({ by, of }: PtbType): boolean => by === 'value' && of.key === TX_CONTEXT.key;
  const taken = parameters.findIndex(isByValue);
  if (taken >= 0) throw argumentError({ kind: 'InvalidTxContext' }, taken);
  const kinds = parameters.map(txContextKind);
  const first = kinds.indexOf('mutable');
  if (first >= 0) {
    const second = kinds.indexOf('mutable', first + 1);
    if (second >= 0) throw argumentError({ kind: 'InvalidTxContext' }, second);
    if (kinds.includes('immutable')) throw argumentError({ kind: 'InvalidTxContext' }, first);
  }
  const given = results.findIndex((type) => isByValue(type) || txContextKind(type) !== 'none');
  if (given >= 0) throw argumentError({ kind: 'InvalidTxContext' }, given);
}
