export { assemble } from './assembler';
export { AssemblyError } from './diagnostics';
export { expand } from './template';
