import { CannotPreview } from '../../../../src/vm-preview/errors';
import { Executable } from '../../../../src/vm-preview/svm/sbpf/executable';
import { VmFault } from '../../../../src/vm-preview/svm/sbpf/fault';
import { Machine } from '../../../../src/vm-preview/svm/sbpf/machine';
import { symbolHash } from '../../../../src/vm-preview/svm/sbpf/murmur3';
import {
  type EnterOptions,
  type InputRegion,
  MM_HEAP_START,
  MM_INPUT_START,
  MM_STACK_START,
  type SbpfConfig,
  type Vm,
  type VmResult,
} from '../../../../src/vm-preview/svm/sbpf/types';
import { elf } from '../../../support/sbpf-assembler';
import { UnitMeter } from '../../../support/unit-meter';
import { CONFIG } from './side-by-side';

const CALL = symbolHash('sol_call_');
const UNALIGNED: SbpfConfig = {
  ...CONFIG,
  alignedMemoryMapping: false,
  enableStackFrameGaps: false,
};

function load(text: string, config = CONFIG): Executable {
  const executable = Executable.load(elf(text), config, new Set([CALL]));
  executable.verify();
  return executable;
}

function input(bytes: number[], rest: Partial<InputRegion> = {}): InputRegion {
  return {
    vmAddress: MM_INPUT_START,
    bytes: Uint8Array.from(bytes),
    capacity: bytes.length,
    writable: true,
    accountIndex: undefined,
    ...rest,
  };
}

function options(rest: Partial<EnterOptions> = {}): EnterOptions {
  return {
    heapSize: 32_768,
    input: [input([1, 2, 3, 4, 5, 6, 7, 8])],
    meter: new UnitMeter(10_000),
    syscalls: new Map(),
    ...rest,
  };
}

function status(result: VmResult): bigint {
  if (!result.ok) throw result.fault;
  return result.status;
}

function message(result: VmResult): string {
  if (result.ok) throw new Error(`ended with ${result.status}`);
  return result.fault.message;
}

describe('a machine', () => {
  it('runs programs that call each other, each in its own memory', () => {
    const machine = new Machine();
    const meter = new UnitMeter(10_000);
    const inner = load(
      'entrypoint:\n stxdw [r10-8], r1\n mov64 r6, 999\n lddw r3, 0x300000000\n ldxdw r0, [r3+0]\n stxdw [r3+0], r6\n ldxb r4, [r1+0]\n add64 r0, r4\n exit',
    );
    const outer = load(
      'entrypoint:\n mov64 r6, 7\n stdw [r10-8], 55\n lddw r3, 0x300000000\n stdw [r3+0], 11\n call sol_call_\n mov64 r7, r0\n call sol_call_\n add64 r0, r7\n ldxdw r1, [r10-8]\n add64 r0, r1\n add64 r0, r6\n lddw r3, 0x300000000\n ldxdw r1, [r3+0]\n add64 r0, r1\n exit',
    );
    const nested: Vm[] = [];
    const call = (): bigint => {
      const vm = machine.enter(inner, options({ meter, input: [input([100])] }));
      nested.push(vm);
      const result = status(vm.run(MM_INPUT_START, 0n));
      vm.leave();
      return result;
    };
    const vm = machine.enter(outer, options({ meter, syscalls: new Map([[CALL, call]]) }));
    // 100 from each call (the heap of the called one is zero each time), then 55, 7 and 11.
    expect(status(vm.run(MM_INPUT_START, 0n))).toBe(273n);
    vm.leave();
    expect(nested).toHaveLength(2);
    expect(10_000 - meter.remaining).toBe(15 + 2 * 8);
  });

  it('gives memory back, so that many calls need no more than one', () => {
    const machine = new Machine();
    const program = load('entrypoint:\n mov64 r0, 0\n exit');
    const one = machine.enter(program, options());
    one.leave();
    const size = machine.arena.bytes.length;
    for (let round = 0; round < 200; round++) {
      const vm = machine.enter(program, options());
      vm.run(0n, 0n);
      vm.leave();
    }
    expect(machine.arena.bytes.length).toBe(size);
  });

  it('is left in the order of a stack', () => {
    const machine = new Machine();
    const program = load('entrypoint:\n exit');
    const first = machine.enter(program, options());
    machine.enter(program, options());
    expect(() => first.leave()).toThrow('order of a stack');
  });

  it('refuses a run that needs too much memory', () => {
    const machine = new Machine();
    const program = load('entrypoint:\n exit');
    const capacity = 2 ** 29;
    expect(() => machine.enter(program, options({ input: [input([], { capacity })] }))).toThrow(
      CannotPreview,
    );
  });

  it('settles the meter before a syscall, and reads it again after', () => {
    const meter = new UnitMeter(100);
    const seen: number[] = [];
    const call = (): bigint => {
      seen.push(meter.remaining);
      meter.consume(20);
      return 0n;
    };
    const program = load(
      'entrypoint:\n mov64 r1, 1\n call sol_call_\n mov64 r1, 1\nl:\n ja l\n exit',
    );
    const vm = new Machine().enter(program, options({ meter, syscalls: new Map([[CALL, call]]) }));
    expect(message(vm.run(0n, 0n))).toBe('exceeded CUs meter at BPF instruction');
    expect(seen).toEqual([98]);
    expect(meter.remaining).toBe(0);
  });

  it('takes nothing more when a syscall fails', () => {
    const meter = new UnitMeter(100);
    const cause = new Error('no');
    const call = (): bigint => {
      throw cause;
    };
    const program = load('entrypoint:\n mov64 r1, 1\n call sol_call_\n exit');
    const vm = new Machine().enter(program, options({ meter, syscalls: new Map([[CALL, call]]) }));
    const result = vm.run(0n, 0n);
    expect(message(result)).toBe('Syscall error: no');
    expect(result.ok ? undefined : result.fault).toMatchObject({ kind: 'SyscallError', cause });
    expect(meter.remaining).toBe(98);
  });

  it.each([
    ['CannotPreview', new CannotPreview('x', 'a syscall that is not there')],
    ['a TypeError', new TypeError('a mistake')],
    ['a RangeError', new RangeError('a mistake')],
  ])('does not take %s for a failure of the program', (_name, error) => {
    const call = (): bigint => {
      throw error;
    };
    const program = load('entrypoint:\n call sol_call_\n exit');
    const vm = new Machine().enter(program, options({ syscalls: new Map([[CALL, call]]) }));
    expect(() => vm.run(0n, 0n)).toThrow(error);
  });

  it('traces the registers before each instruction', () => {
    const trace: BigUint64Array[] = [];
    const program = load(
      'entrypoint:\n mov64 r1, 3\n call f\n exit\nf:\n lddw r2, 99\n mov64 r0, 0\n exit',
    );
    const vm = new Machine().enter(program, options({ trace }));
    expect(status(vm.run(MM_INPUT_START, 5n))).toBe(0n);
    // As litesvm writes them into SBF_TRACE_DIR for this program.
    expect(
      trace.map((registers) => [registers[11], registers[1], registers[2], registers[10]]),
    ).toEqual([
      [0n, MM_INPUT_START, 5n, 0x200001000n],
      [1n, 3n, 5n, 0x200001000n],
      [3n, 3n, 5n, 0x200003000n],
      [5n, 3n, 99n, 0x200003000n],
      [6n, 3n, 99n, 0x200003000n],
      [2n, 3n, 99n, 0x200001000n],
    ]);
  });
});

