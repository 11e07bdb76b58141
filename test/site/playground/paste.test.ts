/** What is pasted into the playground, held to the SDKs that write it. */
import { bcs } from '@mysten/sui/bcs';
import { Transaction as SuiTransaction } from '@mysten/sui/transactions';
import {
  address,
  appendTransactionMessageInstruction,
  blockhash,
  compileTransaction,
  createTransactionMessage,
  pipe,
  setTransactionMessageFeePayer,
  setTransactionMessageLifetimeUsingBlockhash,
} from '@solana/kit';
import {
  Keypair,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { MAX_TEXT } from '../../../site/src/playground/limits';
import { type PastedTransaction, readPaste } from '../../../site/src/playground/paste';
import { encodeBase64 } from '../../../src/chains/base64';
import { toHex } from '../../../src/chains/hex';
import { LookaheadError } from '../../../src/vm-preview/errors';

const NO_HINTS = { chain: undefined, account: undefined };
const PAYER = Keypair.fromSeed(new Uint8Array(32).fill(7)).publicKey;
const OTHER = Keypair.fromSeed(new Uint8Array(32).fill(8)).publicKey;
const BLOCKHASH = PublicKey.default.toBase58();
const ALICE = `0x${'a1'.repeat(32)}`;

function bytesOf(pasted: PastedTransaction): string {
  if ('open' in pasted) throw new Error('it waits for a node');
  return toHex(pasted.bytes);
}

function read(text: string, hints: Partial<Parameters<typeof readPaste>[1]> = {}) {
  return readPaste(text, { ...NO_HINTS, ...hints });
}

function refusalOf(text: string, hints: Partial<Parameters<typeof readPaste>[1]> = {}) {
  try {
    read(text, hints);
  } catch (error) {
    if (error instanceof LookaheadError) return error;
    throw error;
  }
  throw new Error('it was read');
}

function legacy(): Transaction {
  const transfer = SystemProgram.transfer({ fromPubkey: PAYER, toPubkey: OTHER, lamports: 5n });
  return new Transaction({
    feePayer: PAYER,
    blockhash: BLOCKHASH,
    lastValidBlockHeight: 1,
  }).add(transfer);
}

const legacyBytes = () => new Uint8Array(legacy().serialize({ requireAllSignatures: false }));

function versioned(): VersionedTransaction {
  return new VersionedTransaction(
    new TransactionMessage({
      payerKey: PAYER,
      recentBlockhash: BLOCKHASH,
      instructions: legacy().instructions,
    }).compileToV0Message(),
  );
}

/** As somebody logs what holds big integers. */
const stringify = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));

function suiTransaction(): SuiTransaction {
  const transaction = new SuiTransaction();
  transaction.setSender(ALICE);
  const object = {
    objectId: `0x${'0b'.repeat(32)}`,
    version: '7',
    digest: '4btiuiMPvEENsttpZC7CZ53DruC3MAgfznDbASZ7DR6S',
  };
  const [coin] = transaction.splitCoins(transaction.gas, [transaction.pure.u64(5n)]);
  if (coin === undefined) throw new Error('no coin');
  transaction.mergeCoins(transaction.objectRef(object), [coin]);
  transaction.moveCall({
    target: '0x2::pay::keep',
    typeArguments: ['0x2::sui::SUI'],
    arguments: [
      transaction.sharedObjectRef({ objectId: '0x6', initialSharedVersion: 1, mutable: false }),
      transaction.receivingRef({ ...object, objectId: `0x${'0c'.repeat(32)}` }),
      transaction.makeMoveVec({ type: 'u8', elements: [transaction.pure.u8(1)] }),
    ],
  });
  const [cap] = transaction.publish({
    modules: [[1, 2, 3]],
    dependencies: ['0x1', '0x2'],
  });
  if (cap === undefined) throw new Error('no capability');
  transaction.transferObjects([cap], transaction.pure.address(ALICE));
  return transaction;
}

function withGas(transaction: SuiTransaction): SuiTransaction {
  transaction.setGasPrice(1_000);
  transaction.setGasBudget(5_000_000);
  transaction.setGasPayment([
    {
      objectId: `0x${'0d'.repeat(32)}`,
      version: '9',
      digest: '4btiuiMPvEENsttpZC7CZ53DruC3MAgfznDbASZ7DR6S',
    },
  ]);
  return transaction;
}

