import { readFileSync } from 'node:fs';
import { findProgramAddress } from '../../../../src/vm-preview/svm/address';
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import { FEATURE_IDS, type FeatureName } from '../../../../src/vm-preview/svm/features/ids';
import { BincodeWriter } from '../../../../src/vm-preview/svm/programs/bincode';
import {
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  SYSTEM_PROGRAM,
} from '../../../../src/vm-preview/svm/programs/ids';
import { loaderV3Program } from '../../../../src/vm-preview/svm/programs/loader/program';
import {
  loaderV1Program,
  loaderV2Program,
} from '../../../../src/vm-preview/svm/programs/loader/retired';
import {
  BUFFER_HEADER_BYTES,
  decodeLoaderState,
  encodeLoaderState,
  type LoaderState,
  PROGRAM_BYTES,
  PROGRAM_DATA_HEADER_BYTES,
} from '../../../../src/vm-preview/svm/programs/loader/state';
import { SYSVAR_IDS } from '../../../../src/vm-preview/svm/sysvars/ids';
import {
  type BuiltinResult,
  type BuiltinRun,
  type Meta,
  newPubkey,
  runBuiltin,
} from './run-builtin';

const ELF = Uint8Array.from(
  readFileSync('node_modules/@lightprotocol/zk-compression-cli/bin/spl_noop.so'),
);
const payer = newPubkey();
const program = newPubkey();
const buffer = newPubkey();
const authority = newPubkey();
const other = newPubkey();
const derived = findProgramAddress([program.bytes], LOADER_V3);
if (derived === undefined) throw new Error('no address');
const programData = derived.address;

function stored(state: LoaderState, tail: Uint8Array | number): Uint8Array {
  const header = state.kind === 'Buffer' ? BUFFER_HEADER_BYTES : PROGRAM_DATA_HEADER_BYTES;
  const length = typeof tail === 'number' ? tail : tail.length;
  const data = new Uint8Array(header + length);
  data.set(encodeLoaderState(state));
  if (typeof tail !== 'number') data.set(tail, header);
  return data;
}

const OLD_VERSIONS_ALLOWED = new FeatureSet(
  (Object.keys(FEATURE_IDS) as FeatureName[]).filter(
    (name) => name !== 'disable_sbpf_v0_v1_v2_deployment' && name !== 'disable_sbpf_v0_execution',
  ),
);

function run(
  data: Uint8Array,
  accounts: BuiltinRun['accounts'],
  metas: readonly Meta[],
  more: Partial<BuiltinRun> = {},
): BuiltinResult {
  return runBuiltin({
    program: loaderV3Program,
    programId: LOADER_V3,
    features: OLD_VERSIONS_ALLOWED,
    data,
    accounts: accounts.map(([key, fields]) => [key, { owner: LOADER_V3, ...fields }] as const),
    metas,
    ...more,
  });
}

const tag = (value: number): Uint8Array => Uint8Array.of(value, 0, 0, 0);
const bufferOf = (key = authority): LoaderState => ({ kind: 'Buffer', authority: key });
const stateOf = (result: BuiltinResult, index: number): LoaderState =>
  decodeLoaderState(result.accounts[index]?.data ?? new Uint8Array());

test('loaders v1 and v2 deploy nothing any more', () => {
  const cases = [
    [loaderV1Program, LOADER_V1, 1_140, 'Deprecated loader is no longer supported'],
    [loaderV2Program, LOADER_V2, 570, 'BPF loader management instructions are no longer supported'],
  ] as const;
  for (const [loader, programId, units, text] of cases) {
    const result = runBuiltin({
      program: loader,
      programId,
      data: tag(0),
      accounts: [],
      metas: [],
    });
    expect(result).toMatchObject({ error: 'UnsupportedProgramId', units, logs: [text] });
  }
});

