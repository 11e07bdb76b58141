/** A function names the resources of its module that it or what it calls borrows or moves (acquires_list_verifier.rs). */
import { ABILITY, type CompiledModule, type FunctionDefinition } from '../../format';
import { at } from '../../loader/at';
import { has } from '../abilities';
import { VerificationError } from '../errors';
import { needed, type Operation } from '../instruction';
import { type FunctionContext, failAt } from './context';

const ACQUIRING: ReadonlySet<Operation> = new Set<Operation>([
  'MoveFrom',
  'MutBorrowGlobal',
  'ImmBorrowGlobal',
]);

/** @param definitions - of the module's functions, by their handles */
export function checkAcquires(
  context: FunctionContext,
  module: CompiledModule,
  acquires: readonly number[],
  definitions: ReadonlyMap<number, FunctionDefinition>,
): void {
  const annotated = new Set(acquires);
  const used = new Set<number>();
  for (const [pc, { operation, functionHandle, datatype }] of context.instructions.entries()) {
    const needs =
      operation === 'Call'
        ? (definitions.get(needed(functionHandle))?.acquires ?? [])
        : ACQUIRING.has(operation)
          ? [needed(datatype).definition]
          : [];
    for (const resource of needs) {
      if (!annotated.has(resource)) throw failAt(context, 'MISSING_ACQUIRES_ANNOTATION', pc);
      used.add(resource);
    }
  }
  for (const resource of [...annotated].sort((a, b) => a - b)) {
    if (!used.has(resource)) throw new VerificationError('EXTRANEOUS_ACQUIRES_ANNOTATION');
    const { handle } = at(module.structDefinitions, resource);
    if (!has(at(module.datatypeHandles, handle).abilities, ABILITY.key))
      throw new VerificationError('INVALID_ACQUIRES_ANNOTATION');
  }
}
