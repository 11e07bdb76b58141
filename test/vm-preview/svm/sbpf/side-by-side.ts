/** Runs one program on the native VM in litesvm and on ours, without accounts, and tells what came out. */
import { base58 } from '@scure/base';
import {
  ComputeBudget,
  FailedTransactionMetadata,
  FeatureSet,
  LiteSvm,
} from 'litesvm/dist/internal';
import { FEATURE_IDS } from '../../../../src/vm-preview/svm/features/ids';
import { Executable } from '../../../../src/vm-preview/svm/sbpf/executable';
import { VmFault } from '../../../../src/vm-preview/svm/sbpf/fault';
import { Machine } from '../../../../src/vm-preview/svm/sbpf/machine';
import { symbolHash } from '../../../../src/vm-preview/svm/sbpf/murmur3';
import {
  MM_INPUT_START,
  type RegisterTrace,
  type SbpfConfig,
  type Syscall,
} from '../../../../src/vm-preview/svm/sbpf/types';
import { UnitMeter } from '../../../support/unit-meter';

export interface Run {
  /** What `sol_log_` and `sol_log_64_` wrote, in agave's form. */
  readonly logs: readonly string[];
  /** In compute units. */
  readonly consumed: number;
  /** The status that the program returned, or the text of its fault. */
  readonly outcome: string;
}

/** As agave 4.3 runs programs while address-space adjustments are off. */
export const CONFIG: SbpfConfig = {
  maxCallDepth: 64,
  stackFrameSize: 4096,
  enableStackFrameGaps: true,
  rejectBrokenElfs: false,
  minVersion: 0,
  maxVersion: 3,
  alignedMemoryMapping: true,
};

/** With virtual_address_space_adjustments. */
export const ADJUSTED: SbpfConfig = {
  ...CONFIG,
  enableStackFrameGaps: false,
  alignedMemoryMapping: false,
};

const PAYER = new Uint8Array(32).fill(7);
const PROGRAM = new Uint8Array(32).fill(9);
const SYSCALL_UNITS = 100;
const MEMORY_OP_UNITS = 10;
const BYTES_PER_UNIT = 250;

/** A legacy transaction with one instruction that has no accounts. Unsigned: litesvm does not check. */
function transaction(data: Uint8Array): Uint8Array {
  const length = data.length < 128 ? [data.length] : [(data.length & 127) | 128, data.length >> 7];
  const message = [1, 0, 1, 2, ...PAYER, ...PROGRAM, ...new Uint8Array(32), 1, 1, 0, ...length];
  return Uint8Array.from([1, ...new Uint8Array(64), ...message, ...data]);
}

/** Every feature but those that end old versions. */
function adjustedSvm(): LiteSvm {
  const features = FeatureSet.allEnabled();
  features.deactivate(base58.decode(FEATURE_IDS.disable_sbpf_v0_execution));
  features.deactivate(base58.decode(FEATURE_IDS.disable_sbpf_v0_v1_v2_deployment));
  const svm = LiteSvm.default();
  svm.setFeatureSet(features);
  svm.setBuiltins();
  svm.setLamports(1_000_000_000_000_000n);
  svm.setSysvars();
  return svm;
}

export class Native {
  readonly #svm: LiteSvm;

  constructor(elf: Uint8Array, units: number, config = CONFIG) {
    this.#svm = config.alignedMemoryMapping ? new LiteSvm() : adjustedSvm();
    // Before the units are few: an airdrop is a transaction too.
    this.#svm.airdrop(PAYER, 1_000_000_000_000n);
    this.setUnits(units);
    this.#svm.setSigverify(false);
    this.#svm.setBlockhashCheck(false);
    this.#svm.setTransactionHistory(0n);
    this.#svm.setLogBytesLimit(undefined);
    this.#svm.addProgram(PROGRAM, elf);
  }

  setUnits(units: number): this {
    const budget = new ComputeBudget();
    budget.computeUnitLimit = BigInt(units);
    this.#svm.setComputeBudget(budget);
    return this;
  }

