/** Instructions a second of our interpreter and of the native VM in litesvm, on the same program. */
import { elf } from '../../test/support/sbpf-assembler';
import { Native, Ours } from '../../test/vm-preview/svm/sbpf/side-by-side';
import { report, timed } from './report';

export interface InterpreterSpeed {
  readonly program: string;
  /** Instructions a second, of 20 million each; the native VM compiles to machine code first. */
  readonly ours: number;
  readonly native: number;
  /** Ours over native. */
  readonly ratio: number;
}

const UNITS = 20_000_000;
const ROUNDS = 7;

const PROGRAMS: Readonly<Record<string, string>> = {
  /** Mixes 64- and 32-bit arithmetic with loads and stores of the stack; a call in each round. */
  'arithmetic and memory': `
entrypoint:
  mov64 r6, 1000000000
  mov64 r7, 0
loop:
  mov64 r1, r6
  mul64 r1, 1540483477
  add64 r1, r7
  stxdw [r10-16], r1
  rsh64 r1, 33
  xor32 r1, r6
  ldxdw r2, [r10-16]
  and64 r2, 0xff
  jgt r2, 128, odd
  add64 r7, r2
  stxb [r10-8], r2
  ldxb r3, [r10-8]
  or64 r7, r3
odd:
  mov64 r1, r10
  add64 r1, -64
  mov64 r2, r7
  call mix
  add64 r7, r0
  sub64 r6, 1
  jne r6, 0, loop
  exit
mix:
  stxdw [r1+0], r2
  stxw [r1+8], r2
  ldxdw r3, [r1+0]
  ldxw r4, [r1+8]
  mov64 r0, r3
  lsh64 r0, 7
  xor64 r0, r4
  exit
`,
  /** Arithmetic alone. */
  arithmetic: `
entrypoint:
  mov64 r6, 1000000000
loop:
  add64 r1, r6
  xor64 r2, r1
  lsh64 r2, 3
  add64 r3, r2
  sub64 r6, 1
  jne r6, 0, loop
  exit
`,
  /** Copies of 8 bytes through the heap. */
  copying: `
entrypoint:
  lddw r1, 0x300000000
  mov64 r6, 1000000000
loop:
  ldxdw r2, [r1+0]
  stxdw [r1+4096], r2
  ldxdw r3, [r1+8]
  stxdw [r1+4104], r3
  sub64 r6, 1
  jne r6, 0, loop
  exit
`,
};

/** @returns the best of several runs of each, taken in turns */
export function measureInterpreter(): InterpreterSpeed[] {
  return Object.entries(PROGRAMS).map(([program, text]) => {
    const file = elf(text);
    const native = new Native(file, UNITS);
    const ours = new Ours(file, UNITS);
    let bestNative = Number.POSITIVE_INFINITY;
    let bestOurs = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      bestNative = Math.min(
        bestNative,
        timed(() => expectExhausted(native.run())),
      );
      bestOurs = Math.min(
        bestOurs,
        timed(() => expectExhausted(ours.run())),
      );
    }
    return {
      program,
      ours: UNITS / (bestOurs / 1000),
      native: UNITS / (bestNative / 1000),
      ratio: bestNative / bestOurs,
    };
  });
}

export async function benchInterpreter(): Promise<void> {
  for (const { program, ours, native, ratio } of measureInterpreter())
    report(
      `interpreter, ${program}`,
      `${millions(ours)} M/s; native ${millions(native)} M/s; ratio ${ratio.toFixed(2)}`,
    );
}

function millions(value: number): string {
  return (value / 1e6).toFixed(0);
}

function expectExhausted(run: { readonly consumed: number; readonly outcome: string }): void {
  if (run.consumed !== UNITS) throw new Error(`ran ${run.consumed} instructions: ${run.outcome}`);
}
