import { LOADER_V2 } from '../../../../src/vm-preview/svm/programs/ids';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { elf } from '../../../support/sbpf-assembler';
import { address, instruction, readonly, transaction } from '../../../support/solana-transaction';
import { ALL_SYSCALLS } from './probe';

const GIVER = address(41);
const TAKER = address(42);
const PAYER = address(43);

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Returns its data, or nothing when its first byte is zero. */
const giver = elf(`
  ldxdw r3, [r2-8]
  ldxb r4, [r2+0]
  mov64 r1, r2
  mov64 r2, r3
  jeq r4, 0, done
  call sol_set_return_data
done:
  mov64 r0, 0
  exit
`);

const LOOK = `
  lddw r1, 0x300000000
  mov64 r2, 100
  lddw r3, 0x300000100
  call sol_get_return_data
  mov64 r1, r0
  mov64 r2, 0
  mov64 r3, 0
  mov64 r4, 0
  mov64 r5, 0
  call sol_log_64_
  lddw r1, 0x300000000
  stxdw [r10-72], r1
  mov64 r1, 20
  stxdw [r10-64], r1
  lddw r1, 0x300000100
  stxdw [r10-56], r1
  mov64 r1, 32
  stxdw [r10-48], r1
  mov64 r1, r10
  add64 r1, -72
  mov64 r2, 2
  call sol_log_data
`;

/** Sets return data of its own, calls the giver with its data, and looks before and after. */
const taker = elf(`
  .bytes callee ${hex(GIVER.bytes)}
  .bytes own 0102030405
  mov64 r6, r2
  ldxdw r7, [r2-8]
  ${LOOK}
  lddw r1, own
  mov64 r2, 5
  call sol_set_return_data
  ${LOOK}
  lddw r1, callee
  stxdw [r10-40], r1
  mov64 r1, 0
  stxdw [r10-32], r1
  stxdw [r10-24], r1
  stxdw [r10-16], r6
  stxdw [r10-8], r7
  mov64 r1, r10
  add64 r1, -40
  mov64 r2, 0
  mov64 r3, 0
  mov64 r4, 0
  mov64 r5, 0
  call sol_invoke_signed_c
  ${LOOK}
  mov64 r0, 0
  exit
`);

test('return data is the last that was set, and a call starts without', () => {
  const world = new LitesvmWorld({ features: ALL_SYSCALLS });
  world.set(PAYER, { lamports: 1_000_000_000n });
  world.addProgram(GIVER, giver, LOADER_V2);
  world.addProgram(TAKER, taker, LOADER_V2);
  const give = (...data: number[]) => instruction(GIVER, [], data);
  const take = (...data: number[]) => instruction(TAKER, [readonly(GIVER)], data);
  const sent = (...instructions: readonly ReturnType<typeof give>[]) =>
    world.expectSame(
      transaction({ payer: PAYER, blockhash: world.blockhash, instructions: [...instructions] }),
    ).result;
  const taken = sent(take(9, 8, 7));
  expect(taken.returnData).toEqual({ programId: GIVER.toBase58(), data: '090807' });
  expect(taken.logs.filter((line) => /^Program log: 0x/.test(line))).toEqual([
    'Program log: 0x0, 0x0, 0x0, 0x0, 0x0',
    'Program log: 0x5, 0x0, 0x0, 0x0, 0x0',
    'Program log: 0x3, 0x0, 0x0, 0x0, 0x0',
  ]);
  expect(sent(take(0)).returnData).toBeUndefined();
  sent(give(1, 2), take(0), give(0));
  sent(take(5), give(0));
  sent(give(3), take(0), take(4, 4), give(0), take(6));
});
