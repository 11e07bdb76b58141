import {
  PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import { elf } from '../../../support/sbpf-assembler';
import { type Bench, SOL } from '../bench';
import { at, type Cell, custom } from '../cell';
import { missingProgram } from '../departures';

const program = 'Loader v3';
const LOADER = new PublicKey('BPFLoaderUpgradeab1e11111111111111111111111');
const LOADER_V1 = new PublicKey('BPFLoader1111111111111111111111111111111111');
const LOADER_V2 = new PublicKey('BPFLoader2111111111111111111111111111111111');

const PROGRAM_BYTES = 36;
const BUFFER_HEADER = 37;

/** Before version 3 was asked for at deployment. */
const OLD_VERSIONS = { features: ['enable_bpf_loader_set_authority_checked_ix'] } as const;

const OK = elf('entrypoint:\n  mov64 r0, 0\n  exit');
const LOGS = elf(`
  .string text "upgraded"
  entrypoint:
    lddw r1, text
    mov64 r2, 8
    call sol_log_
    mov64 r0, 0
    exit`);

function u32(value: number): number[] {
  const data = Buffer.alloc(4);
  data.writeUInt32LE(value);
  return [...data];
}

function u64(value: number): number[] {
  return [...u32(value), 0, 0, 0, 0];
}

/** `s` signs, `w` is writable. */
function instruction(
  tag: number,
  keys: readonly (readonly [PublicKey, string])[],
  rest: readonly number[] = [],
): TransactionInstruction {
  return new TransactionInstruction({
    programId: LOADER,
    keys: keys.map(([pubkey, flags]) => ({
      pubkey,
      isSigner: flags.includes('s'),
      isWritable: flags.includes('w'),
    })),
    data: Buffer.from([...u32(tag), ...rest]),
  });
}

/** A filled buffer of the payer's. */
function buffer(
  bench: Bench,
  code: Uint8Array,
  name = 'buffer',
  authority = bench.payer,
): PublicKey {
  const data = Buffer.concat([Buffer.from([...u32(1), 1]), authority.toBuffer(), code]);
  return bench.set(bench.key(name), { data, owner: LOADER });
}

function programData(id: PublicKey): PublicKey {
  return PublicKey.findProgramAddressSync([id.toBuffer()], LOADER)[0];
}

function createProgram(bench: Bench): TransactionInstruction {
  return SystemProgram.createAccount({
    fromPubkey: bench.payer,
    newAccountPubkey: bench.key('program'),
    lamports: Number(bench.rent(PROGRAM_BYTES)),
    space: PROGRAM_BYTES,
    programId: LOADER,
  });
}

function deploy(bench: Bench, length: number, from: PublicKey): TransactionInstruction {
  const id = bench.key('program');
  return instruction(
    2,
    [
      [bench.payer, 'sw'],
      [programData(id), 'w'],
      [id, 'w'],
      [from, 'w'],
      [SYSVAR_RENT_PUBKEY, ''],
      [SYSVAR_CLOCK_PUBKEY, ''],
      [SystemProgram.programId, ''],
      [bench.payer, 's'],
    ],
    u64(length),
  );
}

/** A program that was deployed a few slots ago, with room to grow. */
function deployed(bench: Bench, length = 2000): PublicKey {
  bench.run(createProgram(bench), deploy(bench, length, buffer(bench, OK)));
  bench.warp(bench.world.native.getClock().slot + 5n);
  return bench.key('program');
}

function upgrade(bench: Bench, from: PublicKey, authority = bench.payer): TransactionInstruction {
  const id = bench.key('program');
  return instruction(3, [
    [programData(id), 'w'],
    [id, 'w'],
    [from, 'w'],
    [bench.payer, 'w'],
    [SYSVAR_RENT_PUBKEY, ''],
    [SYSVAR_CLOCK_PUBKEY, ''],
    [authority, 's'],
  ]);
}

function extend(bench: Bench, bytes: number): TransactionInstruction {
  const id = bench.key('program');
  return instruction(
    6,
    [
      [programData(id), 'w'],
      [id, 'w'],
      [SystemProgram.programId, ''],
      [bench.payer, 'sw'],
    ],
    u32(bytes),
  );
}

function call(id: PublicKey): TransactionInstruction {
  return new TransactionInstruction({ programId: id, keys: [] });
}

function close(bench: Bench, account: PublicKey, id?: PublicKey): TransactionInstruction {
  const keys: [PublicKey, string][] = [
    [account, 'w'],
    [bench.key('recipient'), 'w'],
    [bench.payer, 's'],
  ];
  return instruction(5, id === undefined ? keys : [...keys, [id, 'w']]);
}

export const LOADER_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'InitializeBuffer, Write',
    outcome: 'success',
    build: (bench) => {
      const account = bench.key('buffer');
      const create = SystemProgram.createAccount({
        fromPubkey: bench.payer,
        newAccountPubkey: account,
        lamports: Number(bench.rent(BUFFER_HEADER + 100)),
        space: BUFFER_HEADER + 100,
        programId: LOADER,
      });
      const bytes = [...OK.subarray(0, 50)];
      return bench.transaction([
        create,
        instruction(0, [
          [account, 'w'],
          [bench.payer, ''],
        ]),
        instruction(
          1,
          [
            [account, 'w'],
            [bench.payer, 's'],
          ],
          [...u32(7), ...u64(50), ...bytes],
        ),
      ]);
    },
  },
  {
    program,
    instruction: 'Write',
    outcome: 'beyond the buffer',
    error: at(0, 'AccountDataTooSmall'),
    build: (bench) => {
      const keys = [
        [buffer(bench, OK), 'w'],
        [bench.payer, 's'],
      ] as const;
      return bench.transaction([instruction(1, keys, [...u32(OK.length - 1), ...u64(2), 1, 2])]);
    },
  },
  {
    program,
    instruction: 'DeployWithMaxDataLen',
    outcome: 'success',
    world: OLD_VERSIONS,
    build: (bench) =>
      bench.transaction([createProgram(bench), deploy(bench, 2000, buffer(bench, OK))]),
  },
  {
    program,
    instruction: 'DeployWithMaxDataLen, a call',
    outcome: 'no program is there when it is loaded',
    world: OLD_VERSIONS,
    error: 'ProgramAccountNotFound',
    departure: missingProgram,
    build: (bench) =>
      bench.transaction([
        createProgram(bench),
        deploy(bench, 2000, buffer(bench, OK)),
        call(bench.key('program')),
      ]),
  },
  {
    program,
    instruction: 'DeployWithMaxDataLen',
    outcome: 'the code is no ELF',
    world: OLD_VERSIONS,
    error: at(1, 'InvalidAccountData'),
    build: (bench) => {
      const from = buffer(bench, new Uint8Array(500).fill(7));
      return bench.transaction([createProgram(bench), deploy(bench, 2000, from)]);
    },
  },
  {
    program,
    instruction: 'DeployWithMaxDataLen',
    outcome: 'the code calls what is no syscall',
    world: OLD_VERSIONS,
    error: at(1, 'InvalidAccountData'),
    build: (bench) => {
      const from = buffer(bench, elf('entrypoint:\n  call sol_no_such_thing_\n  exit'));
      return bench.transaction([createProgram(bench), deploy(bench, 2000, from)]);
    },
  },
  {
    program,
    instruction: 'DeployWithMaxDataLen',
    outcome: 'an sBPF version that is no longer deployed',
    error: at(1, 'InvalidAccountData'),
    world: {
      features: ['disable_sbpf_v0_v1_v2_deployment', 'enable_sbpf_v3_deployment_and_execution'],
    },
    build: (bench) =>
      bench.transaction([createProgram(bench), deploy(bench, 2000, buffer(bench, OK))]),
  },
  {
    program,
    instruction: 'DeployWithMaxDataLen',
    outcome: 'payer has too little',
    world: OLD_VERSIONS,
    error: custom(1, 1),
    build: (bench) => {
      const from = buffer(bench, OK);
      bench.fund(bench.payer, bench.rent(PROGRAM_BYTES) + bench.rent(0) + SOL / 1000n);
      return bench.transaction([createProgram(bench), deploy(bench, 500_000, from)]);
    },
  },
  {
    program,
    instruction: 'Upgrade',
    outcome: 'success',
    world: OLD_VERSIONS,
    build: (bench) => {
      deployed(bench);
      return bench.transaction([upgrade(bench, buffer(bench, LOGS))]);
    },
  },
  {
    program,
    instruction: 'Upgrade, a call',
    outcome: 'the program runs from the next slot',
    world: OLD_VERSIONS,
    error: at(2, 'UnsupportedProgramId'),
    log: 'Program is not deployed',
    build: (bench) => {
      const id = deployed(bench);
      return bench.transaction([call(id), upgrade(bench, buffer(bench, LOGS)), call(id)]);
    },
  },
  {
    program,
    instruction: 'Upgrade',
    outcome: 'wrong authority',
    world: OLD_VERSIONS,
    error: at(0, 'IncorrectAuthority'),
    build: (bench) => {
      deployed(bench);
      const alice = bench.key('alice');
      return bench.transaction([upgrade(bench, buffer(bench, LOGS, 'buffer', alice), alice)]);
    },
  },
  {
    program,
    instruction: 'Upgrade',
    outcome: 'no room for the new code',
    world: OLD_VERSIONS,
    error: at(0, 'AccountDataTooSmall'),
    build: (bench) => {
      deployed(bench, OK.length);
      return bench.transaction([upgrade(bench, buffer(bench, LOGS))]);
    },
  },
  {
    program,
    instruction: 'ExtendProgram',
    outcome: 'success',
    build: (bench) => {
      deployed(bench);
      return bench.transaction([extend(bench, 10_240)]);
    },
  },
  {
    program,
    instruction: 'ExtendProgram',
    outcome: 'by too little',
    error: at(0, 'InvalidArgument'),
    world: { features: ['loader_v3_minimum_extend_program_size'] },
    build: (bench) => {
      deployed(bench);
      return bench.transaction([extend(bench, 10_239)]);
    },
  },
  {
    program,
    instruction: 'SetAuthority',
    outcome: 'to another',
    build: (bench) => {
      const keys = [
        [programData(deployed(bench)), 'w'],
        [bench.payer, 's'],
        [bench.key('alice'), ''],
      ] as const;
      return bench.transaction([instruction(4, keys)]);
    },
  },
  {
    program,
    instruction: 'SetAuthority',
    outcome: 'to none: final',
    world: OLD_VERSIONS,
    build: (bench) => {
      const keys = [
        [programData(deployed(bench)), 'w'],
        [bench.payer, 's'],
      ] as const;
      return bench.transaction([instruction(4, keys)]);
    },
  },
  {
    program,
    instruction: 'SetAuthorityChecked',
    outcome: 'the new one did not sign',
    error: at(0, 'MissingRequiredSignature'),
    build: (bench) => {
      const keys = [
        [programData(deployed(bench)), 'w'],
        [bench.payer, 's'],
        [bench.key('alice'), ''],
      ] as const;
      return bench.transaction([instruction(7, keys)]);
    },
  },
  {
    program,
    instruction: 'Close',
    outcome: 'a buffer',
    build: (bench) => bench.transaction([close(bench, buffer(bench, OK))]),
  },
  {
    program,
    instruction: 'Close, a call',
    outcome: 'a program, which is then gone',
    error: at(1, 'UnsupportedProgramId'),
    log: 'Program is not deployed',
    build: (bench) => {
      const id = deployed(bench);
      return bench.transaction([close(bench, programData(id), id), call(id)]);
    },
  },
  {
    program,
    instruction: 'Close',
    outcome: 'a program',
    build: (bench) => {
      const id = deployed(bench);
      return bench.transaction([close(bench, programData(id), id)]);
    },
  },
  {
    program,
    instruction: '(none)',
    outcome: 'Migrate is no instruction any more',
    error: at(0, 'InvalidInstructionData'),
    build: (bench) => bench.transaction([instruction(8, [[bench.payer, 'sw']])]),
  },
  {
    program: 'Loader v1',
    instruction: '(management)',
    outcome: 'no longer supported',
    error: at(0, 'UnsupportedProgramId'),
    build: (bench) => bench.transaction([call(LOADER_V1)]),
  },
  {
    program: 'Loader v2',
    instruction: '(management)',
    outcome: 'no longer supported',
    error: at(0, 'UnsupportedProgramId'),
    build: (bench) => bench.transaction([call(LOADER_V2)]),
  },
  {
    program: 'Loader v2',
    instruction: 'a call',
    outcome: 'success',
    log: 'Program log: upgraded',
    build: (bench) => bench.transaction([call(bench.program('second', LOGS, LOADER_V2))]),
  },
  {
    program: 'Loader v1',
    instruction: 'a call',
    outcome: 'success',
    log: 'Program log: upgraded',
    build: (bench) => bench.transaction([call(bench.program('first', LOGS, LOADER_V1))]),
  },
];
