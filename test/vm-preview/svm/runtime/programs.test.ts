import { Keypair, PublicKey, SystemProgram, TransactionInstruction } from '@solana/web3.js';
import { Twin } from './native';

const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');

function key(seed: number): PublicKey {
  return Keypair.fromSeed(new Uint8Array(32).fill(seed)).publicKey;
}

describe('programs against agave', () => {
  const payer = key(1);

  it('transfers lamports', () => {
    const twin = new Twin();
    twin.set(payer, {});
    const outcome = twin.compare(payer, [
      SystemProgram.transfer({ fromPubkey: payer, toPubkey: key(2), lamports: 5_000_000 }),
    ]);
    expect(outcome.error).toBeUndefined();
  });

  it('writes a memo', () => {
    const twin = new Twin();
    twin.set(payer, {});
    const outcome = twin.compare(payer, [
      new TransactionInstruction({
        programId: MEMO,
        keys: [{ pubkey: payer, isSigner: true, isWritable: false }],
        data: Buffer.from('hello'),
      }),
    ]);
    expect(outcome.error).toBeUndefined();
    console.log(outcome.logs, outcome.units, twin.lastMilliseconds);
  });
});
