/** How long it takes to parse, relocate, verify and lower programs as they are deployed. */
import { Lowering, recordsSizeOf } from '../../src/vm-preview/svm/interpreter/decode';
import { Executable } from '../../src/vm-preview/svm/sbpf/executable';
import { symbolHash } from '../../src/vm-preview/svm/sbpf/murmur3';
import { realPrograms } from '../../test/support/real-programs';
import { SYSCALL_NAMES } from '../../test/support/syscall-names';
import { CONFIG } from '../../test/vm-preview/svm/sbpf/side-by-side';
import { median, report, timed } from './report';

const ROUNDS = 15;

export interface ElfSpeed {
  readonly program: string;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Milliseconds: the first time, and the median of those that follow. */
  readonly first: number;
  readonly load: number;
  readonly verify: number;
  readonly lower: number;
}

export function measureElf(
  names: readonly string[] = ['token-2022', 'light_compressed_token.so'],
): ElfSpeed[] {
  const syscalls = new Set(SYSCALL_NAMES.map(symbolHash));
  const programs = realPrograms();
  return names.map((program) => {
    const file = programs.get(program);
    if (file === undefined) throw new Error(`no program ${program}`);
    const load: number[] = [];
    const verify: number[] = [];
    const lower: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      let executable: Executable | undefined;
      load.push(
        timed(() => {
          executable = Executable.load(file, CONFIG, syscalls);
        }),
      );
      verify.push(timed(() => executable?.verify()));
      lower.push(
        timed(() => {
          if (executable !== undefined) lowerAll(executable);
        }),
      );
    }
    const first = (load[0] ?? 0) + (verify[0] ?? 0) + (lower[0] ?? 0);
    return {
      program,
      size: file.length,
      first,
      load: median(load.slice(1)),
      verify: median(verify.slice(1)),
      lower: median(lower.slice(1)),
    };
  });
}

/** All of it, where a run lowers only what it reaches. */
function lowerAll(executable: Executable): void {
  const records = new Int32Array(recordsSizeOf(executable) / 4);
  const lowering = new Lowering(executable);
  lowering.clear(records);
  const count = Math.floor(executable.textBytes.length / 8);
  for (let pc = 0; pc < count; pc++) if (records[pc * 4] === 0) lowering.lower(records, pc);
}

export async function benchElf(): Promise<void> {
  for (const { program, size, first, load, verify, lower } of measureElf())
    report(
      `ELF ${program}, ${(size / 1024).toFixed(0)} KiB`,
      `load ${load.toFixed(1)} ms, verify ${verify.toFixed(1)} ms, lower ${lower.toFixed(1)} ms; cold ${first.toFixed(1)} ms`,
    );
}
