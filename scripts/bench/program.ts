/** A program call of some length, and the first run of a large program, beside litesvm. */
import type { SvmEnvironment } from '../../src/vm-preview/svm';
import { LitesvmWorld } from '../../test/support/litesvm-world';
import { realPrograms } from '../../test/support/real-programs';
import { elf } from '../../test/support/sbpf-assembler';
import { address, instruction, transaction } from '../../test/support/solana-transaction';
import { benchEnvironment, loaded, measure, micro, run } from './pipeline';
import { median, report, timed } from './report';

const INSTRUCTIONS = 30_000;
const LARGE = 'light_compressed_token.so';
const ROUNDS = 15;

/** 12 instructions a round, with loads and stores of the stack. */
const LOOP = `
entrypoint:
  mov64 r6, ${INSTRUCTIONS / 12}
  mov64 r7, 0
loop:
  mov64 r1, r6
  mul64 r1, 1540483477
  add64 r1, r7
  stxdw [r10-16], r1
  rsh64 r1, 33
  xor64 r1, r6
  ldxdw r2, [r10-16]
  and64 r2, 255
  add64 r7, r2
  or64 r7, r1
  sub64 r6, 1
  jne r6, 0, loop
  mov64 r0, 0
  exit
`;

export async function benchProgram(): Promise<void> {
  benchCall();
  benchFirstRun();
}

function benchCall(): void {
  const { world, bytes, environment } = worldWith(elf(LOOP));
  const state = loaded(world, bytes, environment);
  const { computeUnits } = run(bytes, state, environment);
  if (Math.abs(computeUnits - INSTRUCTIONS) > 10) throw new Error(`ran ${computeUnits} units`);
  const { ours, native, unwarmed } = measure(world, bytes, state, environment);
  report(
    'program call of 30,000 instructions',
    `${micro(ours)}; litesvm ${micro(native)}; ratio ${(ours / native).toFixed(2)}; its first runs ${micro(unwarmed)}`,
  );
}

/** Load, verify, lower and run, beside litesvm adding the same program and running it. */
function benchFirstRun(): void {
  const file = realPrograms().get(LARGE);
  if (file === undefined) throw new Error(`no program ${LARGE}`);
  const { world, bytes, environment } = worldWith(file);
  const state = loaded(world, bytes, environment);
  const expected = world.runNative(bytes).units;
  const ours: number[] = [];
  const native: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const fresh = { ...environment, programs: new Map<string, object>() };
    let units = 0;
    ours.push(
      timed(() => {
        units = run(bytes, state, fresh).computeUnits;
      }),
    );
    if (units !== expected) throw new Error(`ran ${units} units, litesvm ${expected}`);
    native.push(
      timed(() => {
        world.addProgram(PROGRAM, file);
        world.native.simulateLegacyTransaction(bytes);
      }),
    );
  }
  const [mine, theirs] = [median(ours), median(native)];
  report(
    'first run of a 1.5 MB program, load included',
    `${mine.toFixed(1)} ms; litesvm ${theirs.toFixed(1)} ms; ratio ${(mine / theirs).toFixed(2)}; the very first ${(ours[0] ?? 0).toFixed(1)} ms`,
  );
}

const PROGRAM = address(9);

/** A transaction that calls the program, without accounts or data. */
function worldWith(file: Uint8Array): {
  world: LitesvmWorld;
  bytes: Uint8Array;
  environment: SvmEnvironment;
} {
  const world = new LitesvmWorld();
  const payer = address(1);
  world.set(payer, { lamports: 1_000_000_000n });
  world.addProgram(PROGRAM, file);
  const call = instruction(PROGRAM, [], []);
  return {
    world,
    bytes: transaction({ payer, blockhash: world.blockhash, instructions: [call] }),
    environment: benchEnvironment(world),
  };
}