describe('Solana', () => {
  const hex = toHex(legacyBytes());
  const base64 = encodeBase64(legacyBytes());

  it.each([
    ['base64', base64],
    ['base64 over lines', base64.replace(/(.{40})/g, '$1\n')],
    ['base64 for links', base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')],
    ['hex', hex],
    ['hex with 0x', `0x${hex.toUpperCase()}`],
    ['a list of bytes', JSON.stringify([...legacyBytes()])],
    ['a Uint8Array', JSON.stringify(legacyBytes())],
    ['a Buffer', JSON.stringify(Buffer.from(legacyBytes()))],
    ['a text of JSON', JSON.stringify(base64)],
    ['a node’s pair', JSON.stringify([base64, 'base64'])],
    [
      'a request to a node',
      JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'sendTransaction',
        params: [base64, { encoding: 'base64' }],
      }),
    ],
    ['what a wallet is handed', JSON.stringify({ transaction: base64 })],
    ['toJSON of web3.js', JSON.stringify(legacy())],
  ])('is read from %s', (_, text) => {
    const pasted = read(text);
    expect(pasted.chain).toBe('solana');
    expect(bytesOf(pasted)).toBe(hex);
  });

  it('is read from JSON.stringify of a versioned transaction of web3.js', () => {
    const transaction = versioned();
    expect(bytesOf(read(JSON.stringify(transaction)))).toBe(toHex(transaction.serialize()));
  });

  it('is read from a message and a transaction of kit', () => {
    const message = pipe(
      createTransactionMessage({ version: 'legacy' }),
      (tx) => setTransactionMessageFeePayer(address(PAYER.toBase58()), tx),
      (tx) =>
        setTransactionMessageLifetimeUsingBlockhash(
          { blockhash: blockhash(BLOCKHASH), lastValidBlockHeight: 1n },
          tx,
        ),
      (tx) =>
        appendTransactionMessageInstruction(
          {
            programAddress: address(SystemProgram.programId.toBase58()),
            accounts: [
              { address: address(PAYER.toBase58()), role: 3 },
              { address: address(OTHER.toBase58()), role: 1 },
            ],
            data: Uint8Array.from(legacy().instructions[0]?.data ?? []),
          },
          tx,
        ),
    );
    expect(bytesOf(read(stringify(message)))).toBe(hex);
    expect(bytesOf(read(stringify(compileTransaction(message))))).toBe(hex);
  });

  it('is read from a node’s JSON', () => {
    const compiled = legacy().compileMessage();
    const json = {
      signatures: [],
      message: {
        accountKeys: compiled.accountKeys.map((key) => key.toBase58()),
        header: compiled.header,
        instructions: compiled.instructions,
        recentBlockhash: compiled.recentBlockhash,
      },
    };
    expect(bytesOf(read(JSON.stringify(json)))).toBe(hex);
  });

  it('says what is missing', () => {
    const { recentBlockhash: _, ...unfinished } = JSON.parse(JSON.stringify(legacy()));
    expect(refusalOf(JSON.stringify(unfinished)).message).toMatch(/no recent blockhash yet/);
    const { feePayer: __, ...nobody } = JSON.parse(JSON.stringify(legacy()));
    expect(refusalOf(JSON.stringify(nobody)).message).toMatch(/who pays its fee/);
  });
});

