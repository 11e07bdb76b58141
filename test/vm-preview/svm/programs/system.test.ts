import { PublicKey, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import type { Account } from '../../../../src/vm-preview/svm/account';
import { createWithSeed } from '../../../../src/vm-preview/svm/address';
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import { NATIVE_LOADER, SYSTEM_PROGRAM } from '../../../../src/vm-preview/svm/programs/ids';
import { NONCE_STATE_BYTES } from '../../../../src/vm-preview/svm/programs/system/nonce-state';
import { systemProgram } from '../../../../src/vm-preview/svm/programs/system/program';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { SYSVAR_OWNER_ID } from '../../../../src/vm-preview/svm/sysvars/ids';
import { type BuiltinResult, type BuiltinRun, newPubkey, runBuiltin } from './run-builtin';

const AccountAlreadyInUse = { Custom: 0 };
const ResultWithNegativeLamports = { Custom: 1 };
const InvalidAccountDataLength = { Custom: 3 };
const AddressWithSeedMismatch = { Custom: 5 };

const web3 = (key: Pubkey): PublicKey => new PublicKey(key.bytes);
const OWNER = Pubkey.from(new Uint8Array(32).fill(9));

function run(
  data: Uint8Array,
  accounts: BuiltinRun['accounts'],
  metas: BuiltinRun['metas'],
  more: Partial<BuiltinRun> = {},
): BuiltinResult {
  return runBuiltin({
    program: systemProgram,
    programId: SYSTEM_PROGRAM,
    data,
    accounts,
    metas,
    ...more,
  });
}

/** Runs what web3.js encodes, with its metas. */
function runWeb3(
  instruction: TransactionInstruction,
  accounts: BuiltinRun['accounts'],
): BuiltinResult {
  const metas = instruction.keys.map(({ pubkey, isSigner, isWritable }) => ({
    pubkey: Pubkey.from(pubkey.toBytes()),
    isSigner,
    isWritable,
  }));
  return run(instruction.data, accounts, metas);
}

const from = newPubkey();
const to = newPubkey();

function create(
  fields: { lamports?: number; space?: number; owner?: Pubkey } = {},
  fromAccount: Partial<Account> = { lamports: 100n },
  toAccount: Partial<Account> = {},
): BuiltinResult {
  const instruction = SystemProgram.createAccount({
    fromPubkey: web3(from),
    newAccountPubkey: web3(to),
    lamports: fields.lamports ?? 50,
    space: fields.space ?? 2,
    programId: web3(fields.owner ?? OWNER),
  });
  return runWeb3(instruction, [
    [from, fromAccount],
    [to, toAccount],
  ]);
}

/** The values of agave `programs/system/src/system_processor.rs`, `mod tests`. */
describe('CreateAccount', () => {
  test('makes, funds and assigns', () => {
    const { error, units, logs, accounts } = create();
    expect(error).toBeUndefined();
    expect(units).toBe(150);
    expect(logs).toEqual([]);
    expect(accounts[0]?.lamports).toBe(50n);
    expect(accounts[1]).toMatchObject({ lamports: 50n, owner: OWNER, data: new Uint8Array(2) });
  });

  test('with zero lamports, and with more than there are', () => {
    expect(create({ lamports: 0 }).accounts[0]?.lamports).toBe(100n);
    const poor = create({ lamports: 150 });
    expect(poor.error).toEqual(ResultWithNegativeLamports);
    expect(poor.logs).toEqual(['Transfer: insufficient lamports 100, need 150']);
  });

  test('of at most 10 MiB', () => {
    const max = 10 * 1024 * 1024;
    expect(create({ space: max }).accounts[1]?.data.length).toBe(max);
    const large = create({ space: max + 1 });
    expect(large.error).toEqual(InvalidAccountDataLength);
    expect(large.logs).toEqual([`Allocate: requested ${max + 1}, max allowed ${max}`]);
  });

  test('where an account is already', () => {
    const address = `Address { address: ${to}, base: None }`;
    const owned = create({}, { lamports: 100n }, { owner: newPubkey() });
    expect(owned.error).toEqual(AccountAlreadyInUse);
    expect(owned.logs).toEqual([`Allocate: account ${address} already in use`]);
    const filled = create({}, { lamports: 100n }, { data: Uint8Array.of(0) });
    expect(filled.error).toEqual(AccountAlreadyInUse);
    const funded = create({}, { lamports: 100n }, { lamports: 1n });
    expect(funded.error).toEqual(AccountAlreadyInUse);
    expect(funded.logs).toEqual([`Create Account: account ${address} already in use`]);
  });

  test('from an account with data, such as a nonce', () => {
    const result = create({}, { lamports: 100n, data: new Uint8Array(NONCE_STATE_BYTES) });
    expect(result.error).toBe('InvalidArgument');
    expect(result.logs).toEqual(['Transfer: `from` must not carry data']);
  });

  test('owned by a sysvar program is allowed', () => {
    expect(create({ owner: SYSVAR_OWNER_ID }).error).toBeUndefined();
  });

  test('unsigned', () => {
    const data = SystemProgram.createAccount({
      fromPubkey: web3(from),
      newAccountPubkey: web3(to),
      lamports: 50,
      space: 2,
      programId: web3(OWNER),
    }).data;
    const accounts = [
      [from, { lamports: 100n }],
      [to, {}],
    ] as const;
    const payer = { pubkey: from, isSigner: true, isWritable: true };
    const created = { pubkey: to, isSigner: true, isWritable: true };
    const noTo = run(data, accounts, [payer, { ...created, isSigner: false }]);
    expect(noTo.error).toBe('MissingRequiredSignature');
    expect(noTo.logs).toEqual([
      `Allocate: 'to' account Address { address: ${to}, base: None } must sign`,
    ]);
    const noFrom = run(data, accounts, [{ ...payer, isSigner: false }, created]);
    expect(noFrom.error).toBe('MissingRequiredSignature');
    expect(noFrom.logs).toEqual([`Transfer: \`from\` account ${from} must sign`]);
    expect(run(data, accounts, [payer]).error).toBe('MissingAccount');
    expect(run(data, accounts, [payer, { ...created, isWritable: false }]).error).toBe(
      'ReadonlyDataModified',
    );
  });
});

describe('with a seed', () => {
  const seed = 'shiny pepper';
  const derived = createWithSeed(from, new TextEncoder().encode(seed), OWNER);

  function createSeeded(address: Pubkey, text = seed, owner = OWNER): BuiltinResult {
    return runWeb3(
      SystemProgram.createAccountWithSeed({
        fromPubkey: web3(from),
        newAccountPubkey: web3(address),
        basePubkey: web3(from),
        seed: text,
        lamports: 50,
        space: 2,
        programId: web3(owner),
      }),
      [
        [from, { lamports: 100n }],
        [address, {}],
      ],
    );
  }

  test('the address is the one web3.js derives', async () => {
    const expected = await PublicKey.createWithSeed(web3(from), seed, web3(OWNER));
    expect(derived.toBase58()).toBe(expected.toBase58());
    const { error, accounts } = createSeeded(derived);
    expect(error).toBeUndefined();
    expect(accounts[1]).toMatchObject({ lamports: 50n, owner: OWNER });
  });

  test('another address, a long seed, an owner that looks like a derivation', () => {
    const other = createSeeded(to);
    expect(other.error).toEqual(AddressWithSeedMismatch);
    expect(other.logs).toEqual([`Create: address ${to} does not match derived address ${derived}`]);
    expect(createSeeded(to, 'x'.repeat(33)).error).toEqual({ Custom: 0 });
    const marker = new Uint8Array(32);
    marker.set(new TextEncoder().encode('ProgramDerivedAddress'), 11);
    expect(createSeeded(to, seed, Pubkey.from(marker)).error).toEqual({ Custom: 2 });
  });

  test('a seed that is not UTF-8 is no instruction', () => {
    const data = SystemProgram.createAccountWithSeed({
      fromPubkey: web3(from),
      newAccountPubkey: web3(derived),
      basePubkey: web3(from),
      seed: 'ab',
      lamports: 50,
      space: 2,
      programId: web3(OWNER),
    }).data;
    data[44] = 0xff;
    expect(run(data, [[from, {}]], [{ pubkey: from }]).error).toBe('InvalidInstructionData');
  });

  test('allocate, assign and transfer', () => {
    const base = newPubkey();
    const address = createWithSeed(base, new TextEncoder().encode('s'), OWNER);
    const allocated = runWeb3(
      SystemProgram.allocate({
        accountPubkey: web3(address),
        basePubkey: web3(base),
        seed: 's',
        space: 5,
        programId: web3(OWNER),
      }),
      [
        [address, {}],
        [base, {}],
      ],
    );
    expect(allocated.error).toBeUndefined();
    expect(allocated.accounts[0]).toMatchObject({ owner: OWNER, data: new Uint8Array(5) });
    const assigned = runWeb3(
      SystemProgram.assign({
        accountPubkey: web3(address),
        basePubkey: web3(base),
        seed: 's',
        programId: web3(OWNER),
      }),
      [
        [address, {}],
        [base, {}],
      ],
    );
    expect(assigned.accounts[0]?.owner).toEqual(OWNER);
    const transfer = SystemProgram.transfer({
      fromPubkey: web3(address),
      basePubkey: web3(base),
      toPubkey: web3(to),
      lamports: 3,
      seed: 's',
      programId: web3(OWNER),
    });
    const accounts = [
      [address, { lamports: 5n }],
      [base, {}],
      [to, {}],
    ] as const;
    expect(runWeb3(transfer, accounts).accounts.map(({ lamports }) => lamports)).toEqual([
      2n,
      0n,
      3n,
    ]);
    const unsigned = run(transfer.data, accounts, [
      { pubkey: address, isWritable: true },
      { pubkey: base },
      { pubkey: to, isWritable: true },
    ]);
    expect(unsigned.error).toBe('MissingRequiredSignature');
    expect(unsigned.logs).toEqual([`Transfer: 'from' account ${base} must sign`]);
  });
});

describe('the rest', () => {
  test('an unknown tag, and data that is cut', () => {
    const metas = [{ pubkey: from, isSigner: true, isWritable: true }];
    const accounts = [[from, { lamports: 1n }]] as const;
    expect(run(Uint8Array.of(14, 0, 0, 0), accounts, metas).error).toBe('InvalidInstructionData');
    expect(run(Uint8Array.of(2, 0, 0, 0, 1), accounts, metas).error).toBe('InvalidInstructionData');
    expect(run(new Uint8Array(0), accounts, metas).error).toBe('InvalidInstructionData');
  });

  test('bytes after the instruction are allowed', () => {
    const { data } = SystemProgram.assign({ accountPubkey: web3(from), programId: web3(OWNER) });
    const longer = Uint8Array.from([...data, 1, 2, 3]);
    const result = run(
      longer,
      [[from, { lamports: 100n }]],
      [{ pubkey: from, isSigner: true, isWritable: true }],
    );
    expect(result.accounts[0]?.owner).toEqual(OWNER);
  });

  test('assigning to the present owner needs no signature', () => {
    const { data } = SystemProgram.assign({
      accountPubkey: web3(from),
      programId: SystemProgram.programId,
    });
    expect(run(data, [[from, {}]], [{ pubkey: from }]).error).toBeUndefined();
    const elsewhere = SystemProgram.assign({
      accountPubkey: web3(from),
      programId: web3(NATIVE_LOADER),
    });
    const unsigned = run(elsewhere.data, [[from, {}]], [{ pubkey: from }]);
    expect(unsigned.error).toBe('MissingRequiredSignature');
    expect(unsigned.logs).toEqual([
      `Assign: account Address { address: ${from}, base: None } must sign`,
    ]);
  });

  test('to oneself, and all of it', () => {
    const self = SystemProgram.transfer({
      fromPubkey: web3(from),
      toPubkey: web3(from),
      lamports: 60,
    });
    expect(runWeb3(self, [[from, { lamports: 100n }]]).accounts[0]?.lamports).toBe(100n);
  });

  test('out of units', () => {
    const self = SystemProgram.transfer({
      fromPubkey: web3(from),
      toPubkey: web3(from),
      lamports: 0,
    });
    const meta = { pubkey: from, isSigner: true, isWritable: true };
    const result = run(self.data, [[from, {}]], [meta, meta], { units: 149 });
    expect(result.error).toBe('ComputationalBudgetExceeded');
    expect(result.units).toBe(149);
  });
});

describe('CreateAccountAllowPrefund', () => {
  const data = (lamports: bigint): Uint8Array => {
    const bytes = new Uint8Array(52);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 13, true);
    view.setBigUint64(4, lamports, true);
    view.setBigUint64(12, 2n, true);
    bytes.set(OWNER.bytes, 20);
    return bytes;
  };
  const created = { pubkey: to, isSigner: true, isWritable: true };
  const payer = { pubkey: from, isSigner: true, isWritable: true };

  test('is behind its gate', () => {
    const none = { features: new FeatureSet([]) };
    expect(run(data(0n), [[to, {}]], [created], none).error).toBe('InvalidInstructionData');
  });

  test('takes an account that has lamports', () => {
    const accounts = [
      [from, { lamports: 100n }],
      [to, { lamports: 7n }],
    ] as const;
    const topped = run(data(50n), accounts, [created, payer]);
    expect(topped.error).toBeUndefined();
    expect(topped.accounts.map(({ lamports }) => lamports)).toEqual([50n, 57n]);
    expect(topped.accounts[1]).toMatchObject({ owner: OWNER, data: new Uint8Array(2) });
    // Without lamports no payer is needed.
    expect(run(data(0n), accounts, [created]).accounts[1]?.lamports).toBe(7n);
    expect(run(data(1n), accounts, [created]).error).toBe('MissingAccount');
    expect(run(data(0n), accounts, [{ ...created, isSigner: false }]).error).toBe(
      'MissingRequiredSignature',
    );
    const used = [[to, { owner: OWNER }]] as const;
    expect(run(data(0n), used, [created]).error).toEqual(AccountAlreadyInUse);
  });
});