describe('buffers', () => {
  const target: Meta = { pubkey: buffer, isWritable: true };
  const metas: readonly Meta[] = [target, { pubkey: authority, isSigner: true }];

  test('initialize', () => {
    const accounts = [
      [buffer, { data: new Uint8Array(46) }],
      [authority, {}],
    ] as const;
    const made = run(tag(0), accounts, metas);
    expect(made.units).toBe(2_370);
    expect(stateOf(made, 0)).toEqual(bufferOf());
    const again = run(
      tag(0),
      [
        [buffer, { data: stored(bufferOf(), 9) }],
        [authority, {}],
      ],
      metas,
    );
    expect(again.error).toBe('AccountAlreadyInitialized');
    expect(again.logs).toEqual(['Buffer account already initialized']);
    expect(run(tag(0), accounts, metas.slice(0, 1)).error).toBe('MissingAccount');
    const small = [
      [buffer, { data: new Uint8Array(36) }],
      [authority, {}],
    ] as const;
    expect(run(tag(0), small, metas).error).toBe('AccountDataTooSmall');
  });

  const write = (offset: number, bytes: Uint8Array): Uint8Array =>
    new BincodeWriter().u32(1).u32(offset).u64(BigInt(bytes.length)).bytes(bytes).finish();

  test('write', () => {
    const accounts = [
      [buffer, { data: stored(bufferOf(), 9) }],
      [authority, {}],
      [other, {}],
    ] as const;
    const bytes = Uint8Array.of(42, 42, 42);
    const result = run(write(6, bytes), accounts, metas);
    expect(result.error).toBeUndefined();
    expect([...(result.accounts[0]?.data.subarray(BUFFER_HEADER_BYTES) ?? [])]).toEqual([
      0, 0, 0, 0, 0, 0, 42, 42, 42,
    ]);
    const over = run(write(7, bytes), accounts, metas);
    expect(over).toMatchObject({ error: 'AccountDataTooSmall', logs: ['Write overflow: 46 < 47'] });
    const cases = [
      [
        [target, { pubkey: other, isSigner: true }],
        'IncorrectAuthority',
        'Incorrect buffer authority provided',
      ],
      [
        [target, { pubkey: authority }],
        'MissingRequiredSignature',
        'Buffer authority did not sign',
      ],
    ] as const;
    for (const [given, error, text] of cases) {
      expect(run(write(0, bytes), accounts, given)).toMatchObject({ error, logs: [text] });
    }
    const immutable = stored({ kind: 'Buffer', authority: undefined }, 9);
    expect(
      run(
        write(0, bytes),
        [
          [buffer, { data: immutable }],
          [authority, {}],
        ],
        metas,
      ),
    ).toMatchObject({
      error: 'Immutable',
      logs: ['Buffer is immutable'],
    });
    const blank = [
      [buffer, { data: new Uint8Array(46) }],
      [authority, {}],
    ] as const;
    expect(run(write(0, bytes), blank, metas)).toMatchObject({
      error: 'InvalidAccountData',
      logs: ['Invalid Buffer account'],
    });
    // Only a packet's worth of an instruction is read.
    expect(run(write(0, new Uint8Array(1232)), accounts, metas).error).toBe(
      'InvalidInstructionData',
    );
  });
});

