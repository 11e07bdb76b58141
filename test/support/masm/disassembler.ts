import type { CompiledModule, CompiledScript } from '../../../src/vm-preview/move/core/format';

export function disassemble(_unit: CompiledModule | CompiledScript): string {
  throw new Error('no disassembler');
}
