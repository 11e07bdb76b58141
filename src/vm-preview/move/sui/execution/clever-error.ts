/** Abort codes that point at constants of the module (move-command-line-common, error_bitset.rs). */
import type { CompiledModule, Constant } from '../../core/format';

/** First four bits: of the first form, and of the one that may have a number besides. */
const VERSIONS: readonly bigint[] = [0b1000n, 0b1100n];
const VERSION_SHIFT = 60n;
const NAME_SHIFT = 16n;
const INDEX = 0xffffn;

export interface CleverError {
  /** Of the error's constant. */
  readonly name?: string;
  /** Its value, where that is text or a number. */
  readonly message?: string;
}

/** Undefined for a code that is only a number. */
export function cleverError({ constants }: CompiledModule, code: bigint): CleverError | undefined {
  if (!VERSIONS.includes(code >> VERSION_SHIFT)) return undefined;
  const name = textOf(constants[Number((code >> NAME_SHIFT) & INDEX)]);
  const message = valueText(constants[Number(code & INDEX)]);
  return {
    ...(name === undefined ? {} : { name }),
    ...(message === undefined ? {} : { message }),
  };
}

function valueText(constant: Constant | undefined): string | undefined {
  if (constant === undefined || !/^u\d+$/.test(constant.type.kind)) return textOf(constant);
  let value = 0n;
  for (const byte of [...constant.data].reverse()) value = (value << 8n) | BigInt(byte);
  return value.toString();
}

/** Of bytes that are UTF-8, after their length. */
function textOf(constant: Constant | undefined): string | undefined {
  if (constant?.type.kind !== 'vector' || constant.type.element.kind !== 'u8') return undefined;
  const start = constant.data.findIndex((byte) => byte < 0x80) + 1;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(constant.data.subarray(start));
  } catch {
    // Bytes that are no text say nothing to a reader; the code stays.
    return undefined;
  }
}
