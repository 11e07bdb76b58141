/** What programs do to themselves and to others: faults, calls, privileges. Own sBPF. */
import {
  type AccountMeta,
  ComputeBudgetProgram,
  PublicKey,
  SYSVAR_CLOCK_PUBKEY,
  SYSVAR_RENT_PUBKEY,
  SystemProgram,
  type TransactionInstruction,
} from '@solana/web3.js';
import { elf } from '../../../support/sbpf-assembler';
import { type Bench, SOL } from '../bench';
import { caller, forwarded, type InputAccount, own } from '../caller';
import { at, type Cell, custom } from '../cell';

const program = 'Own program';

/** A program that ends in a fault, or in a value. */
function runs(outcome: string, text: string, fields: Partial<Cell> = {}): Cell {
  return {
    program,
    instruction: 'a call',
    outcome,
    build: (bench) => bench.transaction([own(bench, `entrypoint:\n${text}`)]),
    ...fields,
  };
}

const failed = at(0, 'ProgramFailedToComplete');
const END = '\nmov64 r0, 0\nexit';

function writable(pubkey: PublicKey): AccountMeta {
  return { pubkey, isSigner: false, isWritable: true };
}

function readonly(pubkey: PublicKey): AccountMeta {
  return { pubkey, isSigner: false, isWritable: false };
}

/** A program that works on one account: named "mine" when it owns it. */
function works(
  outcome: string,
  text: (account: InputAccount) => string,
  fields: Partial<Cell> & { readonly owned?: boolean; readonly readonly?: boolean },
): Cell {
  const { owned, readonly: isReadonly, ...rest } = fields;
  return {
    program,
    instruction: 'a call with an account',
    outcome,
    build: (bench) => {
      const owner = owned === false ? bench.key('stranger') : bench.key('own');
      const data = new Uint8Array(16).fill(5);
      const account = bench.set(bench.key('account'), { lamports: SOL, data, owner });
      const keys = [
        isReadonly === true ? readonly(account) : writable(account),
        { pubkey: bench.payer, isSigner: true, isWritable: true },
      ];
      const source = (layout: Map<string, InputAccount>): string => {
        const at = layout.get(account.toBase58());
        if (at === undefined) throw new Error('no such account');
        return `entrypoint:\n${text(at)}`;
      };
      return bench.transaction([own(bench, source, keys)]);
    },
    ...rest,
  };
}

const store = (address: bigint, value: bigint | number): string =>
  `lddw r1, ${address}\nlddw r2, ${value}\nstxdw [r1+0], r2`;

function transfer(bench: Bench, from: PublicKey, lamports: bigint): TransactionInstruction {
  return SystemProgram.transfer({ fromPubkey: from, toPubkey: bench.key('to'), lamports });
}

/** An address of the program "caller", and its seed with the bump. */
function derived(bench: Bench): [PublicKey, Uint8Array[]] {
  const seed = Buffer.from('vault');
  const [address, bump] = PublicKey.findProgramAddressSync([seed], bench.key('caller'));
  return [address, [seed, Uint8Array.of(bump)]];
}

/** A chain of programs, each calling the next; the last one does nothing. */
function chain(bench: Bench, depth: number): TransactionInstruction {
  let instruction = own(bench, `entrypoint:${END}`, [], 'level 0');
  for (let level = 1; level < depth; level++) {
    instruction = caller(bench, [{ instruction }], { name: `level ${level}` });
  }
  return instruction;
}

