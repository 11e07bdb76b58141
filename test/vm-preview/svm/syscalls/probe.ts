/**
 * Calls of syscalls as programs: each list of calls becomes an sBPF v3 program of its own, which runs in
 * agave (litesvm) and, call by call, in this project's syscalls over a fake memory. What it read, wrote
 * and returned leaves it as return data.
 */
import { FailedTransactionMetadata } from 'litesvm/dist/internal';
import { FEATURE_IDS, type FeatureName } from '../../../../src/vm-preview/svm/features/ids';
import { LOADER_V1, LOADER_V2 } from '../../../../src/vm-preview/svm/programs/ids';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { symbolHash } from '../../../../src/vm-preview/svm/sbpf/murmur3';
import { SYSVAR_IDS } from '../../../../src/vm-preview/svm/sysvars/ids';
import {
  decodeSysvars,
  type SysvarCache,
} from '../../../../src/vm-preview/svm/sysvars/sysvar-cache';
import { encodeTransaction } from '../../../../src/vm-preview/svm/transaction/message';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { elf } from '../../../support/sbpf-assembler';
import { fakeGuest, HEAP, INPUT } from './support';

export interface Call {
  readonly name: string;
  readonly args: readonly bigint[];
}

/** A call with its arguments in r1 to r5. */
export function call(name: string, ...args: readonly bigint[]): Call {
  return { name, args };
}

export interface Script {
  readonly calls: readonly Call[];
  /** Instruction data, which stands at `DATA`. */
  readonly data?: Uint8Array;
  /** Bytes from `OUT` on that the program gives back; at most 960. */
  readonly outputSize?: number;
  /** Under loader v1, whose programs' pointers need no alignment. */
  readonly isUnaligned?: boolean;
}

/** What is left of a run. */
export interface Outcome {
  /** r0 of each call, then `outputSize` bytes; undefined when the program failed. */
  readonly returned: { readonly r0: readonly bigint[]; readonly output: string } | undefined;
  readonly failure: string | undefined;
  readonly units: number;
  readonly logs: readonly string[];
}

/** Where the instruction data starts when there are no accounts. */
export const DATA = INPUT + 16n;
/** r0 of up to 8 calls. */
const RESULTS = HEAP;
const RESULTS_SIZE = 64;
/** Heap that the program gives back. */
export const OUT = HEAP + BigInt(RESULTS_SIZE);
/** Heap that it does not. */
export const SCRATCH = HEAP + 2048n;

const PROBE = Pubkey.from(new Uint8Array(32).fill(7));
const PAYER = Pubkey.from(new Uint8Array(32).fill(9));
const COMPUTE_BUDGET = Pubkey.fromBase58('ComputeBudget111111111111111111111111111111');
const UNIT_LIMIT = 1_400_000;
/** The limit as a u32. */
const SET_COMPUTE_UNIT_LIMIT = Uint8Array.of(2, 0xc0, 0x5c, 0x15, 0);
const COMPUTE_BUDGET_UNITS = 150;

// sBPF v3: SIMD-0178 (static syscalls), SIMD-0189 (ELF headers).
const LDDW = 0x18;
const STXDW = 0x7b;
const CALL_IMM = 0x85;
const EXIT = 0x95;

function instruction(opcode: number, registers: number, immediate: number): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes[0] = opcode;
  bytes[1] = registers;
  new DataView(bytes.buffer).setUint32(4, immediate >>> 0, true);
  return bytes;
}

function load(register: number, value: bigint): Uint8Array[] {
  return [
    instruction(LDDW, register, Number(value & 0xffff_ffffn)),
    instruction(0, 0, Number(value >> 32n)),
  ];
}

function callSyscall({ name, args }: Call): Uint8Array[] {
  return [
    ...args.flatMap((value, index) => load(index + 1, value)),
    instruction(CALL_IMM, 0, symbolHash(name)),
  ];
}

function giveBack(script: Script): Call {
  return call('sol_set_return_data', RESULTS, BigInt(RESULTS_SIZE + (script.outputSize ?? 0)));
}

function programText(script: Script): Uint8Array {
  const instructions = script.calls.flatMap((syscall, index) => [
    ...callSyscall(syscall),
    ...load(1, RESULTS + BigInt(8 * index)),
    instruction(STXDW, 0x01, 0),
  ]);
  instructions.push(...callSyscall(giveBack(script)), ...load(0, 0n), instruction(EXIT, 0, 0));
  return Uint8Array.from(Buffer.concat(instructions));
}

