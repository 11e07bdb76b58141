/** ELF files and instruction streams: loaded, verified, and run when they pass. */
import { FeatureSet } from '../../../src/vm-preview/svm';
import { sbpfConfig } from '../../../src/vm-preview/svm/runtime/sbpf-config';
import { Executable } from '../../../src/vm-preview/svm/sbpf/executable';
import { Machine } from '../../../src/vm-preview/svm/sbpf/machine';
import {
  MM_INPUT_START,
  type SbpfConfig,
  type SbpfVersion,
  type Syscall,
} from '../../../src/vm-preview/svm/sbpf/types';
import { syscallHashes } from '../../../src/vm-preview/svm/syscalls/registry';
import { realPrograms } from '../../support/real-programs';
import { elf } from '../../support/sbpf-assembler';
import { UnitMeter } from '../../support/unit-meter';
import type { Random } from '../svm-differential/random';
import type { Target } from './driver';
import { mutate, type Span } from './mutate';

const UNITS = 20_000;
const INPUT_BYTES = 4096;
const VERSIONS: readonly SbpfVersion[] = [0, 1, 2, 3];

const NONE = new FeatureSet([]);
const ADJUSTED = new FeatureSet(['virtual_address_space_adjustments']);
const CONFIGS: readonly SbpfConfig[] = [
  sbpfConfig(NONE, { deployment: false }),
  sbpfConfig(NONE, { deployment: true }),
  sbpfConfig(ADJUSTED, { deployment: false }),
];
const HASHES = syscallHashes(FeatureSet.all(), { deployment: false });
/** Each of them touches memory at what it is given. */
const SYSCALLS = (memory: () => ReturnType<Machine['enter']>['memory']) =>
  new Map<number, Syscall>(
    [...HASHES].map((hash) => [
      hash,
      (address, length) => BigInt(memory().map('load', address, length & 0xffn).length),
    ]),
  );

const SOURCE = `
  .string text "some text"
  .quad numbers 1, 2, 3
  entrypoint:
    mov64 r6, 9
    lddw r7, numbers
    ldxdw r8, [r7+8]
  loop:
    sub64 r6, 1
    stxdw [r10-8], r6
    call helper
    jne r6, 0, loop
    lddw r1, text
    mov64 r2, 9
    call sol_log_
    lddw r3, helper
    callx r3
    mov64 r0, 0
    exit
  helper:
    ldxdw r2, [r10-16]
    add64 r2, r8
    call sol_log_64_
    exit`;

/** Headers, program headers, and where sections, symbols and relocations are: the file's end. */
function spansOf(file: Uint8Array): readonly Span[] {
  const { length } = file;
  // Instructions and data, which lie between them: harm there is seldom seen before verifying or running.
  const contents = { start: 176, end: Math.max(384, length - 1000) };
  return [
    { start: 0, end: 64 },
    { start: 64, end: 300 },
    { start: Math.max(0, length - 900), end: length },
    contents,
    contents,
    contents,
    contents,
  ];
}

/** Small enough to load thousands of times. */
const LARGEST_SEED = 120_000;

function seeds(): readonly Uint8Array[] {
  const real = [...realPrograms().values()].filter(({ length }) => length <= LARGEST_SEED);
  return [...VERSIONS.map((version) => elf(SOURCE, version)), ...real];
}

function execute(machine: Machine, executable: Executable): void {
  const bytes = new Uint8Array(INPUT_BYTES);
  const region = { vmAddress: MM_INPUT_START, bytes, capacity: INPUT_BYTES, writable: true };
  const vm = machine.enter(executable, {
    heapSize: 32_768,
    input: [{ ...region, accountIndex: undefined }],
    meter: new UnitMeter(UNITS),
    syscalls: SYSCALLS(() => vm.memory),
  });
  try {
    vm.run(MM_INPUT_START, 0n);
  } finally {
    vm.leave();
    machine.forgetPrograms(0);
  }
}

export function elfTarget(): Target {
  const files = seeds();
  const machine = new Machine();
  return {
    name: 'elf',
    try(random, passed) {
      // The real ones are large, and seldom the cause of anything that small ones do not show.
      const file = random.chance(85) ? random.pick(files.slice(0, 4)) : random.pick(files);
      const input = mutate(random, file, spansOf(file));
      const executable = Executable.load(input, random.pick(CONFIGS), HASHES);
      passed();
      executable.verify();
      execute(machine, executable);
    },
  };
}

const OPCODES: readonly number[] = Array.from({ length: 256 }, (_, opcode) => opcode);

/** Opcodes that each version's verifier takes, found by asking it. */
function validOpcodes(version: SbpfVersion, config: SbpfConfig): readonly number[] {
  return OPCODES.filter((opcode) => {
    const text = new Uint8Array(32);
    text.set([opcode, 0x10, 0, 0, 16], 0);
    for (const at of [8, 16, 24]) text.set([0x95], at);
    if (opcode === 0x18) text.set([0], 8);
    try {
      Executable.fromText(text, version, config).verify();
      return true;
    } catch {
      return false;
    }
  });
}

function stream(random: Random, opcodes: readonly number[]): Uint8Array {
  const count = 2 + random.below(60);
  const text = new Uint8Array(count * 8);
  const view = new DataView(text.buffer);
  for (let index = 0; index < count - 1; index++) {
    const opcode = random.chance(99) ? random.pick(opcodes) : random.below(256);
    if (opcode === 0x18) {
      if (index + 2 >= count) continue;
      text.set([0x18, random.below(10)], index * 8);
      view.setUint32(index * 8 + 4, random.pick([0, 16, 4096]), true);
      view.setUint32(index * 8 + 12, random.below(6), true);
      index++;
      continue;
    }
    const isJump = (opcode & 7) === 5 || (opcode & 7) === 6;
    const offset = isJump ? random.below(count) - index - 1 : random.below(80) - 40;
    text.set([opcode, random.below(10) | (random.below(10) << 4)], index * 8);
    view.setInt16(index * 8 + 2, offset, true);
    const swap = opcode === 0xd4 || opcode === 0xdc;
    const imm = swap ? random.pick([16, 32, 64]) : 1 + random.below(31);
    view.setInt32(index * 8 + 4, imm, true);
  }
  text.set([0x95], (count - 1) * 8);
  return text;
}

export function verifierTarget(): Target {
  const machine = new Machine();
  const opcodes = VERSIONS.map((version) => validOpcodes(version, CONFIGS[0] ?? noConfig()));
  return {
    name: 'verifier',
    try(random, passed) {
      const version = random.pick(VERSIONS);
      const made = stream(random, opcodes[version] ?? OPCODES);
      const text = random.chance(20) ? mutate(random, made) : made;
      const executable = Executable.fromText(text, version, random.pick(CONFIGS));
      executable.verify();
      passed();
      execute(machine, executable);
    },
  };
}

function noConfig(): never {
  throw new Error('there is a configuration');
}
