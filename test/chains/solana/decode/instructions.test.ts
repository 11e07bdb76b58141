import { address, createNoopSigner, type Instruction, some } from '@solana/kit';
import {
  AddressLookupTableProgram,
  Authorized,
  ComputeBudgetProgram,
  Keypair,
  Lockup,
  NONCE_ACCOUNT_LENGTH,
  PublicKey,
  StakeProgram,
  SystemProgram,
  type TransactionInstruction,
  VoteInit,
  VoteProgram,
} from '@solana/web3.js';
import {
  getTransferCheckedInstruction,
  identifyTokenInstruction,
  TokenInstruction,
} from '@solana-program/token';
import * as token2022 from '@solana-program/token-2022';
import { decodeInstruction, type Words } from '../../../../src/chains/solana/decode/instruction';
import type { Asset, DecodedCall } from '../../../../src/vm-preview/model/preview';

const SOL: Asset = { kind: 'native', decimals: 9, symbol: 'SOL', named: 'builtin' };
const USD: Asset = { kind: 'token', id: 'mint', decimals: 6, symbol: 'USD', named: 'metadata' };
const blind: Words = { coin: SOL, assetOf: () => undefined };

const key = () => Keypair.generate().publicKey;
const [alice, bob, carol, dora] = [key(), key(), key(), key()];

function decoded(instruction: TransactionInstruction, words = blind): DecodedCall {
  return decodeInstruction(
    0,
    {
      program: instruction.programId.toBase58(),
      accounts: instruction.keys.map(({ pubkey }) => pubkey.toBase58()),
      data: instruction.data,
    },
    words,
  );
}

function decodedKit(instruction: Instruction, words = blind): DecodedCall {
  return decodeInstruction(
    0,
    {
      program: instruction.programAddress,
      accounts: (instruction.accounts ?? []).map((account) => account.address),
      data: Uint8Array.from(instruction.data ?? []),
    },
    words,
  );
}

/** `{label: value}`, amounts as `value symbol`. */
function told(call: DecodedCall): Record<string, string> {
  return Object.fromEntries(
    call.fields.map((field) => {
      if (field.kind === 'text') return [field.label, field.untrustedValue];
      if (field.kind === 'amount')
        return [field.label, `${field.value} ${field.asset.symbol ?? ''}`];
      return [field.label, field.value];
    }),
  );
}

describe('System Program, as web3.js writes it', () => {
  const a = alice.toBase58();
  const b = bob.toBase58();
  const c = carol.toBase58();
  test.each<[string, TransactionInstruction, Record<string, string>]>([
    [
      'Transfer',
      SystemProgram.transfer({ fromPubkey: alice, toPubkey: bob, lamports: 7n }),
      { amount: '7 SOL', from: a, to: b },
    ],
    [
      'CreateAccount',
      SystemProgram.createAccount({
        fromPubkey: alice,
        newAccountPubkey: bob,
        lamports: 9,
        space: 165,
        programId: carol,
      }),
      { lamports: '9 SOL', space: '165', owner: c, from: a, 'new account': b },
    ],
    [
      'CreateAccountWithSeed',
      SystemProgram.createAccountWithSeed({
        fromPubkey: alice,
        newAccountPubkey: bob,
        basePubkey: alice,
        seed: 'vault',
        lamports: 9,
        space: 1,
        programId: carol,
      }),
      {
        base: a,
        seed: 'vault',
        lamports: '9 SOL',
        space: '1',
        owner: c,
        from: a,
        'new account': b,
      },
    ],
    [
      'Assign',
      SystemProgram.assign({ accountPubkey: alice, programId: carol }),
      { owner: c, account: a },
    ],
    [
      'AssignWithSeed',
      SystemProgram.assign({ accountPubkey: alice, basePubkey: bob, seed: 's', programId: carol }),
      { base: b, seed: 's', owner: c, account: a },
    ],
    [
      'Allocate',
      SystemProgram.allocate({ accountPubkey: alice, space: 10 }),
      { space: '10', account: a },
    ],
    [
      'AllocateWithSeed',
      SystemProgram.allocate({
        accountPubkey: alice,
        basePubkey: bob,
        seed: 's',
        space: 10,
        programId: carol,
      }),
      { base: b, seed: 's', space: '10', owner: c, account: a },
    ],
    [
      'TransferWithSeed',
      SystemProgram.transfer({
        fromPubkey: alice,
        basePubkey: bob,
        toPubkey: carol,
        lamports: 3n,
        seed: 's',
        programId: dora,
      }),
      { amount: '3 SOL', seed: 's', 'from owner': dora.toBase58(), from: a, base: b, to: c },
    ],
    [
      'AdvanceNonceAccount',
      SystemProgram.nonceAdvance({ noncePubkey: alice, authorizedPubkey: bob }),
      { nonce: a, authority: b },
    ],
    [
      'WithdrawNonceAccount',
      SystemProgram.nonceWithdraw({
        noncePubkey: alice,
        authorizedPubkey: bob,
        toPubkey: carol,
        lamports: 5,
      }),
      { amount: '5 SOL', nonce: a, to: c, authority: b },
    ],
    [
      'AuthorizeNonceAccount',
      SystemProgram.nonceAuthorize({
        noncePubkey: alice,
        authorizedPubkey: bob,
        newAuthorizedPubkey: carol,
      }),
      { 'new authority': c, nonce: a, authority: b },
    ],
  ])('%s', (name, instruction, fields) => {
    const call = decoded(instruction);
    expect(call.name).toBe(name);
    expect(call.program.name).toBe('System Program');
    expect(told(call)).toEqual(fields);
  });

  test('InitializeNonceAccount', () => {
    const [, initialize] = SystemProgram.createNonceAccount({
      fromPubkey: alice,
      noncePubkey: bob,
      authorizedPubkey: carol,
      lamports: NONCE_ACCOUNT_LENGTH,
    }).instructions;
    if (initialize === undefined) throw new Error('no second instruction');
    expect(told(decoded(initialize))).toEqual({ authority: c, nonce: b });
  });
});

