/** Calls between programs, right and wrong, held to agave under each layout of a program's input. */
import { createHash } from 'node:crypto';
import { Keypair, PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import { LAYOUTS, worldOf } from '../../../support/feature-modes';
import { LitesvmWorld, type RunResult } from '../../../support/litesvm-world';
import { assemble, type Call, concat, Image, type Info, infoOf, type Meta } from './call-image';
import { compare, failureOf, pubkey as pubkeyOf, setAccount } from './instructions';
import { HEAP, INPUT, type Operation, type Place, places, puppetElf } from './puppet';

const SCRIPT_BYTES = 16_384;
const payer = key(1);
const scriptKey = key(2);
const own = key(3);
const foreign = key(4);
const programA = key(5);
const programB = key(6);
const third = key(8);
const [pda, bump] = PublicKey.findProgramAddressSync([Buffer.from('seed')], programA);
/** Of the System program's account in litesvm. */
const SYSTEM_BYTES = 'solana_system_program'.length;
const OWN_BYTES = 100;
const FOREIGN_BYTES = 61;

function key(seed: number): PublicKey {
  return Keypair.fromSeed(new Uint8Array(32).fill(100 + seed)).publicKey;
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}

const SEEDS = [[Buffer.from('seed'), Uint8Array.of(bump)]];

function meta(pubkey: PublicKey, flags = ''): Meta {
  return { key: pubkey.toBytes(), signer: flags.includes('s'), writable: flags.includes('w') };
}

function transfer(from: PublicKey, to: PublicKey, lamports: bigint): Omit<Call, 'infos'> {
  return {
    program: SystemProgram.programId.toBytes(),
    metas: [meta(from, 'sw'), meta(to, 'w')],
    data: concat([u32(2), u64(lamports)]),
  };
}

function createAccount(lamports: bigint, space: bigint, owner: PublicKey): Omit<Call, 'infos'> {
  return {
    program: SystemProgram.programId.toBytes(),
    metas: [meta(payer, 'sw'), meta(pda, 'sw')],
    data: concat([u32(0), u64(lamports), u64(space), owner.toBytes()]),
  };
}

type Act = (image: Image, call: (call: Call) => Operation) => Operation[];

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing at ${index}`);
  return item;
}

interface Loader {
  readonly name: string;
  readonly id: string;
  readonly isV1: boolean;
  /** Bytes of a program's account. */
  readonly programBytes: number;
}

const ELF = puppetElf();
const LOADERS: readonly Loader[] = [
  {
    name: 'loader v3',
    id: 'BPFLoaderUpgradeab1e11111111111111111111111',
    isV1: false,
    programBytes: 36,
  },
  {
    name: 'loader v2',
    id: 'BPFLoader2111111111111111111111111111111111',
    isV1: false,
    programBytes: ELF.length,
  },
  {
    name: 'loader v1',
    id: 'BPFLoader1111111111111111111111111111111111',
    isV1: true,
    programBytes: ELF.length,
  },
];

const ALL_VARIANTS = LAYOUTS.flatMap((mode) =>
  LOADERS.flatMap((loader) =>
    (['C', 'Rust'] as const).map((abi) => ({
      name: `${mode.name}, ${loader.name}, ${abi}`,
      mode,
      loader,
      abi,
    })),
  ),
);

/** Each layout, loader and language once; LOOKAHEAD_CALLS asks for every combination. */
const USUAL: readonly string[] = [
  'mainnet, loader v3, C',
  'mainnet, loader v1, Rust',
  'adjusted-space, loader v3, Rust',
  'direct-mapping, loader v2, C',
  'direct-mapping, loader v1, C',
];
const VARIANTS = ALL_VARIANTS.filter(
  ({ name }) => process.env['LOOKAHEAD_CALLS'] !== undefined || USUAL.includes(name),
);

describe.each(VARIANTS)('calls against agave, $name', ({ mode, loader, abi }) => {
  /** The accounts of the first call of program A, in order, with their data's lengths. */
  const ACCOUNTS = [
    { key: payer, signer: true, writable: true, length: 0 },
    { key: scriptKey, signer: false, writable: false, length: SCRIPT_BYTES },
    { key: own, signer: false, writable: true, length: OWN_BYTES },
    { key: foreign, signer: false, writable: true, length: FOREIGN_BYTES },
    { key: pda, signer: false, writable: true, length: 0 },
    { key: programA, signer: false, writable: false, length: loader.programBytes },
    { key: programB, signer: false, writable: false, length: loader.programBytes },
    { key: SystemProgram.programId, signer: false, writable: false, length: SYSTEM_BYTES },
    { key: third, signer: false, writable: false, length: 9 },
  ] as const;
  const LAYOUT = places(
    ACCOUNTS.map(({ length }) => length),
    loader.isV1,
  );
  const place = (index: number): Place => at(LAYOUT.accounts, index);
  const [PAYER, SCRIPT, OWN, FOREIGN, PDA] = [place(0), place(1), place(2), place(3), place(4)];
  const [B, SYSTEM, THIRD] = [place(6), place(7), place(8)];
  const info = (of: Place): Info => infoOf(of, ACCOUNTS[LAYOUT.accounts.indexOf(of)]?.length ?? 0);
  const ALL_INFOS = LAYOUT.accounts.map(info);

  /** A call of a puppet whose script stands in its instruction's data. */
  function puppet(
    program: PublicKey,
    metas: readonly (readonly [PublicKey, string, number | { duplicateOf: number }])[],
    act: (layout: ReturnType<typeof places>, image: Image) => Operation[],
  ): Omit<Call, 'infos'> {
    const layout = places(
      metas.map(([, , length]) => length),
      loader.isV1,
    );
    const image = new Image();
    const operations = act(layout, image);
    const address = layout.data + 8n;
    return {
      program: program.toBytes(),
      metas: metas.map(([pubkey, flags]) => meta(pubkey, flags)),
      data: concat([u64(address), assemble(address, image, operations)]),
    };
  }

  const world = new LitesvmWorld(worldOf(mode));
  const [a, b] = [pubkeyOf(programA), pubkeyOf(programB)];
  for (const id of [a, b]) world.addProgram(id, ELF, Pubkey.fromBase58(loader.id));
  const filled = (length: number): Uint8Array =>
    new Uint8Array(createHash('shake256', { outputLength: length }).update('data').digest());

  function run(act: Act, before: readonly TransactionInstruction[] = []): RunResult {
    const image = new Image();
    const operations = act(image, (call) => image.call(abi, call).operation);
    const data = new Uint8Array(SCRIPT_BYTES);
    data.set(assemble(SCRIPT.data, image, operations));
    setAccount(world, payer);
    setAccount(world, scriptKey, { data });
    setAccount(world, own, { data: filled(OWN_BYTES), owner: a });
    setAccount(world, foreign, { data: filled(FOREIGN_BYTES), owner: b });
    setAccount(world, third, { data: filled(9), owner: b });
    return compare(world, payer, [
      ...before,
      new TransactionInstruction({
        programId: programA,
        keys: ACCOUNTS.map(({ key: pubkey, signer, writable }) => ({
          pubkey,
          isSigner: signer,
          isWritable: writable,
        })),
        data: Buffer.from(u64(SCRIPT.data)),
      }),
    ]);
  }

  it('does nothing', () => {
    expect(run(() => []).error).toBeUndefined();
  });

  it('returns an error', () => {
    expect(failureOf(run(() => [['exit', 7]]))).toEqual({ Custom: 7 });
    expect(failureOf(run(() => [['exit', 2n << 32n]]))).toBe('InvalidArgument');
    expect(failureOf(run(() => [['exit', 99n << 32n]]))).toBe('InvalidError');
  });

  it('calls the System program', () => {
    const ok = run((_, call) => [call({ ...transfer(payer, own, 1_000_000n), infos: ALL_INFOS })]);
    expect(ok.error).toBeUndefined();
    expect(ok.inner.flat()).toHaveLength(1);
    expect(
      failureOf(run((_, call) => [call({ ...transfer(own, payer, 1n), infos: ALL_INFOS })])),
    ).toBe('PrivilegeEscalation');
  });

  it('signs with its own address', () => {
    for (const owner of [programA, programB, SystemProgram.programId]) {
      for (const space of [0n, 50n, 10_240n, 10_241n]) {
        const created = run((_, call) => [
          call({ ...createAccount(100_000_000n, space, owner), infos: ALL_INFOS, seeds: SEEDS }),
          ['load8', PDA.data],
        ]);
        if (space === 50n && !loader.isV1) expect(created.error).toBeUndefined();
      }
    }
    run((_, call) => [call({ ...createAccount(1n, 0n, programA), infos: ALL_INFOS })]);
  });

  it('uses an account that it has just made', () => {
    const made = run((_, call) => [
      call({ ...createAccount(100_000_000n, 50n, programA), infos: ALL_INFOS, seeds: SEEDS }),
      ['store8', PDA.data + 3n, 9],
      call({
        ...transfer(payer, pda, 5n),
        infos: [info(PAYER), { ...info(PDA), length: 50n }, info(SYSTEM)],
      }),
      ['store8', PDA.data + 49n, 8],
    ]);
    const refused = mode.name === 'unrestricted' ? 'ModifiedProgramId' : 'InvalidRealloc';
    expect(failureOf(made)).toBe(loader.isV1 ? refused : undefined);
    run((_, call) => [
      call({ ...createAccount(100_000_000n, 50n, programA), infos: ALL_INFOS, seeds: SEEDS }),
      ['store64', PDA.length, 60],
      ['store8', PDA.data + 59n, 9],
      ['store64', OWN.length, 0],
    ]);
  });

  const wrongInfos: readonly (readonly [string, (image: Image) => Partial<Info>])[] = [
    ['a key elsewhere', (image) => ({ key: image.add(own.toBytes()) })],
    ['an owner elsewhere', (image) => ({ owner: image.add(programA.toBytes()) })],
    ['lamports elsewhere', (image) => ({ lamports: image.words([10_000_000_000n]) })],
    ['data elsewhere', (image) => ({ data: image.add(filled(OWN_BYTES)) })],
    ["another account's data", () => ({ data: FOREIGN.data })],
    ['data moved by one', () => ({ data: OWN.data + 1n })],
    ['a shorter length', () => ({ length: 90n })],
    ['no length', () => ({ length: 0n })],
    ['a longer length', () => ({ length: 140n })],
    ['too long a length', () => ({ length: 11_000n })],
    ['an endless length', () => ({ length: 1n << 63n })],
    ['the greatest length', () => ({ length: (1n << 64n) - 1n })],
    ['an unmapped key', () => ({ key: 5n << 32n })],
    ['an unmapped owner', () => ({ owner: 5n << 32n })],
    ['unaligned lamports', () => ({ lamports: OWN.lamports + 1n })],
    ['unmapped lamports', () => ({ lamports: 1n })],
    ['unmapped data', () => ({ data: 1n })],
  ];
  it.each(wrongInfos)('passes an account info with %s', (_name, change) => {
    for (const flags of ['w', '']) {
      run((image, call) => [
        call({
          program: programB.toBytes(),
          metas: [meta(own, flags), meta(third)],
          data: u64(0n),
          infos: [{ ...info(OWN), ...change(image) }, info(THIRD), info(B)],
        }),
      ]);
      run((image, call) => [
        call({
          ...transfer(payer, own, 3n),
          infos: [info(PAYER), { ...info(OWN), ...change(image) }, info(SYSTEM)],
        }),
        ['load8', OWN.data + 89n],
        ['load8', OWN.data + 110n],
      ]);
    }
  });

  it('passes account infos from its input, or none', () => {
    const call = transfer(payer, own, 3n);
    run((_, make) => [make({ ...call, infos: [info(PAYER)] })]);
    run((_, make) => [make({ ...call, infos: [] })]);
    run((_, make) => [make({ ...call, infos: ALL_INFOS, args: [undefined, INPUT] })]);
    run((_, make) => [make({ ...call, infos: ALL_INFOS, args: [undefined, HEAP + 1n] })]);
    run((_, make) => [make({ ...call, infos: ALL_INFOS, args: [undefined, 1n] })]);
    for (const count of [255n, 256n, 1n << 40n, 1n << 62n, (1n << 64n) - 1n]) {
      run((_, make) => [make({ ...call, infos: ALL_INFOS, args: [undefined, undefined, count] })]);
    }
    // Account infos copied into the program's own account.
    run((image, make) => {
      const { operation, infos } = image.call(abi, { ...call, infos: ALL_INFOS });
      const size = abi === 'C' ? 56 : 48;
      const moved = image.call(abi, { ...call, infos: [], args: [undefined, OWN.data + 4n, 1n] });
      return [
        ['memcpy', OWN.data + 4n, infos, size],
        moved.operation,
        operation,
        make({ ...call, infos: ALL_INFOS }),
      ];
    });
  });

  it('passes a wrong instruction', () => {
    const call = { ...transfer(payer, own, 3n), infos: ALL_INFOS };
    for (const args of [[1n], [HEAP + 1n], [5n << 32n], [(4n << 32n) - 8n]]) {
      run((_, make) => [make({ ...call, args })]);
    }
    for (const metaCount of [0n, 1n, 3n, 255n, 256n, 1n << 20n, 1n << 61n, (1n << 64n) - 1n]) {
      run((_, make) => [make({ ...call, metaCount })]);
    }
    for (const dataLength of [0n, 4n, 10_240n, 10_241n, 1n << 63n]) {
      run((_, make) => [make({ ...call, dataLength })]);
    }
    const key_ = payer.toBytes();
    run((_, make) => [make({ ...call, metas: [{ key: key_, signer: 2, writable: 1 }] })]);
    run((_, make) => [make({ ...call, metas: [{ key: key_, signer: 1, writable: 255 }] })]);
    run((_, make) => [make({ ...call, metas: [meta(key(77), 'w')] })]);
  });

  it('passes wrong seeds', () => {
    const call = { ...createAccount(1_000_000n, 0n, programA), infos: ALL_INFOS };
    const seed = (length: number): Uint8Array => new Uint8Array(length).fill(1);
    const cases: (readonly (readonly Uint8Array[])[])[] = [
      [[seed(33)]],
      [[seed(32), Uint8Array.of(0)]],
      [new Array(16).fill(seed(1))],
      [new Array(17).fill(seed(1))],
      new Array(16).fill(at(SEEDS, 0)),
      new Array(17).fill(at(SEEDS, 0)),
      [[]],
      [at(SEEDS, 0), [Buffer.from('other')]],
    ];
    for (const seeds of cases) run((_, make) => [make({ ...call, seeds })]);
    for (const args of [
      [undefined, undefined, undefined, 1n],
      [undefined, undefined, undefined, HEAP + 4n],
      [undefined, undefined, undefined, undefined, 1n << 61n],
      [undefined, undefined, undefined, undefined, 0n],
    ]) {
      run((_, make) => [make({ ...call, seeds: SEEDS, args })]);
    }
  });

  it('asks for rights that it lacks', () => {
    const call = (metas: readonly Meta[]): Call => ({
      program: programB.toBytes(),
      metas,
      data: u64(INPUT),
      infos: ALL_INFOS,
    });
    run((_, make) => [make(call([meta(third, 'w')]))]);
    run((_, make) => [make(call([meta(third, 's')]))]);
    run((_, make) => [make(call([meta(own), meta(own, 'w'), meta(own, 's')]))]);
    run((_, make) => [make(call([meta(own), meta(third), meta(own, 'w'), meta(third, 'w')]))]);
    run((_, make) => [make(call([meta(payer, 's'), meta(payer, 'w'), meta(payer)]))]);
  });

  it('calls what it may not', () => {
    const call = (program: PublicKey, data: Uint8Array): Call => ({
      program: program.toBytes(),
      metas: [],
      data,
      infos: ALL_INFOS,
    });
    const loaders = [
      'NativeLoader1111111111111111111111111111111',
      'BPFLoader1111111111111111111111111111111111',
      'BPFLoader2111111111111111111111111111111111',
      'Ed25519SigVerify111111111111111111111111111',
    ];
    for (const loader of loaders) run((_, make) => [make(call(new PublicKey(loader), u64(0n)))]);
    const loaderV3 = new PublicKey('BPFLoaderUpgradeab1e11111111111111111111111');
    for (let kind = 0; kind < 9; kind++) {
      run((_, make) => [make(call(loaderV3, u32(kind)))]);
    }
    run((_, make) => [make(call(key(99), u64(0n)))]);
    run((_, make) => [make(call(payer, u64(0n)))]);
    run((_, make) => [make(call(third, u64(0n)))]);
  });

  it('calls itself and another, too deep', () => {
    const nest = (depth: number, programs: readonly PublicKey[]): Omit<Call, 'infos'> =>
      puppet(
        at(programs, depth % programs.length),
        [
          [programA, '', loader.programBytes],
          [programB, '', loader.programBytes],
        ],
        (_layout, image) =>
          depth === 0
            ? [['log', HEAP, 0]]
            : [image.call(abi, { ...nest(depth - 1, programs), infos: [] }).operation],
      );
    for (const depth of [0, 2, 3, 4, 7, 8]) {
      run((_, make) => [make({ ...nest(depth, [programA]), infos: ALL_INFOS })]);
    }
    run((_, make) => [make({ ...nest(1, [programA, programB]), infos: ALL_INFOS })]);
    run((_, make) => [make({ ...nest(2, [programB, programA]), infos: ALL_INFOS })]);
    run((_, make) => [make({ ...nest(1, [programB]), infos: ALL_INFOS })]);
  });

  it('calls more often than a transaction may', () => {
    const call = (make: (call: Call) => Operation): Operation =>
      make({ program: programB.toBytes(), metas: [], data: u64(INPUT + 24n), infos: [] });
    // Program B's script: eight zeros, which is "exit", then its own length.
    run((_, make) => new Array(61).fill(call(make)));
    run((_, make) => new Array(62).fill(call(make)));
    run((_, make) => new Array(63).fill(call(make)));
  });

  const writes: readonly (readonly [string, readonly Operation[]])[] = [
    ['its own data', [['store8', OWN.data + 5n, 1]]],
    ["another's data", [['store8', FOREIGN.data + 5n, 1]]],
    ['read-only data', [['store8', THIRD.data + 5n, 1]]],
    ['after its data', [['store8', OWN.data + 100n, 1]]],
    ['at the end of its growth', [['store8', OWN.data + 10_339n, 1]]],
    ['beyond its growth', [['store8', OWN.data + 10_340n, 1]]],
    ['across the end of its growth', [['store64', OWN.data + 10_336n, 1]]],
    ["after another's data", [['store8', FOREIGN.data + 61n, 1]]],
    [
      'and grows',
      [
        ['store64', OWN.length, 200],
        ['store8', OWN.data + 150n, 1],
      ],
    ],
    ['and grows to the limit', [['store64', OWN.length, 10_340]]],
    ['and grows too far', [['store64', OWN.length, 10_341]]],
    ['and grows absurdly', [['store64', OWN.length, 1n << 40n]]],
    ['and shrinks', [['store64', OWN.length, 10]]],
    ['and empties', [['store64', OWN.length, 0]]],
    ["and shrinks another's", [['store64', FOREIGN.length, 10]]],
    ["and grows another's", [['store64', FOREIGN.length, 100]]],
    ['its lamports', [['store64', OWN.lamports, 1]]],
    [
      'lamports across',
      [
        ['add64', OWN.lamports, -5n],
        ['add64', FOREIGN.lamports, 5n],
      ],
    ],
    [
      "lamports of another's",
      [
        ['add64', OWN.lamports, 5n],
        ['add64', FOREIGN.lamports, -5n],
      ],
    ],
    [
      'lamports to read-only',
      [
        ['add64', OWN.lamports, -5n],
        ['add64', THIRD.lamports, 5n],
      ],
    ],
    ['its owner, data not zero', [['copy64', OWN.owner, B.key]]],
    ["another's owner", [['store64', FOREIGN.owner, 1]]],
    ['the executable flag', [['store8', OWN.start + 3n, 1]]],
    ['its key', [['store64', OWN.key, 1]]],
    ['the instruction data', [['store64', LAYOUT.data, 1]]],
    ['the program id', [['store64', LAYOUT.data + 8n, 1]]],
    ['beyond its input', [['store64', LAYOUT.data + 8n + 32n, 1]]],
    ['far beyond its input', [['store64', LAYOUT.data + 4096n, 1]]],
    [
      'zeros and another owner',
      [
        ['memset', OWN.data, 0, OWN_BYTES],
        ['memcpy', OWN.owner, B.key, 32],
      ],
    ],
    ['zeros over all its growth', [['memset', OWN.data, 0, 10_340]]],
    ['zeros past its growth', [['memset', OWN.data, 0, 10_341]]],
    ["zeros over another's data", [['memset', FOREIGN.data, 0, 8]]],
    ['padding', [['store8', FOREIGN.data + 61n + 10_240n, 7]]],
    ['a rent epoch', [['store64', OWN.data + 10_240n + 104n, 7]]],
  ];
  it.each(writes)('writes %s', (_name, operations) => {
    run(() => [...operations]);
    // The same, and then a call that carries the change along.
    run((_, make) => [
      ...operations,
      make({
        program: programB.toBytes(),
        metas: [meta(own, 'w'), meta(foreign, 'w'), meta(third), meta(scriptKey)],
        data: concat([
          u64(places([OWN_BYTES, FOREIGN_BYTES, 9, SCRIPT_BYTES], loader.isV1).data + 8n),
          new Uint8Array(16),
        ]),
        infos: ALL_INFOS,
      }),
      ['load8', OWN.data],
    ]);
  });

  const reads: readonly (readonly [string, bigint])[] = [
    ['data', OWN.data],
    ['after data', OWN.data + 100n],
    ["after another's data", FOREIGN.data + 61n],
    ['after read-only data', THIRD.data + 9n],
    ['padding', FOREIGN.data + 61n + 10_240n],
    ['nothing', 1n],
    ['the empty', PDA.data],
  ];
  it.each(reads)('reads %s', (_name, address) => {
    run(() => [['load8', address]]);
    run((_, make) => [make({ ...transfer(payer, own, 3n), infos: ALL_INFOS }), ['load8', address]]);
  });

  it('sees what its callee wrote', () => {
    const callee = (
      act: (own: Place, foreign: Place) => Operation[],
      ownBytes = OWN_BYTES,
    ): Omit<Call, 'infos'> =>
      puppet(
        programB,
        [
          [own, 'w', ownBytes],
          [foreign, 'w', FOREIGN_BYTES],
          [payer, 'sw', 0],
          [foreign, '', { duplicateOf: 1 }],
        ],
        ({ accounts }) => act(at(accounts, 0), at(accounts, 1)),
      );
    const acts: ((own: Place, foreign: Place) => Operation[])[] = [
      (_, f) => [['store8', f.data, 42]],
      (_, f) => [['store64', f.length, 10]],
      (_, f) => [['store64', f.length, 0]],
      (_, f) => [
        ['store64', f.length, 500],
        ['store8', f.data + 499n, 42],
      ],
      (_, f) => [['store8', f.data + 499n, 42]],
      (_, f) => [['store64', f.length, FOREIGN_BYTES + 10_240]],
      (_, f) => [['store64', f.length, FOREIGN_BYTES + 10_241]],
      (o) => [['store8', o.data, 42]],
      (_, f) => [['add64', f.lamports, 5n]],
      (o, f) => [
        ['add64', f.lamports, -5n],
        ['add64', o.lamports, 5n],
      ],
      (_, f) => [
        ['memset', f.data, 0, FOREIGN_BYTES],
        ['memcpy', f.owner, at(places([OWN_BYTES], loader.isV1).accounts, 0).owner, 32],
      ],
      (_, f) => [
        ['memset', f.data, 0, FOREIGN_BYTES],
        ['store64', f.owner, 1],
      ],
      () => [['exit', 5]],
      () => [['load8', 1]],
      (_, f) => [['setReturnData', f.data, 20]],
    ];
    for (const act of acts) {
      const afterwards: Operation[] = [
        ['load8', FOREIGN.data],
        ['store8', OWN.data, 3],
      ];
      run((_, make) => [make({ ...callee(act), infos: ALL_INFOS })]);
      run((_, make) => [make({ ...callee(act), infos: ALL_INFOS }), ...afterwards]);
      run((_, make) => [
        make({ ...callee(act), infos: ALL_INFOS }),
        ...afterwards,
        make({ ...transfer(payer, foreign, 3n), infos: ALL_INFOS }),
        ['load8', FOREIGN.data + 60n],
        ['load8', FOREIGN.data + 400n],
      ]);
      // The caller grew its account before.
      run((_, make) => [
        ['store64', OWN.length, 150],
        ['store8', OWN.data + 149n, 77],
        make({
          ...callee(act, 150),
          infos: [{ ...info(OWN), length: 150n }, info(FOREIGN), info(PAYER), info(B)],
        }),
        ...afterwards,
      ]);
      run((_, make) => [
        ['store64', OWN.length, 50],
        make({
          ...callee(act, 50),
          infos: [{ ...info(OWN), length: 50n }, info(FOREIGN), info(PAYER), info(B)],
        }),
        ...afterwards,
        ['load8', OWN.data + 70n],
      ]);
    }
  });

  it('gives an account away before it calls', () => {
    const operations = (make: (call: Call) => Operation, act: Operation[]): Operation[] => [
      ['memset', OWN.data, 0, OWN_BYTES],
      ['memcpy', OWN.owner, B.key, 32],
      make({
        ...puppet(programB, [[own, 'w', OWN_BYTES]], ({ accounts }) => [
          ['store8', at(accounts, 0).data, 9],
          ['store64', at(accounts, 0).length, 300],
        ]),
        infos: ALL_INFOS,
      }),
      ...act,
    ];
    run((_, make) => operations(make, []));
    run((_, make) => operations(make, [['load8', OWN.data]]));
    run((_, make) => operations(make, [['store8', OWN.data, 1]]));
    run((_, make) => operations(make, [['store8', OWN.data + 350n, 1]]));
  });

  it('moves lamports between calls, unbalanced', () => {
    run((_, make) => [
      ['add64', OWN.lamports, -5n],
      make({ ...transfer(payer, foreign, 3n), infos: ALL_INFOS }),
      ['add64', FOREIGN.lamports, 5n],
    ]);
    run((_, make) => [
      ['add64', OWN.lamports, -5n],
      ['add64', FOREIGN.lamports, 5n],
      make({
        ...transfer(payer, foreign, 3n),
        metas: [meta(payer, 'sw'), meta(foreign, 'w'), meta(own)],
        infos: ALL_INFOS,
      }),
    ]);
  });
});
