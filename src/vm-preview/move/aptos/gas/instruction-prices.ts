import { OPCODES, type OpcodeName } from '../../core/format';
import type { GasSchedule } from './schedule';

/**
 * Parameters of instructions whose price depends on nothing else, where the name does not follow from
 * the opcode's. What `AptosGas` charges by its other methods is not here.
 */
const PARAMETERS: ReadonlyMap<OpcodeName, string> = new Map<OpcodeName, string>([
  ['Xor', 'bit_xor'],
  ['Shl', 'bit_shl'],
  ['Shr', 'bit_shr'],
  ['MoveLoc', 'move_loc.base'],
  ['StLoc', 'st_loc.base'],
  ['WriteRef', 'write_ref.base'],
  ['VecLen', 'vec_len.base'],
  ['VecImmBorrow', 'vec_imm_borrow.base'],
  ['VecMutBorrow', 'vec_mut_borrow.base'],
  ['VecSwap', 'vec_swap.base'],
]);

/** Priced by a method of their own, because they depend on values or are charged after something else. */
const OTHERWISE: ReadonlySet<OpcodeName> = new Set<OpcodeName>([
  ...(['LdConst', 'CopyLoc', 'ReadRef', 'Eq', 'Neq', 'AbortMsg'] as const),
  ...(['Call', 'CallGeneric', 'CallClosure', 'PackClosure', 'PackClosureGeneric'] as const),
  ...(['Pack', 'PackGeneric', 'PackVariant', 'PackVariantGeneric'] as const),
  ...(['Unpack', 'UnpackGeneric', 'UnpackVariant', 'UnpackVariantGeneric'] as const),
  ...(['VecPack', 'VecUnpack', 'VecPushBack', 'VecPopBack'] as const),
]);

const GLOBAL = /^(Exists|MutBorrowGlobal|ImmBorrowGlobal|MoveFrom|MoveTo)(Generic)?$/;

export interface InstructionPrices {
  /** By opcode, in internal units; 0 for those priced otherwise. */
  readonly flat: Float64Array;
  /** Of instructions on global storage, by opcode. */
  readonly global: Float64Array;
}

const known = new WeakMap<GasSchedule, InstructionPrices>();

/** Computed once for a schedule. */
export function instructionPrices(schedule: GasSchedule): InstructionPrices {
  let prices = known.get(schedule);
  if (prices === undefined) {
    prices = pricesOf(schedule);
    known.set(schedule, prices);
  }
  return prices;
}

function pricesOf(schedule: GasSchedule): InstructionPrices {
  const flat = new Float64Array(256);
  const global = new Float64Array(256);
  for (const opcode of OPCODES.aptos) {
    if (opcode === undefined || OTHERWISE.has(opcode.name)) continue;
    const isGlobal = GLOBAL.test(opcode.name);
    const parameter =
      PARAMETERS.get(opcode.name) ?? snakeCase(opcode.name) + (isGlobal ? '.base' : '');
    (isGlobal ? global : flat)[opcode.byte] = schedule.amount(`instr.${parameter}`);
  }
  return { flat, global };
}

/** `ImmBorrowFieldGeneric` → `imm_borrow_field_generic`, `BitOr` → `bit_or`. */
function snakeCase(name: string): string {
  return name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
