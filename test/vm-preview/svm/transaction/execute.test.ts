import { PublicKey, SystemProgram } from '@solana/web3.js';
import type { Pubkey } from '../../../../src/vm-preview/svm';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { address, transaction } from '../../../support/solana-transaction';

const web3 = (key: Pubkey) => new PublicKey(key.bytes);
const payer = address(7);
const other = address(9);

test('a transfer of SOL', () => {
  const world = new LitesvmWorld();
  world.set(payer, { lamports: 10_000_000_000n });
  const bytes = transaction({
    payer,
    blockhash: world.blockhash,
    instructions: [
      SystemProgram.transfer({
        fromPubkey: web3(payer),
        toPubkey: web3(other),
        lamports: 1_000_000n,
      }),
    ],
  });
  const { outcome, rounds } = world.expectSame(bytes);
  expect(outcome.landing).toBe('executed');
  expect(outcome.error).toBeUndefined();
  expect(outcome.fee).toEqual({ signature: 5000n, priority: 0n });
  expect(rounds).toBe(1);
});
