import {
  AddressLookupTableAccount,
  Keypair,
  PublicKey,
  SystemProgram,
  TransactionMessage,
  VersionedMessage as Web3Message,
  Transaction as Web3Transaction,
  VersionedTransaction as Web3VersionedTransaction,
} from '@solana/web3.js';
import fc from 'fast-check';
import { MalformedError } from '../../../../src/vm-preview/errors';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import {
  encodeMessage,
  encodeTransaction,
  type Message,
  parseMessage,
  parseTransaction,
} from '../../../../src/vm-preview/svm/transaction/message';

const payer = Keypair.fromSeed(new Uint8Array(32).fill(7));
const other = Keypair.fromSeed(new Uint8Array(32).fill(9)).publicKey;
const blockhash = new PublicKey(new Uint8Array(32).fill(3)).toBase58();

function transfer(): Uint8Array {
  const transaction = new Web3Transaction({
    feePayer: payer.publicKey,
    recentBlockhash: blockhash,
  });
  transaction.add(
    SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: other, lamports: 5n }),
  );
  transaction.sign(payer);
  return Uint8Array.from(transaction.serialize());
}

function withTable(): Web3VersionedTransaction {
  const addresses = Array.from(
    { length: 200 },
    (_, i) => new PublicKey(new Uint8Array(32).fill(i + 20)),
  );
  const table = new AddressLookupTableAccount({
    key: new PublicKey(new Uint8Array(32).fill(250)),
    state: {
      deactivationSlot: 2n ** 64n - 1n,
      lastExtendedSlot: 1,
      lastExtendedSlotStartIndex: 0,
      addresses,
    },
  });
  const message = new TransactionMessage({
    payerKey: payer.publicKey,
    recentBlockhash: blockhash,
    instructions: [
      {
        programId: new PublicKey(new Uint8Array(32).fill(251)),
        keys: addresses.slice(0, 160).map((pubkey, i) => ({
          pubkey,
          isSigner: false,
          isWritable: i % 2 === 0,
        })),
        data: Buffer.alloc(300, 4),
      },
    ],
  }).compileToV0Message([table]);
  const transaction = new Web3VersionedTransaction(message);
  transaction.sign([payer]);
  return transaction;
}

const key = (fill: number) => Pubkey.from(new Uint8Array(32).fill(fill));

/** Laid out by hand after SIMD-0385. */
function version1Bytes(): Uint8Array {
  return Uint8Array.from([
    0x81,
    1,
    0,
    1, // version, header
    0b11111,
    0,
    0,
    0, // mask
    ...new Uint8Array(32).fill(3), // lifetime
    2,
    3, // instructions, addresses
    ...new Uint8Array(32).fill(11),
    ...new Uint8Array(32).fill(12),
    ...new Uint8Array(32).fill(13),
    ...[0xe8, 3, 0, 0, 0, 0, 0, 0], // priority fee 1000
    ...[0x40, 0x0d, 3, 0], // 200,000 units
    ...[0, 0, 1, 0], // 65,536 bytes of accounts
    ...[0, 0x80, 0, 0], // heap of 32 KiB
    2,
    1,
    3,
    0, // program 2, one account, three bytes
    2,
    2,
    0,
    1, // program 2, two accounts, 256 bytes
    0,
    7,
    8,
    9,
    0,
    1,
    ...new Uint8Array(256).fill(5),
    ...new Uint8Array(64).fill(6),
  ]);
}

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof MalformedError) return error.code;
    throw error;
  }
  return 'none';
};

test('a legacy transaction reads as @solana/web3.js wrote it and writes back the same bytes', () => {
  const bytes = transfer();
  const parsed = parseTransaction(bytes);
  const theirs = Web3Transaction.from(bytes);
  const message = theirs.compileMessage();
  expect(parsed.version).toBe('legacy');
  expect(parsed.header).toEqual({
    numRequiredSignatures: 1,
    numReadonlySigned: 0,
    numReadonlyUnsigned: 1,
  });
  expect(parsed.staticKeys.map(String)).toEqual(message.accountKeys.map(String));
  expect(new PublicKey(parsed.recentBlockhash).toBase58()).toBe(blockhash);
  expect(Buffer.from(parsed.messageBytes)).toEqual(theirs.serializeMessage());
  expect(Buffer.from(parsed.signatures[0] ?? [])).toEqual(theirs.signature);
  expect([...(parsed.instructions[0]?.accounts ?? [])]).toEqual([0, 1]);
  expect(encodeTransaction(parsed, parsed.signatures)).toEqual(bytes);
  expect(encodeMessage(parsed)).toEqual(parsed.messageBytes);
});

test('a version 0 transaction with two-byte lengths and a lookup table reads and writes the same', () => {
  const theirs = withTable();
  const bytes = theirs.serialize();
  const parsed = parseTransaction(bytes);
  expect(parsed.version).toBe(0);
  const message = Web3Message.deserialize(theirs.message.serialize());
  expect(parsed.staticKeys.map(String)).toEqual(message.staticAccountKeys.map(String));
  const [lookup] = parsed.lookups;
  const [expected] = message.addressTableLookups;
  expect(lookup?.table.toBase58()).toBe(expected?.accountKey.toBase58());
  expect([...(lookup?.writableIndexes ?? [])]).toEqual(expected?.writableIndexes);
  expect([...(lookup?.readonlyIndexes ?? [])]).toEqual(expected?.readonlyIndexes);
  expect(parsed.instructions[0]?.data).toHaveLength(300);
  expect(encodeTransaction(parsed, parsed.signatures)).toEqual(bytes);
  expect(parsed.messageBytes).toEqual(theirs.message.serialize());
});

