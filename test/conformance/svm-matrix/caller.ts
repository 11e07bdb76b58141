/** Programs of our own that call others, written for the accounts that they are given. */
import {
  type AccountMeta,
  type PublicKey,
  SYSVAR_INSTRUCTIONS_PUBKEY,
  TransactionInstruction,
} from '@solana/web3.js';
import { Pubkey } from '../../../src/vm-preview/svm';
import { elf } from '../../support/sbpf-assembler';
import type { Bench } from './bench';

const HEAP = 0x3_0000_0000n;
const INPUT = 0x4_0000_0000n;
/** Room after each account's data in a program's input. */
const GROWTH = 10_240;

/** Where an account's fields are in the input of a program of loaders v2 and v3. */
export interface InputAccount {
  readonly key: bigint;
  readonly owner: bigint;
  readonly lamports: bigint;
  readonly dataLength: bigint;
  readonly data: bigint;
  readonly length: number;
}

/** By base58 address, in the order of the instruction's accounts. */
export function inputLayout(bench: Bench, keys: readonly AccountMeta[]): Map<string, InputAccount> {
  const layout = new Map<string, InputAccount>();
  let at = INPUT + 8n;
  for (const { pubkey } of keys) {
    if (layout.has(pubkey.toBase58())) {
      at += 8n;
      continue;
    }
    const length = dataLength(bench, pubkey);
    layout.set(pubkey.toBase58(), {
      key: at + 8n,
      owner: at + 40n,
      lamports: at + 72n,
      dataLength: at + 80n,
      data: at + 88n,
      length,
    });
    at += BigInt(88 + Math.ceil((length + GROWTH) / 8) * 8 + 8);
  }
  return layout;
}

function dataLength(bench: Bench, address: PublicKey): number {
  if (address.equals(SYSVAR_INSTRUCTIONS_PUBKEY)) throw new Error('its length is not known here');
  return bench.world.get(Pubkey.from(address.toBytes()))?.data.length ?? 0;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export interface Call {
  readonly instruction: TransactionInstruction;
  /** Seeds of an address that the caller signs for. */
  readonly seeds?: readonly Uint8Array[];
}

/** Writes the C structures of a call to the heap, one word at a time, and makes the call. */
function callText(layout: Map<string, InputAccount>, call: Call, prefix: string): string {
  const { instruction, seeds = [] } = call;
  const lines: string[] = [];
  const put = (offset: number, value: bigint | string): void => {
    lines.push(`lddw r1, ${value}`, `stxdw [r6+${offset}], r1`);
  };
  const data = [
    `.bytes ${prefix}program ${hexOf(instruction.programId.toBytes())}`,
    `.bytes ${prefix}data ${hexOf(instruction.data)}`,
  ];
  let at = 40;
  const metas = at;
  for (const [index, { pubkey, isSigner, isWritable }] of instruction.keys.entries()) {
    const label = `${prefix}key${index}`;
    data.push(`.bytes ${label} ${hexOf(pubkey.toBytes())}`);
    put(at, label);
    put(at + 8, BigInt(Number(isWritable) | (Number(isSigner) << 8)));
    at += 16;
  }
  const infos = at;
  for (const account of layout.values()) {
    const fields = [
      account.key,
      account.lamports,
      BigInt(account.length),
      account.data,
      account.owner,
      0xffff_ffff_ffff_ffffn,
      0n,
    ];
    for (const [index, field] of fields.entries()) put(at + index * 8, field);
    at += 56;
  }
  const signer = at;
  put(signer, HEAP + BigInt(signer + 16));
  put(signer + 8, BigInt(seeds.length));
  for (const [index, seed] of seeds.entries()) {
    const label = `${prefix}seed${index}`;
    data.push(`.bytes ${label} ${hexOf(seed)}`);
    put(signer + 16 + index * 16, label);
    put(signer + 24 + index * 16, BigInt(seed.length));
  }
  put(0, `${prefix}program`);
  put(8, HEAP + BigInt(metas));
  put(16, BigInt(instruction.keys.length));
  put(24, `${prefix}data`);
  put(32, BigInt(instruction.data.length));
  return `
    ${data.join('\n')}
    lddw r6, ${HEAP}
    ${lines.join('\n')}
    lddw r1, ${HEAP}
    lddw r2, ${HEAP + BigInt(infos)}
    mov64 r3, ${layout.size}
    lddw r4, ${HEAP + BigInt(signer)}
    mov64 r5, ${seeds.length > 0 ? 1 : 0}
    call sol_invoke_signed_c`;
}

const SUCCESS = `
  mov64 r0, 0
  exit`;

export interface CallerOptions {
  readonly name?: string;
  /** What the caller is given; all that its calls use, when absent. */
  readonly keys?: readonly AccountMeta[];
  /** Runs before the calls, and after them in place of returning zero. */
  readonly before?: (layout: Map<string, InputAccount>) => string;
  readonly after?: (layout: Map<string, InputAccount>) => string;
  readonly data?: Uint8Array;
}

/** Deploys a program that makes these calls, and gives the instruction that starts it. */
export function caller(
  bench: Bench,
  calls: readonly Call[],
  options: CallerOptions = {},
): TransactionInstruction {
  const used = calls.flatMap(({ instruction }) => [
    ...instruction.keys,
    { pubkey: instruction.programId, isSigner: false, isWritable: false },
  ]);
  const keys = [...(options.keys ?? used)];
  const layout = inputLayout(bench, keys);
  const text = `
    entrypoint:
    ${options.before?.(layout) ?? ''}
    ${calls.map((call, index) => callText(layout, call, `c${index}_`)).join('\n')}
    ${options.after?.(layout) ?? SUCCESS}`;
  const programId = bench.program(options.name ?? 'caller', elf(text));
  return new TransactionInstruction({ programId, keys, data: Buffer.from(options.data ?? []) });
}

/** A program that passes an instruction on. */
export function forwarded(
  bench: Bench,
  instruction: TransactionInstruction,
): TransactionInstruction {
  return caller(bench, [{ instruction }]);
}

/** A program of one's own, and the instruction that starts it with these accounts. */
export function own(
  bench: Bench,
  text: string | ((layout: Map<string, InputAccount>) => string),
  keys: readonly AccountMeta[] = [],
  name = 'own',
): TransactionInstruction {
  const source = typeof text === 'string' ? text : text(inputLayout(bench, keys));
  const programId = bench.program(name, elf(source));
  return new TransactionInstruction({ programId, keys: [...keys] });
}
