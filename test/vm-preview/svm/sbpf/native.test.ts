import fc from 'fast-check';
import type { SbpfVersion } from '../../../../src/vm-preview/svm/sbpf/types';
import { elf } from '../../../support/sbpf-assembler';
import { ADJUSTED, CONFIG, Native, Ours } from './side-by-side';

const UNITS = 10_000;

/** Logs all registers but r10, so that both machines show them. */
const SHOW = `
show:
  stxdw [r10-8], r0
  call sol_log_64_
  mov64 r1, r6
  mov64 r2, r7
  mov64 r3, r8
  mov64 r4, r9
  ldxdw r5, [r10-8]
  call sol_log_64_
  mov64 r0, 0
  exit
`;

function expectSame(
  text: string,
  version: SbpfVersion = 0,
  data = Uint8Array.of(5, 6),
  units = UNITS,
  config = CONFIG,
): string {
  const file = elf(text, version);
  const native = new Native(file, units, config).run(data);
  expect(new Ours(file, units, config).run(data)).toEqual(native);
  return native.outcome;
}

describe('beside the native VM of litesvm', () => {
  it.each([
    [
      'returns a status and passes the input',
      'call sol_log_64_\n ldxdw r3, [r1+8]\n mov64 r1, r3\n ldxb r4, [r2+0]\n call sol_log_64_\n mov64 r0, 7\n exit',
      'status 7',
    ],
    [
      'reads address zero',
      'mov64 r1, 0\n ldxdw r0, [r1+0]\n exit',
      'Access violation reading 8 bytes at address 0x0 (in unallocated region)',
    ],
    [
      'writes into a gap of the stack',
      'stxdw [r10+8], r0\n exit',
      'Access violation in stack frame 1 at address 0x200001008 of size 8',
    ],
    [
      'writes below the stack',
      'stxdw [r10-8192], r0\n exit',
      'Access violation in stack frame -1 at address 0x1fffff000 of size 8',
    ],
    [
      'writes just below the stack',
      'stxdw [r10-4100], r0\n exit',
      'Access violation in stack frame 0 at address 0x1fffffffc of size 8',
    ],
    [
      'writes read-only data',
      'lddw r1, 0x100000000\n stxdw [r1+0], r0\n exit',
      'Access violation writing 8 bytes at address 0x100000000 (in program region)',
    ],
    [
      'reads past the program',
      'lddw r1, 0x10000ffff\n ldxb r0, [r1+0]\n exit',
      'Access violation reading 1 bytes at address 0x10000ffff (in unallocated region)',
    ],
    [
      'reads across the end of the heap',
      'lddw r1, 0x300007ffc\n ldxdw r0, [r1+0]\n exit',
      'Access violation reading 8 bytes at address 0x300007ffc (in heap region)',
    ],
    [
      'reads past the input',
      'ldxdw r0, [r1+1000]\n exit',
      'Access violation reading 8 bytes at address 0x4000003e8 (in unallocated region)',
    ],
    [
      'reads where no region is',
      'lddw r1, 0x700000000\n ldxh r0, [r1+0]\n exit',
      'Access violation reading 2 bytes at address 0x700000000 (in unallocated region)',
    ],
    [
      'gives a syscall a bad address',
      'mov64 r1, 0\n mov64 r2, 5\n call sol_log_\n exit',
      'Access violation reading 5 bytes at address 0x0 (in unallocated region)',
    ],
    ['divides by zero', 'mov64 r1, 0\n div64 r0, r1\n exit', 'divide by zero at BPF instruction'],
    [
      'divides by a zero of 32 bits',
      'lddw r1, 0x100000000\n mod32 r0, r1\n exit',
      'divide by zero at BPF instruction',
    ],
    [
      'never ends',
      'mov64 r1, 1\nloop:\n add64 r3, r1\n lddw r4, 77\n jne r1, 0, loop\n exit',
      'exceeded CUs meter at BPF instruction',
    ],
    [
      'recurses too deep',
      'call f\n exit\nf:\n mov64 r0, r0\n call f\n exit',
      'exceeded max BPF to BPF call depth',
    ],
    [
      'calls itself with the displacement that linkers leave unresolved',
      'call f\n exit\nf:\n call f\n exit',
      'unsupported BPF instruction',
    ],
    [
      'calls by address, then outside',
      'lddw r1, f\n callx r1\n lddw r1, 0x200000000\n callx r1\n exit\nf:\n call sol_log_64_\n exit',
      'callx attempted to call outside of the text segment',
    ],
    [
      'calls into the second half of a lddw',
      'lddw r1, f\n add64 r1, 8\n callx r1\n exit\nf:\n lddw r2, 5\n exit',
      'unsupported BPF instruction',
    ],
    [
      'falls off its end',
      'mov64 r0, 0',
      'attempted to execute past the end of the text segment at BPF instruction',
    ],
    [
      'keeps r6 to r10 across calls',
      'mov64 r6, 1\n mov64 r9, 4\n call f\n ja show\nf:\n mov64 r6, 9\n mov64 r9, 9\n mov64 r3, r10\n exit',
      'status 0',
    ],
    [
      'copies across two frames of the stack, which have no gap between them in memory',
      'stdw [r10-8], 0x11223344\n lddw r1, 0x200000ffc\n ldxdw r2, [r1+0]\n ja show',
      'status 0',
    ],
    [
      'reads its own instructions, relocated',
      'lddw r1, f\n ldxdw r2, [r1-8]\n ldxdw r3, [r1+0]\n call f\n ja show\nf:\n exit',
      'status 0',
    ],
  ])('%s', (_name, text, outcome) => {
    expect(expectSame(`entrypoint:\n ${text}\n${SHOW.repeat(text.includes('show') ? 1 : 0)}`)).toBe(
      outcome,
    );
  });

  it('runs out of units at every instruction of a block alike', () => {
    const text =
      'entrypoint:\n mov64 r1, 3\n lddw r2, 5\nloop:\n stxdw [r10-8], r1\n sub64 r1, 1\n jne r1, 0, loop\n call sol_log_64_\n lddw r3, 4\n exit';
    const file = elf(text);
    const native = new Native(file, UNITS);
    for (let units = 1; units < 125; units++)
      expect(new Ours(file, units).run()).toEqual(native.setUnits(units).run());
  });

  it('runs a block that is longer than what is run in one go', () => {
    const line = ' add64 r0, 3\n xor64 r0, 1\n lddw r1, 5\n';
    const text = `entrypoint:\n${line.repeat(40_000)} mov64 r6, r0\n ja show\n${SHOW}`;
    expect(expectSame(text, 0, undefined, 200_000)).toBe('status 0');
    expect(expectSame(text, 0, undefined, 101_001)).toBe('exceeded CUs meter at BPF instruction');
  }, 30_000);

  describe.each([
    [0, 'as it is', CONFIG],
    [1, 'as it is', CONFIG],
    [2, 'as it is', CONFIG],
    [3, 'as it is', CONFIG],
    [0, 'with an adjusted address space', ADJUSTED],
    [3, 'with an adjusted address space', ADJUSTED],
  ] as const)('sBPF v%d %s', (version, _name, config) => {
    const expectThis = (text: string): string =>
      expectSame(text, version, Uint8Array.of(5, 6), UNITS, config);

    it('calls, syscalls, data and the stack pointer', () => {
      const outcome = expectThis(
        '.string hi "hello world"\nentrypoint:\n lddw r1, hi\n mov64 r2, 5\n call sol_log_\n call f\n lddw r3, f\n callx r3\n mov64 r1, r10\n call sol_log_64_\n mov64 r0, 9\n exit\nf:\n mov64 r1, r10\n call sol_log_64_\n exit',
      );
      expect(outcome).toBe('status 9');
    });

    it('reads data and writes it', () => {
      const text = '.quad answer 42, 43\nentrypoint:\n lddw r1, answer\n ldxdw r2, [r1+8]\n';
      expect(expectThis(`${text} ja show\n${SHOW}`)).toBe('status 0');
      const written = expectThis(`${text} stxb [r1+0], r2\n exit\n`);
      expect(written).toMatch(/^Access violation writing 1 bytes at address 0x/);
    });

    it('reaches beyond the stack', () => {
      for (const offset of [0, 8, 4096, 8192, -8200, 0x7ff8])
        expectThis(
          `entrypoint:\n stxdw [r10${offset < 0 ? '-' : '+'}${Math.abs(offset)}], r1\n mov64 r0, 0\n exit`,
        );
      expectThis('entrypoint:\n lddw r1, 0x20003fffc\n stxdw [r1+0], r1\n exit');
      expectThis('entrypoint:\n lddw r1, 0x200041000\n stxdw [r1+0], r1\n exit');
      expectThis('entrypoint:\n lddw r1, 0x200100000\n stxdw [r1+0], r1\n exit');
    });

    it('does not know the calls of no one', () => {
      expectThis('entrypoint:\n call sol_nothing_\n exit');
    });

    it('agrees on random programs', () => {
      fc.assert(
        fc.property(fc.array(statement(version), { minLength: 1, maxLength: 60 }), (lines) => {
          const body = lines.map((line, index) => `l${index}:\n ${line}`).join('\n');
          // Jumps name one of 60 labels; those that the program is too short for lead to its end.
          const ends = Array.from(
            { length: 61 - lines.length },
            (_, index) => `l${lines.length + index}:`,
          );
          expectSame(
            `entrypoint:\n mov64 r6, 77\n lddw r7, 0x300000000\n mov64 r8, r10\n add64 r8, -512\n lddw r9, 0x8123456789abcdef\n${body}\n${ends.join('\n')}\n ja show\nf:\n add64 r0, 3\n stxdw [r10-16], r0\n mov64 r6, r10\n exit\n${SHOW}`,
            version,
            Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
            2_000,
            config,
          );
        }),
        { numRuns: Number(process.env.LOOKAHEAD_RUNS ?? 25), seed: 20261122 + version },
      );
    }, 300_000);
  });
});