export function v3Elf(script: Script): Uint8Array {
  const text = programText(script);
  const headersSize = 64 + 56;
  const file = new Uint8Array(headersSize + text.length);
  const view = new DataView(file.buffer);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  view.setUint16(16, 3, true); // e_type
  view.setUint16(18, 247, true); // e_machine
  view.setUint32(20, 1, true); // e_version
  view.setBigUint64(24, 1n << 32n, true); // e_entry
  view.setBigUint64(32, 64n, true); // e_phoff
  view.setUint32(48, 3, true); // e_flags
  view.setUint16(52, 64, true); // e_ehsize
  view.setUint16(54, 56, true); // e_phentsize
  view.setUint16(56, 1, true); // e_phnum
  view.setUint32(64, 1, true); // PT_LOAD
  view.setUint32(68, 1, true); // PF_X
  view.setBigUint64(72, BigInt(headersSize), true);
  view.setBigUint64(80, 1n << 32n, true);
  view.setBigUint64(88, 1n << 32n, true);
  view.setBigUint64(96, BigInt(text.length), true);
  view.setBigUint64(104, BigInt(text.length), true);
  file.set(text, headersSize);
  return file;
}

/** The input of a program without accounts. */
function programInput(data: Uint8Array): Uint8Array {
  const input = new Uint8Array(16 + data.length + 32);
  new DataView(input.buffer).setBigUint64(8, BigInt(data.length), true);
  input.set(data, 16);
  input.set(PROBE.bytes, 16 + data.length);
  return input;
}

function decodeReturned(bytes: Uint8Array, script: Script): Outcome['returned'] {
  const whole = new Uint8Array(RESULTS_SIZE + (script.outputSize ?? 0));
  whole.set(bytes);
  const view = new DataView(whole.buffer);
  return {
    r0: script.calls.map((_, index) => view.getBigUint64(8 * index, true)),
    output: Buffer.from(whole.subarray(RESULTS_SIZE)).toString('hex'),
  };
}

/** From what the chain tells of a run. */
function outcome(
  script: Script,
  logs: readonly string[],
  returned: Uint8Array | undefined,
): Outcome {
  const own = logs.slice(logs.indexOf(`Program ${PROBE} invoke [1]`) + 1);
  const consumed = own.find((line) => line.startsWith(`Program ${PROBE} consumed `));
  const failed = `Program ${PROBE} failed: `;
  return {
    returned: returned && decodeReturned(returned, script),
    failure: own.find((line) => line.startsWith(failed))?.slice(failed.length),
    units: Number(consumed?.split(' ')[3]),
    // Without what frames the program's own lines.
    logs: own.filter(
      (line) => !line.startsWith(`Program ${PROBE}`) && !line.startsWith('Program return: '),
    ),
  };
}

/** The same calls as an sBPF v0 program, as deployed programs are. */
export function v0Elf(script: Script): Uint8Array {
  const syscall = ({ name, args }: Call): string[] => [
    ...args.map((value, index) => `lddw r${index + 1}, ${value}`),
    `call ${name}`,
  ];
  const lines = script.calls.flatMap((one, index) => [
    ...syscall(one),
    `lddw r1, ${RESULTS + BigInt(8 * index)}`,
    'stxdw [r1+0], r0',
  ]);
  return elf([...lines, ...syscall(giveBack(script)), 'lddw r0, 0', 'exit'].join('\n'));
}

export type Version = 'v0' | 'v3';

/** A world with a set of features, in which scripts run. */
export class Probe {
  readonly #world: LitesvmWorld;

  /** @param names - the active features */
  constructor(names: readonly FeatureName[]) {
    this.#world = new LitesvmWorld({ features: names });
    this.#world.set(PAYER, { lamports: 1_000_000_000n });
  }