  run(data: Uint8Array = new Uint8Array(0)): Run {
    const result = this.#svm.sendLegacyTransaction(transaction(data));
    const lines = (result instanceof FailedTransactionMetadata ? result.meta() : result).logs();
    if (lines.length === 0) throw new Error(`the program did not run: ${result}`);
    const consumed = lines.map((line) => / consumed (\d+) of /.exec(line)?.[1]).find(Boolean);
    const failure = lines.map((line) => /^Program \w+ failed: (.*)$/.exec(line)?.[1]).find(Boolean);
    const custom = /^custom program error: 0x([0-9a-f]+)$/.exec(failure ?? '')?.[1];
    return {
      logs: lines.filter((line) => line.startsWith('Program log: ')),
      consumed: Number(consumed ?? Number.NaN),
      outcome: custom ? `status ${BigInt(`0x${custom}`)}` : (failure ?? 'status 0'),
    };
  }
}

export class Ours {
  readonly #executable: Executable;
  readonly #units: number;

  constructor(elf: Uint8Array, units: number, config = CONFIG) {
    this.#executable = Executable.load(elf, config, new Set(SYSCALLS.keys()));
    this.#executable.verify();
    this.#units = units;
  }

  run(data: Uint8Array = new Uint8Array(0), machine = new Machine(), trace?: RegisterTrace): Run {
    const logs: string[] = [];
    const meter = new UnitMeter(this.#units);
    const syscalls = new Map<number, Syscall>();
    const bytes = new Uint8Array(16 + data.length + 32);
    new DataView(bytes.buffer).setBigUint64(8, BigInt(data.length), true);
    bytes.set(data, 16);
    bytes.set(PROGRAM, 16 + data.length);
    const vm = machine.enter(this.#executable, {
      heapSize: 32_768,
      input: [
        {
          vmAddress: MM_INPUT_START,
          bytes,
          capacity: bytes.length,
          writable: true,
          accountIndex: undefined,
        },
      ],
      meter,
      syscalls,
      ...(trace && { trace }),
    });
    for (const [key, log] of SYSCALLS)
      syscalls.set(key, (...registers) => {
        const line = log(vm.memory, meter, ...registers);
        if (line !== undefined) logs.push(`Program log: ${line}`);
        return 0n;
      });
    const result = vm.run(MM_INPUT_START, MM_INPUT_START + 16n);
    vm.leave();
    return {
      logs,
      consumed: this.#units - meter.remaining,
      outcome: result.ok ? `status ${result.status}` : textOf(result.fault),
    };
  }
}

/** agave logs what a syscall failed with, not that it was a syscall. */
function textOf(fault: Error): string {
  const isSyscall = fault instanceof VmFault && fault.kind === 'SyscallError';
  return isSyscall && fault.cause instanceof Error ? fault.cause.message : fault.message;
}

type Log = (
  memory: ReturnType<Machine['enter']>['memory'],
  meter: UnitMeter,
  ...registers: bigint[]
) => string | undefined;

/** Enough for small programs; what they return is written to the log. */
const SYSCALLS: ReadonlyMap<number, Log> = new Map<number, Log>([
  [
    symbolHash('sol_log_64_'),
    (_memory, meter, ...registers) => {
      meter.consume(SYSCALL_UNITS);
      return registers.map((register) => `0x${register.toString(16)}`).join(', ');
    },
  ],
  [
    symbolHash('sol_log_'),
    (memory, meter, address = 0n, length = 0n) => {
      meter.consume(Math.max(SYSCALL_UNITS, Number(length)));
      return new TextDecoder().decode(memory.map('load', address, length));
    },
  ],
  [
    symbolHash('sol_memcpy_'),
    (memory, meter, to = 0n, from = 0n, length = 0n) => {
      meter.consume(Math.max(MEMORY_OP_UNITS, Math.floor(Number(length) / BYTES_PER_UNIT)));
      memory.map('store', to, length).set(memory.map('load', from, length));
      return undefined;
    },
  ],
]);