export const PROGRAM_CELLS: readonly Cell[] = [
  runs('success', 'mov64 r0, 0\nexit'),
  runs('custom error', 'mov64 r0, 1234\nexit', { error: custom(0, 1234) }),
  runs('error by its builtin code', 'lddw r0, 0x600000000\nexit', {
    error: at(0, 'InsufficientFunds'),
  }),
  runs('a status that means nothing', 'lddw r0, 0x700000001\nexit', {
    error: at(0, 'InvalidError'),
  }),
  runs('endless: out of units', 'again:\nja again', { error: failed }),
  runs('read at address zero', 'mov64 r1, 0\nldxdw r0, [r1+0]\nexit', { error: failed }),
  runs('write to its own code', `${store(0x1_0000_0000n, 1)}${END}`, { error: failed }),
  runs('read beyond its input', 'lddw r1, 0x400100000\nldxb r0, [r1+0]\nexit', { error: failed }),
  runs('write in the gap of a stack frame', 'stdw [r10+8], 1\nmov64 r0, 0\nexit', {
    error: failed,
  }),
  runs('division by zero', 'mov64 r1, 0\nmov64 r0, 1\ndiv64 r0, r1\nexit', { error: failed }),
  runs('calls too deep', 'call deeper\nexit\ndeeper:\ncall deeper\nexit', { error: failed }),
  runs('jumps to a wild address', 'mov64 r1, 9\ncallx r1\nexit', { error: failed }),
  runs('abort', 'call abort\nexit', { error: failed }),
  {
    program,
    instruction: 'a call',
    outcome: 'panics at a file and line',
    error: failed,
    build: (bench) =>
      bench.transaction([
        own(
          bench,
          `
          .string file "src/lib.rs"
          entrypoint:
            lddw r1, file
            mov64 r2, 10
            mov64 r3, 12
            mov64 r4, 34
            call sol_panic_
            exit`,
        ),
      ]),
  },
  {
    program,
    instruction: 'a call',
    outcome: 'logs of every kind, and return data',
    build: (bench) =>
      bench.transaction([
        own(
          bench,
          `
          .string text "some text"
          .quad slice 0, 0
          entrypoint:
            lddw r1, text
            mov64 r2, 9
            call sol_log_
            mov64 r1, 1
            mov64 r2, 2
            mov64 r3, 3
            mov64 r4, 4
            mov64 r5, 255
            call sol_log_64_
            lddw r1, 0x400000000
            call sol_log_pubkey
            call sol_log_compute_units_
            lddw r6, 0x300000000
            lddw r1, text
            stxdw [r6+0], r1
            stdw [r6+8], 4
            lddw r1, text
            stxdw [r6+16], r1
            stdw [r6+24], 9
            mov64 r1, r6
            mov64 r2, 2
            call sol_log_data
            lddw r1, text
            mov64 r2, 4
            call sol_set_return_data
            ${END}`,
        ),
      ]),
  },
  {
    program,
    instruction: 'a call',
    outcome: 'reads sysvars',
    build: (bench) =>
      bench.transaction([
        own(
          bench,
          `
          entrypoint:
            lddw r1, 0x300000000
            call sol_get_clock_sysvar
            lddw r1, 0x300000100
            call sol_get_rent_sysvar
            lddw r1, 0x300000200
            call sol_get_epoch_schedule_sysvar
            lddw r1, 0x300000000
            mov64 r2, 96
            call sol_set_return_data
            ${END}`,
        ),
      ]),
  },
  works('writes its data', (account) => `${store(account.data, 77)}${END}`, {}),
  works('writes data of another program', (account) => `${store(account.data, 77)}${END}`, {
    owned: false,
    error: at(0, 'ExternalAccountDataModified'),
  }),
  works('writes data of a read-only account', (account) => `${store(account.data, 77)}${END}`, {
    readonly: true,
    error: at(0, 'ReadonlyDataModified'),
  }),
  works('grows its data', (account) => `${store(account.dataLength, 2000)}${END}`, {}),
  works('grows its data too far', (account) => `${store(account.dataLength, 16 + 10_241)}${END}`, {
    error: at(0, 'InvalidRealloc'),
  }),
  works('cuts its data', (account) => `${store(account.dataLength, 3)}${END}`, {}),
  works('makes lamports', (account) => `${store(account.lamports, SOL + 1n)}${END}`, {
    error: at(0, 'UnbalancedInstruction'),
  }),
  works('spends lamports of another program', (account) => `${store(account.lamports, 1)}${END}`, {
    owned: false,
    error: at(0, 'ExternalAccountLamportSpend'),
  }),
  works('gives its account away', (account) => `${store(account.owner, 1)}${END}`, {
    error: at(0, 'ModifiedProgramId'),
  }),
  works(
    'zeroes its account and gives it away',
    (account) =>
      [store(account.data, 0), store(account.data + 8n, 0), store(account.owner, 1), END].join(
        '\n',
      ),
    {},
  ),
  {
    program,
    instruction: 'calls System',
    outcome: 'with the rights that it has',
    build: (bench) => bench.transaction([forwarded(bench, transfer(bench, bench.payer, SOL))]),
  },
  {
    program,
    instruction: 'calls System',
    outcome: 'that fails',
    error: custom(0, 1),
    build: (bench) =>
      bench.transaction([forwarded(bench, transfer(bench, bench.payer, 1000n * SOL))]),
  },
  {
    program,
    instruction: 'calls System',
    outcome: 'signing for an address of its own',
    build: (bench) => {
      const [vault, seeds] = derived(bench);
      bench.fund(vault, 2n * SOL);
      const instruction = transfer(bench, vault, SOL);
      const keys = [writable(vault), writable(bench.key('to')), readonly(SystemProgram.programId)];
      return bench.transaction([caller(bench, [{ instruction, seeds }], { keys })]);
    },
  },
  {
    program,
    instruction: 'calls System',
    outcome: 'with wrong seeds',
    error: at(0, 'PrivilegeEscalation'),
    build: (bench) => {
      const [vault, [, bump]] = derived(bench);
      bench.fund(vault, 2n * SOL);
      const instruction = transfer(bench, vault, SOL);
      const keys = [writable(vault), writable(bench.key('to')), readonly(SystemProgram.programId)];
      // Some bump of these seeds gives an address, only not the vault's.
      const seed = Buffer.from('other');
      const other = PublicKey.findProgramAddressSync([seed], bench.key('caller'))[1];
      const seeds = [seed, Uint8Array.of(bump === undefined ? 0 : other)];
      return bench.transaction([caller(bench, [{ instruction, seeds }], { keys })]);
    },
  },
  {
    program,
    instruction: 'calls System',
    outcome: 'for a signer that did not sign',
    error: at(0, 'PrivilegeEscalation'),
    build: (bench) => {
      const from = bench.fund(bench.key('from'), SOL);
      const instruction = transfer(bench, from, 1n);
      const keys = [writable(from), writable(bench.key('to')), readonly(SystemProgram.programId)];
      return bench.transaction([caller(bench, [{ instruction }], { keys })]);
    },
  },
  {
    program,
    instruction: 'calls System',
    outcome: 'to write what is read-only',
    error: at(0, 'PrivilegeEscalation'),
    build: (bench) => {
      const instruction = transfer(bench, bench.payer, SOL);
      const payer = { pubkey: bench.payer, isSigner: true, isWritable: true };
      const keys = [payer, readonly(bench.key('to')), readonly(SystemProgram.programId)];
      return bench.transaction([caller(bench, [{ instruction }], { keys })]);
    },
  },
  {
    program,
    instruction: 'calls System',
    outcome: 'without its account among the infos',
    error: at(0, 'MissingAccount'),
    build: (bench) => {
      const instruction = transfer(bench, bench.payer, SOL);
      const payer = { pubkey: bench.payer, isSigner: true, isWritable: true };
      return bench.transaction([
        caller(bench, [{ instruction }], { keys: [payer, readonly(SystemProgram.programId)] }),
        transfer(bench, bench.payer, SOL),
      ]);
    },
  },
  {
    program,
    instruction: 'calls a program',
    outcome: 'that is not in the transaction',
    error: at(0, 'MissingAccount'),
    build: (bench) => {
      const instruction = own(bench, `entrypoint:${END}`, [], 'callee');
      const keys = [{ pubkey: bench.payer, isSigner: true, isWritable: true }];
      return bench.transaction([caller(bench, [{ instruction }], { keys })]);
    },
  },
  {
    program,
    instruction: 'calls a program',
    outcome: 'that is no program',
    error: at(0, 'UnsupportedProgramId'),
    build: (bench) => {
      const instruction = own(bench, `entrypoint:${END}`, [], 'callee');
      instruction.programId = bench.fund(bench.key('wallet'), SOL);
      return bench.transaction([caller(bench, [{ instruction }])]);
    },
  },
  {
    program,
    instruction: 'calls a program',
    outcome: 'whose error it cannot catch',
    error: custom(0, 55),
    build: (bench) => {
      const instruction = own(bench, 'entrypoint:\nmov64 r0, 55\nexit', [], 'callee');
      return bench.transaction([caller(bench, [{ instruction }])]);
    },
  },
  {
    program,
    instruction: 'calls a program',
    outcome: 'and reads what it returned',
    build: (bench) => {
      const callee = `
        .string text "returned"
        entrypoint:
          lddw r1, text
          mov64 r2, 8
          call sol_set_return_data
          ${END}`;
      const instruction = own(bench, callee, [], 'callee');
      const after = (): string => `
        lddw r1, 0x300002000
        mov64 r2, 32
        lddw r3, 0x300002100
        call sol_get_return_data
        lddw r1, 0x300002000
        mov64 r2, 8
        call sol_log_
        lddw r1, 0x300002100
        call sol_log_pubkey
        ${END}`;
      return bench.transaction([caller(bench, [{ instruction }], { after })]);
    },
  },
  {
    program,
    instruction: 'calls a program',
    outcome: 'that changes its lamports and data before its eyes',
    build: (bench) => {
      const data = new Uint8Array(8).fill(1);
      const account = bench.set(bench.key('account'), {
        lamports: SOL,
        data,
        owner: bench.key('callee'),
      });
      const keys = [writable(account), { pubkey: bench.payer, isSigner: true, isWritable: true }];
      const source = (layout: Map<string, InputAccount>): string => {
        const mine = layout.get(account.toBase58());
        const payer = layout.get(bench.payer.toBase58());
        if (mine === undefined || payer === undefined) throw new Error('no such account');
        return `entrypoint:
          ${store(mine.data, 99)}
          ${store(mine.dataLength, 24)}
          ${store(mine.lamports, SOL / 2n)}
          lddw r1, ${payer.lamports}
          ldxdw r2, [r1+0]
          lddw r3, ${SOL / 2n}
          add64 r2, r3
          stxdw [r1+0], r2
          ${END}`;
      };
      const instruction = own(bench, source, keys, 'callee');
      const after = (layout: Map<string, InputAccount>): string => {
        const mine = layout.get(account.toBase58());
        if (mine === undefined) throw new Error('no such account');
        return `
          lddw r1, ${mine.data}
          ldxdw r1, [r1+0]
          lddw r2, ${mine.dataLength}
          ldxdw r2, [r2+0]
          lddw r3, ${mine.lamports}
          ldxdw r3, [r3+0]
          mov64 r4, 0
          mov64 r5, 0
          call sol_log_64_
          ${END}`;
      };
      return bench.transaction([caller(bench, [{ instruction }], { after })]);
    },
  },
  {
    program,
    instruction: 'calls a program',
    outcome: 'four deep',
    build: (bench) => bench.transaction([chain(bench, 5)]),
  },
  {
    program,
    instruction: 'calls a program',
    outcome: 'too deep',
    error: at(0, 'CallDepth'),
    build: (bench) => bench.transaction([chain(bench, 10)]),
  },
  {
    program,
    instruction: 'calls itself through another',
    outcome: 'reentrancy',
    error: at(0, 'ReentrancyNotAllowed'),
    build: (bench) => {
      const first = own(bench, `entrypoint:${END}`, [], 'first');
      const second = caller(bench, [{ instruction: first }], { name: 'second' });
      const { programId } = caller(bench, [{ instruction: second }], { name: 'first' });
      const keys = [...second.keys, readonly(second.programId)];
      second.keys = [...second.keys];
      return bench.transaction([Object.assign(second, { programId, keys })]);
    },
  },
  {
    program,
    instruction: 'calls itself',
    outcome: 'directly, until its data ends it',
    error: at(0, 'CallDepth'),
    build: (bench) => {
      const programId = bench.key('caller');
      const keys = [readonly(programId)];
      const instruction = { programId, keys, data: Buffer.alloc(0) };
      bench.program('caller', elf(`entrypoint:${END}`));
      return bench.transaction([caller(bench, [{ instruction }], { keys })]);
    },
  },
  {
    program,
    instruction: 'calls System',
    outcome: 'more often than the trace holds',
    error: at(0, 'MaxInstructionTraceLengthExceeded'),
    build: (bench) => {
      const instruction = transfer(bench, bench.payer, SOL / 10n);
      const calls = Array.from({ length: 64 }, () => ({ instruction }));
      return bench.transaction([caller(bench, calls)]);
    },
  },
  {
    program,
    instruction: 'calls System',
    outcome: 'with too few units left',
    error: at(1, 'ComputationalBudgetExceeded'),
    build: (bench) =>
      bench.transaction([
        ComputeBudgetProgram.setComputeUnitLimit({ units: 600 }),
        forwarded(bench, transfer(bench, bench.payer, SOL)),
      ]),
  },
  {
    program,
    instruction: 'a call',
    outcome: 'with sysvar accounts and one twice',
    build: (bench) => {
      const keys = [
        readonly(SYSVAR_CLOCK_PUBKEY),
        readonly(SYSVAR_RENT_PUBKEY),
        readonly(SYSVAR_CLOCK_PUBKEY),
        { pubkey: bench.payer, isSigner: true, isWritable: true },
        { pubkey: bench.payer, isSigner: true, isWritable: true },
      ];
      // Returns the start of its input, where the first account is laid out.
      const text = `
        entrypoint:
          mov64 r6, r1
          mov64 r1, r6
          mov64 r2, 136
          call sol_set_return_data
          ${END}`;
      return bench.transaction([own(bench, text, keys)]);
    },
  },
];
