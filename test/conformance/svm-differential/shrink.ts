/** Makes a transaction on which the two sides differ as small as it stays so. */
import type { CompiledInstruction, Message } from '../../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../support/litesvm-world';
import type { Case } from './case';
import { runCase } from './compare';

const MAX_RUNS = 400;

function withInstruction(message: Message, index: number, one: CompiledInstruction): Message {
  return {
    ...message,
    instructions: message.instructions.map((other, at) => (at === index ? one : other)),
  };
}

const without = <T>(items: readonly T[], index: number): T[] =>
  items.filter((_, at) => at !== index);

/** What is smaller than this by one step, the largest steps first. */
function* smaller(of: Case): Generator<Case> {
  const { message, accounts } = of;
  for (const index of message.instructions.keys()) {
    yield {
      accounts,
      message: { ...message, instructions: without(message.instructions, index) },
    };
  }
  for (const [index, [, account]] of accounts.entries()) {
    // litesvm ends the process when a program that it knows has no account.
    if (!account?.executable) yield { message, accounts: without(accounts, index) };
  }
  for (const [index, one] of message.instructions.entries()) {
    const { data, accounts: metas } = one;
    const change = (part: Partial<CompiledInstruction>): Case => ({
      accounts,
      message: withInstruction(message, index, { ...one, ...part }),
    });
    for (let length = data.length >> 1; length > 0; length >>= 1) {
      yield change({ data: data.subarray(0, data.length - length) });
    }
    if (metas.length > 0) yield change({ accounts: metas.subarray(0, -1) });
    for (let size = data.length; size >= 1; size >>= 1) {
      for (let at = 0; at < data.length; at += size) {
        const part = data.subarray(at, at + size);
        if (part.every((byte) => byte === 0)) continue;
        yield change({ data: Uint8Array.from(data).fill(0, at, at + size) });
      }
    }
  }
}

/** What a line is about: a smaller transaction must differ in the same thing. */
const subject = (line: string | undefined): string =>
  line?.startsWith('thrown') ? line.slice(0, 60) : (/^[a-z]+/.exec(line ?? '')?.[0] ?? 'account');

export function shrink(world: LitesvmWorld, of: Case): Case {
  const about = subject(runCase(world, of).lines[0]);
  let smallest = of;
  let runs = 0;
  for (let progress = true; progress && runs < MAX_RUNS; ) {
    progress = false;
    for (const candidate of smaller(smallest)) {
      if (++runs > MAX_RUNS) break;
      const { kind, lines } = runCase(world, candidate);
      if (kind !== 'different' || subject(lines[0]) !== about) continue;
      smallest = candidate;
      progress = true;
      break;
    }
  }
  return smallest;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A case as text. */
export function show({ message, accounts }: Case): string {
  const nameOf = (index: number): string => message.staticKeys[index]?.toBase58() ?? `#${index}`;
  const { header } = message;
  return [
    `version ${message.version}, ${header.numRequiredSignatures} signers (${header.numReadonlySigned} read-only), ${header.numReadonlyUnsigned} others read-only`,
    ...message.staticKeys.map((key, index) => `  key ${index}: ${key}`),
    ...message.instructions.map(
      (one) =>
        `  ${nameOf(one.programIdIndex)} accounts [${[...one.accounts]}] data ${hex(one.data)}`,
    ),
    ...accounts.map(([address, account]) =>
      account === null
        ? `  with no ${address}`
        : `  with ${address}: ${account.lamports} lamports of ${account.owner}, ${account.data.length} bytes ${hex(account.data.subarray(0, 400))}`,
    ),
  ].join('\n');
}
