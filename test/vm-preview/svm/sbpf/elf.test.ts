import { base58 } from '@scure/base';
import fc from 'fast-check';
import { LiteSvm } from 'litesvm/dist/internal';
import {
  ElfError,
  Executable,
  VerifierError,
} from '../../../../src/vm-preview/svm/sbpf/executable';
import { symbolHash } from '../../../../src/vm-preview/svm/sbpf/murmur3';
import type { SbpfVersion } from '../../../../src/vm-preview/svm/sbpf/types';
import { realPrograms } from '../../../support/real-programs';
import { elf } from '../../../support/sbpf-assembler';
import { SYSCALL_NAMES } from '../../../support/syscall-names';
import { CONFIG } from './side-by-side';

const SYSCALLS = new Set(SYSCALL_NAMES.map(symbolHash));
const STRICT = { ...CONFIG, rejectBrokenElfs: true };
const programs = realPrograms();

function program(name: string): Uint8Array {
  const file = programs.get(name);
  if (file === undefined) throw new Error(`no program ${name}`);
  return file;
}

/** What litesvm says of a program file, or `ok`. */
const native = new LiteSvm();
function nativeVerdict(file: Uint8Array): string {
  try {
    native.addProgram(base58.decode('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'), file);
    return 'ok';
  } catch (error) {
    return String((error as Error).message)
      .replace('Failed to add program: ', '')
      .replace('Verifier error: ', '');
  }
}

function ourVerdict(file: Uint8Array, config = CONFIG): string {
  try {
    Executable.load(file, config, SYSCALLS).verify();
    return 'ok';
  } catch (error) {
    if (error instanceof ElfError || error instanceof VerifierError) return error.message;
    throw error;
  }
}

const PROGRAM_TEXT = `
.string hi "hello"
.quad numbers 1, 2, 3
entrypoint:
  lddw r1, hi
  mov64 r2, 5
  call sol_log_
  call f
  lddw r3, f
  callx r3
  jeq r0, 3, end
  be16 r0
  lsh64 r0, 3
  stxdw [r10-8], r0
end:
  exit
f:
  ldxdw r3, [r1+0]
  mov64 r0, 3
  exit
`;

describe('programs as they are deployed', () => {
  it.each([...programs.keys()])(
    'loads and verifies %s, even by the rules of deployment',
    (name) => {
      expect(ourVerdict(program(name))).toBe('ok');
      expect(ourVerdict(program(name), STRICT)).toBe('ok');
    },
  );

  it('finds the entry point and the functions that calls name', () => {
    const executable = Executable.load(program('p-token'), STRICT, SYSCALLS);
    expect(executable.version).toBe(0);
    expect(executable.functions.get(symbolHash('entrypoint'))).toBe(executable.entryPc);
    expect(executable.functions.size).toBeGreaterThan(10);
    expect(executable.textBytes.length % 8).toBe(0);
  });

  it('keeps the file that it was given', () => {
    const file = program('memo').slice();
    Executable.load(file, STRICT, SYSCALLS);
    expect(file).toEqual(program('memo'));
  });
});

describe('files with one fault, against the loader in litesvm', () => {
  const files: readonly (readonly [string, Uint8Array])[] = [
    ['memo', program('memo')],
    ['memo v1', program('memo v1')],
    ['spl_noop.so', program('spl_noop.so')],
    ...([0, 1, 2, 3] as const).map(
      (version: SbpfVersion) => [`an assembled v${version}`, elf(PROGRAM_TEXT, version)] as const,
    ),
  ];

  it.each(files)('%s is accepted whole', (_name, file) => {
    expect(ourVerdict(file)).toBe('ok');
    expect(nativeVerdict(file)).toBe('ok');
  });

  it.each(files)(
    '%s is refused alike with any byte changed',
    (_name, file) => {
      const interesting = positions(file);
      const mutation = fc.tuple(
        fc.oneof(fc.constantFrom(...interesting), fc.nat(file.length - 1)),
        fc.oneof(fc.constantFrom(0, 1, 2, 4, 8, 0x7f, 0x80, 0xff), fc.nat(255)),
      );
      fc.assert(
        fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
          const changed = file.slice();
          for (const [position, value] of mutations) changed[position] = value;
          expect(ourVerdict(changed)).toBe(nativeVerdict(changed));
        }),
        { numRuns: Number(process.env.LOOKAHEAD_RUNS ?? 300), seed: 20261122 },
      );
    },
    300_000,
  );

  it.each(files)('%s is refused alike when it is cut', (_name, file) => {
    for (let length = 0; length < 200; length++) {
      const cut = file.slice(0, length);
      expect(ourVerdict(cut)).toBe(nativeVerdict(cut));
    }
    for (const cut of [file.slice(0, -1), file.slice(0, -64), file.slice(0, -65)])
      expect(ourVerdict(cut)).toBe(nativeVerdict(cut));
  });
});

/** Bytes of headers and tables, where a change matters most. */
function positions(file: Uint8Array): number[] {
  const view = new DataView(file.buffer, file.byteOffset);
  const sections = Number(view.getBigUint64(40, true));
  const count = view.getUint16(60, true);
  const found: number[] = [];
  const add = (start: number, length: number): void => {
    for (let at = start; at < Math.min(start + length, file.length); at++) found.push(at);
  };
  add(0, 64 + 56 * view.getUint16(56, true));
  for (let index = 0; index < count; index++) {
    const at = sections + 64 * index;
    add(at, 64);
    const type = view.getUint32(at + 4, true);
    // Symbols, strings, relocations and the dynamic table.
    if (type === 3 || type === 6 || type === 9 || type === 11)
      add(Number(view.getBigUint64(at + 24, true)), Number(view.getBigUint64(at + 32, true)));
  }
  return found;
}

describe('by the rules of deployment', () => {
  it('refuses syscalls that nothing answers', () => {
    const file = elf('entrypoint:\n mov64 r0, 0\n call sol_nothing_\n exit');
    expect(ourVerdict(file)).toBe('ok');
    expect(ourVerdict(file, STRICT)).toBe(
      `Unresolved symbol (sol_nothing_) at instruction #${(176 + 8) / 8} (ELF file offset 0x${(176 + 8).toString(16)})`,
    );
  });

  it('refuses sections whose address is not their offset', () => {
    const file = elf('entrypoint:\n mov64 r0, 0\n exit');
    const view = new DataView(file.buffer);
    const text = Number(view.getBigUint64(40, true)) + 64;
    const address = view.getBigUint64(text + 16, true);
    view.setBigUint64(text + 16, address + 8n, true);
    view.setBigUint64(24, address + 8n, true);
    expect(ourVerdict(file)).toBe('ok');
    expect(ourVerdict(file, STRICT)).toBe('Offset or value is out of bounds');
  });

  it('refuses versions that are not enabled', () => {
    const file = elf('entrypoint:\n exit', 2);
    const refused = 'Detected sbpf_version required by the executable which are not enabled';
    expect(ourVerdict(file, { ...CONFIG, maxVersion: 1 })).toBe(refused);
    expect(ourVerdict(file, { ...CONFIG, minVersion: 3 })).toBe(refused);
    expect(ourVerdict(file, { ...CONFIG, minVersion: 2, maxVersion: 2 })).toBe('ok');
  });
});
