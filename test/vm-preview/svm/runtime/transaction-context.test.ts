/** The rules of agave `transaction-context/src/*`, one by one. */
import type { Account } from '../../../../src/vm-preview/svm/account';
import {
  type InstructionError,
  InstructionFailure,
} from '../../../../src/vm-preview/svm/errors/instruction-error';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import type { RuntimeBorrowedAccount } from '../../../../src/vm-preview/svm/runtime/borrowed-account';
import { RuntimeTransactionContext } from '../../../../src/vm-preview/svm/runtime/transaction-context';
import type { InstructionAccount } from '../../../../src/vm-preview/svm/runtime/types';
import { SYSVAR_IDS, SYSVAR_OWNER_ID } from '../../../../src/vm-preview/svm/sysvars/ids';

const MIB = 1024 * 1024;
const RENT = { lamportsPerByteYear: 10n, exemptionThreshold: 1, burnPercent: 50 };

function address(seed: number): Pubkey {
  return Pubkey.from(new Uint8Array(32).fill(seed));
}

const PROGRAM = address(1);
const OTHER = address(2);

function account(fields: Partial<Account> = {}): Account {
  return {
    lamports: 1_000_000n,
    data: new Uint8Array(0),
    owner: PROGRAM,
    executable: false,
    rentEpoch: 0n,
    ...fields,
  };
}

interface Setting {
  readonly accounts: readonly Account[];
  readonly readonly?: readonly number[];
  readonly instructions?: number;
  readonly trace?: number;
  readonly depth?: number;
}

/** Account 0 is the program; an instruction gets all accounts after it. */
function context({
  accounts,
  readonly = [],
  instructions = 1,
  trace = 64,
  depth = 5,
}: Setting): RuntimeTransactionContext {
  const references: InstructionAccount[] = accounts.map((_, index) => ({
    indexInTransaction: index + 1,
    isSigner: false,
    isWritable: !readonly.includes(index),
  }));
  return new RuntimeTransactionContext({
    accounts: [account({ executable: true }), ...accounts].map((entry, index) => ({
      address: index === 0 ? PROGRAM : address(100 + index),
      account: entry,
    })),
    rent: RENT,
    maxInstructionStackDepth: depth,
    maxInstructionTraceLength: trace,
    topLevelInstructions: new Array(instructions).fill({
      programIndexInTransaction: 0,
      accounts: references,
      data: new Uint8Array(0),
    }),
  });
}

function errorOf(act: () => void): InstructionError | undefined {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof InstructionFailure) return thrown.error;
    throw thrown;
  }
  return undefined;
}

function borrow(entry: Account, isReadonly = false): RuntimeBorrowedAccount {
  const transaction = context({ accounts: [entry], readonly: isReadonly ? [0] : [] });
  transaction.push();
  return transaction.currentInstruction().borrow(0);
}

function call(transaction: RuntimeTransactionContext): void {
  transaction.configureNextCall({
    programIndexInTransaction: 0,
    accounts: [],
    data: new Uint8Array(0),
  });
  transaction.push();
}

describe('lamports', () => {
  it('of a foreign account can rise, not fall', () => {
    const foreign = borrow(account({ owner: OTHER }));
    expect(errorOf(() => foreign.setLamports(999_999n))).toBe('ExternalAccountLamportSpend');
    expect(errorOf(() => foreign.setLamports(1_000_001n))).toBeUndefined();
    expect(foreign.lamports).toBe(1_000_001n);
  });

  it('of a read-only account cannot change, nor be set to what they are', () => {
    const own = borrow(account(), true);
    expect(errorOf(() => own.setLamports(1_000_000n))).toBe('ReadonlyLamportChange');
    const foreign = borrow(account({ owner: OTHER }), true);
    expect(errorOf(() => foreign.setLamports(1n))).toBe('ExternalAccountLamportSpend');
  });

  it('stay within a u64', () => {
    const own = borrow(account());
    expect(errorOf(() => own.checkedAddLamports(0xffff_ffff_ffff_ffffn))).toBe(
      'ArithmeticOverflow',
    );
    expect(errorOf(() => own.checkedSubLamports(1_000_001n))).toBe('ArithmeticOverflow');
    expect(errorOf(() => own.checkedSubLamports(1_000_000n))).toBeUndefined();
    expect(own.lamports).toBe(0n);
  });

  it('must balance when an instruction ends and when it calls', () => {
    const transaction = context({ accounts: [account(), account()], instructions: 2 });
    transaction.push();
    const first = transaction.currentInstruction().borrow(0);
    first.checkedSubLamports(5n);
    first.release();
    expect(errorOf(() => call(transaction))).toBe('UnbalancedInstruction');
    expect(errorOf(() => transaction.pop())).toBe('UnbalancedInstruction');
    expect(transaction.stackHeight).toBe(0);
  });
});

