/**
 * Transactions that land without running, and the size of what is loaded. litesvm charges nothing for
 * them, so they are held to agave's rules and to the values of its own tests.
 */
import { ComputeBudgetProgram, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import {
  COMPUTE_BUDGET_PROGRAM,
  NATIVE_LOADER,
  programDataAddress,
  SYSTEM_PROGRAM,
  SYSVAR_IDS,
  TOKEN_PROGRAM,
} from '../../../../src/vm-preview/svm';
import { LitesvmWorld } from '../../../support/litesvm-world';
import {
  address,
  instruction,
  readonly,
  transaction,
  web3Key,
} from '../../../support/solana-transaction';

const payer = address(7);
const other = address(9);
const SOL = 1_000_000_000n;

function world(): LitesvmWorld {
  const made = new LitesvmWorld();
  made.set(payer, { lamports: SOL });
  return made;
}

const transfer = SystemProgram.transfer({
  fromPubkey: web3Key(payer),
  toPubkey: web3Key(other),
  lamports: SOL / 2n,
});

function dataLimit(bytes: number): TransactionInstruction {
  const data = new Uint8Array(5);
  data[0] = 4;
  new DataView(data.buffer).setUint32(1, bytes, true);
  return instruction(COMPUTE_BUDGET_PROGRAM, [], data);
}

function run(on: LitesvmWorld, ...instructions: TransactionInstruction[]) {
  return on.runOurs(transaction({ payer, blockhash: on.blockhash, instructions })).outcome;
}

describe('only pays', () => {
  test('for a program that does not exist', () => {
    const outcome = run(world(), transfer, instruction(address(99), []));
    expect(outcome).toMatchObject({
      landing: 'fees-only',
      error: 'ProgramAccountNotFound',
      fee: { signature: 5000n, priority: 0n },
      computeUnits: 0,
      logs: [],
    });
    expect(outcome.accounts[0]?.after?.lamports).toBe(SOL - 5000n);
    expect(outcome.accounts.slice(1).every(({ before, after }) => before === after)).toBe(true);
  });

  test('for a program that no loader owns', () => {
    const on = world();
    on.set(other, { lamports: SOL });
    expect(run(on, instruction(other, []))).toMatchObject({
      landing: 'fees-only',
      error: 'InvalidProgramForExecution',
    });
  });

  test('with the priority fee too', () => {
    const outcome = run(
      world(),
      ComputeBudgetProgram.setComputeUnitLimit({ units: 1_000_000 }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 7 }),
      instruction(address(99), []),
    );
    expect(outcome.fee).toEqual({ signature: 5000n, priority: 7n });
    expect(outcome.accounts[0]?.after?.lamports).toBe(SOL - 5007n);
  });

  test('for the native loader as a program, which has no account', () => {
    expect(run(world(), instruction(NATIVE_LOADER, []))).toMatchObject({
      landing: 'fees-only',
      error: 'ProgramAccountNotFound',
    });
  });
});

describe('loaded data', () => {
  /** 64 bytes and the data, of the payer and each program; a missing account counts nothing. */
  const systemBytes = (on: LitesvmWorld) => 64 + (on.get(SYSTEM_PROGRAM)?.data.length ?? 0);
  const budgetBytes = (on: LitesvmWorld) => 64 + (on.get(COMPUTE_BUDGET_PROGRAM)?.data.length ?? 0);

  test('counts each account with 64 bytes more', () => {
    const on = world();
    expect(run(on, transfer).loadedAccountsDataSize).toBe(64 + systemBytes(on));
    on.set(other, { lamports: SOL, data: new Uint8Array(1000), owner: SYSTEM_PROGRAM });
    expect(run(on, transfer).loadedAccountsDataSize).toBe(64 + 1064 + systemBytes(on));
  });

  test("counts a program's code once", () => {
    const on = world();
    const code = on.get(programDataAddress(TOKEN_PROGRAM));
    const call = instruction(TOKEN_PROGRAM, []);
    const expected = 64 + (64 + 36) + 64 + (code?.data.length ?? 0);
    expect(run(on, call, call).loadedAccountsDataSize).toBe(expected);
    const named = instruction(TOKEN_PROGRAM, [readonly(programDataAddress(TOKEN_PROGRAM))]);
    expect(run(on, named).loadedAccountsDataSize).toBe(expected);
  });

  test('counts nothing for the instructions sysvar', () => {
    const on = world();
    const looks = instruction(SYSTEM_PROGRAM, [readonly(SYSVAR_IDS.instructions)], [99]);
    expect(run(on, looks).loadedAccountsDataSize).toBe(64 + systemBytes(on));
  });

  test('may be exactly the limit, and not a byte more', () => {
    const on = world();
    const size = 64 + systemBytes(on) + budgetBytes(on);
    expect(run(on, dataLimit(size), transfer)).toMatchObject({
      landing: 'executed',
      error: undefined,
      loadedAccountsDataSize: size,
    });
    const over = run(on, dataLimit(size - 1), transfer);
    expect(over).toMatchObject({
      landing: 'fees-only',
      error: 'MaxLoadedAccountsDataSizeExceeded',
      loadedAccountsDataSize: size - 1,
    });
    expect(over.accounts[0]?.after?.lamports).toBe(SOL - 5000n);
  });
});