describe('deploy', () => {
  const deploy = (length: number): Uint8Array =>
    new BincodeWriter().u32(2).u64(BigInt(length)).finish();
  const metas: readonly Meta[] = [
    { pubkey: payer, isSigner: true, isWritable: true },
    { pubkey: programData, isWritable: true },
    { pubkey: program, isSigner: true, isWritable: true },
    { pubkey: buffer, isWritable: true },
    { pubkey: SYSVAR_IDS.rent },
    { pubkey: SYSVAR_IDS.clock },
    { pubkey: SYSTEM_PROGRAM },
    { pubkey: authority, isSigner: true },
  ];
  const sysvars = { lamportsPerByte: 1n, slot: 1000n };
  const needed = BigInt(PROGRAM_DATA_HEADER_BYTES + ELF.length + 128);

  function accounts(elf: Uint8Array, payerLamports = needed): BuiltinRun['accounts'] {
    return [
      [payer, { lamports: payerLamports - 5n, owner: SYSTEM_PROGRAM }],
      [programData, { owner: SYSTEM_PROGRAM }],
      [program, { lamports: 164n, data: new Uint8Array(PROGRAM_BYTES) }],
      [buffer, { lamports: 5n, data: stored(bufferOf(), elf) }],
      [authority, {}],
    ];
  }

  test('a real program; the buffer pays first and is left empty', () => {
    const result = run(deploy(ELF.length), accounts(ELF), metas, { sysvars });
    expect(result.error).toBeUndefined();
    expect(result.logs).toEqual([`Deployed program ${program}`]);
    expect(result.units).toBe(2_370 + 150);
    expect(result.hidden).toEqual([program.toBase58()]);
    const [paid, data, made, drained] = result.accounts;
    expect(paid?.lamports).toBe(0n);
    expect(stateOf(result, 1)).toEqual({ kind: 'ProgramData', slot: 1000n, authority });
    expect(data?.data.subarray(PROGRAM_DATA_HEADER_BYTES)).toEqual(ELF);
    expect(data?.lamports).toBe(needed);
    expect(made?.executable).toBe(true);
    expect(stateOf(result, 2)).toEqual({ kind: 'Program', programData });
    expect(drained?.data.length).toBe(BUFFER_HEADER_BYTES);
    expect(drained?.lamports).toBe(0n);
  });

  test('no program', () => {
    const broken = ELF.slice();
    broken[0] = 0;
    const result = run(deploy(ELF.length), accounts(broken), metas, { sysvars });
    expect(result.error).toBe('InvalidAccountData');
    expect(result.logs).toHaveLength(1);
    expect(result.hidden).toEqual([]);
  });

  test('an old version, once those are no longer deployed', () => {
    const result = run(deploy(ELF.length), accounts(ELF), metas, {
      sysvars,
      features: FeatureSet.all(),
    });
    expect(result.error).toBe('InvalidAccountData');
    expect(result.logs).toEqual([
      'Detected sbpf_version required by the executable which are not enabled',
    ]);
  });

  test('why not', () => {
    const cases = [
      [
        deploy(ELF.length - 1),
        accounts(ELF),
        'AccountDataTooSmall',
        'Max data length is too small to hold Buffer data',
      ],
      [deploy(10 * 1024 * 1024), accounts(ELF), 'InvalidArgument', 'Max data length is too large'],
      [
        deploy(ELF.length),
        accounts(new Uint8Array(0)),
        'InvalidAccountData',
        'Buffer account too small',
      ],
    ] as const;
    for (const [data, given, error, text] of cases) {
      expect(run(data, given, metas, { sysvars })).toMatchObject({ error, logs: [text] });
    }
    const poor = run(deploy(ELF.length), accounts(ELF, needed - 1n), metas, { sysvars });
    expect(poor.error).toEqual({ Custom: 1 });
    expect(poor.logs).toEqual([`Transfer: insufficient lamports ${needed - 1n}, need ${needed}`]);
    const unsigned = metas.map((meta) =>
      meta.pubkey === authority ? { pubkey: authority } : meta,
    );
    expect(run(deploy(ELF.length), accounts(ELF), unsigned, { sysvars })).toMatchObject({
      error: 'MissingRequiredSignature',
      logs: ['Upgrade authority did not sign'],
    });
    const elsewhere = metas.map((meta) =>
      meta.pubkey === programData ? { pubkey: authority, isWritable: true } : meta,
    );
    expect(run(deploy(ELF.length), accounts(ELF), elsewhere, { sysvars })).toMatchObject({
      error: 'InvalidArgument',
      logs: ['ProgramData address is not derived'],
    });
    const noRent = run(deploy(ELF.length), accounts(ELF), metas, {
      sysvars: { lamportsPerByte: 2n },
    });
    expect(noRent).toMatchObject({
      error: 'ExecutableAccountNotRentExempt',
      logs: ['Program account not rent-exempt'],
    });
  });

  const upgradeMetas: readonly Meta[] = [
    { pubkey: programData, isWritable: true },
    { pubkey: program, isWritable: true },
    { pubkey: buffer, isWritable: true },
    { pubkey: other, isWritable: true },
    { pubkey: SYSVAR_IDS.rent },
    { pubkey: SYSVAR_IDS.clock },
    { pubkey: authority, isSigner: true },
  ];
  const upgradable = (slot = 0n, tail = ELF.length + 3): BuiltinRun['accounts'] => [
    [
      programData,
      {
        lamports: needed + 3n,
        data: stored({ kind: 'ProgramData', slot, authority }, new Uint8Array(tail).fill(1)),
      },
    ],
    [
      program,
      {
        executable: true,
        lamports: 164n,
        data: encodeLoaderState({ kind: 'Program', programData }),
      },
    ],
    [buffer, { lamports: 50n, data: stored(bufferOf(), ELF) }],
    [other, { owner: SYSTEM_PROGRAM }],
    [authority, {}],
  ];

  test('upgrade: new code, zeros after it, the rest of the lamports spilled', () => {
    const result = run(tag(3), upgradable(), upgradeMetas, { sysvars });
    expect(result.error).toBeUndefined();
    expect(result.logs).toEqual([`Upgraded program ${program}`]);
    expect(stateOf(result, 0)).toEqual({ kind: 'ProgramData', slot: 1000n, authority });
    const code = result.accounts[0]?.data.subarray(PROGRAM_DATA_HEADER_BYTES) ?? new Uint8Array();
    expect(code.subarray(0, ELF.length)).toEqual(ELF);
    expect([...code.subarray(ELF.length)]).toEqual([0, 0, 0]);
    expect(result.accounts.map(({ lamports }) => lamports)).toEqual([
      needed + 3n,
      164n,
      0n,
      50n,
      0n,
    ]);
    expect(result.accounts[2]?.data.length).toBe(BUFFER_HEADER_BYTES);
    const now = run(tag(3), upgradable(1000n), upgradeMetas, { sysvars });
    expect(now).toMatchObject({
      error: 'InvalidArgument',
      logs: ['Program was deployed in this block already'],
    });
    expect(run(tag(3), upgradable(0n, ELF.length - 1), upgradeMetas, { sysvars })).toMatchObject({
      error: 'AccountDataTooSmall',
      logs: ['ProgramData account not large enough'],
    });
  });

  const extend = (bytes: number): Uint8Array => new BincodeWriter().u32(6).u32(bytes).finish();
  const extendMetas: readonly Meta[] = [
    { pubkey: programData, isWritable: true },
    { pubkey: program, isWritable: true },
    { pubkey: SYSTEM_PROGRAM },
    { pubkey: payer, isSigner: true, isWritable: true },
  ];
  const extendable = (): BuiltinRun['accounts'] => [
    [
      programData,
      { lamports: needed, data: stored({ kind: 'ProgramData', slot: 0n, authority }, ELF) },
    ],
    [program, { data: encodeLoaderState({ kind: 'Program', programData }) }],
    [payer, { lamports: 20_000n, owner: SYSTEM_PROGRAM }],
  ];

  test('extend: at least 10 KiB, paid by the payer', () => {
    const result = run(extend(10_240), extendable(), extendMetas, { sysvars });
    expect(result.error).toBeUndefined();
    expect(result.logs).toEqual(['Extended ProgramData account by 10240 bytes']);
    expect(result.accounts[2]?.lamports).toBe(20_000n - 10_240n);
    expect(result.accounts[0]?.data.length).toBe(PROGRAM_DATA_HEADER_BYTES + ELF.length + 10_240);
    expect(result.hidden).toEqual([program.toBase58()]);
    const few = run(extend(10_239), extendable(), extendMetas, { sysvars });
    expect(few.error).toBe('InvalidArgument');
    expect(few.logs).toEqual([
      'ExtendProgram requires a minimum of 10240 additional bytes or to extend to maximum size, but only 10239 were requested',
    ]);
    expect(run(extend(0), extendable(), extendMetas, { sysvars })).toMatchObject({
      error: 'InvalidInstructionData',
      logs: ['Additional bytes must be greater than 0'],
    });
    // Extending still takes the versions that are not deployed any more.
    const all = new FeatureSet(
      (Object.keys(FEATURE_IDS) as FeatureName[]).filter(
        (name) => name !== 'disable_sbpf_v0_execution',
      ),
    );
    expect(
      run(extend(10_240), extendable(), extendMetas, { sysvars, features: all }).error,
    ).toBeUndefined();
  });
});

