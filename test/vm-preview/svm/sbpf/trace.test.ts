import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RegisterTrace } from '../../../../src/vm-preview/svm/sbpf/types';
import { realPrograms } from '../../../support/real-programs';
import { elf } from '../../../support/sbpf-assembler';
import { Ours } from './side-by-side';

const ENTRY_BYTES = 96;

/** The registers that the native VM had before each instruction, r0 to r10 and pc. */
function nativeTrace(file: Uint8Array, data: Uint8Array): bigint[][] {
  const folder = mkdtempSync(join(tmpdir(), 'sbf-trace-'));
  try {
    writeFileSync(join(folder, 'program.so'), file);
    execFileSync(
      'node_modules/.bin/tsx',
      [
        'test/vm-preview/svm/sbpf/native-trace.ts',
        join(folder, 'program.so'),
        Buffer.from(data).toString('hex'),
      ],
      { env: { ...process.env, SBF_TRACE_DIR: folder } },
    );
    const name = readdirSync(folder).find((entry) => entry.endsWith('.regs'));
    if (name === undefined) throw new Error('litesvm wrote no trace');
    const bytes = readFileSync(join(folder, name));
    return Array.from({ length: bytes.length / ENTRY_BYTES }, (_, entry) =>
      Array.from({ length: 12 }, (_, index) =>
        bytes.readBigUInt64LE(entry * ENTRY_BYTES + index * 8),
      ),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ourTrace(file: Uint8Array, data: Uint8Array): bigint[][] {
  const trace: RegisterTrace = [];
  new Ours(file, 200_000).run(data, undefined, trace);
  return trace.map((registers) => [...registers]);
}

describe('register by register, against the native VM', () => {
  it('an assembled program', () => {
    const file = elf(
      'entrypoint:\n mov64 r6, 5\nl:\n call f\n lddw r2, 99\n sub64 r6, 1\n jne r6, 0, l\n exit\nf:\n stxdw [r10-8], r6\n ldxdw r0, [r10-8]\n exit',
    );
    const trace = ourTrace(file, new Uint8Array(0));
    expect(trace).toEqual(nativeTrace(file, new Uint8Array(0)));
    expect(trace.length).toBe(2 + 5 * 7);
  }, 30_000);

  it.each([
    ['memo', 'a memo, with an accent: é'],
    ['memo v1', 'another'],
  ])(
    '%s as it is deployed',
    (name, text) => {
      const file = realPrograms().get(name);
      if (file === undefined) throw new Error(`no program ${name}`);
      const data = new TextEncoder().encode(text);
      const trace = ourTrace(file, data);
      expect(trace.length).toBeGreaterThan(50);
      expect(trace).toEqual(nativeTrace(file, data));
    },
    30_000,
  );
});
