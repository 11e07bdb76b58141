import { Executable, VerifierError } from '../../../../src/vm-preview/svm/sbpf/executable';
import type { SbpfVersion } from '../../../../src/vm-preview/svm/sbpf/types';
import { assemble } from '../../../support/sbpf-assembler';
import { CONFIG } from './side-by-side';

function verdict(text: Uint8Array, version: SbpfVersion): string {
  try {
    Executable.fromText(text, version, CONFIG).verify();
    return 'ok';
  } catch (error) {
    if (error instanceof VerifierError) return error.message;
    throw error;
  }
}

function instruction(
  opcode: number,
  {
    dst = 0,
    src = 0,
    offset = 0,
    imm = 0,
  }: Partial<Record<'dst' | 'src' | 'offset' | 'imm', number>>,
): number[] {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, opcode);
  view.setUint8(1, dst | (src << 4));
  view.setInt16(2, offset, true);
  view.setInt32(4, imm, true);
  return [...bytes];
}

const EXIT = instruction(0x95, {});

// The texts are those of sbpf's `VerifierError`.
describe('the verifier', () => {
  it.each<[string, SbpfVersion, number[], string]>([
    ['an empty program', 0, [], 'no program set, call prog_set() to load one'],
    ['a part of an instruction', 0, EXIT.slice(1), 'program length must be a multiple of 8 octets'],
    ['a division by zero', 0, instruction(0x37, {}), 'division by 0 (insn #0)'],
    ['an odd width', 0, instruction(0xdc, { imm: 24 }), 'unsupported argument for LE/BE (insn #0)'],
    ['half a lddw', 0, instruction(0x18, {}), 'LD_DW instruction cannot be last in program'],
    [
      'a lddw without its second half',
      0,
      [...instruction(0x18, {}), ...EXIT],
      'incomplete LD_DW instruction (insn #0)',
    ],
    [
      'a jump before the program',
      0,
      [...instruction(0x05, { offset: -3 }), ...EXIT],
      'jump out of code to #18446744073709551614 (insn #0)',
    ],
    [
      'a jump behind the program',
      0,
      [...instruction(0x05, { offset: 1 }), ...EXIT],
      'jump out of code to #2 (insn #0)',
    ],
    [
      'a jump into a lddw',
      0,
      [
        ...instruction(0x05, { offset: 1 }),
        ...instruction(0x18, {}),
        ...new Uint8Array(8),
        ...EXIT,
      ],
      'jump to middle of LD_DW at #2 (insn #0)',
    ],
    ['r11 as a source', 0, instruction(0xbf, { src: 11 }), 'invalid source register (insn #0)'],
    ['r11 written', 0, instruction(0xb7, { dst: 11 }), 'invalid destination register (insn #0)'],
    ['r10 written', 0, instruction(0xb7, { dst: 10 }), 'cannot write into register r10 (insn #0)'],
    [
      'r10 written by a lddw, named by its second half',
      0,
      [...instruction(0x18, { dst: 10 }), ...new Uint8Array(8), ...EXIT],
      'cannot write into register r10 (insn #1)',
    ],
    ['r10 as a base', 0, [...instruction(0x7a, { dst: 10, offset: -8 }), ...EXIT], 'ok'],
    ['an unknown opcode', 0, instruction(0xff, {}), 'unknown eBPF opcode 0xff (insn #0)'],
    ['opcode zero', 0, instruction(0, {}), 'unknown eBPF opcode 0x0 (insn #0)'],
    [
      'a shift too far',
      0,
      instruction(0x64, { imm: 32 }),
      'Shift with overflow of 32-bit value by 32 (insn #0)',
    ],
    [
      'a shift back',
      0,
      instruction(0x67, { imm: -1 }),
      'Shift with overflow of 18446744073709551615-bit value by 64 (insn #0)',
    ],
    [
      'callx of r10',
      0,
      instruction(0x8d, { imm: 10 }),
      'Invalid register specified at instruction 0',
    ],
    [
      'callx by src',
      2,
      instruction(0x8d, { src: 10, imm: 3 }),
      'Invalid register specified at instruction 0',
    ],
    [
      'callx by dst',
      3,
      instruction(0x8d, { dst: 10 }),
      'Invalid register specified at instruction 0',
    ],
    [
      'r10 moved in v0',
      0,
      instruction(0x07, { dst: 10, imm: 64 }),
      'cannot write into register r10 (insn #0)',
    ],
    ['r10 moved in v1', 1, instruction(0x07, { dst: 10, imm: 64 }), 'ok'],
    [
      'r10 moved by 63',
      2,
      instruction(0x07, { dst: 10, imm: 63 }),
      'Unaligned immediate (insn #0)',
    ],
    [
      'r10 moved in v3',
      3,
      instruction(0x07, { dst: 10, imm: 64 }),
      'cannot write into register r10 (insn #0)',
    ],
    ['le in v2', 2, instruction(0xd4, { imm: 16 }), 'unknown eBPF opcode 0xd4 (insn #0)'],
    ['jmp32 in v2', 2, instruction(0x26, {}), 'unknown eBPF opcode 0x26 (insn #0)'],
    ['jmp32 in v3', 3, [...instruction(0x26, {}), ...EXIT], 'ok'],
    [
      'uhmul in v3, which is jmp32 there',
      3,
      instruction(0x36, {}),
      'jump out of code to #1 (insn #0)',
    ],
  ])('%s', (_name, version, text, expected) => {
    expect(verdict(Uint8Array.from(text), version)).toBe(expected);
  });

  it('asks nothing of the end of a program', () => {
    expect(verdict(assemble('mov64 r0, 1'), 0)).toBe('ok');
  });
});
