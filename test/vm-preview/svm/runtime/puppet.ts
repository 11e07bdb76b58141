/**
 * A program that does what a script tells it, so that any pointer and any order of steps can be tried
 * on agave and here alike. Its instruction's data starts with the script's address.
 */
import { symbolHash } from '../../../../src/vm-preview/svm/sbpf/murmur3';

const EM_BPF = 247;
const TEXT_START = 1n << 32n;
export const STACK = 2n << 32n;
export const HEAP = 3n << 32n;
export const INPUT = 4n << 32n;

// Opcodes of sBPF v3.
const LDX_BYTE = 0x71;
const LDX_WORD = 0x79;
const STX_BYTE = 0x73;
const STX_WORD = 0x7b;
const MOV_REG = 0xbf;
const ADD_IMM = 0x07;
const ADD_REG = 0x0f;
const JNE_IMM = 0x55;
const JA = 0x05;
const CALL = 0x85;
const EXIT = 0x95;

interface Step {
  readonly opcode: number;
  readonly dst?: number;
  readonly src?: number;
  readonly offset?: number;
  readonly imm?: number;
}

function encode(steps: readonly Step[]): Uint8Array {
  const bytes = new Uint8Array(steps.length * 8);
  const view = new DataView(bytes.buffer);
  steps.forEach(({ opcode, dst = 0, src = 0, offset = 0, imm = 0 }, index) => {
    bytes[index * 8] = opcode;
    bytes[index * 8 + 1] = (src << 4) | dst;
    view.setInt16(index * 8 + 2, offset, true);
    view.setInt32(index * 8 + 4, imm | 0, true);
  });
  return bytes;
}

/** What each operation of a script does with its arguments, which lie in the words after it. */
const OPERATIONS: Readonly<Record<string, { readonly words: number; readonly steps: Step[] }>> = {
  exit: { words: 1, steps: [argument(0, 1), { opcode: EXIT }] },
  store64: {
    words: 2,
    steps: [argument(1, 1), argument(2, 2), { opcode: STX_WORD, dst: 1, src: 2 }],
  },
  store8: {
    words: 2,
    steps: [argument(1, 1), argument(2, 2), { opcode: STX_BYTE, dst: 1, src: 2 }],
  },
  load8: { words: 1, steps: [argument(1, 1), { opcode: LDX_BYTE, dst: 2, src: 1 }] },
  copy64: {
    words: 2,
    steps: [
      argument(1, 1),
      argument(2, 2),
      { opcode: LDX_WORD, dst: 3, src: 2 },
      { opcode: STX_WORD, dst: 1, src: 3 },
    ],
  },
  add64: {
    words: 2,
    steps: [
      argument(1, 1),
      argument(2, 2),
      { opcode: LDX_WORD, dst: 3, src: 1 },
      { opcode: ADD_REG, dst: 3, src: 2 },
      { opcode: STX_WORD, dst: 1, src: 3 },
    ],
  },
  invokeC: syscall('sol_invoke_signed_c', 5),
  invokeRust: syscall('sol_invoke_signed_rust', 5),
  memcpy: syscall('sol_memcpy_', 3),
  memset: syscall('sol_memset_', 3),
  setReturnData: syscall('sol_set_return_data', 2),
  log: syscall('sol_log_', 2),
};

function argument(register: number, word: number): Step {
  return { opcode: LDX_WORD, dst: register, src: 6, offset: word * 8 };
}

function syscall(name: string, count: number): { readonly words: number; readonly steps: Step[] } {
  const steps: Step[] = [];
  for (let index = 1; index <= count; index++) steps.push(argument(index, index));
  steps.push({ opcode: CALL, src: 0, imm: symbolHash(name) });
  return { words: count, steps };
}

