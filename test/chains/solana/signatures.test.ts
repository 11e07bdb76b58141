import { base58 } from '@scure/base';
import {
  Keypair,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import nacl from 'tweetnacl';
import {
  attachSignature,
  decodeTransaction,
  messageOf,
  replaceBlockhash,
  transactionId,
} from '../../../src/chains/solana';
import { MalformedError } from '../../../src/vm-preview/errors';
import { transactionBytes } from './support';

const [alice, bob, eve] = [Keypair.generate(), Keypair.generate(), Keypair.generate()];
const [oldHash, newHash] = [eve.publicKey.toBase58(), bob.publicKey.toBase58()];
const both = [
  SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: eve.publicKey, lamports: 1 }),
  SystemProgram.transfer({ fromPubkey: bob.publicKey, toPubkey: eve.publicKey, lamports: 2 }),
];

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof MalformedError) return error.code;
    throw error;
  }
  return 'none';
}

const signatureOf = (bytes: Uint8Array, signer: Keypair) =>
  nacl.sign.detached(messageOf(bytes), signer.secretKey);

describe('attaching a signature', () => {
  test('keeps what others signed, and web3.js accepts the result', () => {
    const given = transactionBytes(alice.publicKey, oldHash, both, [bob]);
    const signed = attachSignature(given, alice.publicKey.toBase58(), signatureOf(given, alice));
    const read = Transaction.from(signed);
    expect(read.verifySignatures()).toBe(true);
    expect(messageOf(signed)).toEqual(messageOf(given));
    expect(decodeTransaction(signed).signed).toEqual([
      alice.publicKey.toBase58(),
      bob.publicKey.toBase58(),
    ]);
    expect(Buffer.from(signed.slice(65, 129))).toEqual(Buffer.from(given.slice(65, 129)));
  });

  test('in a transaction of version 0', () => {
    const message = new TransactionMessage({
      payerKey: alice.publicKey,
      recentBlockhash: oldHash,
      instructions: both,
    }).compileToV0Message();
    const given = new VersionedTransaction(message).serialize();
    const theirs = new VersionedTransaction(message);
    theirs.sign([alice, bob]);
    let ours: Uint8Array = given;
    for (const signer of [bob, alice]) {
      ours = attachSignature(ours, signer.publicKey.toBase58(), signatureOf(ours, signer));
    }
    expect(Buffer.from(ours)).toEqual(Buffer.from(theirs.serialize()));
  });

  test('of an account that is not asked for, or of a wrong length', () => {
    const given = transactionBytes(alice.publicKey, oldHash, both);
    const signature = new Uint8Array(64);
    expect(codeOf(() => attachSignature(given, eve.publicKey.toBase58(), signature))).toBe(
      'not-a-signer',
    );
    expect(
      codeOf(() => attachSignature(given, alice.publicKey.toBase58(), signature.slice(1))),
    ).toBe('signature-length');
  });
});

describe('another blockhash', () => {
  test('changes 32 bytes and nothing else', () => {
    const given = transactionBytes(alice.publicKey, oldHash, both);
    const fresh = replaceBlockhash(given, newHash);
    expect(Buffer.from(fresh)).toEqual(
      Buffer.from(transactionBytes(alice.publicKey, newHash, both)),
    );
  });

  test('not where somebody else has signed', () => {
    const given = transactionBytes(alice.publicKey, oldHash, both, [bob]);
    const own = alice.publicKey.toBase58();
    expect(codeOf(() => replaceBlockhash(given, newHash, own))).toBe('signed-by-others');
    expect(codeOf(() => replaceBlockhash(given, newHash))).toBe('signed-by-others');
  });

  test('drops the user’s own signature, which it voids', () => {
    const given = transactionBytes(alice.publicKey, oldHash, both, [alice]);
    const fresh = replaceBlockhash(given, newHash, alice.publicKey.toBase58());
    expect(decodeTransaction(fresh).signed).toEqual([]);
  });
});

test('the id is the first signature, and there is none before it', () => {
  const given = transactionBytes(alice.publicKey, oldHash, both);
  expect(codeOf(() => transactionId(given))).toBe('not-signed');
  const signed = attachSignature(given, alice.publicKey.toBase58(), signatureOf(given, alice));
  const { signature } = Transaction.from(signed);
  if (signature === null) throw new Error('no signature');
  expect(transactionId(signed)).toBe(base58.encode(signature));
});

describe('bytes that are no transaction', () => {
  const good = transactionBytes(alice.publicKey, oldHash, both);
  test.each([
    ['nothing', new Uint8Array(), 'transaction-empty'],
    ['cut off', good.slice(0, -1), 'transaction-truncated'],
    ['with a byte more', Uint8Array.of(...good, 0), 'transaction-trailing-bytes'],
    ['too long', new Uint8Array(2000).fill(1), 'transaction-too-large'],
  ])('%s', (_what, bytes, code) => {
    expect(codeOf(() => decodeTransaction(bytes))).toBe(code);
  });

  test('without a fee payer', () => {
    const bytes = good.slice();
    // No signatures, and a header that asks for none.
    const none = Uint8Array.of(0, 0, ...bytes.slice(1 + 2 * 64 + 1));
    expect(codeOf(() => decodeTransaction(none))).toBe('fee-payer-missing');
  });

  test('with an instruction that points outside', () => {
    const bytes = good.slice();
    bytes[bytes.length - 14] = 99;
    expect(codeOf(() => decodeTransaction(bytes))).toBe('transaction-index');
  });

  test('with room for fewer signatures than it needs', () => {
    const fewer = Uint8Array.of(1, ...good.slice(65));
    expect(codeOf(() => decodeTransaction(fewer))).not.toBe('none');
  });
});
