/** Ways in which a transaction that works, or the accounts it meets, can go wrong. */
import {
  type Account,
  COMPUTE_BUDGET_PROGRAM,
  type CompiledInstruction,
  MEMO_PROGRAM,
  type Message,
  type Pubkey,
  SYSTEM_PROGRAM,
  SYSVAR_IDS,
  SYSVAR_OWNER_ID,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
} from '../../../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../../support/litesvm-world';
import { account, type Placed, u32, u64 } from '../case';
import type { Random } from '../random';
import { budgetInstruction } from './budget';

const EDGES = [0n, 1n, 2n, 255n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 63n, 2n ** 64n - 1n];
/** Larger accounts take long to set; nothing is learned from them. */
const MAX_MUTATED_BYTES = 20_000;

type Change = (random: Random, message: Message) => Message;

function changeInstruction(
  random: Random,
  message: Message,
  change: (one: CompiledInstruction) => CompiledInstruction,
): Message {
  const at = random.below(message.instructions.length);
  const instructions = message.instructions.map((one, index) => (index === at ? change(one) : one));
  return { ...message, instructions };
}

function accountCount(message: Message): number {
  const looked = message.lookups.reduce(
    (sum, { writableIndexes, readonlyIndexes }) =>
      sum + writableIndexes.length + readonlyIndexes.length,
    0,
  );
  return message.staticKeys.length + looked;
}

function changeData(random: Random, data: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(data);
  const at = random.below(changed.length);
  switch (random.below(6)) {
    case 0:
      return changed.subarray(0, at);
    case 1:
      return Uint8Array.from([...changed, ...random.bytes(1 + random.below(9))]);
    case 2:
      if (changed.length >= 8) {
        const value = random.chance(50) ? random.pick(EDGES) : BigInt(random.below(1_000_000));
        changed.set(u64(value), random.below(changed.length - 7));
      }
      return changed;
    case 3:
      // What comes first is the instruction's number.
      changed.set([random.below(50)].slice(0, changed.length));
      return changed;
    default:
      changed.set(random.bytes(1).subarray(0, changed.length), at);
      return changed;
  }
}

const replaceAt = (bytes: Uint8Array, at: number, value: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? value : byte));

function changeAccounts(random: Random, accounts: Uint8Array, count: number): Uint8Array {
  const at = random.below(accounts.length);
  switch (random.below(4)) {
    case 0:
      return accounts.subarray(0, at);
    case 1:
      return Uint8Array.from([...accounts, random.below(count)]);
    case 2: {
      const to = random.below(accounts.length);
      const [a = 0, b = 0] = [accounts[at], accounts[to]];
      return replaceAt(replaceAt(accounts, at, b), to, a);
    }
    default:
      return replaceAt(accounts, at, random.below(count));
  }
}

const CHANGES: readonly Change[] = [
  (random, message) =>
    changeInstruction(random, message, (one) => ({ ...one, data: changeData(random, one.data) })),
  (random, message) =>
    changeInstruction(random, message, (one) => ({ ...one, data: changeData(random, one.data) })),
  (random, message) =>
    changeInstruction(random, message, (one) => ({
      ...one,
      accounts: changeAccounts(random, one.accounts, accountCount(message)),
    })),
  (random, message) => {
    const { header } = message;
    const field = random.pick([
      'numReadonlySigned',
      'numReadonlyUnsigned',
      'numReadonlyUnsigned',
      'numRequiredSignatures',
    ] as const);
    const value = Math.max(0, header[field] + (random.chance(50) ? 1 : -1));
    return { ...message, header: { ...header, [field]: value } };
  },
  (random, message) =>
    random.chance(80)
      ? message
      : changeInstruction(random, message, (one) => ({
          ...one,
          programIdIndex: random.below(message.staticKeys.length),
        })),
  (random, message) => ({
    ...message,
    instructions: message.instructions.filter(
      (_, index) => index !== random.below(message.instructions.length) || index === 0,
    ),
  }),
];

