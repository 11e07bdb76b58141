/** Sui has no global storage (global_storage_access_verifier.rs). */
import type { CompiledModule } from '../../core/format';
import type { CodeReader, Operation } from '../../core/verifier/instruction';
import { SuiVerificationError } from './error';
import { definedName } from './names';

const FORBIDDEN: ReadonlySet<Operation> = new Set<Operation>([
  'MoveFrom',
  'MoveTo',
  'ImmBorrowGlobal',
  'MutBorrowGlobal',
  'Exists',
]);

export function checkGlobalStorage(module: CompiledModule, reader: CodeReader): void {
  for (const [i, { code }] of module.functionDefinitions.entries())
    if (
      code !== undefined &&
      reader.instructions(code).some((step) => FORBIDDEN.has(step.operation))
    )
      throw new SuiVerificationError('access to global storage', definedName(module, i));
}
