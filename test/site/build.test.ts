/** The page's own transactions, read back by @solana/web3.js and run by the local chain. */
import { Connection, type Message, PublicKey, SystemProgram, Transaction } from '@solana/web3.js';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../localnet/solana';
import { associatedTokenAddress } from '../../localnet/solana/token-instructions';
import { LocalnetError } from '../../site/src/local/error';
import { toBase64 } from '../../site/src/parts/base64';
import { buildTransaction } from '../../site/src/solana/build';
import { tokenAccount, transferSol } from '../../site/src/solana/instructions';
import { Localnet } from '../../site/src/solana/localnet';
import { buildSample, SAMPLES } from '../../site/src/solana/samples';
import { Pubkey } from '../../src/vm-preview/svm/pubkey';

let chain: SolanaLocalnet;

beforeAll(async () => {
  chain = await startSolanaLocalnet({ slotMilliseconds: 0 });
});

afterAll(async () => {
  await chain.close();
});

function messageOf(bytes: Uint8Array): Message {
  return Transaction.from(bytes).compileMessage();
}

it('equals what web3.js makes of one transfer', () => {
  const { alice, bob } = chain.wallets;
  const blockhash = PublicKey.default.toBase58();
  const expected = new Transaction({
    feePayer: alice.publicKey,
    blockhash,
    lastValidBlockHeight: 1,
  })
    .add(
      SystemProgram.transfer({
        fromPubkey: alice.publicKey,
        toPubkey: bob.publicKey,
        lamports: 123_456_789,
      }),
    )
    .serialize({ requireAllSignatures: false });
  const from = Pubkey.from(alice.publicKey.toBytes());
  const built = buildTransaction(
    from,
    [transferSol(from, Pubkey.from(bob.publicKey.toBytes()), 123_456_789n)],
    blockhash,
  );
  expect(toBase64(built)).toBe(expected.toString('base64'));
});

it('finds the token account that the chain finds', () => {
  const owner = chain.wallets.alice.publicKey;
  for (const { mint, program, decimals } of chain.tokens) {
    const found = tokenAccount(Pubkey.from(owner.toBytes()), {
      mint: Pubkey.from(mint.toBytes()),
      program: Pubkey.from(program.toBytes()),
      decimals,
    });
    expect(found.toBase58()).toBe(associatedTokenAddress(owner, mint, program).toBase58());
  }
});

describe('samples', () => {
  it.each(SAMPLES.map((sample) => [sample.id, sample] as const))(
    '%s does on the chain what it says',
    async (id, sample) => {
      const { bytes, owner } = await buildSample(sample, new Localnet(chain.url));
      expect(owner).toBe(chain.wallets.alice.publicKey.toBase58());
      expect(messageOf(bytes).header.numRequiredSignatures).toBe(1);
      const { error } = chain.bank.simulate(bytes, { signatures: false, blockhash: true });
      expect(error).toEqual(id === 'fails' ? { InstructionError: [0, { Custom: 1 }] } : undefined);
    },
  );

  it('need a chain, and say so', async () => {
    const [sample] = SAMPLES;
    if (sample === undefined) throw new Error('no samples');
    const nowhere = new Localnet('http://127.0.0.1:1');
    await expect(buildSample(sample, nowhere)).rejects.toThrow(LocalnetError);
    await expect(buildSample(sample, nowhere)).rejects.toThrow('Start one with “npm start”');
  });
});

it('gives money for the asking', async () => {
  const localnet = new Localnet(chain.url);
  const { tokens } = await localnet.info();
  const { publicKey } = chain.wallets.carol;
  const connection = new Connection(chain.url, 'confirmed');
  const before = await connection.getBalance(publicKey);
  await localnet.fund(publicKey.toBase58(), tokens);
  const after = await connection.getBalance(publicKey);
  expect(after - before).toBe(2_000_000_000);
  const [usdl] = tokens;
  const held = await connection.getParsedTokenAccountsByOwner(publicKey, {
    mint: new PublicKey(usdl?.mint ?? ''),
  });
  expect(held.value.map(({ account }) => account.data.parsed.info.tokenAmount.amount)).toEqual([
    '100000000',
  ]);
});