describe("a program's memory", () => {
  const program = load('entrypoint:\n exit');

  it('maps regions as a syscall sees them', () => {
    const vm = new Machine().enter(program, options());
    const { memory } = vm;
    expect([...memory.map('load', MM_INPUT_START + 2n, 3n)]).toEqual([3, 4, 5]);
    memory.map('store', MM_HEAP_START, 4n).set([9, 8, 7, 6]);
    expect([...memory.map('load', MM_HEAP_START + 1n, 2n)]).toEqual([8, 7]);
    expect(memory.regions.map((region) => region.vmAddress)).toEqual([
      1n << 32n,
      MM_STACK_START,
      MM_HEAP_START,
      MM_INPUT_START,
    ]);
    expect(memory.regions.map((region) => region.writable)).toEqual([false, true, true, true]);
    expect(() => memory.map('store', 1n << 32n, 1n)).toThrow('(in program region)');
    expect(() => memory.map('load', MM_INPUT_START + 7n, 2n)).toThrow('(in input region)');
    expect(() => memory.map('load', MM_HEAP_START, 0xffff_ffff_ffff_ffffn)).toThrow(VmFault);
  });

  it('maps across frames of the stack, but not from a gap', () => {
    const { memory } = new Machine().enter(program, options());
    const view = memory.map('store', MM_STACK_START + 4_000n, 5_000n);
    view[96] = 42;
    expect([...memory.map('load', MM_STACK_START + 8_192n, 1n)]).toEqual([42]);
    expect(() => memory.map('load', MM_STACK_START + 4_096n, 1n)).toThrow(
      'Access violation in stack frame 1 at address 0x200001000 of size 1',
    );
  });

  it('has one piece of stack where gaps are off', () => {
    const { memory } = new Machine().enter(load('entrypoint:\n exit', UNALIGNED), options());
    expect(memory.map('load', MM_STACK_START + 4_096n, 262_144n - 4_096n)).toHaveLength(258_048);
  });

  it('refuses regions that overlap', () => {
    const overlapping = [input([1, 2, 3, 4]), input([1], { vmAddress: MM_INPUT_START + 3n })];
    const unaligned = load('entrypoint:\n exit', UNALIGNED);
    expect(() => new Machine().enter(unaligned, options({ input: overlapping }))).toThrow(
      'Invalid memory region at index 4',
    );
    const apart = [input([1, 2, 3]), input([1], { vmAddress: MM_INPUT_START + 3n })];
    new Machine().enter(unaligned, options({ input: apart }));
    expect(() => new Machine().enter(program, options({ input: apart }))).toThrow(
      'Invalid memory region at index 4',
    );
  });
});