test('Compute Budget', () => {
  expect(
    [
      decoded(ComputeBudgetProgram.setComputeUnitLimit({ units: 300 })),
      decoded(ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 12 })),
      decoded(ComputeBudgetProgram.requestHeapFrame({ bytes: 65536 })),
    ].map((call) => [call.name, told(call)]),
  ).toEqual([
    ['SetComputeUnitLimit', { units: '300' }],
    ['SetComputeUnitPrice', { 'micro-lamports per unit': '12' }],
    ['RequestHeapFrame', { bytes: '65536' }],
  ]);
});

describe('Stake Program', () => {
  const stake = alice;
  const one = (transaction: { instructions: TransactionInstruction[] }) => {
    const last = transaction.instructions.at(-1);
    if (last === undefined) throw new Error('no instruction');
    return last;
  };
  const s = stake.toBase58();
  test.each<[string, TransactionInstruction, Record<string, string>]>([
    [
      'Initialize',
      StakeProgram.initialize({
        stakePubkey: stake,
        authorized: new Authorized(bob, carol),
        lockup: new Lockup(1, 2, dora),
      }),
      {
        staker: bob.toBase58(),
        withdrawer: carol.toBase58(),
        'lockup until (unix time)': '1',
        'lockup until epoch': '2',
        custodian: dora.toBase58(),
        stake: s,
      },
    ],
    [
      'DelegateStake',
      one(StakeProgram.delegate({ stakePubkey: stake, authorizedPubkey: bob, votePubkey: carol })),
      { stake: s, validator: carol.toBase58(), staker: bob.toBase58() },
    ],
    [
      'Authorize',
      one(
        StakeProgram.authorize({
          stakePubkey: stake,
          authorizedPubkey: bob,
          newAuthorizedPubkey: carol,
          stakeAuthorizationType: { index: 1 },
        }),
      ),
      {
        'new authority': carol.toBase58(),
        role: 'withdrawer',
        stake: s,
        authority: bob.toBase58(),
      },
    ],
    [
      'Withdraw',
      one(
        StakeProgram.withdraw({
          stakePubkey: stake,
          authorizedPubkey: bob,
          toPubkey: carol,
          lamports: 4,
        }),
      ),
      { amount: '4 SOL', stake: s, to: carol.toBase58(), withdrawer: bob.toBase58() },
    ],
    [
      'Deactivate',
      one(StakeProgram.deactivate({ stakePubkey: stake, authorizedPubkey: bob })),
      { stake: s, staker: bob.toBase58() },
    ],
    [
      'Merge',
      one(
        StakeProgram.merge({ stakePubkey: stake, sourceStakePubKey: carol, authorizedPubkey: bob }),
      ),
      { into: s, from: carol.toBase58(), staker: bob.toBase58() },
    ],
    [
      'Split',
      one(
        StakeProgram.split(
          { stakePubkey: stake, authorizedPubkey: bob, splitStakePubkey: carol, lamports: 8 },
          1,
        ),
      ),
      { amount: '8 SOL', stake: s, 'new stake': carol.toBase58(), staker: bob.toBase58() },
    ],
  ])('%s', (name, instruction, fields) => {
    const call = decoded(instruction);
    expect([call.name, told(call)]).toEqual([name, fields]);
  });
});

