/**
 * Solana transactions as JSON: `toJSON` of a legacy transaction and what `JSON.stringify` makes of a versioned
 * one (@solana/web3.js), messages and transactions of @solana/kit, and what nodes answer.
 */
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import {
  encodeTransaction,
  type Message,
} from '../../../../src/vm-preview/svm/transaction/message';
import { type AccountUse, buildTransaction, type Instruction } from '../../solana/build';
import {
  base58Of,
  bytesIn,
  field,
  has,
  isObject,
  type Json,
  listOf,
  numberOf,
  textOf,
  unreadable,
  unresolved,
  type WholeTransaction,
} from './read';

const SIGNATURE_BYTES = 64;
const MAX_SIGNATURES = 127;
/** More than any transaction holds. */
const MAX_INSTRUCTIONS = 256;
const MAX_ACCOUNTS = 256;

/** Undefined for JSON of something else. @throws MalformedError */
export function solanaJson(json: Json): WholeTransaction | undefined {
  if (has(json, 'messageBytes', 'signatures')) {
    return { form: 'JSON of a transaction of @solana/kit', bytes: kitTransaction(json) };
  }
  if (has(json, 'instructions') && (has(json, 'feePayer') || has(json, 'recentBlockhash'))) {
    const isKit = isObject(field(json, 'feePayer')) || has(json, 'lifetimeConstraint');
    return isKit
      ? { form: 'JSON of a message of @solana/kit', bytes: kitMessage(json) }
      : { form: 'JSON of a transaction of @solana/web3.js', bytes: legacyTransaction(json) };
  }
  const message = field(json, 'message');
  if (isObject(message) && (has(message, 'header') || has(message, 'accountKeys'))) {
    return {
      form: 'JSON of a compiled transaction',
      bytes: compiled(message, field(json, 'signatures')),
    };
  }
  if (has(json, 'header') && (has(json, 'staticAccountKeys') || has(json, 'accountKeys'))) {
    return { form: 'JSON of a compiled message', bytes: compiled(json, undefined) };
  }
  return undefined;
}

function pubkey(json: Json | undefined, what: string): Pubkey {
  const text = textOf(isObject(json) ? field(json, 'address') : json, what);
  const bytes = base58Of(text, what);
  if (bytes.length !== 32) throw unreadable(`${what} is no address`);
  return Pubkey.from(bytes);
}

/** Instruction data: bytes, or base58 as nodes give it. */
function dataOf(json: Json | undefined): Uint8Array {
  if (json === undefined || json === null || json === '') return new Uint8Array(0);
  if (typeof json === 'string') return base58Of(json, 'data of an instruction');
  if (isObject(json) && Object.keys(json).length === 0) return new Uint8Array(0);
  const bytes = bytesIn(json);
  if (bytes === undefined) throw unreadable('data of an instruction are no bytes');
  return bytes;
}

function blockhashText(json: Json | undefined): string {
  if (typeof json !== 'string') {
    throw unresolved(
      'this transaction has no recent blockhash yet: set one, or a durable nonce, and paste it again',
    );
  }
  if (base58Of(json, 'the blockhash').length !== 32) throw unreadable('the blockhash is none');
  return json;
}

function payerOf(json: Json | undefined): Pubkey {
  if (json === undefined || json === null) {
    throw unresolved('this transaction does not say who pays its fee: set one and paste it again');
  }
  return pubkey(json, 'who pays the fee');
}

function instructionsOf(json: Json): readonly Json[] {
  const list = listOf(field(json, 'instructions'), 'the list of instructions');
  if (list.length > MAX_INSTRUCTIONS) throw unreadable('there are too many instructions');
  return list;
}

function accountsOf(json: Json | undefined): readonly Json[] {
  const list = listOf(json, 'the list of accounts');
  if (list.length > MAX_ACCOUNTS) throw unreadable('there are too many accounts');
  return list;
}

/** `Transaction.toJSON()` of @solana/web3.js. */
function legacyTransaction(json: Json): Uint8Array {
  const instructions = instructionsOf(json).map(
    (one): Instruction => ({
      program: pubkey(field(one, 'programId'), 'a program'),
      accounts: accountsOf(field(one, 'keys')).map((key) => ({
        address: pubkey(field(key, 'pubkey'), 'an account'),
        isSigner: field(key, 'isSigner') === true,
        isWritable: field(key, 'isWritable') === true,
      })),
      data: dataOf(field(one, 'data')),
    }),
  );
  const payer = payerOf(field(json, 'feePayer'));
  return buildTransaction(payer, instructions, blockhashText(field(json, 'recentBlockhash')));
}