describe('authority', () => {
  const metas: readonly Meta[] = [
    { pubkey: programData, isWritable: true },
    { pubkey: authority, isSigner: true },
    { pubkey: other, isSigner: true },
  ];
  const deployed = stored({ kind: 'ProgramData', slot: 1n, authority }, ELF);
  const accounts = [
    [programData, { data: deployed }],
    [authority, {}],
    [other, {}],
  ] as const;

  test('to another, or to nobody', () => {
    const moved = run(tag(4), accounts, metas);
    expect(moved.logs).toEqual([`New authority Some(${other})`]);
    expect(stateOf(moved, 0)).toEqual({ kind: 'ProgramData', slot: 1n, authority: other });
    const final = run(tag(4), accounts, metas.slice(0, 2));
    expect(final.logs).toEqual(['New authority None']);
    expect(stateOf(final, 0)).toEqual({ kind: 'ProgramData', slot: 1n, authority: undefined });
    const refused = run(tag(4), accounts, metas.slice(0, 2), { features: FeatureSet.all() });
    expect(refused).toMatchObject({ error: 'InvalidAccountData', logs: [] });
    const finalData = [
      [programData, { data: final.accounts[0]?.data ?? deployed }],
      [authority, {}],
      [other, {}],
    ] as const;
    expect(run(tag(4), finalData, metas)).toMatchObject({
      error: 'Immutable',
      logs: ['Program not upgradeable'],
    });
    expect(
      run(
        tag(4),
        [
          [programData, { data: stored(bufferOf(), 1) }],
          [authority, {}],
        ],
        metas.slice(0, 2),
      ),
    ).toMatchObject({
      error: 'IncorrectAuthority',
      logs: ['Buffer authority is not optional'],
    });
    expect(
      run(
        tag(4),
        [
          [programData, { data: new Uint8Array(50) }],
          [authority, {}],
          [other, {}],
        ],
        metas,
      ),
    ).toMatchObject({
      error: 'InvalidArgument',
      logs: ['Account does not support authorities'],
    });
  });

  test('checked: the new one signs too', () => {
    expect(run(tag(7), accounts, metas).logs).toEqual([`New authority ${other}`]);
    const unsigned = [...metas.slice(0, 2), { pubkey: other }];
    expect(run(tag(7), accounts, unsigned)).toMatchObject({
      error: 'MissingRequiredSignature',
      logs: ['New authority did not sign'],
    });
    expect(run(tag(7), accounts, metas.slice(0, 2)).error).toBe('MissingAccount');
    expect(run(tag(7), accounts, metas, { features: new FeatureSet([]) }).error).toBe(
      'InvalidInstructionData',
    );
    for (const unknown of [8, 9, 10]) {
      expect(run(tag(unknown), accounts, metas).error).toBe('InvalidInstructionData');
    }
  });
});