test('Address Lookup Table', () => {
  const [create, table] = AddressLookupTableProgram.createLookupTable({
    authority: alice,
    payer: bob,
    recentSlot: 9,
  });
  expect([decoded(create).name, told(decoded(create))]).toEqual([
    'CreateLookupTable',
    {
      'recent slot': '9',
      table: table.toBase58(),
      authority: alice.toBase58(),
      payer: bob.toBase58(),
    },
  ]);
  const extend = decoded(
    AddressLookupTableProgram.extendLookupTable({
      lookupTable: table,
      authority: alice,
      payer: bob,
      addresses: [carol, dora],
    }),
  );
  expect(extend.name).toBe('ExtendLookupTable');
  expect(extend.fields.filter(({ label }) => label === 'new address')).toHaveLength(2);
  const close = AddressLookupTableProgram.closeLookupTable({
    lookupTable: table,
    authority: alice,
    recipient: carol,
  });
  expect(told(decoded(close))['recipient']).toBe(carol.toBase58());
});

test('Vote Program', () => {
  const initialize = VoteProgram.initializeAccount({
    votePubkey: alice,
    nodePubkey: bob,
    voteInit: new VoteInit(bob, carol, dora, 7),
  });
  expect(told(decoded(initialize))).toEqual({
    node: bob.toBase58(),
    'authorized voter': carol.toBase58(),
    'authorized withdrawer': dora.toBase58(),
    commission: '7',
    'vote account': alice.toBase58(),
  });
  const [withdraw] = VoteProgram.withdraw({
    votePubkey: alice,
    authorizedWithdrawerPubkey: bob,
    lamports: 3,
    toPubkey: carol,
  }).instructions;
  if (withdraw === undefined) throw new Error('no instruction');
  expect([decoded(withdraw).name, told(decoded(withdraw))['amount']]).toEqual([
    'Withdraw',
    '3 SOL',
  ]);
});

