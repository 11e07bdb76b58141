/** Bytes and signatures held against @mysten/sui. */
import { Transaction } from '@mysten/sui/transactions';
import { verifyPersonalMessageSignature, verifyTransactionSignature } from '@mysten/sui/verify';
import { ed25519 } from '@noble/curves/ed25519.js';
import {
  accountAddress,
  completeTransaction,
  decodeTransaction,
  messageOf,
  serializedSignature,
  signableMessage,
  transactionId,
} from '../../../src/chains/sui';
import { parseTransaction } from '../../../src/chains/sui/transaction';
import { ALICE, ALICE_KEY, BOB, coin, refOf } from './objects';

const SEED = new Uint8Array(32).fill(1);
const PUBLIC = ed25519.getPublicKey(SEED);

function transfer(): Transaction {
  const tx = new Transaction();
  const [split] = tx.splitCoins(tx.gas, [1_000n]);
  if (split === undefined) throw new Error('no coin');
  tx.transferObjects([split], BOB);
  return tx;
}

async function withGas(tx: Transaction, sponsor?: string): Promise<Uint8Array> {
  tx.setSender(ALICE);
  tx.setGasPrice(1_000);
  tx.setGasBudget(5_000_000);
  if (sponsor !== undefined) tx.setGasOwner(sponsor);
  tx.setGasPayment([refOf(coin('0xc1', sponsor ?? ALICE, 10n ** 9n))]);
  return tx.build();
}

describe('a transaction of the SDK', () => {
  it('has the same address, digest and signature', async () => {
    const bytes = await withGas(transfer());
    expect(accountAddress(PUBLIC)).toBe(ALICE);
    expect(transactionId(bytes)).toBe(await Transaction.from(bytes).getDigest());
    const { signature } = await ALICE_KEY.signTransaction(bytes);
    const own = serializedSignature(ed25519.sign(messageOf(bytes), SEED), PUBLIC);
    expect(own).toBe(signature);
    const key = await verifyTransactionSignature(bytes, own);
    expect(key.toSuiAddress()).toBe(ALICE);
  });

  it('is told in words before any state is read', async () => {
    const { calls, feePayer, signers } = decodeTransaction(await withGas(transfer()));
    expect({ feePayer, signers }).toEqual({ feePayer: ALICE, signers: [ALICE] });
    expect(calls.map(({ name }) => name)).toEqual(['Split coins', 'Transfer objects']);
    expect(calls[0]?.fields).toEqual([
      { kind: 'words', label: 'coin', value: 'the coin that pays the fee' },
      expect.objectContaining({ kind: 'amount', value: '1000' }),
    ]);
    expect(calls[1]?.fields).toEqual([
      { kind: 'address', label: 'to', value: BOB },
      { kind: 'words', label: 'object', value: 'result 1 of command 1' },
    ]);
  });

  it('asks for the signatures of sender and sponsor', async () => {
    const { feePayer, signers } = decodeTransaction(await withGas(transfer(), BOB));
    expect({ feePayer, signers }).toEqual({ feePayer: BOB, signers: [ALICE, BOB] });
  });

  it('may come without sender and gas', async () => {
    const kind = await transfer().build({ onlyTransactionKind: true });
    const whole = completeTransaction(kind, ALICE);
    expect(parseTransaction(whole).needsGas).toBe(true);
    expect(decodeTransaction(whole).signers).toEqual([ALICE]);
    expect(() => messageOf(whole)).toThrow(expect.objectContaining({ code: 'gas-missing' }));
    // What is whole already stays as it is.
    const bytes = await withGas(transfer());
    expect(completeTransaction(bytes, BOB)).toEqual(bytes);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['zeros', new Uint8Array(40)],
    ['noise', Uint8Array.from({ length: 200 }, (_, i) => (i * 37) % 256)],
  ])('refuses %s', (_, bytes) => {
    expect(() => completeTransaction(bytes, ALICE)).toThrow(
      expect.objectContaining({ kind: 'malformed' }),
    );
    expect(() => decodeTransaction(bytes)).toThrow(expect.objectContaining({ kind: 'malformed' }));
  });

  it('refuses any byte more or less', async () => {
    const bytes = await withGas(transfer());
    for (const broken of [bytes.slice(0, -1), Uint8Array.of(...bytes, 0)]) {
      expect(() => parseTransaction(broken)).toThrow(
        expect.objectContaining({ code: 'transaction-malformed' }),
      );
    }
  });
});

describe('a personal message', () => {
  it('is signed as the SDK verifies it', async () => {
    const message = new TextEncoder().encode('Hello, Sui');
    const { digest, text } = signableMessage(message);
    expect(text).toBe('Hello, Sui');
    const signature = serializedSignature(ed25519.sign(digest, SEED), PUBLIC);
    expect(signature).toBe((await ALICE_KEY.signPersonalMessage(message)).signature);
    const key = await verifyPersonalMessageSignature(message, signature);
    expect(key.toSuiAddress()).toBe(ALICE);
  });

  it('is no transaction, whatever it is wrapped in', async () => {
    const bytes = await withGas(transfer());
    const base64 = new TextEncoder().encode(Buffer.from(bytes).toString('base64'));
    for (const message of [bytes, Uint8Array.of(0, 0, 0, ...bytes), base64]) {
      expect(() => signableMessage(message)).toThrow(
        expect.objectContaining({ code: 'message-is-transaction' }),
      );
    }
  });

  it('has some bytes, and not too many', () => {
    expect(() => signableMessage(new Uint8Array())).toThrow(
      expect.objectContaining({ code: 'message-empty' }),
    );
    expect(() => signableMessage(new Uint8Array(70_000))).toThrow(
      expect.objectContaining({ code: 'message-too-long' }),
    );
  });

  it('may be bytes that are no text', () => {
    expect(signableMessage(Uint8Array.of(0xff, 0xfe, 1)).text).toBeUndefined();
  });
});