describe('Sui', () => {
  it('is read from toJSON as the SDK builds it', async () => {
    const transaction = withGas(suiTransaction());
    const built = await transaction.build();
    const pasted = read(await transaction.toJSON());
    expect(pasted.chain).toBe('sui');
    expect(bytesOf(pasted)).toBe(toHex(built));
    expect(bytesOf(read(encodeBase64(built)))).toBe(toHex(built));
    expect(bytesOf(read(JSON.stringify({ bytes: encodeBase64(built), signature: 'x' })))).toBe(
      toHex(built),
    );
  });

  it('is read with its gas open, and its sender from the account', async () => {
    const transaction = suiTransaction();
    const pasted = read(await transaction.toJSON());
    const data = bcs.TransactionData.parse(Uint8Array.from(Buffer.from(bytesOf(pasted), 'hex'))).V1;
    expect(data?.gasData.payment).toEqual([]);
    expect(data?.sender).toBe(ALICE);
    const json = JSON.parse(await transaction.toJSON());
    const anonymous = JSON.stringify({ ...json, sender: null });
    expect(refusalOf(anonymous).message).toMatch(/does not say who sends it/);
    expect(bytesOf(read(anonymous, { account: ALICE }))).toBe(bytesOf(pasted));
  });

  it.each([
    [
      'an object without its version',
      (tx: SuiTransaction) => tx.object(`0x${'0e'.repeat(32)}`),
      /0x0e0e\w+… without its version|0x0e0e\w+ without its version/,
    ],
  ])('says of %s what to do', async (_, add, words) => {
    const transaction = suiTransaction();
    transaction.transferObjects([add(transaction)], ALICE);
    const refusal = refusalOf(JSON.stringify(transaction.getData()));
    expect(refusal.code).toBe('transaction-unresolved');
    expect(refusal.message).toMatch(words);
  });

  it('says that half of the gas is too little, and old forms are old', async () => {
    const transaction = suiTransaction();
    transaction.setGasBudget(5);
    expect(refusalOf(JSON.stringify(transaction.getData())).message).toMatch(/part of its gas/);
    const old = { version: 1, sender: ALICE, gasConfig: {}, inputs: [], transactions: [] };
    expect(refusalOf(JSON.stringify(old)).message).toMatch(/old versions of @mysten\/sui/);
  });
});

describe('what is no transaction', () => {
  it.each([
    ['nothing', '  \n ', /nothing to read/],
    ['prose', 'Hello, world! How are you?', /neither base64 nor hex/],
    ['short bytes', 'AQID', /no transaction of Solana, Aptos or Sui/],
    ['zeros', 'A'.repeat(4_000), /no transaction of Solana, Aptos or Sui/],
    ['broken JSON', '{"instructions": [', /cut short or broken/],
    ['other JSON', '{"hello": "world"}', /none that the SDKs or nodes/],
    ['an empty list', '[]', /none that the SDKs|no transaction/],
    ['null', '{"transaction": null}', /none that the SDKs/],
    [
      'JSON in JSON in JSON',
      JSON.stringify(
        JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify(JSON.stringify('x'))))),
      ),
      /none that the SDKs|neither/,
    ],
    ['deep lists', '['.repeat(100_000) + ']'.repeat(100_000), /none that the SDKs|no transaction/],
    [
      'a list of too much',
      JSON.stringify({
        feePayer: PAYER,
        recentBlockhash: BLOCKHASH,
        instructions: Array.from({ length: 5_000 }, () => ({
          keys: [],
          programId: PAYER,
          data: [],
        })),
      }),
      /too many instructions/,
    ],
    ['a prototype', '{"__proto__": {"inputs": [], "commands": []}}', /none that the SDKs/],
  ])('%s is told so in a sentence', (_, text, words) => {
    const refusal = refusalOf(text);
    expect(refusal.kind).toBe('malformed');
    expect(refusal.message).toMatch(words);
    expect(refusal.message.length).toBeLessThan(300);
  });

  it('is not looked at where it is longer than any transaction', () => {
    expect(refusalOf('A'.repeat(MAX_TEXT + 1)).code).toBe('paste-too-long');
  });

  it('never takes long', () => {
    const hostile = [
      '1'.repeat(MAX_TEXT),
      'f'.repeat(MAX_TEXT),
      `[${'1,'.repeat(MAX_TEXT / 2 - 10)}1]`,
      `{"inputs":[${'{},'.repeat(300_000)}{}],"commands":[],"sender":"0x1"}`,
      `{"value":`.repeat(50_000),
    ];
    for (const text of hostile) {
      const started = performance.now();
      refusalOf(text.slice(0, MAX_TEXT));
      expect(performance.now() - started).toBeLessThan(3_000);
    }
  });

  it('tells why the chosen chain does not read it', () => {
    expect(refusalOf('AQID', { chain: 'sui' }).message).toMatch(/no Sui transaction/);
  });
});