describe('data', () => {
  it('is copied before it is written', () => {
    const data = Uint8Array.of(1, 2, 3);
    const own = borrow(account({ data }));
    expect(own.isShared).toBe(true);
    own.dataMut()[0] = 9;
    expect(own.isShared).toBe(false);
    expect([...own.data]).toEqual([9, 2, 3]);
    expect([...data]).toEqual([1, 2, 3]);
    own.setDataLength(5);
    expect([...own.data]).toEqual([9, 2, 3, 0, 0]);
    own.setDataLength(1);
    own.setDataLength(2);
    expect([...own.data]).toEqual([9, 0]);
  });

  it('changes only where the program may write', () => {
    expect(errorOf(() => borrow(account(), true).dataMut())).toBe('ReadonlyDataModified');
    expect(errorOf(() => borrow(account({ owner: OTHER })).dataMut())).toBe(
      'ExternalAccountDataModified',
    );
    // Both are wrong: the right is asked first.
    expect(errorOf(() => borrow(account({ owner: OTHER }), true).dataMut())).toBe(
      'ReadonlyDataModified',
    );
  });

  it('has 10 MiB at most, whoever asks', () => {
    const own = borrow(account());
    expect(errorOf(() => own.setDataLength(10 * MIB))).toBeUndefined();
    expect(errorOf(() => own.setDataLength(10 * MIB + 1))).toBe('InvalidRealloc');
    expect(errorOf(() => borrow(account(), true).setDataLength(10 * MIB + 1))).toBe(
      'InvalidRealloc',
    );
  });

  it('grows by 20 MiB in a transaction, what shrinks making room', () => {
    const transaction = context({ accounts: [account(), account(), account()] });
    transaction.push();
    const instruction = transaction.currentInstruction();
    const [a, b, c] = [0, 1, 2].map((index) => instruction.borrow(index));
    a?.setDataLength(10 * MIB);
    b?.setDataLength(10 * MIB);
    expect(errorOf(() => c?.setDataLength(1))).toBe('MaxAccountsDataAllocationsExceeded');
    a?.setDataLength(10 * MIB - 1);
    expect(errorOf(() => c?.setDataFromSlice(Uint8Array.of(7)))).toBeUndefined();
    expect(transaction.accounts.resizeDelta).toBe(20 * MIB);
  });
});

describe('owner and executable flag', () => {
  it('give away only zeroed data of their own', () => {
    expect(errorOf(() => borrow(account({ data: Uint8Array.of(0, 1) })).setOwner(OTHER))).toBe(
      'ModifiedProgramId',
    );
    expect(errorOf(() => borrow(account({ owner: OTHER })).setOwner(PROGRAM))).toBe(
      'ModifiedProgramId',
    );
    expect(errorOf(() => borrow(account(), true).setOwner(OTHER))).toBe('ModifiedProgramId');
    const own = borrow(account({ data: new Uint8Array(2000) }));
    own.setOwner(OTHER);
    expect(own.owner).toBe(OTHER);
    expect(own.isOwnedByCurrentProgram).toBe(false);
  });

  it('want rent first, then the owner', () => {
    const poor = account({ lamports: 128n * 10n - 1n, owner: OTHER });
    expect(errorOf(() => borrow(poor).setExecutable(true))).toBe('ExecutableAccountNotRentExempt');
    const rich = { ...poor, lamports: 128n * 10n };
    expect(errorOf(() => borrow(rich).setExecutable(true))).toBe('ExecutableModified');
    expect(errorOf(() => borrow({ ...rich, owner: PROGRAM }).setExecutable(true))).toBeUndefined();
  });
});

