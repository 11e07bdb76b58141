/** The transitions that agave's own tests name (`svm/src/transaction_account_state_info.rs`). */
import { SystemProgram } from '@solana/web3.js';
import { type Pubkey, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '../../../../src/vm-preview/svm';
import { type Rent, rentExemptMinimum } from '../../../../src/vm-preview/svm/sysvars/sysvar-cache';
import {
  type BalanceState,
  checkRentTransition,
} from '../../../../src/vm-preview/svm/transaction/rent-state';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { address, transaction, web3Key } from '../../../support/solana-transaction';

const rent: Rent = { lamportsPerByteYear: 6960n, exemptionThreshold: 1, burnPercent: 50 };
const minimum = rentExemptMinimum(rent, 64);

const state = (lamports: bigint, dataLength = 64, owner = SYSTEM_PROGRAM): BalanceState => ({
  lamports,
  dataLength,
  owner,
});

function allowed(before: BalanceState, after: BalanceState, relaxed: boolean): boolean {
  try {
    checkRentTransition(3, before, after, rent, relaxed);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ error: { InsufficientFundsForRent: { account_index: 3 } } });
    return false;
  }
}

test.each([
  ['nothing to nothing', state(0n), state(0n), true, true],
  ['nothing to exempt', state(0n), state(minimum), true, true],
  ['nothing to less than the minimum', state(0n), state(minimum - 1n), false, false],
  ['exempt to nothing', state(minimum), state(0n), true, true],
  ['exempt to less', state(minimum), state(minimum - 1n), false, false],
  ['exempt and larger than the balance allows', state(minimum), state(minimum, 65), false, false],
  ['below the minimum, unchanged', state(minimum - 5n), state(minimum - 5n), true, true],
  ['below the minimum, credited', state(minimum - 5n), state(minimum - 4n), false, true],
  ['below the minimum, debited', state(minimum - 5n), state(minimum - 6n), true, false],
  ['below the minimum, smaller', state(minimum - 5n), state(minimum - 5n, 63), true, true],
  ['below the minimum, larger', state(minimum - 5n), state(minimum - 5n, 65), false, false],
  [
    'below the minimum, with another owner',
    state(minimum - 5n),
    state(minimum - 5n, 64, TOKEN_PROGRAM),
    true,
    false,
  ],
  ['below the minimum to exempt', state(minimum - 5n), state(minimum), true, true],
  ['below the minimum to nothing', state(minimum - 5n), state(0n), true, true],
])('%s', (_name, before, after, strict, relaxed) => {
  expect(allowed(before, after, false)).toBe(strict);
  expect(allowed(before, after, true)).toBe(relaxed);
});

test('a shrunk account below the minimum of its new size may stay only under SIMD-0392', () => {
  const smaller = rentExemptMinimum(rent, 10);
  expect(allowed(state(smaller - 1n), state(smaller - 1n, 10), false)).toBe(false);
  expect(allowed(state(smaller - 1n), state(smaller - 1n, 10), true)).toBe(true);
});

const payer = address(7);
const poor = address(9);

function transfer(world: LitesvmWorld, from: Pubkey, to: Pubkey): Uint8Array {
  return transaction({
    payer: from,
    blockhash: world.blockhash,
    instructions: [
      SystemProgram.transfer({ fromPubkey: web3Key(from), toPubkey: web3Key(to), lamports: 1n }),
    ],
  });
}

test('a payer below the minimum cannot pay under SIMD-0392', () => {
  const world = new LitesvmWorld();
  world.set(payer, { lamports: 600_000n });
  const { outcome } = world.expectSame(transfer(world, payer, payer), ['post']);
  expect(outcome).toMatchObject({
    landing: 'refused',
    error: { InsufficientFundsForRent: { account_index: 0 } },
  });
});

test('an account below the minimum may be credited under SIMD-0392', () => {
  const world = new LitesvmWorld();
  world.set(payer, { lamports: 1_000_000_000n });
  world.set(poor, { lamports: 600_000n });
  const { outcome } = world.expectSame(transfer(world, payer, poor));
  expect(outcome.error).toBeUndefined();
});
