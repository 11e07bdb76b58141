export { decodeModule, decodeScript, encode } from './binary';
export type { Code, Instructions, JumpTable } from './code';
export {
  abilityNames,
  type CompatibilityOptions,
  IncompatibleModuleError,
  requireCompatible,
} from './compatibility';
export { APTOS_FORMAT, type Flavour, type FormatConfig, SUI_FORMAT } from './config';
export { FormatError, type FormatStatus } from './errors';
export { OPCODES, OPCODES_BY_NAME, type Opcode, type OpcodeName } from './opcodes';
export { OPERANDS, type Operand, type OperandKind } from './operands';
export { emptyTables } from './tables';
export * from './types';
