/** Sending and confirming. */
import { Transaction } from '@mysten/sui/transactions';
import { encodeBase64 } from '../../../src/chains/base64';
import {
  chainOfNode,
  confirmTransaction,
  nativeBalance,
  submitTransaction,
} from '../../../src/chains/sui';
import { digestOf } from '../../../src/vm-preview/move/sui';
import { fakeNode } from './node';
import { ALICE, BOB, coin, refOf } from './objects';

const EFFECTS = Uint8Array.of(1, 2, 3);
const SIGNATURE = encodeBase64(new Uint8Array(97));

async function transaction(): Promise<{ bytes: Uint8Array; digest: string }> {
  const tx = new Transaction();
  tx.transferObjects([tx.gas], BOB);
  tx.setSender(ALICE);
  tx.setGasPrice(1_000);
  tx.setGasBudget(5_000_000);
  tx.setGasPayment([refOf(coin('0xc1', ALICE, 10n ** 9n))]);
  const bytes = await tx.build();
  return { bytes, digest: await tx.getDigest() };
}

const taken = (digest: string) => ({
  digest,
  status: 'SUCCESS',
  effectsBcs: encodeBase64(EFFECTS),
  executionError: null,
});

describe('sending', () => {
  it('gives the bytes and the signatures, and says whether it did what was shown', async () => {
    const { bytes, digest } = await transaction();
    const node = fakeNode();
    node.execute = (sent, signatures) => {
      expect(sent).toBe(encodeBase64(bytes));
      expect(signatures).toEqual([SIGNATURE]);
      return taken(digest);
    };
    const options = { fetch: node.fetch };
    const shown = digestOf('TransactionEffects', EFFECTS);
    expect(await submitTransaction(node.network, bytes, [SIGNATURE], shown, options)).toMatchObject(
      {
        digest,
        success: true,
        isAsShown: true,
        effects: EFFECTS,
      },
    );
    const other = new Uint8Array(32);
    const differs = await submitTransaction(node.network, bytes, [SIGNATURE], other, options);
    expect(differs.isAsShown).toBe(false);
    const unknown = await submitTransaction(node.network, bytes, [SIGNATURE], undefined, options);
    expect(unknown.isAsShown).toBeUndefined();
  });

  it.each([
    [
      'another transaction',
      () => taken('11111111111111111111111111111111'),
      'node-other-transaction',
    ],
    [
      'no effects',
      (digest: string) => ({ ...taken(digest), effectsBcs: null }),
      'node-answer-malformed',
    ],
  ])('refuses an answer for %s', async (_, answer, code) => {
    const { bytes, digest } = await transaction();
    const node = fakeNode();
    node.execute = () => answer(digest);
    await expect(
      submitTransaction(node.network, bytes, [SIGNATURE], undefined, { fetch: node.fetch }),
    ).rejects.toMatchObject({ kind: 'state', code });
  });
});

describe('confirming', () => {
  const landed = (digest: string, status: string) => ({
    digest,
    status,
    checkpoint: { sequenceNumber: 1_234 },
    executionError: status === 'SUCCESS' ? null : { message: 'MoveAbort' },
  });

  it('waits until it is in a checkpoint', async () => {
    const { digest } = await transaction();
    const node = fakeNode();
    setTimeout(() => node.landed.set(digest, landed(digest, 'SUCCESS')), 50);
    const options = { fetch: node.fetch, pollMs: 20, deadlineMs: 2_000 };
    expect(await confirmTransaction(node.network, digest, options)).toEqual({
      status: 'confirmed',
      checkpoint: '1234',
    });
    node.landed.set(digest, landed(digest, 'FAILURE'));
    expect(await confirmTransaction(node.network, digest, options)).toEqual({
      status: 'failed',
      checkpoint: '1234',
      error: 'MoveAbort',
    });
  });

  it('ends where nobody says', async () => {
    const { digest } = await transaction();
    const node = fakeNode();
    const options = { fetch: node.fetch, pollMs: 5, deadlineMs: 20 };
    await expect(confirmTransaction(node.network, digest, options)).rejects.toMatchObject({
      code: 'confirmation-timeout',
    });
    await expect(confirmTransaction(node.network, 'no digest', options)).rejects.toMatchObject({
      kind: 'state',
    });
  });
});

describe('questions about an account', () => {
  it('sums its coins, and knows the chain of a node', async () => {
    const node = fakeNode([
      coin('0xc1', ALICE, 7n),
      coin('0xc2', ALICE, 5n),
      coin('0xc3', BOB, 1n),
    ]);
    const options = { fetch: node.fetch };
    expect(await nativeBalance(node.network, ALICE, options)).toBe(12n);
    expect(await chainOfNode(node.network.endpoint, options)).toBe(node.service.chain);
  });
});
