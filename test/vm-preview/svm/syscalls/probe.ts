/**
 * Calls of syscalls as programs: each list of calls becomes an sBPF v3 program of its own, which runs in
 * agave (litesvm) and, call by call, in this project's syscalls over a fake memory. What it read, wrote
 * and returned leaves it as return data.
 */
import { base58 } from '@scure/base';
import {
  FailedTransactionMetadata,
  LiteSvm,
  FeatureSet as NativeFeatureSet,
} from 'litesvm/dist/internal';
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import { FEATURE_IDS, type FeatureName } from '../../../../src/vm-preview/svm/features/ids';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { symbolHash } from '../../../../src/vm-preview/svm/sbpf/murmur3';
import { LoadedState } from '../../../../src/vm-preview/svm/state';
import { SYSVAR_IDS } from '../../../../src/vm-preview/svm/sysvars/ids';
import {
  decodeSysvars,
  type SysvarCache,
} from '../../../../src/vm-preview/svm/sysvars/sysvar-cache';
import { encodeTransaction } from '../../../../src/vm-preview/svm/transaction/message';
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

export function probeElf(script: Script): Uint8Array {
  const text = programText(script);
  const headersSize = 64 + 56;
  const elf = new Uint8Array(headersSize + text.length);
  const view = new DataView(elf.buffer);
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
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
  elf.set(text, headersSize);
  return elf;
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

/** agave with a set of features. */
export class Probe {
  readonly #native: LiteSvm;
  readonly features: FeatureSet;

  /** @param names - the active features */
  constructor(names: readonly FeatureName[]) {
    this.features = new FeatureSet(names);
    const set = new NativeFeatureSet();
    for (const name of names) set.activate(Pubkey.fromBase58(FEATURE_IDS[name]).bytes, 0n);
    this.#native = LiteSvm.default();
    this.#native.setFeatureSet(set);
    this.#native.setBuiltins();
    this.#native.setLamports(1_000_000_000_000_000n);
    this.#native.setSysvars();
    this.#native.setSigverify(false);
    this.#native.setTransactionHistory(0n);
    this.#native.setBlockhashCheck(true);
    this.#native.airdrop(PAYER.bytes, 1_000_000_000n);
  }

  transaction(data: Uint8Array): Uint8Array {
    return encodeTransaction(
      {
        version: 'legacy',
        header: { numRequiredSignatures: 1, numReadonlySigned: 0, numReadonlyUnsigned: 2 },
        staticKeys: [PAYER, COMPUTE_BUDGET, PROBE],
        recentBlockhash: base58.decode(this.#native.latestBlockhash()),
        instructions: [
          { programIdIndex: 1, accounts: new Uint8Array(), data: SET_COMPUTE_UNIT_LIMIT },
          { programIdIndex: 2, accounts: new Uint8Array(), data },
        ],
        lookups: [],
        config: {},
      },
      [new Uint8Array(64)],
    );
  }

  sysvars(): SysvarCache {
    const state = new LoadedState();
    for (const id of Object.values(SYSVAR_IDS)) {
      const account = this.#native.getAccount(id.bytes);
      state.set(
        id,
        account && {
          lamports: account.lamports(),
          data: Uint8Array.from(account.data()),
          owner: Pubkey.from(account.owner()),
          executable: account.executable(),
          rentEpoch: account.rentEpoch(),
        },
      );
    }
    return decodeSysvars(state);
  }

  runNative(script: Script): Outcome {
    this.#native.addProgram(PROBE.bytes, probeElf(script));
    const data = script.data ?? new Uint8Array();
    const simulated = this.#native.simulateLegacyTransaction(this.transaction(data));
    const failed = simulated instanceof FailedTransactionMetadata;
    const logs = simulated.meta().logs();
    // Without what frames the program's own lines, and the other program's.
    const own = logs.slice(logs.indexOf(`Program ${PROBE} invoke [1]`) + 1);
    const consumed = own.find((line) => line.startsWith(`Program ${PROBE} consumed `));
    const failure = own.find((line) => line.startsWith(`Program ${PROBE} failed: `));
    return {
      returned: failed ? undefined : decodeReturned(simulated.meta().returnData().data(), script),
      failure: failure?.slice(`Program ${PROBE} failed: `.length),
      units: Number(consumed?.split(' ')[3]),
      logs: own.filter((line) => !line.startsWith(`Program ${PROBE}`) && !isReturn(line)),
    };
  }

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
      features: this.features,
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

function isReturn(line: string): boolean {
  return line.startsWith('Program return: ');
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