function program(): Step[] {
  const steps: Step[] = [{ opcode: LDX_WORD, dst: 6, src: 2 }];
  const loop = steps.length;
  steps.push({ opcode: LDX_WORD, dst: 7, src: 6 });
  Object.values(OPERATIONS).forEach(({ words, steps: body }, code) => {
    steps.push({ opcode: JNE_IMM, dst: 7, imm: code, offset: body.length + 2 });
    steps.push(...body);
    steps.push({ opcode: ADD_IMM, dst: 6, imm: 8 * (words + 1) });
    steps.push({ opcode: JA, offset: loop - steps.length - 1 });
  });
  steps.push({ opcode: MOV_REG, dst: 0, src: 7 }, { opcode: EXIT });
  return steps;
}

/** An sBPF v3 ELF with nothing but code. */
export function puppetElf(): Uint8Array {
  const code = encode(program());
  const header = 64 + 56;
  const elf = new Uint8Array(header + code.length);
  const view = new DataView(elf.buffer);
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, 3, true);
  view.setUint16(18, EM_BPF, true);
  view.setUint32(20, 1, true);
  view.setBigUint64(24, TEXT_START, true);
  view.setBigUint64(32, 64n, true);
  view.setUint32(48, 3, true);
  view.setUint16(52, 64, true);
  view.setUint16(54, 56, true);
  view.setUint16(56, 1, true);
  view.setUint32(64, 1, true);
  view.setUint32(68, 1, true);
  view.setBigUint64(72, BigInt(header), true);
  view.setBigUint64(80, TEXT_START, true);
  view.setBigUint64(88, TEXT_START, true);
  view.setBigUint64(96, BigInt(code.length), true);
  view.setBigUint64(104, BigInt(code.length), true);
  elf.set(code, header);
  return elf;
}

export type Operation = readonly [name: keyof typeof OPERATIONS, ...args: (bigint | number)[]];

/** The script's bytes; it ends by returning 0. */
export function script(operations: readonly Operation[]): Uint8Array {
  const names = Object.keys(OPERATIONS);
  const words: bigint[] = [];
  for (const [name, ...args] of [...operations, ['exit', 0n] as Operation]) {
    words.push(BigInt(names.indexOf(name)), ...args.map((arg) => BigInt.asUintN(64, BigInt(arg))));
  }
  const bytes = new Uint8Array(words.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setBigUint64(index * 8, word, true);
  return bytes;
}

/** Where an account lies in a program's input, by the layout that programs rely on. */
export interface Place {
  readonly start: bigint;
  readonly key: bigint;
  readonly owner: bigint;
  readonly lamports: bigint;
  readonly length: bigint;
  readonly data: bigint;
}

/**
 * @param accounts - length of each account's data, or the position of which it is a duplicate
 * @returns places, and where the instruction's data starts
 */
export function places(
  accounts: readonly (number | { readonly duplicateOf: number })[],
  isLoaderV1 = false,
): { readonly accounts: readonly Place[]; readonly data: bigint } {
  let at = INPUT + 8n;
  const result: Place[] = [];
  for (const account of accounts) {
    if (typeof account !== 'number') {
      const original = result[account.duplicateOf];
      if (original === undefined) throw new RangeError('a duplicate comes after its original');
      result.push(original);
      at += isLoaderV1 ? 1n : 8n;
      continue;
    }
    const size = BigInt(account);
    if (isLoaderV1) {
      const data = at + 3n + 32n + 8n + 8n;
      const owner = data + size;
      result.push({
        start: at,
        key: at + 3n,
        lamports: at + 35n,
        length: at + 43n,
        data,
        owner,
      });
      at = owner + 32n + 1n + 8n;
    } else {
      const data = at + 88n;
      result.push({
        start: at,
        key: at + 8n,
        owner: at + 40n,
        lamports: at + 72n,
        length: at + 80n,
        data,
      });
      at = data + size + 10_240n + ((8n - (size % 8n)) % 8n) + 8n;
    }
  }
  return { accounts: result, data: at + 8n };
}