describe('borrows', () => {
  it('are exclusive until they are released', () => {
    const transaction = context({ accounts: [account(), account()] });
    transaction.push();
    const instruction = transaction.currentInstruction();
    const first = instruction.borrow(0);
    expect(errorOf(() => instruction.borrow(0))).toBe('AccountBorrowFailed');
    expect(errorOf(() => instruction.borrow(1))).toBeUndefined();
    first.release();
    expect(errorOf(() => instruction.borrow(0))).toBeUndefined();
    expect(errorOf(() => instruction.borrow(2))).toBe('MissingAccount');
    transaction.accounts.releaseBorrowsAfter(0);
    expect(transaction.accounts.openBorrows).toBe(0);
    expect(errorOf(() => instruction.borrow(1))).toBeUndefined();
  });
});

describe('stack and trace', () => {
  it('are as deep as the budget', () => {
    const transaction = context({ accounts: [], depth: 3 });
    transaction.push();
    call(transaction);
    call(transaction);
    expect(transaction.stackHeight).toBe(3);
    expect(errorOf(() => call(transaction))).toBe('CallDepth');
  });

  it('counts what has run, not what waits', () => {
    const transaction = context({ accounts: [], instructions: 3, trace: 4 });
    transaction.push();
    call(transaction);
    transaction.pop();
    call(transaction);
    transaction.pop();
    expect(transaction.traceLength).toBe(5);
    call(transaction);
    transaction.pop();
    expect(errorOf(() => call(transaction))).toBe('MaxInstructionTraceLengthExceeded');
    transaction.pop();
    expect(errorOf(() => transaction.push())).toBe('MaxInstructionTraceLengthExceeded');
  });

  it('knows duplicates, signers and callers', () => {
    const transaction = context({ accounts: [account(), account()] });
    transaction.push();
    transaction.configureNextCall({
      programIndexInTransaction: 0,
      data: Uint8Array.of(7),
      accounts: [2, 1, 2].map((indexInTransaction) => ({
        indexInTransaction,
        isSigner: indexInTransaction === 2,
        isWritable: false,
      })),
    });
    transaction.push();
    const instruction = transaction.currentInstruction();
    expect([0, 1, 2].map((index) => instruction.duplicateOf(index))).toEqual([
      undefined,
      undefined,
      0,
    ]);
    expect([...instruction.signers()]).toEqual([address(102).key]);
    expect(instruction.indexOfCaller).toBe(0);
    expect(instruction.indexInTrace).toBe(1);
    expect(instruction.stackHeight).toBe(2);
    expect(errorOf(() => instruction.checkNumberOfAccounts(4))).toBe('MissingAccount');
  });

  it('writes the index of the instruction into the sysvar', () => {
    const data = new Uint8Array(10);
    const options = (owner: Pubkey, bytes: Uint8Array) => ({
      accounts: [
        { address: PROGRAM, account: account() },
        { address: SYSVAR_IDS.instructions, account: account({ owner, data: bytes }) },
      ],
      rent: RENT,
      maxInstructionStackDepth: 5,
      maxInstructionTraceLength: 64,
      topLevelInstructions: new Array(2).fill({
        programIndexInTransaction: 0,
        accounts: [],
        data: new Uint8Array(0),
      }),
    });
    const transaction = new RuntimeTransactionContext(options(SYSVAR_OWNER_ID, data));
    transaction.push();
    expect([...transaction.accounts.at(1).data.subarray(8)]).toEqual([0, 0]);
    transaction.pop();
    transaction.push();
    call(transaction);
    expect([...transaction.accounts.at(1).data.subarray(8)]).toEqual([1, 0]);
    expect([...data]).toEqual(new Array(10).fill(0));
    const foreign = new RuntimeTransactionContext(options(OTHER, data));
    expect(errorOf(() => foreign.push())).toBe('InvalidAccountOwner');
    const short = new RuntimeTransactionContext(options(SYSVAR_OWNER_ID, new Uint8Array(1)));
    expect(errorOf(() => short.push())).toBe('AccountDataTooSmall');
  });
});
