import { LOADER_V2 } from '../../../../src/vm-preview/svm/programs/ids';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { elf } from '../../../support/sbpf-assembler';
import {
  address,
  instruction,
  readonly,
  transaction,
  writableSigner,
} from '../../../support/solana-transaction';
import { ALL_SYSCALLS } from './probe';

const ASKER = address(21);
const CALLER = address(22);
const OUTER = address(23);
const PAYER = address(24);
const OTHER = address(25);

const QUIET = 0xff;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Asks for the sibling that its data's first byte counts back to, and logs all it is told. */
const asker = elf(`
  ldxb r6, [r2+0]
  jeq r6, ${QUIET}, done
  call sol_get_stack_height
  mov64 r7, r0
  mov64 r1, r6
  lddw r2, 0x300000000
  lddw r3, 0x300000010
  lddw r4, 0x300000030
  lddw r5, 0x300000050
  call sol_get_processed_sibling_instruction
  mov64 r8, r0
  mov64 r1, r6
  lddw r2, 0x300000000
  lddw r3, 0x300000010
  lddw r4, 0x300000030
  lddw r5, 0x300000050
  call sol_get_processed_sibling_instruction
  mov64 r1, r6
  mov64 r2, r7
  mov64 r3, r8
  mov64 r4, r0
  mov64 r5, 0
  call sol_log_64_
  lddw r1, 0x300000000
  stxdw [r10-16], r1
  mov64 r1, 192
  stxdw [r10-8], r1
  mov64 r1, r10
  add64 r1, -16
  mov64 r2, 1
  call sol_log_data
done:
  mov64 r0, 0
  exit
`);

/**
 * Calls a program once for each byte of its data, with that byte and what follows as data. The callee
 * may call a further program, which is executable, so that it needs no account info.
 */
const callerOf = (program: Uint8Array, further: Uint8Array) =>
  elf(`
  .bytes callee ${hex(program)}
  .bytes further ${hex(further)}
  lddw r1, further
  stxdw [r10-64], r1
  mov64 r1, 0
  stxdw [r10-56], r1
  mov64 r6, r2
  ldxdw r7, [r2-8]
  add64 r7, r6
loop:
  jge r6, r7, done
  lddw r1, callee
  stxdw [r10-40], r1
  mov64 r1, r10
  add64 r1, -64
  stxdw [r10-32], r1
  mov64 r1, 1
  stxdw [r10-24], r1
  stxdw [r10-16], r6
  mov64 r1, r7
  sub64 r1, r6
  stxdw [r10-8], r1
  mov64 r1, r10
  add64 r1, -40
  mov64 r2, 0
  mov64 r3, 0
  mov64 r4, 0
  mov64 r5, 0
  call sol_invoke_signed_c
  add64 r6, 1
  ja loop
done:
  mov64 r0, 0
  exit
`);

test('siblings are those of the same caller at the same height', () => {
  const world = new LitesvmWorld({ features: ALL_SYSCALLS });
  world.set(PAYER, { lamports: 1_000_000_000n });
  world.addProgram(ASKER, asker, LOADER_V2);
  world.addProgram(CALLER, callerOf(ASKER.bytes, ASKER.bytes), LOADER_V2);
  world.addProgram(OUTER, callerOf(CALLER.bytes, ASKER.bytes), LOADER_V2);
  const ask = (...data: number[]) =>
    instruction(ASKER, [readonly(OTHER), writableSigner(PAYER)], data);
  const call = (...data: number[]) => instruction(CALLER, [readonly(ASKER)], data);
  const outer = (...data: number[]) =>
    instruction(OUTER, [readonly(CALLER), readonly(ASKER)], data);
  const sent = transaction({
    payer: PAYER,
    blockhash: world.blockhash,
    instructions: [
      ask(0),
      ask(QUIET, 1, 2, 3),
      ask(0),
      ask(1),
      call(QUIET, 0, 1, 7),
      ask(0),
      ask(3),
      outer(0, 1, QUIET, 0),
      call(0, QUIET),
      ask(1),
      ask(99),
    ],
  });
  const { result } = world.expectSame(sent);
  expect(result.error).toBeUndefined();
  // Found and not found, at each height.
  const asked = result.logs.filter((line) => /^Program log: 0x/.test(line));
  const seen = new Set(asked.map((line) => line.split(', ').slice(1, 4).join(' ')));
  expect(seen).toEqual(
    new Set([
      '0x1 0x0 0x0',
      '0x1 0x1 0x1',
      '0x2 0x0 0x0',
      '0x2 0x1 0x1',
      '0x3 0x0 0x0',
      '0x3 0x1 0x1',
    ]),
  );
});