test('a version 1 transaction reads field by field and writes back the same bytes', () => {
  const bytes = version1Bytes();
  const parsed = parseTransaction(bytes);
  expect(parsed.version).toBe(1);
  expect(parsed.config).toEqual({
    priorityFee: 1000n,
    computeUnitLimit: 200_000,
    loadedAccountsDataSizeLimit: 65_536,
    heapSize: 32_768,
  });
  expect(parsed.staticKeys.map(String)).toEqual([key(11), key(12), key(13)].map(String));
  expect([...(parsed.instructions[0]?.data ?? [])]).toEqual([7, 8, 9]);
  expect(parsed.instructions[1]?.data).toHaveLength(256);
  expect(parsed.messageBytes).toEqual(bytes.slice(0, -64));
  expect(parsed.signatures).toEqual([new Uint8Array(64).fill(6)]);
  expect(encodeTransaction(parsed, parsed.signatures)).toEqual(bytes);
});

test('each malformation has a code of its own', () => {
  const good = transfer();
  const v1 = version1Bytes();
  const patched = (bytes: Uint8Array, at: number, ...values: number[]) => {
    const copy = bytes.slice();
    copy.set(values, at);
    return copy;
  };
  expect(code(() => parseTransaction(new Uint8Array()))).toBe('transaction-empty');
  expect(code(() => parseTransaction(Uint8Array.from([...good, 0])))).toBe(
    'transaction-trailing-bytes',
  );
  expect(code(() => parseTransaction(good.slice(0, -1)))).toBe('transaction-truncated');
  expect(code(() => parseTransaction(new Uint8Array(1233)))).toBe('transaction-too-large');
  expect(code(() => parseTransaction(new Uint8Array(4097).fill(0x81)))).toBe(
    'transaction-too-large',
  );
  expect(code(() => parseTransaction(patched(good, 0, 13)))).toBe(
    'transaction-too-many-signatures',
  );
  expect(code(() => parseTransaction(patched(good, 68, 39)))).toBe('transaction-too-many-accounts');
  // The count of instructions, which is 1, in two bytes.
  const at = 65 + 3 + 1 + 3 * 32 + 32;
  expect(good[at]).toBe(1);
  const alias = Uint8Array.from([...good.slice(0, at), 0x81, 0, ...good.slice(at + 1)]);
  expect(code(() => parseTransaction(alias))).toBe('transaction-length-encoding');
  expect(code(() => parseTransaction(patched(v1, 0, 0x82)))).toBe('transaction-version-unknown');
  expect(code(() => parseTransaction(patched(v1, 0, 0x80)))).toBe('transaction-version-misplaced');
  expect(code(() => parseTransaction(patched(v1, 4, 0b11101)))).toBe('transaction-config-mask');
  expect(code(() => parseTransaction(patched(v1, 4, 0b111111)))).toBe('transaction-config-mask');
  expect(code(() => parseTransaction(v1.slice(0, -1)))).toBe('transaction-truncated');
  expect(code(() => parseTransaction(Uint8Array.from([...v1, 0])))).toBe(
    'transaction-trailing-bytes',
  );
  const misplaced = Uint8Array.from([1, ...new Uint8Array(64), ...v1.slice(0, -64)]);
  expect(code(() => parseTransaction(misplaced))).toBe('transaction-version-misplaced');
});

test('random bytes are a transaction or a MalformedError, and what parses writes back the same', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(0, 1, 0x81), (bytes, first) => {
      bytes[0] = bytes.length > 0 ? first : 0;
      try {
        const parsed = parseTransaction(bytes);
        expect(encodeTransaction(parsed, parsed.signatures)).toEqual(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a changed byte of a good transaction is a transaction or a MalformedError', () => {
  const goods = [transfer(), Uint8Array.from(withTable().serialize()), version1Bytes()];
  fc.assert(
    fc.property(
      fc.constantFrom(...goods),
      fc.nat(),
      fc.nat(255),
      fc.nat(3),
      (good, at, value, cut) => {
        const bytes = good.slice(0, good.length - cut);
        bytes[at % bytes.length] = value;
        try {
          const parsed = parseTransaction(bytes);
          expect(encodeTransaction(parsed, parsed.signatures)).toEqual(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

const bytes = (max: number) => fc.uint8Array({ maxLength: max });
const keyArbitrary = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((value) => Pubkey.from(value));
const messages: fc.Arbitrary<Message> = fc
  .record({
    version: fc.constantFrom('legacy' as const, 0 as const, 1 as const),
    header: fc.record({
      numRequiredSignatures: fc.nat(12),
      numReadonlySigned: fc.nat(255),
      numReadonlyUnsigned: fc.nat(255),
    }),
    staticKeys: fc.array(keyArbitrary, { maxLength: 5 }),
    recentBlockhash: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    instructions: fc.array(
      fc.record({ programIdIndex: fc.nat(255), accounts: bytes(200), data: bytes(200) }),
      { maxLength: 2 },
    ),
    lookups: fc.array(
      fc.record({ table: keyArbitrary, writableIndexes: bytes(20), readonlyIndexes: bytes(20) }),
      { maxLength: 2 },
    ),
    config: fc.record(
      {
        priorityFee: fc.bigInt(0n, 2n ** 64n - 1n),
        computeUnitLimit: fc.nat(),
        loadedAccountsDataSizeLimit: fc.nat(),
        heapSize: fc.nat(),
      },
      { requiredKeys: [] },
    ),
  })
  .map((message) => ({
    ...message,
    lookups: message.version === 0 ? message.lookups : [],
    config: message.version === 1 ? message.config : {},
  }));

test('what is written reads back the same', () => {
  fc.assert(
    fc.property(messages, (message) => {
      expect(parseMessage(encodeMessage(message))).toEqual(message);
    }),
  );
});