describe('with several regions in the input', () => {
  const SECOND = MM_INPUT_START + 0x1000n;
  const regions = (): InputRegion[] => [
    input([1, 2, 3, 4, 5, 6, 7, 8]),
    input([10, 20, 30, 40], { vmAddress: SECOND, capacity: 64, accountIndex: 3 }),
    input([70, 80], { vmAddress: MM_INPUT_START + 0x2000n, writable: false }),
  ];

  function run(text: string, rest: Partial<EnterOptions> = {}): { vm: Vm; result: VmResult } {
    const executable = load(`entrypoint:\n ${text}`, UNALIGNED);
    const vm = new Machine().enter(executable, options({ input: regions(), ...rest }));
    return { vm, result: vm.run(MM_INPUT_START, 0n) };
  }

  it('goes back and forth between them', () => {
    const { result } = run(
      'mov64 r6, 3\nl:\n ldxb r2, [r1+1]\n add64 r0, r2\n ldxb r2, [r1+0x1001]\n add64 r0, r2\n ldxb r2, [r1+0x2001]\n add64 r0, r2\n sub64 r6, 1\n jne r6, 0, l\n exit',
    );
    expect(status(result)).toBe(3n * 102n);
  });

  it('reads none of what lies between, nor across an end', () => {
    expect(message(run('ldxb r0, [r1+8]\n exit').result)).toBe(
      'Access violation reading 1 bytes at address 0x400000008 (in unallocated region)',
    );
    expect(message(run('ldxdw r0, [r1+0x1000]\n exit').result)).toBe(
      'Access violation reading 8 bytes at address 0x400001000 (in input region)',
    );
    expect(message(run('stb [r1+0x2000], 1\n exit').result)).toBe(
      'Access violation writing 1 bytes at address 0x400002000 (in input region)',
    );
  });

  it('lets an account grow when a store asks for it, and counts the store once', () => {
    const asked: unknown[] = [];
    const meter = new UnitMeter(100);
    const { vm, result } = run(
      'ldxb r2, [r1+0x1000]\n stxb [r1+0x1010], r2\n ldxb r0, [r1+0x1010]\n exit',
      {
        meter,
        onAccessViolation(region, access, address, length) {
          asked.push([region.accountIndex, access, address, length]);
          if (access === 'store') region.length = 32;
        },
      },
    );
    expect(status(result)).toBe(10n);
    expect(asked).toEqual([[3, 'store', SECOND + 16n, 1n]]);
    expect(meter.remaining).toBe(96);
    expect(vm.memory.regions[4]?.length).toBe(32);
    expect(vm.memory.regions[4]?.bytes()).toHaveLength(64);
  });

  it('fails when asking does not help', () => {
    let asked = 0;
    const meter = new UnitMeter(100);
    const { result } = run('mov64 r2, 1\n stxb [r1+0x1010], r2\n exit', {
      meter,
      onAccessViolation: () => asked++,
    });
    expect(message(result)).toMatch('Access violation writing 1 bytes at address 0x400001010');
    expect(asked).toBe(1);
    expect(meter.remaining).toBe(98);
  });

  it('takes what a syscall changed', () => {
    const call = (vm: () => Vm) => (): bigint => {
      const region = vm().memory.regions[4];
      if (region === undefined) throw new TypeError('no region');
      region.length = 64;
      region.bytes()[63] = 5;
      const last = vm().memory.regions[5];
      if (last !== undefined) last.writable = true;
      return 0n;
    };
    const executable = load(
      'entrypoint:\n mov64 r6, r1\n ldxb r0, [r1+0x1000]\n call sol_call_\n ldxb r0, [r6+0x103f]\n stxb [r6+0x2000], r0\n exit',
      UNALIGNED,
    );
    const vm: Vm = new Machine().enter(
      executable,
      options({ input: regions(), syscalls: new Map([[CALL, call(() => vm)]]) }),
    );
    expect(status(vm.run(MM_INPUT_START, 0n))).toBe(5n);
  });

  it('touches what would be stored to', () => {
    const executable = load('entrypoint:\n exit', UNALIGNED);
    const { memory } = new Machine().enter(
      executable,
      options({
        input: regions(),
        onAccessViolation(region) {
          if (region.accountIndex !== undefined) region.length = 64;
        },
      }),
    );
    expect(() => memory.map('store', SECOND + 8n, 8n)).toThrow(VmFault);
    memory.touch(SECOND + 8n, 8n);
    expect(memory.map('store', SECOND + 8n, 8n)).toHaveLength(8);
    expect(() => memory.touch(MM_INPUT_START + 0x2000n, 1n)).toThrow(VmFault);
  });
});