export function breakMessage(random: Random, message: Message): Message {
  return random.pick(CHANGES)(random, message);
}

/** Puts a program among the static keys, behind all others, where it shifts what tables load. */
function withProgram(message: Message, program: Pubkey): readonly [Message, number] {
  const known = message.staticKeys.findIndex((key) => key.equals(program));
  if (known >= 0) return [message, known];
  const index = message.staticKeys.length;
  const { header } = message;
  const shifted = message.instructions.map((one) => ({
    ...one,
    accounts: one.accounts.map((at) => (at >= index ? at + 1 : at)),
  }));
  const grown = {
    ...message,
    header: { ...header, numReadonlyUnsigned: header.numReadonlyUnsigned + 1 },
    staticKeys: [...message.staticKeys, program],
    instructions: shifted,
  };
  return [grown, index];
}

function insert(
  random: Random,
  message: Message,
  program: Pubkey,
  accounts: readonly number[],
  data: Uint8Array,
): Message {
  const [grown, programIdIndex] = withProgram(message, program);
  const one = { programIdIndex, accounts: Uint8Array.from(accounts), data };
  const at = random.below(grown.instructions.length + 1);
  return {
    ...grown,
    instructions: [...grown.instructions.slice(0, at), one, ...grown.instructions.slice(at)],
  };
}

/** Adds an instruction that most likely works. */
export function addInstruction(random: Random, message: Message): Message {
  if (message.instructions.length === 0) return message;
  switch (random.below(4)) {
    case 0: {
      const data = Uint8Array.from([...u32(2), ...u64(BigInt(random.below(2_000_000)))]);
      const to = random.below(message.staticKeys.length - message.header.numReadonlyUnsigned);
      return insert(random, message, SYSTEM_PROGRAM, [0, to], data);
    }
    case 1:
      return insert(random, message, MEMO_PROGRAM, [0], random.bytes(random.below(9)));
    case 2: {
      const { data } = budgetInstruction(random);
      return message.version === 1
        ? message
        : insert(random, message, COMPUTE_BUDGET_PROGRAM, [], Uint8Array.from(data));
    }
    default: {
      const again = random.pick(message.instructions);
      return { ...message, instructions: [...message.instructions, again] };
    }
  }
}

function breakAccount(random: Random, before: Account): Account | null {
  const data = Uint8Array.from(before.data);
  switch (random.below(7)) {
    case 0:
      return { ...before, lamports: random.pick([1n, 650_240n, 650_239n, before.lamports / 2n]) };
    case 1:
      return { ...before, data: data.subarray(0, random.below(data.length + 1)) };
    case 2:
      return { ...before, data: Uint8Array.from([...data, ...random.bytes(random.below(60))]) };
    case 3:
      return {
        ...before,
        owner: random.pick([SYSTEM_PROGRAM, TOKEN_PROGRAM, TOKEN_2022_PROGRAM]),
      };
    case 4:
      return random.chance(30) ? null : before;
    default: {
      for (let count = 1 + random.below(3); count > 0 && data.length > 0; count--) {
        data.set(
          random.chance(50) ? random.bytes(1) : [random.below(4)],
          random.below(data.length),
        );
      }
      return { ...before, data };
    }
  }
}

/** One of the message's accounts, changed; nothing when it is one that must stay. */
export function breakSomeAccount(
  random: Random,
  message: Message,
  world: LitesvmWorld,
): Placed | undefined {
  const address = random.pick(message.staticKeys);
  const before = world.get(address);
  // No chain has an account there: it is made for each transaction.
  if (address.equals(SYSVAR_IDS.instructions)) return undefined;
  if (before === undefined) {
    return random.chance(50) ? [address, account(700_000n, SYSTEM_PROGRAM)] : undefined;
  }
  const mustStay =
    before.executable ||
    before.owner.equals(SYSVAR_OWNER_ID) ||
    before.data.length > MAX_MUTATED_BYTES;
  return mustStay ? undefined : [address, breakAccount(random, before)];
}
