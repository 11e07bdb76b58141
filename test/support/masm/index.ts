export { assemble } from './assembler';
export { AssemblyError } from './diagnostics';
export { disassemble } from './disassembler';
export { expand } from './template';
