/**
 * What a compiler left of an abort in its code: the line, and the constant that was named (move-command-
 * line-common, error_bitset.rs).
 */
import { BcsError, BcsReader } from '../../core/bcs';
import type { CompiledModule, Constant } from '../../core/format';
import { Address } from '../../core/values';

/** Set in codes that are made of parts. */
const TAG = 1n << 63n;
const CODE_SHIFT = 48n;
const LINE_SHIFT = 32n;
const IDENTIFIER_SHIFT = 16n;
const NONE = 0xffff;
/** Older compilers leave 0 there, which is then also said of a code that is 0. */
const NO_CODE = 0xff;

export interface AbortExplanation {
  /** Of the source, from 1. */
  readonly line: number;
  /** Of the constant, e.g. `EInsufficientBalance`. */
  readonly name: string | undefined;
  /** The constant's value as text: the message itself where it is one. */
  readonly message: string | undefined;
  /** A code that the constant was given besides (newer compilers). */
  readonly code: number | undefined;
}

/** Undefined for a code that is a plain number. @param module - that aborted */
export function explainAbort(module: CompiledModule, code: bigint): AbortExplanation | undefined {
  if ((code & TAG) === 0n) return undefined;
  const part = (shift: bigint): number => Number((code >> shift) & 0xffffn);
  const line = part(LINE_SHIFT);
  // Compilers always give a line; the greatest u64 is a number that people abort with.
  if (line === NONE) return undefined;
  const given = part(CODE_SHIFT) & 0xff;
  const constantAt = (index: number): string | undefined => {
    const constant = index === NONE ? undefined : module.constants[index];
    return constant === undefined ? undefined : constantText(constant);
  };
  return {
    line,
    // The name is a constant too, of bytes.
    name: constantAt(part(IDENTIFIER_SHIFT)),
    message: constantAt(part(0n)),
    code: given === 0 || given === NO_CODE ? undefined : given,
  };
}

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined for bytes that are no text, and for vectors of anything else. */
function constantText({ type, data }: Constant): string | undefined {
  const reader = new BcsReader(data);
  try {
    switch (type.kind) {
      case 'bool':
        return String(reader.bool('constant'));
      case 'u8':
        return String(reader.u8('constant'));
      case 'u16':
        return String(reader.u16('constant'));
      case 'u32':
        return String(reader.u32('constant'));
      case 'u64':
        return String(reader.u64('constant'));
      case 'u128':
        return String(reader.u128('constant'));
      case 'u256':
        return String(reader.u256('constant'));
      case 'address':
        return Address.fromBytes(reader.take(32, 'constant')).toString();
      case 'vector':
        return type.element.kind === 'u8' ? textOf(reader.blob('constant')) : undefined;
      default:
        return undefined;
    }
  } catch (error) {
    // A module may hold constants that are not of their type as long as nothing loads them.
    if (error instanceof BcsError) return undefined;
    throw error;
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return DECODER.decode(bytes);
  } catch {
    return undefined;
  }
}
