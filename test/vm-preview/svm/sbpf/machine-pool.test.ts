import { CannotPreview } from '../../../../src/vm-preview/errors';
import { Executable } from '../../../../src/vm-preview/svm/sbpf/executable';
import type { Machine } from '../../../../src/vm-preview/svm/sbpf/machine';
import { giveBackMachine, takeMachine } from '../../../../src/vm-preview/svm/sbpf/machine-pool';
import { symbolHash } from '../../../../src/vm-preview/svm/sbpf/murmur3';
import {
  type EnterOptions,
  MM_INPUT_START,
  type SbpfConfig,
  type Syscall,
  type Vm,
} from '../../../../src/vm-preview/svm/sbpf/types';
import { elf } from '../../../support/sbpf-assembler';
import { UnitMeter } from '../../../support/unit-meter';
import { ADJUSTED } from './side-by-side';

const CALL = symbolHash('sol_call_');
const HEAP = 32_768;
const STACK = 64 * 4096;
const INPUT = 20_480;
const MEBIBYTE = 1024 * 1024;

/** `body` for each 8 bytes, whose address is in r1, of all that the program may write. */
function everywhere(body: string, end: string): string {
  const spans: readonly [string, number][] = [
    ['0x200000000', STACK],
    ['0x300000000', HEAP],
    ['0x400000000', INPUT],
  ];
  const loops = spans.map(
    ([start, size], index) => `
  lddw r1, ${start}
  mov64 r2, ${size / 8}
loop${index}:
  ${body}
  add64 r1, 8
  sub64 r2, 1
  jne r2, 0, loop${index}`,
  );
  return `entrypoint:\n  mov64 r0, 0\n  mov64 r3, -1${loops.join('')}\n  ${end}\n`;
}

const DIRTY = load(everywhere('stxdw [r1+0], r3', 'exit'));
const DIRTY_THEN_CALL = load(everywhere('stxdw [r1+0], r3', 'call sol_call_\n  exit'));
/** Returns all bits that it finds set anywhere. */
const LOOK = load(everywhere('ldxdw r4, [r1+0]\n  or64 r0, r4', 'exit'));

function load(text: string, config: SbpfConfig = ADJUSTED): Executable {
  const executable = Executable.load(elf(text), config, new Set([CALL]));
  executable.verify();
  return executable;
}

/** Enters with an input that is all room to grow. */
function enter(machine: Machine, program: Executable, call?: Syscall): Vm {
  const options: EnterOptions = {
    heapSize: HEAP,
    input: [
      {
        vmAddress: MM_INPUT_START,
        bytes: new Uint8Array(0),
        capacity: INPUT,
        writable: true,
        accountIndex: undefined,
      },
    ],
    meter: new UnitMeter(10_000_000),
    syscalls: new Map(call && [[CALL, call]]),
  };
  const vm = machine.enter(program, options);
  const input = vm.memory.regions.at(-1);
  if (input === undefined) throw new Error('no input');
  input.length = INPUT;
  return vm;
}

function runAndLeave(machine: Machine, program: Executable, call?: Syscall): bigint {
  const vm = enter(machine, program, call);
  try {
    const result = vm.run(MM_INPUT_START, 0n);
    if (!result.ok) throw result.fault;
    return result.status;
  } finally {
    vm.leave();
  }
}

/** One transaction's use of a machine. */
function transaction<T>(work: (machine: Machine) => T): T {
  const machine = takeMachine();
  try {
    return work(machine);
  } finally {
    giveBackMachine(machine);
  }
}

