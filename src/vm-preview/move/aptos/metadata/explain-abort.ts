import type { CompiledModule, CompiledScript } from '../../core/format';
import { type ErrorDescription, moduleMetadata } from './module-metadata';

/** The low bits of a code that has a category above them (0x1::error). */
const REASON = 0xfffn;

/** What a module says of its abort code; undefined where it says nothing (`extract_abort_info`). */
export function explainAbort(
  module: CompiledModule | CompiledScript,
  code: bigint,
): ErrorDescription | undefined {
  const errors = moduleMetadata(module)?.errors;
  return errors?.get(code & REASON) ?? errors?.get(code);
}