describe('Token and Token-2022', () => {
  const mint = address(alice.toBase58());
  const source = address(bob.toBase58());
  const destination = address(carol.toBase58());
  const authority = createNoopSigner(address(dora.toBase58()));

  test('TransferChecked says the mint and the decimals before any state is read', () => {
    const call = decodedKit(
      getTransferCheckedInstruction({
        source,
        mint,
        destination,
        authority,
        amount: 5n,
        decimals: 6,
      }),
    );
    expect(call.fields[0]).toEqual({
      kind: 'amount',
      label: 'amount',
      value: '5',
      asset: { kind: 'token', id: mint, decimals: 6, named: 'none' },
    });
    expect(told(call)).toMatchObject({
      from: source,
      to: destination,
      authority: authority.address,
    });
  });

  test('Transfer shows a number, and the token once its account is known', () => {
    const transfer = token2022.getTransferInstruction({
      source,
      destination,
      authority,
      amount: 5n,
    });
    expect(told(decodedKit(transfer))['amount']).toBe('5');
    const words = { coin: SOL, assetOf: (a: string) => (a === source ? USD : undefined) };
    expect(told(decodedKit(transfer, words))['amount']).toBe('5 USD');
  });

  test('SetAuthority', () => {
    const set = token2022.getSetAuthorityInstruction({
      owned: mint,
      owner: authority,
      authorityType: token2022.AuthorityType.PermanentDelegate,
      newAuthority: some(source),
    });
    expect(told(decodedKit(set))).toEqual({
      authority: 'permanent delegate',
      'new authority': source,
      account: mint,
      'current authority': authority.address,
    });
    const none = token2022.getSetAuthorityInstruction({
      owned: mint,
      owner: authority,
      authorityType: token2022.AuthorityType.CloseAccount,
      newAuthority: null,
    });
    expect(told(decodedKit(none))['new authority']).toBe('none');
  });

  test('extensions with values of their own', () => {
    const fee = token2022.getInitializeTransferFeeConfigInstruction({
      mint,
      transferFeeConfigAuthority: source,
      withdrawWithheldAuthority: null,
      transferFeeBasisPoints: 150,
      maximumFee: 1000n,
    });
    expect(told(decodedKit(fee))).toEqual({
      'fee authority': source,
      'withdraw authority': 'none',
      'basis points': '150',
      'maximum fee': '1000',
      mint,
    });
    const hook = token2022.getUpdateTransferHookInstruction({ mint, authority, programId: source });
    expect(told(decodedKit(hook))).toMatchObject({ 'hook program': source, mint });
    const metadata = token2022.getInitializeTokenMetadataInstruction({
      metadata: mint,
      updateAuthority: source,
      mint,
      mintAuthority: authority,
      name: 'Näme',
      symbol: 'N',
      uri: 'https://example.org',
    });
    expect(told(decodedKit(metadata))).toMatchObject({ name: 'Näme', symbol: 'N' });
    const update = token2022.getUpdateTokenMetadataFieldInstruction({
      metadata: mint,
      updateAuthority: authority,
      field: { __kind: 'Key', fields: ['colour'] },
      value: 'blue',
    });
    expect(told(decodedKit(update))).toMatchObject({ field: 'colour', value: 'blue' });
    const withFee = token2022.getTransferCheckedWithFeeInstruction({
      source,
      mint,
      destination,
      authority,
      amount: 100n,
      decimals: 2,
      fee: 1n,
    });
    expect(told(decodedKit(withFee))).toMatchObject({ amount: '100 ', fee: '1', to: destination });
  });

  test('every instruction that the programs have is named as their own clients name it', () => {
    const starts: (readonly number[])[] = [];
    for (let first = 0; first < 255; first += 1) {
      // Extensions have a second byte.
      for (let second = 0; second < (first < 50 ? 16 : 1); second += 1)
        starts.push([first, second]);
    }
    for (const [name, value] of Object.entries(token2022)) {
      if (name.endsWith('_DISCRIMINATOR') && value instanceof Uint8Array) starts.push([...value]);
    }
    const wrong: string[] = [];
    let compared = 0;
    for (const start of starts) {
      const data = new Uint8Array(400);
      data.set(start);
      for (const [program, name] of [
        [token2022.TOKEN_2022_PROGRAM_ADDRESS, identify2022(data)],
        ['TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', identifyClassic(data)],
      ] as const) {
        if (name === undefined) continue;
        compared += 1;
        const call = decodeInstruction(0, { program, accounts: [], data }, blind);
        if (call.name !== name) wrong.push(`${start.join(' ')}: ${call.name}, not ${name}`);
      }
    }
    expect(wrong).toEqual([]);
    // 29 numbers with 16 second bytes each, both programs, and the interfaces.
    expect(compared).toBeGreaterThan(600);
  });

  test('a batch names what is in it', () => {
    const data = Uint8Array.of(255, 3, 9, 3, 5, 0, 0, 0, 0, 0, 0, 0, 3, 1, 9);
    const call = decodeInstruction(
      0,
      { program: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA', accounts: [], data },
      blind,
    );
    expect([call.name, told(call)]).toEqual([
      'Batch',
      { 'batched 1': 'Transfer', 'batched 2': 'CloseAccount' },
    ]);
  });
});

function identify2022(data: Uint8Array): string | undefined {
  try {
    return token2022.Token2022Instruction[token2022.identifyToken2022Instruction({ data })];
  } catch {
    return undefined;
  }
}

function identifyClassic(data: Uint8Array): string | undefined {
  try {
    return TokenInstruction[identifyTokenInstruction({ data })];
  } catch {
    return undefined;
  }
}

describe('what is not known', () => {
  test('a program: its address, its accounts and the bytes', () => {
    const program = key().toBase58();
    const call = decodeInstruction(
      3,
      { program, accounts: [alice.toBase58(), undefined], data: Uint8Array.of(1, 255) },
      blind,
    );
    expect(call).toEqual({
      index: 3,
      program: { address: program },
      inner: [],
      data: '01ff',
      fields: [
        { kind: 'address', label: 'account', value: alice.toBase58() },
        { kind: 'text', label: 'account', untrustedValue: 'in a lookup table' },
      ],
    });
  });

  test.each([
    ['an instruction of a known program', Uint8Array.of(99, 0, 0, 0)],
    ['data that ends too early', Uint8Array.of(2, 0, 0, 0, 1)],
    ['no data', new Uint8Array()],
  ])('%s', (_what, data) => {
    const call = decodeInstruction(
      0,
      { program: SystemProgram.programId.toBase58(), accounts: [], data },
      blind,
    );
    expect(call.name).toBeUndefined();
    expect(call.program.name).toBe('System Program');
  });
});

test('a memo is text, and foreign', () => {
  const call = decodeInstruction(
    0,
    {
      program: 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
      accounts: [],
      data: new TextEncoder().encode('für dich'),
    },
    blind,
  );
  expect(call.fields).toEqual([{ kind: 'text', label: 'memo', untrustedValue: 'für dich' }]);
});

test('the oldest Associated Token instruction has no data', () => {
  const call = decodeInstruction(
    0,
    {
      program: 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
      accounts: [alice, bob, carol, dora, new PublicKey(0), alice].map((a) => a.toBase58()),
      data: new Uint8Array(),
    },
    blind,
  );
  expect([call.name, told(call)]).toEqual([
    'Create',
    {
      payer: alice.toBase58(),
      'token account': bob.toBase58(),
      holder: carol.toBase58(),
      mint: dora.toBase58(),
      'token program': alice.toBase58(),
    },
  ]);
});
