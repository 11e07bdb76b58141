/**
 * Runs the instruction vectors of firedancer: a line is one instruction, the registers before it, and
 * what comes of it. Each is followed by `exit` and run with 100 units, as firedancer's own test does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ElfError, Executable, VerifierError } from '../../src/vm-preview/svm/sbpf/executable';
import { Machine } from '../../src/vm-preview/svm/sbpf/machine';
import {
  type InputRegion,
  MM_INPUT_START,
  type RegisterTrace,
  type SbpfConfig,
  type SbpfVersion,
} from '../../src/vm-preview/svm/sbpf/types';
import { UnitMeter } from '../support/unit-meter';

const LDDW = 0x18;
const EXIT = 0x95;
const UNITS = 100;

type Verdict = 'ok' | 'err' | 'vfy';

interface Vector {
  readonly line: number;
  readonly opcode: number;
  readonly dst: number;
  readonly src: number;
  readonly offset: number;
  readonly imm: bigint;
  readonly input: Uint8Array;
  /** Ends of the regions that the input is cut into. */
  readonly boundaries: readonly number[];
  readonly registers: readonly bigint[];
  readonly verdict: Verdict;
  readonly expected: readonly bigint[];
}

interface Outcome {
  readonly verdict: Verdict;
  readonly registers: readonly bigint[];
}

/** @returns how many lines gave what they should, and a sentence for each that did not */
export async function runSvmInstr(
  directory: string,
): Promise<{ passed: number; failures: string[] }> {
  let passed = 0;
  const failures: string[] = [];
  const machine = new Machine();
  const names = readdirSync(directory).filter((name) => name.endsWith('.instr'));
  for (const name of names.sort()) {
    const version = versionOf(name);
    for (const vector of parse(readFileSync(join(directory, name), 'utf8'))) {
      const problem = compare(vector, run(machine, vector, version));
      if (problem === undefined) passed++;
      else failures.push(`${name}:${vector.line}: ${problem}`);
    }
  }
  return { passed, failures };
}

function versionOf(fileName: string): SbpfVersion {
  const match = /^v([0-3])_/.exec(fileName);
  if (match === null) throw new Error(`${fileName} names no version`);
  return Number(match[1]) as SbpfVersion;
}

/** Assignments hold for all lines that follow, until they are made anew. */
export function parse(text: string): Vector[] {
  const vectors: Vector[] = [];
  const fields = { op: 0n, dst: 0n, src: 0n, off: 0n, imm: 0n };
  const registers: bigint[] = new Array(11).fill(0n);
  let input = new Uint8Array(0);
  let boundaries: number[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/#.*$/, '');
    const [before = '', after] = line.split(':');
    for (const [, name = '', value = ''] of before.matchAll(/(\w+)\s*=\s*([0-9a-fA-F]+)/g)) {
      const number = BigInt(`0x${value}`);
      if (name === 'input') {
        input = Uint8Array.from(Buffer.from(value, 'hex'));
        boundaries = [];
      } else if (name === 'region_boundary') boundaries = [...boundaries, Number(number)];
      else if (name in fields) fields[name as keyof typeof fields] = number;
      else registers[Number(name.slice(1))] = number;
    }
    if (after === undefined) continue;
    const expected = [...registers];
    for (const [, name = '', value = ''] of after.matchAll(/r(\d+)\s*=\s*([0-9a-fA-F]+)/g))
      expected[Number(name)] = BigInt(`0x${value}`);
    // Of two verdicts the last holds, as in firedancer's parser.
    const verdict = [...after.matchAll(/\b(ok|err|vfy)/g)].at(-1)?.[1];
    if (verdict === undefined) throw new Error(`line ${index + 1} has no verdict`);
    vectors.push({
      line: index + 1,
      opcode: Number(fields.op),
      dst: Number(fields.dst & 0xfn),
      src: Number(fields.src & 0xfn),
      offset: Number(fields.off),
      imm: fields.imm,
      input,
      boundaries,
      registers: [...registers],
      verdict: verdict as Verdict,
      expected,
    });
  }
  return vectors;
}

function textOf({ opcode, dst, src, offset, imm }: Vector): Uint8Array {
  const text = new Uint8Array(opcode === LDDW ? 24 : 16);
  const view = new DataView(text.buffer);
  view.setUint8(0, opcode);
  view.setUint8(1, dst | (src << 4));
  view.setUint16(2, offset, true);
  view.setUint32(4, Number(imm & 0xffff_ffffn), true);
  if (opcode === LDDW) view.setUint32(12, Number(imm >> 32n), true);
  view.setUint8(text.length - 8, EXIT);
  return text;
}

function regionsOf({ input, boundaries }: Vector): InputRegion[] {
  const ends = boundaries.length === 0 ? [input.length] : boundaries;
  let start = 0;
  return ends.map((end) => {
    const bytes = input.slice(start, end);
    const vmAddress = MM_INPUT_START + BigInt(start);
    start = end;
    return { vmAddress, bytes, capacity: bytes.length, writable: true, accountIndex: undefined };
  });
}

function run(machine: Machine, vector: Vector, version: SbpfVersion): Outcome {
  const config: SbpfConfig = {
    maxCallDepth: 64,
    stackFrameSize: 4096,
    enableStackFrameGaps: true,
    rejectBrokenElfs: true,
    minVersion: 0,
    maxVersion: 3,
    alignedMemoryMapping: vector.boundaries.length === 0,
  };
  const executable = Executable.fromText(textOf(vector), version, config);
  try {
    executable.verify();
  } catch (error) {
    if (error instanceof VerifierError || error instanceof ElfError)
      return { verdict: 'vfy', registers: [] };
    throw error;
  }
  const trace: RegisterTrace = [];
  const vm = machine.enter(executable, {
    heapSize: 0,
    input: regionsOf(vector),
    meter: new UnitMeter(UNITS),
    syscalls: new Map(),
    registers: vector.registers,
    trace,
  });
  const result = vm.run(0n, 0n);
  vm.leave();
  return { verdict: result.ok ? 'ok' : 'err', registers: [...(trace.at(-1) ?? [])].slice(0, 11) };
}

function compare(vector: Vector, outcome: Outcome): string | undefined {
  if (outcome.verdict !== vector.verdict)
    return `expected ${vector.verdict}, got ${outcome.verdict}`;
  if (outcome.verdict !== 'ok') return undefined;
  const index = vector.expected.findIndex((value, at) => value !== outcome.registers[at]);
  if (index < 0) return undefined;
  return `expected r${index} = ${vector.expected[index]?.toString(16)}, got ${outcome.registers[index]?.toString(16)}`;
}
