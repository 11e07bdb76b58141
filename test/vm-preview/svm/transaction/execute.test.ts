/** Whole transactions beside agave's own code (litesvm). */
import { ComputeBudgetProgram, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import {
  COMPUTE_BUDGET_PROGRAM,
  INCINERATOR,
  MEMO_PROGRAM,
  type Pubkey,
  SYSTEM_PROGRAM,
  SYSVAR_IDS,
  TOKEN_PROGRAM,
} from '../../../../src/vm-preview/svm';
import { LitesvmWorld } from '../../../support/litesvm-world';
import {
  address,
  instruction,
  message,
  readonly,
  transaction,
  unsigned,
  web3Key,
  writable,
  writableSigner,
} from '../../../support/solana-transaction';

const payer = address(7);
const other = address(9);
const SOL = 1_000_000_000n;
/** Lamports that make an empty account rent-exempt at 5,080 a byte. */
const EMPTY_MINIMUM = 128n * 5080n;

function world(
  balances: readonly (readonly [Pubkey, bigint])[] = [[payer, 10n * SOL]],
): LitesvmWorld {
  const made = new LitesvmWorld();
  for (const [key, lamports] of balances) made.set(key, { lamports });
  return made;
}

const transfer = (from: Pubkey, to: Pubkey, lamports: bigint) =>
  SystemProgram.transfer({ fromPubkey: web3Key(from), toPubkey: web3Key(to), lamports });

const create = (from: Pubkey, made: Pubkey, lamports: bigint, space: number, owner: Pubkey) =>
  SystemProgram.createAccount({
    fromPubkey: web3Key(from),
    newAccountPubkey: web3Key(made),
    lamports: Number(lamports),
    space,
    programId: web3Key(owner),
  });

function loadedDataLimit(bytes: number): TransactionInstruction {
  const data = new Uint8Array(5);
  data[0] = 4;
  new DataView(data.buffer).setUint32(1, bytes, true);
  return instruction(COMPUTE_BUDGET_PROGRAM, [], data);
}

function send(on: LitesvmWorld, ...instructions: TransactionInstruction[]): Uint8Array {
  return transaction({ payer, blockhash: on.blockhash, instructions });
}

test('a transfer of SOL lands in one round of loading', () => {
  const on = world();
  const { outcome, rounds } = on.expectSame(send(on, transfer(payer, other, SOL)));
  expect(outcome).toMatchObject({
    landing: 'executed',
    error: undefined,
    fee: { signature: 5000n, priority: 0n },
    computeUnits: 150,
    computeUnitLimit: 3000,
  });
  expect(outcome.accounts[1]).toMatchObject({ address: other, before: undefined });
  expect(outcome.accounts[1]?.after?.lamports).toBe(SOL);
  expect(rounds).toBe(1);
});

describe('as agave', () => {
  const cases: Record<string, (on: LitesvmWorld) => TransactionInstruction[]> = {
    'no instruction at all': () => [],
    'two transfers': () => [transfer(payer, other, SOL), transfer(payer, other, SOL)],
    'a transfer of more than there is': () => [transfer(payer, other, 20n * SOL)],
    'a second instruction that fails': () => [
      transfer(payer, other, SOL),
      transfer(payer, other, 20n * SOL),
    ],
    'a transfer below the rent minimum': () => [transfer(payer, other, EMPTY_MINIMUM - 1n)],
    'a transfer of exactly the rent minimum': () => [transfer(payer, other, EMPTY_MINIMUM)],
    'a payer left below the rent minimum': () => [transfer(payer, other, 10n * SOL - 5001n)],
    'a payer left with nothing': () => [transfer(payer, other, 10n * SOL - 5000n)],
    'a transfer to itself': () => [transfer(payer, payer, SOL)],
    'a transfer of zero': () => [transfer(payer, other, 0n)],
    'a transfer below the minimum to the incinerator': () => [transfer(payer, INCINERATOR, 5n)],
    'a transfer to a sysvar': () => [transfer(payer, SYSVAR_IDS.clock, SOL)],
    'a new account': () => [create(payer, other, SOL, 100, TOKEN_PROGRAM)],
    'a new account that is not rent-exempt': () => [
      create(payer, other, (128n + 100n) * 5080n - 1n, 100, TOKEN_PROGRAM),
    ],
    'a new account that is too large': () => [
      create(payer, other, SOL, 10 * 1024 * 1024 + 1, TOKEN_PROGRAM),
    ],
    'a new account where one is': (on) => {
      on.set(other, { lamports: SOL });
      return [create(payer, other, SOL, 100, TOKEN_PROGRAM)];
    },
    'an instruction that is no System instruction': () => [
      instruction(SYSTEM_PROGRAM, [writableSigner(payer)], [99, 0, 0, 0]),
    ],
    'a transfer without its accounts': () => [
      instruction(SYSTEM_PROGRAM, [writableSigner(payer)], [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
    ],
    'a transfer out of an account that did not sign': (on) => {
      on.set(other, { lamports: SOL });
      return [
        instruction(
          SYSTEM_PROGRAM,
          [writable(other), writable(payer)],
          [2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
        ),
      ];
    },
    'a limit of compute units and a price': () => [
      ComputeBudgetProgram.setComputeUnitLimit({ units: 1000 }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_000_001 }),
      transfer(payer, other, SOL),
    ],
    'too few compute units': () => [
      ComputeBudgetProgram.setComputeUnitLimit({ units: 200 }),
      transfer(payer, other, SOL),
    ],
    'no compute units': () => [
      ComputeBudgetProgram.setComputeUnitLimit({ units: 0 }),
      transfer(payer, other, SOL),
    ],
    'a limit above the maximum': () => [
      ComputeBudgetProgram.setComputeUnitLimit({ units: 4_000_000_000 }),
      transfer(payer, other, SOL),
    ],
    'a heap of 256 KiB': () => [
      ComputeBudgetProgram.requestHeapFrame({ bytes: 256 * 1024 }),
      instruction(MEMO_PROGRAM, [], Buffer.from('hello')),
    ],
    'a memo': () => [instruction(MEMO_PROGRAM, [], Buffer.from('hello'))],
    'a memo that is not UTF-8': () => [instruction(MEMO_PROGRAM, [], [0xff])],
    'a memo signed by the payer': () => [
      instruction(MEMO_PROGRAM, [writableSigner(payer)], Buffer.from('hi')),
    ],
    'the System program to be written': () => [
      instruction(MEMO_PROGRAM, [writableSigner(payer)], Buffer.from('hi')),
      instruction(SYSTEM_PROGRAM, [writable(SYSTEM_PROGRAM)], [99]),
    ],
    'the instructions sysvar among the accounts': () => [
      instruction(SYSTEM_PROGRAM, [readonly(SYSVAR_IDS.instructions)], [99]),
    ],
    'account data up to the limit asked for': () => [
      loadedDataLimit(100_000),
      transfer(payer, other, SOL),
    ],
  };
  test.each(Object.entries(cases))('%s', (_name, instructions) => {
    const on = world();
    const bytes = send(on, ...instructions(on));
    const { outcome } = on.expectSame(bytes);
    expect(outcome.landing).toBe('executed');
  });
});

describe('does not land', () => {
  const refused: [string, (on: LitesvmWorld) => Uint8Array, unknown][] = [
    [
      'a payer that does not exist',
      (on) =>
        transaction({
          payer: other,
          blockhash: on.blockhash,
          instructions: [transfer(other, payer, 1n)],
        }),
      'AccountNotFound',
    ],
    [
      'a payer that cannot pay the fee',
      (on) => {
        on.set(payer, { lamports: 4999n });
        return send(on, transfer(payer, other, 1n));
      },
      'InsufficientFundsForFee',
    ],
    [
      'a payer that cannot pay the priority fee',
      (on) =>
        send(
          on,
          ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 10n ** 15n }),
          transfer(payer, other, 1n),
        ),
      'InsufficientFundsForFee',
    ],
    [
      'a fee that leaves the payer below the rent minimum',
      (on) => {
        on.set(payer, { lamports: EMPTY_MINIMUM + 4999n });
        return send(on, transfer(payer, other, 0n));
      },
      { InsufficientFundsForRent: { account_index: 0 } },
    ],
    [
      "a payer that is another program's account",
      (on) => {
        on.set(payer, { lamports: SOL, owner: TOKEN_PROGRAM });
        return send(on);
      },
      'InvalidAccountForFee',
    ],
    [
      'a payer with data',
      (on) => {
        on.set(payer, { lamports: SOL, data: new Uint8Array(80) });
        return send(on);
      },
      'InvalidAccountForFee',
    ],
    [
      'a blockhash that is not known',
      () =>
        transaction({
          payer,
          blockhash: new Uint8Array(32).fill(1),
          instructions: [transfer(payer, other, 1n)],
        }),
      'BlockhashNotFound',
    ],
    [
      'the same account twice',
      (on) => {
        const built = message({
          payer,
          blockhash: on.blockhash,
          instructions: [transfer(payer, other, 1n)],
        });
        return unsigned({ ...built, staticKeys: [payer, payer, SYSTEM_PROGRAM] });
      },
      'AccountLoadedTwice',
    ],
    [
      'an index past the accounts',
      (on) => {
        const built = message({
          payer,
          blockhash: on.blockhash,
          instructions: [transfer(payer, other, 1n)],
        });
        return unsigned({
          ...built,
          instructions: [
            { programIdIndex: 2, accounts: Uint8Array.of(0, 3), data: new Uint8Array() },
          ],
        });
      },
      'SanitizeFailure',
    ],
    [
      'the payer as a program',
      (on) => {
        const built = message({
          payer,
          blockhash: on.blockhash,
          instructions: [transfer(payer, other, 1n)],
        });
        return unsigned({
          ...built,
          instructions: [{ programIdIndex: 0, accounts: new Uint8Array(), data: new Uint8Array() }],
        });
      },
      'SanitizeFailure',
    ],
    [
      'a read-only payer',
      (on) => {
        const built = message({
          payer,
          blockhash: on.blockhash,
          instructions: [transfer(payer, other, 1n)],
        });
        return unsigned({ ...built, header: { ...built.header, numReadonlySigned: 1 } });
      },
      'SanitizeFailure',
    ],
    [
      'more signers than keys',
      (on) => {
        const built = message({
          payer,
          blockhash: on.blockhash,
          instructions: [transfer(payer, other, 1n)],
        });
        return unsigned({ ...built, header: { ...built.header, numRequiredSignatures: 4 } });
      },
      'SanitizeFailure',
    ],
    [
      'a Compute Budget instruction twice',
      (on) =>
        send(
          on,
          ComputeBudgetProgram.setComputeUnitLimit({ units: 1 }),
          ComputeBudgetProgram.setComputeUnitLimit({ units: 2 }),
        ),
      { DuplicateInstruction: 1 },
    ],
    [
      'a Compute Budget instruction of no known kind',
      (on) => send(on, transfer(payer, other, SOL), instruction(COMPUTE_BUDGET_PROGRAM, [], [0])),
      { InstructionError: [1, 'InvalidInstructionData'] },
    ],
    [
      'a Compute Budget instruction cut short',
      (on) => send(on, instruction(COMPUTE_BUDGET_PROGRAM, [], [2, 1, 1])),
      { InstructionError: [0, 'InvalidInstructionData'] },
    ],
    [
      'a heap that is not a multiple of 1,024',
      (on) => send(on, ComputeBudgetProgram.requestHeapFrame({ bytes: 40_000 })),
      { InstructionError: [0, 'InvalidInstructionData'] },
    ],
    [
      'a heap above the maximum',
      (on) => send(on, ComputeBudgetProgram.requestHeapFrame({ bytes: 257 * 1024 })),
      { InstructionError: [0, 'InvalidInstructionData'] },
    ],
    [
      'account data limited to nothing',
      (on) => send(on, loadedDataLimit(0)),
      'InvalidLoadedAccountsDataSizeLimit',
    ],
  ];
  test.each(refused)('%s', (_name, build, error) => {
    const on = world();
    const bytes = build(on);
    // litesvm lists the accounts of a transaction that fails sanitizing as well; ours knows of none.
    const { outcome } = on.expectSame(bytes, ['post']);
    expect(outcome.landing).toBe('refused');
    expect(outcome.error).toEqual(error);
    expect(outcome.fee).toEqual({ signature: 0n, priority: 0n });
    for (const { before, after } of outcome.accounts) expect(after).toEqual(before);
  });
});

test('accounts that are touched get the rent epoch of exempt ones, others keep theirs', () => {
  const on = world();
  on.set(payer, { lamports: 10n * SOL, rentEpoch: 3n });
  on.set(other, { lamports: SOL, rentEpoch: 4n });
  const bystander = address(11);
  on.set(bystander, { lamports: SOL, rentEpoch: 5n });
  const looks = instruction(SYSTEM_PROGRAM, [writable(bystander)], [2, 0, 0, 0]);
  const run = (...instructions: TransactionInstruction[]) =>
    on
      .runOurs(send(on, ...instructions))
      .outcome.accounts.map(({ address, after }) => [address, after?.rentEpoch]);
  const exempt = 2n ** 64n - 1n;
  const memo = instruction(MEMO_PROGRAM, [], Buffer.from('hi'));
  const memoWith = { ...memo, keys: looks.keys };
  expect(run(transfer(payer, other, 1n))).toEqual(
    expect.arrayContaining([
      [payer, exempt],
      [other, exempt],
    ]),
  );
  // Memo refuses accounts that did not sign, so this fails and only the fee is stored.
  expect(run(memoWith)).toEqual(
    expect.arrayContaining([
      [payer, 3n],
      [bystander, 5n],
    ]),
  );
  const passive = instruction(COMPUTE_BUDGET_PROGRAM, [writable(bystander)], [2, 0xff, 0xff, 0, 0]);
  expect(run(passive)).toEqual(
    expect.arrayContaining([
      [payer, exempt],
      [bystander, 5n],
    ]),
  );
});

test('more than 255 accounts in an instruction are refused (SIMD-0406), where litesvm runs it', () => {
  const on = world();
  const built = message({
    payer,
    blockhash: on.blockhash,
    instructions: [instruction(MEMO_PROGRAM, [])],
  });
  const of = (count: number) =>
    unsigned({
      ...built,
      instructions: [
        { programIdIndex: 1, accounts: new Uint8Array(count), data: new Uint8Array() },
      ],
    });
  expect(on.runOurs(of(255)).outcome.landing).toBe('executed');
  expect(on.runOurs(of(256)).outcome).toMatchObject({
    landing: 'refused',
    error: 'SanitizeFailure',
  });
});