/** Bits of kit's `AccountRole`. */
const WRITABLE = 1;
const SIGNER = 2;

function kitMessage(json: Json): Uint8Array {
  const lifetime = field(json, 'lifetimeConstraint');
  const instructions = instructionsOf(json).map(
    (one): Instruction => ({
      program: pubkey(field(one, 'programAddress'), 'a program'),
      accounts: accountsOf(field(one, 'accounts') ?? []).map(kitAccount),
      data: dataOf(field(one, 'data')),
    }),
  );
  const blockhash = field(lifetime, 'blockhash') ?? field(lifetime, 'nonce');
  return buildTransaction(payerOf(field(json, 'feePayer')), instructions, blockhashText(blockhash));
}

function kitAccount(json: Json): AccountUse {
  if (has(json, 'lookupTableAddress')) {
    throw unresolved(
      'this message takes accounts from lookup tables: compile it, and paste what compileTransaction gives',
    );
  }
  const role = numberOf(field(json, 'role'), 'the role of an account', WRITABLE | SIGNER);
  return {
    address: pubkey(field(json, 'address'), 'an account'),
    isSigner: (role & SIGNER) !== 0,
    isWritable: (role & WRITABLE) !== 0,
  };
}

/** Signatures by address, in the order of the message; null for those to come. */
function kitTransaction(json: Json): Uint8Array {
  const message = bytesIn(field(json, 'messageBytes'));
  const signatures = field(json, 'signatures');
  if (message === undefined || !isObject(signatures)) throw unreadable('the message is no bytes');
  const given = Object.values(signatures).map(signatureOf);
  return Uint8Array.of(countOf(given), ...given.flatMap((one) => [...one]), ...message);
}

function countOf(signatures: readonly Uint8Array[]): number {
  if (signatures.length > MAX_SIGNATURES) throw unreadable('there are too many signatures');
  return signatures.length;
}

function signatureOf(json: Json | undefined): Uint8Array {
  if (json === null || json === undefined) return new Uint8Array(SIGNATURE_BYTES);
  const bytes = typeof json === 'string' ? base58Of(json, 'a signature') : bytesIn(json);
  if (bytes?.length !== SIGNATURE_BYTES) throw unreadable('a signature is none');
  return bytes;
}

const byte = (json: Json | undefined, what: string) => numberOf(json, what, 255);
const bytesOf = (json: Json | undefined, what: string) =>
  bytesIn(json) ?? Uint8Array.from(listOf(json, what), (one) => byte(one, what));

/** What is sent: indexes in the place of addresses. Of web3.js, or of a node's answer. */
function compiled(message: Json, signatures: Json | undefined): Uint8Array {
  const keys = field(message, 'staticAccountKeys') ?? field(message, 'accountKeys');
  const header = field(message, 'header');
  const lookups = field(message, 'addressTableLookups');
  const isLegacy = lookups === undefined && !has(message, 'staticAccountKeys');
  const instructions = field(message, 'compiledInstructions') ?? field(message, 'instructions');
  const parsed: Message = {
    version: isLegacy ? 'legacy' : 0,
    header: {
      numRequiredSignatures: byte(field(header, 'numRequiredSignatures'), 'the header'),
      numReadonlySigned: byte(field(header, 'numReadonlySignedAccounts'), 'the header'),
      numReadonlyUnsigned: byte(field(header, 'numReadonlyUnsignedAccounts'), 'the header'),
    },
    staticKeys: listOf(keys, 'the list of accounts').map((key) => pubkey(key, 'an account')),
    recentBlockhash: base58Of(blockhashText(field(message, 'recentBlockhash')), 'the blockhash'),
    instructions: listOf(instructions, 'the list of instructions').map((one) => ({
      programIdIndex: byte(field(one, 'programIdIndex'), 'a program'),
      accounts: bytesOf(
        field(one, 'accountKeyIndexes') ?? field(one, 'accounts'),
        'accounts of an instruction',
      ),
      data: dataOf(field(one, 'data')),
    })),
    lookups: listOf(lookups ?? [], 'the list of lookup tables').map((one) => ({
      table: pubkey(field(one, 'accountKey'), 'a lookup table'),
      writableIndexes: bytesOf(field(one, 'writableIndexes'), 'indexes of a lookup table'),
      readonlyIndexes: bytesOf(field(one, 'readonlyIndexes'), 'indexes of a lookup table'),
    })),
    config: {},
  };
  const missing = Array.from({ length: parsed.header.numRequiredSignatures }, () => null);
  const given = listOf(signatures ?? missing, 'the list of signatures').map(signatureOf);
  countOf(given);
  return encodeTransaction(parsed, given.length === 0 ? missing.map(signatureOf) : given);
}
