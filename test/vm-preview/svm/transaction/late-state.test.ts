/** State that a transaction turns out to need only while it runs. */
import { CannotPreview, StateError } from '../../../../src/vm-preview/errors';
import {
  executeTransaction,
  type Pubkey,
  parseTransaction,
  programDataAddress,
  SYSVAR_IDS,
} from '../../../../src/vm-preview/svm';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { elf } from '../../../support/sbpf-assembler';
import { address, instruction, transaction } from '../../../support/solana-transaction';

const payer = address(7);
const program = address(77);

function world(source: string): LitesvmWorld {
  const made = new LitesvmWorld();
  made.set(payer, { lamports: 1_000_000_000n });
  made.addProgram(program, elf(source));
  return made;
}

const send = (on: LitesvmWorld) =>
  transaction({ payer, blockhash: on.blockhash, instructions: [instruction(program, [])] });

const readsSysvar = (id: Pubkey) => `
  .bytes id ${Buffer.from(id.bytes).toString('hex')}
  entrypoint:
    lddw r1, id
    mov64 r2, r10
    sub64 r2, 8
    mov64 r3, 0
    mov64 r4, 8
    call sol_get_sysvar
    exit
`;

test('a program reads a sysvar that nothing named: it is loaded, and the run starts over', () => {
  const on = world(readsSysvar(SYSVAR_IDS.slotHashes));
  const { outcome, rounds } = on.expectSame(send(on));
  expect(outcome.error).toBeUndefined();
  expect(rounds).toBe(2);
  expect(outcome.read.map(String)).toContain(String(SYSVAR_IDS.slotHashes));
});

test('a sysvar that every transaction may read is there from the start', () => {
  const on = world(readsSysvar(SYSVAR_IDS.clock));
  expect(on.expectSame(send(on)).rounds).toBe(1);
});

const readsStake = `
  entrypoint:
    mov64 r1, 0
    call sol_get_epoch_stake
    exit
`;

test("the epoch's stakes are not guessed", () => {
  const on = world(readsStake);
  expect(() => on.runOurs(send(on))).toThrow(CannotPreview);
});

test("the epoch's stakes may be given", () => {
  const on = world(readsStake);
  const environment = { ...on.environment(), epochStakes: { total: 0n, of: () => 0n } };
  expect(on.runOurs(send(on), environment).outcome.error).toBeUndefined();
});

test('a state without a clock is no state of a chain', () => {
  const on = world(readsStake);
  const parsed = parseTransaction(send(on));
  const state = on.dump([...parsed.staticKeys, ...Object.values(SYSVAR_IDS)]);
  state.set(programDataAddress(program), null);
  state.set(SYSVAR_IDS.clock, null);
  expect(() => executeTransaction(parsed, state, on.environment())).toThrow(StateError);
});