describe('the machine that is kept between runs', () => {
  it('is the same one, and shows nothing of the run before', () => {
    const first = transaction((machine) => {
      runAndLeave(machine, DIRTY);
      return machine;
    });
    transaction((machine) => {
      expect(machine).toBe(first);
      expect(runAndLeave(machine, LOOK)).toBe(0n);
    });
  });

  it('shows a called program nothing of one that was called before', () => {
    transaction((machine) => {
      const seen: bigint[] = [];
      const call: Syscall = () => {
        runAndLeave(machine, DIRTY);
        seen.push(runAndLeave(machine, LOOK));
        return 0n;
      };
      runAndLeave(machine, DIRTY_THEN_CALL, call);
      expect(seen).toEqual([0n]);
    });
  });

  const stop: Syscall = () => {
    throw new CannotPreview('test', 'a test');
  };
  const mistake: Syscall = () => {
    throw new TypeError('a mistake');
  };
  const nested = (machine: Machine, end: Syscall): bigint =>
    runAndLeave(machine, DIRTY_THEN_CALL, () => runAndLeave(machine, DIRTY_THEN_CALL, end));

  it.each([
    ['CannotPreview', stop, CannotPreview],
    ['a mistake of ours', mistake, TypeError],
  ])('is clean after %s in the middle of a nested call', (_, end, kind) => {
    expect(() => transaction((machine) => nested(machine, end))).toThrow(kind);
    transaction((machine) => {
      expect(machine.isIdle).toBe(true);
      expect(runAndLeave(machine, LOOK)).toBe(0n);
      // Its programs are whole, too.
      expect(runAndLeave(machine, DIRTY)).toBe(0n);
    });
  });

  it('is not kept when a program was never left', () => {
    const left = takeMachine();
    enter(left, DIRTY).run(MM_INPUT_START, 0n);
    giveBackMachine(left);
    transaction((machine) => {
      expect(machine).not.toBe(left);
      expect(runAndLeave(machine, LOOK)).toBe(0n);
    });
  });

  it('is not shared with a run that starts in the middle of another', () => {
    transaction((outer) => {
      const call: Syscall = () =>
        transaction((inner) => {
          expect(inner).not.toBe(outer);
          runAndLeave(inner, DIRTY);
          return runAndLeave(inner, LOOK);
        });
      expect(runAndLeave(outer, DIRTY_THEN_CALL, call)).toBe(0n);
      expect(runAndLeave(outer, LOOK)).toBe(0n);
    });
  });

  it('goes on after an address space that cannot be', () => {
    const machine = takeMachine();
    const region = {
      vmAddress: MM_INPUT_START,
      bytes: new Uint8Array(8),
      capacity: 8,
      writable: true,
      accountIndex: undefined,
    };
    const meter = new UnitMeter(1);
    runAndLeave(machine, LOOK);
    const size = machine.arena.bytes.length;
    for (let round = 0; round < 100; round++) {
      const overlapping = { heapSize: HEAP, input: [region, region], meter, syscalls: new Map() };
      expect(() => machine.enter(LOOK, overlapping)).toThrow('Invalid memory region at index 4');
    }
    expect(machine.arena.bytes.length).toBe(size);
    expect(machine.isIdle).toBe(true);
    giveBackMachine(machine);
  });

  it('is let go when a run made its memory large', () => {
    const large = transaction((machine) => {
      const input = [
        {
          vmAddress: MM_INPUT_START,
          bytes: new Uint8Array(8),
          capacity: 70 * MEBIBYTE,
          writable: true,
          accountIndex: undefined,
        },
      ];
      const options = { heapSize: HEAP, input, meter: new UnitMeter(1), syscalls: new Map() };
      machine.enter(LOOK, options).leave();
      return machine;
    });
    transaction((machine) => expect(machine).not.toBe(large));
  });

  it('counts the same instructions in what it lowered before', () => {
    const add = '  add64 r0, 1\n';
    const lddw = '  lddw r1, 0x300000000\n';
    // Blocks that are longer than what is lowered at once, begun at their start and in their middle.
    const program = load(
      `entrypoint:\n  ja far\nnear:\n${add.repeat(700)}${lddw.repeat(301)}far:\n${add.repeat(900)}  jlt r0, 2000, near\n  exit\n`,
    );
    const consumed = Array.from({ length: 3 }, () =>
      transaction((machine) => {
        const meter = new UnitMeter(1_000_000);
        const options = { heapSize: HEAP, input: [], meter, syscalls: new Map() };
        const vm = machine.enter(program, options);
        const result = vm.run(MM_INPUT_START, 0n);
        vm.leave();
        expect(result).toEqual({ ok: true, status: 2500n });
        return 1_000_000 - meter.remaining;
      }),
    );
    // 900 and a test, then 700 + 301 + 900 and a test; ja and exit.
    const expected = 901 + 1902 + 2;
    expect(consumed).toEqual([expected, expected, expected]);
  });

  it('keeps programs within a bound, and runs those again that it forgot', () => {
    const exits = new Uint8Array(8 * 100_000);
    for (let at = 0; at < exits.length; at += 8) exits[at] = 0x95;
    const programs = Array.from({ length: 40 }, () =>
      Executable.fromText(exits.slice(), 0, ADJUSTED),
    );
    for (const program of [...programs, ...programs]) {
      transaction((machine) => expect(runAndLeave(machine, program)).toBe(0n));
    }
    transaction((machine) => {
      expect(machine.arena.bytes.length).toBeLessThanOrEqual(64 * MEBIBYTE);
      expect(runAndLeave(machine, LOOK)).toBe(0n);
    });
  });
});
