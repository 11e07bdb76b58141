/** Which of litesvm's known departures a transaction meets, told by what came out of it. */
import { sha256 } from '@noble/hashes/sha2.js';
import { type Message, Pubkey, type SvmOutcome, SYSTEM_PROGRAM } from '../../../src/vm-preview/svm';
import type { LitesvmWorld, RunResult } from '../../support/litesvm-world';
import type { Departure } from '../svm-matrix/cell';
import {
  budgetReadFirst,
  feesOnly,
  lessFee,
  missingProgram,
  noNativeLoader,
  notMarkedExecutable,
  oddNonceSize,
  type Payment,
  tooManyInstructions,
  uncountedProgramData,
} from '../svm-matrix/departures';

const NATIVE_LOADER = Pubkey.fromBase58('NativeLoader1111111111111111111111111111111');
const ADVANCE_NONCE = 4;
const NONCE_HASH_AT = 40;
const NONCE_BYTES = 80;
const EMPTY = new Uint8Array();

function isOf(outcome: SvmOutcome, kind: string): boolean {
  return typeof outcome.error === 'object' && kind in outcome.error;
}

function invokes(message: Message, program: Pubkey): boolean {
  return message.instructions.some((one) =>
    message.staticKeys[one.programIdIndex]?.equals(program),
  );
}

/** The account of a durable transaction's nonce. */
function nonceOf(message: Message): Pubkey | undefined {
  const [first] = message.instructions;
  if (first === undefined || first.data[0] !== ADVANCE_NONCE) return undefined;
  if (!message.staticKeys[first.programIdIndex]?.equals(SYSTEM_PROGRAM)) return undefined;
  return message.staticKeys[first.accounts[0] ?? -1];
}

/** The nonce is the last blockhash's, and every other account as litesvm has it. */
function durable(nonce: Pubkey, world: LitesvmWorld): Departure<Payment> {
  return {
    reason: 'litesvm advances nonces by the hash of the old one, and not when a transaction fails',
    source: 'runtime/src/bank.rs, svm/src/rollback_accounts.rs',
    aspects: ['post'],
    check: (ours, theirs) => {
      const key = nonce.toBase58();
      const problems = Object.keys(theirs.post)
        .filter((address) => address !== key)
        .filter((address) => !sameAccount(ours, theirs, address))
        .map((address) => `${address} is not as litesvm has it`);
      const text = new TextEncoder().encode('DURABLE_NONCE');
      const next = sha256(Uint8Array.from([...text, ...world.environment().blockhashes.last]));
      const at = ours.post[key]?.data.slice(NONCE_HASH_AT * 2, (NONCE_HASH_AT + 32) * 2);
      if (at !== undefined && at !== Buffer.from(next).toString('hex')) {
        problems.push('the nonce has not advanced');
      }
      return problems;
    },
  };
}

function sameAccount(ours: RunResult, theirs: RunResult, address: string): boolean {
  const [a, b] = [ours.post[address], theirs.post[address]];
  if (!a || !b) return (a ?? null) === (b ?? null);
  return a.lamports === b.lamports && a.owner === b.owner && a.data === b.data;
}

function nothingRan({ units, logs, returnData, inner }: RunResult): readonly string[] {
  const ran = units > 0 || logs.length > 0 || returnData !== undefined || inner.length > 0;
  return ran ? ['something ran of a transaction that cannot be loaded'] : [];
}

function feesOnlyDeparture(
  outcome: SvmOutcome,
  theirs: RunResult,
  message: Message,
): Departure<Payment> {
  if (invokes(message, NATIVE_LOADER)) {
    // What stands before that instruction runs there.
    const aspects = [...noNativeLoader.aspects, 'units', 'logs', 'returnData', 'post'] as const;
    return { ...noNativeLoader, aspects, check: nothingRan };
  }
  if (outcome.error === 'ProgramAccountNotFound') return missingProgram;
  const isTooLarge = outcome.error === 'MaxLoadedAccountsDataSizeExceeded';
  return isTooLarge && theirs.error !== outcome.error
    ? { ...uncountedProgramData, check: (ours) => [...nothingRan(ours), ...onlyPaid(outcome)] }
    : feesOnly('litesvm charges nothing when a transaction cannot be loaded');
}

/** Where litesvm runs the transaction, its accounts say nothing: the payer is the fee poorer, that is all. */
function onlyPaid({ accounts, fee }: SvmOutcome): readonly string[] {
  return accounts.flatMap(({ address, before, after }, index) => {
    const paid = index === 0 ? fee.signature + fee.priority : 0n;
    const isAsBefore =
      (before?.lamports ?? 0n) - paid === (after?.lamports ?? 0n) &&
      (after === undefined || Buffer.compare(before?.data ?? EMPTY, after.data) === 0);
    return isAsBefore ? [] : [`${address} has changed`];
  });
}

/** As it would be if the payer had paid. */
function charged(theirs: RunResult, { payer, fee }: Payment): RunResult {
  const key = payer.toBase58();
  const before = theirs.post[key];
  if (!before) return theirs;
  return { ...theirs, post: { ...theirs.post, [key]: lessFee(before, fee) } };
}

function hasOddNonce(message: Message, world: LitesvmWorld): boolean {
  const nonce = nonceOf(message);
  const account = nonce && world.get(nonce);
  return account !== undefined && account.data.length !== NONCE_BYTES;
}

/** The departure that such an outcome may show; whatever else differs is a difference. */
export function departureOf(
  outcome: SvmOutcome,
  theirs: RunResult,
  message: Message,
  world: LitesvmWorld,
): Departure<Payment> | undefined {
  if (outcome.landing === 'refused') {
    if (message.instructions.length > 64) return tooManyInstructions;
    const isBudget =
      outcome.error === 'InvalidLoadedAccountsDataSizeLimit' ||
      isOf(outcome, 'DuplicateInstruction') ||
      isOf(outcome, 'InstructionError');
    if (outcome.error === 'BlockhashNotFound' && hasOddNonce(message, world)) return oddNonceSize;
    return isBudget ? budgetReadFirst : undefined;
  }
  const nonce = nonceOf(message);
  const isDurable =
    nonce !== undefined &&
    Buffer.compare(message.recentBlockhash, world.environment().blockhashes.last) !== 0;
  const isNotMarked =
    theirs.error === 'InvalidProgramForExecution' &&
    isOf(outcome, 'InstructionError') &&
    message.instructions.some(({ programIdIndex }) => {
      const program = message.staticKeys[programIdIndex];
      return program !== undefined && world.get(program)?.executable === false;
    });
  if (outcome.landing === 'executed' && isNotMarked) return notMarkedExecutable;
  if (outcome.landing === 'executed') return isDurable ? durable(nonce, world) : undefined;
  const unpaid = feesOnlyDeparture(outcome, theirs, message);
  if (!isDurable) return unpaid;
  return {
    ...unpaid,
    aspects: [...unpaid.aspects, 'post'],
    check: (ours, other, payment) =>
      durable(nonce, world).check(ours, charged(other, payment), payment),
  };
}
