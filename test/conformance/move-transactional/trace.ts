/** The execution trace as the chain's test runner prints it (execution_tracing/trace.rs). */
import { OPCODES, type OpcodeName } from '../../../src/vm-preview/move/core/format';
import type { FunctionInstance } from '../../../src/vm-preview/move/core/loader';
import type { Trace } from '../../../src/vm-preview/move/core/runtime';
import { Address, Closure, type Value } from '../../../src/vm-preview/move/core/values';

/** In the order of the chain's own instructions (move-vm-types, instr.rs), by which they are hashed. */
const ORDER: readonly OpcodeName[] = [
  ...(['Pop', 'Ret', 'BrTrue', 'BrFalse', 'Branch', 'LdU8', 'LdU64', 'LdU128'] as const),
  ...(['CastU8', 'CastU64', 'CastU128', 'LdConst', 'LdTrue', 'LdFalse'] as const),
  ...(['CopyLoc', 'MoveLoc', 'StLoc', 'Call', 'CallGeneric', 'Pack', 'PackGeneric'] as const),
  ...(['PackVariant', 'PackVariantGeneric', 'Unpack', 'UnpackGeneric'] as const),
  ...(['UnpackVariant', 'UnpackVariantGeneric', 'TestVariant', 'TestVariantGeneric'] as const),
  ...(['ReadRef', 'WriteRef', 'FreezeRef', 'MutBorrowLoc', 'ImmBorrowLoc'] as const),
  ...(['MutBorrowField', 'MutBorrowVariantField'] as const),
  ...(['MutBorrowFieldGeneric', 'MutBorrowVariantFieldGeneric'] as const),
  ...(['ImmBorrowField', 'ImmBorrowVariantField'] as const),
  ...(['ImmBorrowFieldGeneric', 'ImmBorrowVariantFieldGeneric'] as const),
  ...(['MutBorrowGlobal', 'MutBorrowGlobalGeneric'] as const),
  ...(['ImmBorrowGlobal', 'ImmBorrowGlobalGeneric'] as const),
  ...(['Add', 'Sub', 'Mul', 'Mod', 'Div', 'BitOr', 'BitAnd', 'Xor', 'Or', 'And', 'Not'] as const),
  ...(['Eq', 'Neq', 'Lt', 'Gt', 'Le', 'Ge', 'Abort', 'Nop', 'Exists', 'ExistsGeneric'] as const),
  ...(['MoveFrom', 'MoveFromGeneric', 'MoveTo', 'MoveToGeneric', 'Shl', 'Shr'] as const),
  ...(['VecPack', 'VecLen', 'VecImmBorrow', 'VecMutBorrow'] as const),
  ...(['VecPushBack', 'VecPopBack', 'VecUnpack', 'VecSwap'] as const),
  ...(['PackClosure', 'PackClosureGeneric', 'CallClosure', 'LdU16', 'LdU32', 'LdU256'] as const),
  ...(['CastU16', 'CastU32', 'CastU256'] as const),
  ...(['LdI8', 'LdI16', 'LdI32', 'LdI64', 'LdI128', 'LdI256'] as const),
  ...(['CastI8', 'CastI16', 'CastI32', 'CastI64', 'CastI128', 'CastI256', 'Negate'] as const),
];

const NUMBERS = new Map(ORDER.map((name, i) => [name, BigInt(i)]));

/** Bits of a literal's type. */
const LITERALS: ReadonlyMap<string, number> = new Map(
  [8, 16, 32, 64, 128, 256].flatMap((bits) => [
    [`LdU${bits}`, bits] as const,
    [`LdI${bits}`, bits] as const,
  ]),
);

/** A word is xored in and multiplied (crate fxhash, `FxHasher64`). */
const SEED = 0x517cc1b727220a95n;
const WORD = (1n << 64n) - 1n;

export class RecordedTrace implements Trace {
  #instructions = 0;
  #hash = 0n;
  #branches = '';
  readonly #calls: string[] = [];
  #pending: (() => void) | undefined;

  constructor(entry: FunctionInstance) {
    this.#calls.push(`entrypoint ${functionText(entry)}`);
  }

  before(instance: FunctionInstance, offset: number, top: Value | undefined): void {
    const { code, owner } = instance.definition;
    const opcode = OPCODES[owner.unit.flavour][code?.ops[offset] ?? 0];
    if (code === undefined || opcode === undefined) throw new Error('a trace of no code');
    const { name, operand } = opcode;
    const words = [NUMBERS.get(name) ?? 0n];
    if (operand !== 'none' && !LITERALS.has(name)) words.push(BigInt(code.operands[offset] ?? 0));
    const immediate = code.immediates.get(offset);
    if (immediate !== undefined) words.push(...immediateWords(immediate, LITERALS.get(name)));
    this.#pending = () => {
      this.#instructions++;
      for (const word of words) this.#add(word);
      if (name === 'BrTrue') this.#branches += top === true ? '1' : '0';
      if (name === 'BrFalse') this.#branches += top === true ? '0' : '1';
      if (name === 'CallClosure' && top instanceof Closure)
        this.#calls.push(`closure ${functionText(top.target)} ${top.mask.toString(2)}`);
    };
    // An abort is recorded before it is thrown.
    if (name === 'Abort') this.after();
  }

  after(): void {
    this.#pending?.();
    this.#pending = undefined;
  }

  get text(): string {
    return [
      `instructions: ${this.#instructions}`,
      `fingerprint: ${this.#hash}`,
      `branch_outcomes: ${this.#branches}`,
      'calls:',
      ...this.#calls.map((call) => `  ${call}`),
      '',
    ].join('\n');
  }

  #add(word: bigint): void {
    const rotated = ((this.#hash << 5n) | (this.#hash >> 59n)) & WORD;
    this.#hash = ((rotated ^ word) * SEED) & WORD;
  }
}

/**
 * As Rust hashes a number: up to 64 bits as one word, wider ones as their bytes; one of 256 bits is an
 * array of two, whose length comes first.
 */
function immediateWords(value: bigint, bits = 64): bigint[] {
  const unsigned = BigInt.asUintN(bits, value);
  const words: bigint[] = bits === 256 ? [2n] : [];
  for (let shift = 0; shift < bits; shift += 64) words.push((unsigned >> BigInt(shift)) & WORD);
  return words;
}

function functionText({ key }: { readonly key: string }): string {
  const [plain = '', typeArguments] = key.split(/<(.*)/s);
  const [address = '', ...rest] = plain.split('::');
  if (rest.length === 0) return 'script::main';
  const name = [`0x${Address.parse(address).hex}`, ...rest].join('::');
  return typeArguments === undefined ? name : `${name}<..>`;
}