function statement(version: SbpfVersion): fc.Arbitrary<string> {
  const isV2 = version === 2;
  const register = fc.integer({ min: 0, max: 9 }).map((index) => `r${index}`);
  const imm = fc.oneof(
    fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
    fc.constantFrom(0, 1, -1, 2, 0x7fff_ffff, -0x8000_0000),
  );
  const operand = fc.oneof(register, imm.map(String));
  const width = fc.constantFrom('32', '64');
  const label = fc.integer({ min: 0, max: 60 }).map((index) => `l${index}`);
  const size = fc.constantFrom('b', 'h', 'w', 'dw');
  const place = fc
    .tuple(fc.constantFrom('r7', 'r8', 'r2', 'r10'), fc.integer({ min: 0, max: 48 }))
    .map(([base, offset]) => (base === 'r10' ? `[r10-${offset + 8}]` : `[${base}+${offset}]`));
  const alu = fc
    .tuple(
      fc.constantFrom('add', 'sub', isV2 ? 'lmul' : 'mul', 'or', 'and', 'xor', 'mov'),
      width,
      register,
      operand,
    )
    .map(([name, bits, dst, source]) => `${name}${bits} ${dst}, ${source}`);
  const division = fc
    .tuple(
      fc.constantFrom(...(isV2 ? ['udiv', 'urem', 'sdiv', 'srem'] : ['div', 'mod'])),
      width,
      register,
      fc.oneof(register, imm.filter((n) => n !== 0).map(String)),
    )
    .map(([name, bits, dst, source]) => `${name}${bits} ${dst}, ${source}`);
  const shift = fc
    .tuple(
      fc.constantFrom('lsh', 'rsh', 'arsh'),
      width,
      register,
      fc.oneof(register, fc.integer({ min: 0, max: 31 }).map(String)),
    )
    .map(([name, bits, dst, source]) => `${name}${bits} ${dst}, ${source}`);
  const unary = fc
    .tuple(
      fc.constantFrom(
        'be16',
        'be32',
        'be64',
        ...(isV2 ? [] : ['neg32', 'neg64', 'le16', 'le32', 'le64']),
      ),
      register,
    )
    .map(([name, dst]) => `${name} ${dst}`);
  const jump = fc
    .tuple(
      fc.constantFrom(
        'jeq',
        'jgt',
        'jge',
        'jset',
        'jne',
        'jsgt',
        'jsge',
        'jlt',
        'jle',
        'jslt',
        'jsle',
      ),
      register,
      operand,
      label,
    )
    .map(([name, dst, source, target]) => `${name} ${dst}, ${source}, ${target}`);
  const narrowJump = version === 3 ? jump.map((line) => line.replace(' ', '32 ')) : jump;
  const high = fc
    .tuple(fc.constantFrom('uhmul64', 'shmul64'), register, operand)
    .map(([name, dst, source]) => `${name} ${dst}, ${source}`);
  const load = fc
    .tuple(size, fc.constantFrom('r0', 'r1', 'r3', 'r4'), place)
    .map(([bits, dst, from]) => `ldx${bits} ${dst}, ${from}`);
  const storeRegister = fc
    .tuple(size, fc.constantFrom('r7', 'r8', 'r10'), fc.integer({ min: -600, max: 48 }), register)
    .map(
      ([bits, base, offset, source]) =>
        `stx${bits} [${base}${offset < 0 ? '-' : '+'}${Math.abs(offset)}], ${source}`,
    );
  const storeImm = fc
    .tuple(size, fc.constantFrom('r7', 'r8'), fc.integer({ min: 0, max: 48 }), imm)
    .map(([bits, base, offset, value]) => `st${bits} [${base}+${offset}], ${value}`);
  const constant = fc
    .tuple(register, fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }))
    .map(([dst, value]) => `lddw ${dst}, ${value}`);
  return fc.oneof(
    { weight: 6, arbitrary: alu },
    { weight: 2, arbitrary: division },
    { weight: 3, arbitrary: shift },
    { weight: 2, arbitrary: unary },
    { weight: 2, arbitrary: jump },
    { weight: 2, arbitrary: narrowJump },
    { weight: isV2 ? 1 : 0, arbitrary: high },
    // SIMD-0166: only in multiples of 64.
    {
      weight: isV2 || version === 1 ? 1 : 0,
      arbitrary: fc.constantFrom('add64 r10, -128', 'add64 r10, 64', 'add64 r10, 4096'),
    },
    { weight: 2, arbitrary: load },
    { weight: 2, arbitrary: storeRegister },
    { weight: 1, arbitrary: storeImm },
    { weight: 1, arbitrary: constant },
    {
      weight: 1,
      arbitrary: fc.constantFrom('call f', 'call sol_log_64_', 'lddw r1, f', 'callx r1'),
    },
  );
}
