import { Keypair, SystemProgram } from '@solana/web3.js';
import { confirmTransaction, submitTransaction, transactionId } from '../../../src/chains/solana';
import { answer, type BadNode, startBadNode } from '../bad-node';
import { transactionBytes } from './support';

let node: BadNode;
beforeAll(async () => {
  node = await startBadNode();
});
afterAll(() => node.close());
beforeEach(() => {
  node.asked.length = 0;
});

const alice = Keypair.generate();
const signed = transactionBytes(
  alice.publicKey,
  Keypair.generate().publicKey.toBase58(),
  [SystemProgram.transfer({ fromPubkey: alice.publicKey, toPubkey: alice.publicKey, lamports: 1 })],
  [alice],
);
const id = transactionId(signed);
const quick = { pollMs: 5, retryDelayMs: 5, timeoutMs: 500 };
const context = { slot: 7 };

describe('submitting', () => {
  test('gives the id of what was sent', async () => {
    node.behave((call, response) => {
      expect(call.params[0]).toBe(Buffer.from(signed).toString('base64'));
      answer(response, call.id, id);
    });
    expect(await submitTransaction({ endpoint: node.url }, signed)).toBe(id);
  });

  test('an answer for another transaction is an error', async () => {
    const other = transactionId(signed.map((byte, index) => (index === 1 ? byte ^ 1 : byte)));
    node.behave((call, response) => answer(response, call.id, other));
    await expect(submitTransaction({ endpoint: node.url }, signed)).rejects.toMatchObject({
      code: 'node-other-signature',
    });
  });

  test('an unsigned transaction is not sent', async () => {
    const unsigned = signed.slice().fill(0, 1, 65);
    await expect(submitTransaction({ endpoint: node.url }, unsigned)).rejects.toMatchObject({
      code: 'not-signed',
    });
    expect(node.asked).toEqual([]);
  });
});

describe('confirming', () => {
  interface Plan {
    readonly statuses: readonly unknown[];
    readonly height: number;
  }
  const follow = ({ height, statuses }: Plan) => {
    let asked = 0;
    node.behave((call, response) => {
      if (call.method === 'getBlockHeight') return answer(response, call.id, height);
      if (call.method === 'sendTransaction') return answer(response, call.id, id);
      const value = statuses[Math.min(asked, statuses.length - 1)] ?? null;
      asked += 1;
      answer(response, call.id, { context, value: [value] });
    });
  };
  const wait = (more = {}) =>
    confirmTransaction({ endpoint: node.url }, id, {
      ...quick,
      lastValidBlockHeight: 100n,
      ...more,
    });

  test('until it is confirmed', async () => {
    follow({
      height: 50,
      statuses: [
        null,
        { slot: 9, err: null, confirmationStatus: 'processed' },
        { slot: 9, err: null, confirmationStatus: 'confirmed' },
      ],
    });
    expect(await wait()).toEqual({ status: 'confirmed', slot: '9' });
  });

  test('until it has failed, in the chain’s words', async () => {
    const err = { InstructionError: [0, { Custom: 1 }] };
    follow({ height: 50, statuses: [{ slot: 9, err, confirmationStatus: 'processed' }] });
    expect(await wait()).toEqual({
      status: 'failed',
      error: 'Error processing Instruction 0: custom program error: 0x1',
    });
  });

  test('until it can no longer land', async () => {
    follow({ height: 101, statuses: [null] });
    expect(await wait()).toEqual({ status: 'expired' });
  });

  test('one that landed in the last moment has landed', async () => {
    follow({
      height: 101,
      statuses: [null, { slot: 9, err: null, confirmationStatus: 'finalized' }],
    });
    expect(await wait()).toEqual({ status: 'confirmed', slot: '9' });
  });

  test('sends again while it waits', async () => {
    follow({
      height: 50,
      statuses: [
        ...new Array(7).fill(null),
        { slot: 9, err: null, confirmationStatus: 'confirmed' },
      ],
    });
    expect(await wait({ transaction: signed })).toMatchObject({ status: 'confirmed' });
    expect(node.asked.filter((method) => method === 'sendTransaction')).toHaveLength(1);
  });

  test('not for ever', async () => {
    follow({ height: 50, statuses: [null] });
    await expect(wait({ deadlineMs: 30 })).rejects.toMatchObject({ code: 'confirmation-timeout' });
  });
});