describe('close', () => {
  const metas: readonly Meta[] = [
    { pubkey: buffer, isWritable: true },
    { pubkey: other, isWritable: true },
    { pubkey: authority, isSigner: true },
    { pubkey: program, isWritable: true },
  ];
  const close = (data: Uint8Array, given = metas, sysvars = {}): BuiltinResult =>
    run(
      tag(5),
      [
        [buffer, { data, lamports: 7n }],
        [other, { owner: SYSTEM_PROGRAM }],
        [authority, {}],
        [program, { data: encodeLoaderState({ kind: 'Program', programData: buffer }) }],
      ],
      given,
      { sysvars },
    );

  test('an uninitialized account, a buffer, a program', () => {
    const blank = close(new Uint8Array(50), metas.slice(0, 2));
    expect(blank.logs).toEqual([`Closed Uninitialized ${buffer}`]);
    const closed = close(stored(bufferOf(), 9));
    expect(closed.logs).toEqual([`Closed Buffer ${buffer}`]);
    expect(closed.accounts.map(({ lamports }) => lamports)).toEqual([0n, 7n, 0n, 0n]);
    expect([...(closed.accounts[0]?.data ?? [])]).toEqual([0, 0, 0, 0]);
    expect(closed.hidden).toEqual([]);
    const ended = close(stored({ kind: 'ProgramData', slot: 1n, authority }, ELF));
    expect(ended.logs).toEqual([`Closed Program ${program}`]);
    expect(ended.hidden).toEqual([program.toBase58()]);
  });

  test('why not', () => {
    expect(close(stored(bufferOf(other), 9))).toMatchObject({
      error: 'IncorrectAuthority',
      logs: ['Incorrect authority provided'],
    });
    const state: LoaderState = { kind: 'ProgramData', slot: 9n, authority };
    expect(close(stored(state, ELF), metas, { slot: 9n })).toMatchObject({
      error: 'InvalidArgument',
      logs: ['Program was deployed in this block already'],
    });
    expect(close(stored({ ...state, authority: undefined }, ELF))).toMatchObject({
      error: 'Immutable',
      logs: ['Account is immutable'],
    });
    const self = [metas[0], metas[0]].filter((meta) => meta !== undefined);
    expect(close(stored(bufferOf(), 9), self)).toMatchObject({
      error: 'InvalidArgument',
      logs: ['Recipient is the same as the account being closed'],
    });
    expect(close(encodeLoaderState({ kind: 'Program', programData }))).toMatchObject({
      error: 'InvalidArgument',
      logs: ['Account does not support closing'],
    });
  });
});