  /** Deploys the script, and calls it. */
  #transaction(script: Script, version: Version): Uint8Array {
    // Not under loader v3, whose programs only run in the slot after.
    const loader = script.isUnaligned ? LOADER_V1 : LOADER_V2;
    this.#world.addProgram(PROBE, version === 'v0' ? v0Elf(script) : v3Elf(script), loader);
    return encodeTransaction(
      {
        version: 'legacy',
        header: { numRequiredSignatures: 1, numReadonlySigned: 0, numReadonlyUnsigned: 2 },
        staticKeys: [PAYER, COMPUTE_BUDGET, PROBE],
        recentBlockhash: this.#world.blockhash,
        instructions: [
          { programIdIndex: 1, accounts: new Uint8Array(), data: SET_COMPUTE_UNIT_LIMIT },
          { programIdIndex: 2, accounts: new Uint8Array(), data: script.data ?? new Uint8Array() },
        ],
        lookups: [],
        config: {},
      },
      [new Uint8Array(64)],
    );
  }

  sysvars(): SysvarCache {
    return decodeSysvars(this.#world.dump(Object.values(SYSVAR_IDS)));
  }

  runNative(script: Script, version: Version = 'v3'): Outcome {
    const transaction = this.#transaction(script, version);
    const simulated = this.#world.native.simulateLegacyTransaction(transaction);
    const meta = simulated.meta();
    const failed = simulated instanceof FailedTransactionMetadata;
    return outcome(script, meta.logs(), failed ? undefined : meta.returnData().data());
  }

  /** In this project's whole VM. */
  runMachine(script: Script, version: Version = 'v3'): Outcome {
    const { result } = this.#world.runOurs(this.#transaction(script, version));
    const returned = Buffer.from(result.returnData?.data ?? '', 'hex');
    return outcome(script, result.logs, result.error === undefined ? returned : undefined);
  }

  /** Call by call, over a fake memory. */
  runOurs(script: Script): Outcome {
    const guest = fakeGuest({
      input: programInput(script.data ?? new Uint8Array()),
      units: UNIT_LIMIT - COMPUTE_BUDGET_UNITS,
      trace: [
        { stackHeight: 1, programKey: COMPUTE_BUDGET, data: SET_COMPUTE_UNIT_LIMIT },
        { stackHeight: 1, programKey: PROBE },
      ],
      current: 1,
      topLevelStarted: 2,
      features: this.#world.features,
      checkAligned: !script.isUnaligned,
      sysvars: this.sysvars(),
    });
    let failure: string | undefined;
    const r0s = new DataView(guest.memory.heap.buffer);
    try {
      script.calls.forEach(({ name, args }, index) => {
        guest.invoke.meter.consumeUnchecked(args.length + 1);
        r0s.setBigUint64(8 * index, guest.call(name, ...args), true);
        guest.invoke.meter.consumeUnchecked(2);
      });
      const { name, args } = giveBack(script);
      guest.invoke.meter.consumeUnchecked(args.length + 1 + 2);
      guest.call(name, ...args);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      failure = error.message;
    }
    return {
      returned:
        failure === undefined
          ? decodeReturned(guest.invoke.transaction.returnData.data, script)
          : undefined,
      failure,
      units: guest.units(),
      logs: guest.logs,
    };
  }
}

/** Memory as mainnet lays it out, v0 programs, and all other gates open. */
export const ALL_SYSCALLS: readonly FeatureName[] = (
  Object.keys(FEATURE_IDS) as FeatureName[]
).filter(
  (name) =>
    ![
      'virtual_address_space_adjustments',
      'account_data_direct_mapping',
      'direct_account_pointers_in_program_input',
      'disable_sbpf_v0_execution',
    ].includes(name),
);

export interface Case extends Script {
  readonly name: string;
  /** r0 of the last call, or the text of the failure. */
  readonly gives: bigint | string;
}

/** A test per case: both sides agree in everything, and on what is expected. */
export function itRunsLikeAgave(probe: () => Probe, cases: readonly Case[]): void {
  test.each(cases)('$name', (script) => {
    const theirs = probe().runNative(script);
    const ours = probe().runOurs(script);
    expect(ours).toEqual(theirs);
    expect(ours.failure ?? ours.returned?.r0[script.calls.length - 1]).toBe(script.gives);
    expect(probe().runMachine(script)).toEqual(theirs);
    expect(probe().runMachine(script, 'v0')).toEqual(probe().runNative(script, 'v0'));
  });
}

/** Numbers that are the same in each run (mulberry32). */
export function randomBytes(seed: number, length: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) & 0xff;
  });
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** Pointers and lengths, as programs pass slices of slices. */
export function vmSlices(...slices: readonly (readonly [bigint, bigint | number])[]): Uint8Array {
  const bytes = new Uint8Array(slices.length * 16);
  const view = new DataView(bytes.buffer);
  slices.forEach(([address, length], index) => {
    view.setBigUint64(index * 16, address, true);
    view.setBigUint64(index * 16 + 8, BigInt(length), true);
  });
  return bytes;
}
