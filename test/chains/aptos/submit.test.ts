import {
  accountSequenceNumber,
  aptosChain,
  chainIdOf,
  confirmTransaction,
  createAptosCache,
  decodeTransaction,
  gasUnitPrice,
  nativeBalance,
  renewTransaction,
  submitTransaction,
} from '../../../src/chains/aptos';
import { parseTransaction } from '../../../src/chains/aptos/transaction';
import { entry } from '../../support/aptos-calls';
import {
  Account,
  generateSignedTransaction,
  generateUserTransactionHash,
  SimpleTransaction,
} from '../../support/aptos-sdk';
import { fakeNode } from './node';
import { ALICE, rawTransaction, sponsoredBytes, transferBytes } from './transfers';

const sender = Account.generate();
const transaction = new SimpleTransaction(
  rawTransaction(entry('0x1::aptos_account::transfer', [ALICE, 1n]), {
    sender: sender.accountAddress.toString(),
  }),
);
const senderAuthenticator = sender.signTransactionWithAuthenticator(transaction);
const signed = generateSignedTransaction({ transaction, senderAuthenticator });
const hash = generateUserTransactionHash({ transaction, senderAuthenticator });
const QUICK = { retryDelayMs: 1, pollMs: 1, deadlineMs: 20 };

function node(answers: Record<string, unknown | (() => unknown)>) {
  const fake = fakeNode(new Map(), 4);
  const asked: string[] = [];
  fake.faults = {
    answer: (path) => {
      asked.push(path);
      const found = Object.entries(answers).find(([begin]) => path.startsWith(`/v1${begin}`));
      if (found === undefined) return undefined;
      const value = typeof found[1] === 'function' ? found[1]() : found[1];
      return value instanceof Response ? value : Response.json(value);
    },
  };
  return { fake, asked, options: { ...QUICK, fetch: fake.fetch }, network: fake.network };
}

const landed = (more = {}) => ({
  type: 'user_transaction',
  hash,
  version: '77',
  success: true,
  vm_status: 'Executed successfully',
  ...more,
});
const notFound = () =>
  Response.json({ message: 'no', error_code: 'transaction_not_found' }, { status: 404 });

describe('submitting', () => {
  test('gives the hash that the SDK gives', async () => {
    const { network, options } = node({ '/transactions': { type: 'pending_transaction', hash } });
    expect(await submitTransaction(network, signed, options)).toBe(hash);
  });

  test('sends BCS, and the bytes that were signed', async () => {
    const fake = fakeNode(new Map(), 4);
    let sent: RequestInit | undefined;
    const fetch: typeof globalThis.fetch = async (_url, init) => {
      sent = init;
      return Response.json({ hash });
    };
    await submitTransaction(fake.network, signed, { ...QUICK, fetch });
    expect(sent?.method).toBe('POST');
    expect(sent?.headers).toMatchObject({
      'content-type': 'application/x.aptos.signed_transaction+bcs',
    });
    expect(sent?.body).toEqual(signed);
  });

  test.each([
    ['another hash', { hash: `0x${'0'.repeat(64)}` }, 'node-other-transaction'],
    ['no hash', {}, 'node-answer-malformed'],
    [
      'a refusal',
      () =>
        Response.json(
          { message: 'SEQUENCE_NUMBER_TOO_OLD', error_code: 'vm_error' },
          { status: 400 },
        ),
      'node-refused',
    ],
  ])('%s is an error', async (_, answer, code) => {
    const { network, options } = node({ '/transactions': answer });
    await expect(submitTransaction(network, signed, options)).rejects.toMatchObject({ code });
  });

  test('what is not signed is not sent', async () => {
    const { asked, network, options } = node({});
    await expect(submitTransaction(network, transferBytes(), options)).rejects.toMatchObject({
      code: 'not-signed',
    });
    expect(asked).toEqual([]);
  });
});

describe('confirming', () => {
  const path = `/transactions/by_hash/${hash}`;

  test('waits until it has landed', async () => {
    const answers = [notFound(), Response.json({ type: 'pending_transaction', hash }), landed()];
    const { network, options } = node({ [path]: () => answers.shift() });
    expect(await confirmTransaction(network, hash, options)).toEqual({
      status: 'confirmed',
      version: '77',
    });
  });

  test('tells a failure in the chain’s words', async () => {
    const { network, options } = node({
      [path]: landed({ success: false, vm_status: 'Move abort in 0x1::coin: 0x10006' }),
    });
    expect(await confirmTransaction(network, hash, options)).toEqual({
      status: 'failed',
      version: '77',
      error: 'Move abort in 0x1::coin: 0x10006',
    });
  });

  test('ends when it can no longer land', async () => {
    const { network, options } = node({ [path]: notFound });
    const expirationSecs = 1_779_999_999n;
    expect(await confirmTransaction(network, hash, { ...options, expirationSecs })).toEqual({
      status: 'expired',
    });
  });

  test.each([
    ['nothing for long', notFound, 'confirmation-timeout'],
    ['another transaction', landed({ hash: '0x00' }), 'node-answer-malformed'],
    ['no version', { type: 'user_transaction', hash }, 'node-answer-malformed'],
  ])('%s is an error', async (_, answer, code) => {
    const { network, options } = node({ [path]: answer });
    await expect(confirmTransaction(network, hash, options)).rejects.toMatchObject({ code });
  });
});

describe('questions about accounts', () => {
  const account = { sequence_number: '12', authentication_key: ALICE };

  test('balance, sequence number, gas price, chain id', async () => {
    const { network, options } = node({
      [`/accounts/${ALICE}/balance`]: '150000000',
      [`/accounts/${ALICE}`]: account,
      '/estimate_gas_price': { gas_estimate: 100 },
    });
    expect(await nativeBalance(network, ALICE, options)).toBe(150_000_000n);
    expect(await accountSequenceNumber(network, ALICE, options)).toBe(12n);
    expect(await gasUnitPrice(network, options)).toBe(100n);
    expect(await chainIdOf(network.endpoint, options)).toBe('4');
  });

  test('an account that the chain does not know has nothing', async () => {
    const absent = () =>
      Response.json({ message: 'no', error_code: 'account_not_found' }, { status: 404 });
    const { network, options } = node({ '/accounts': absent });
    expect(await nativeBalance(network, ALICE, options)).toBe(0n);
    expect(await accountSequenceNumber(network, ALICE, options)).toBe(0n);
  });

  test('a new lifetime: the number and the time of now, all else as it was', async () => {
    const { network, options } = node({ [`/accounts/${ALICE}`]: account });
    const renewed = await renewTransaction(network, transferBytes({ expires: 5n }), options);
    const { raw } = parseTransaction(renewed);
    expect(raw).toEqual({
      ...parseTransaction(transferBytes()).raw,
      sequenceNumber: 12n,
      expirationTimestampSecs: 1_780_000_060n,
    });
    const ahead = transferBytes({ sequenceNumber: 15n, expires: 1_790_000_000n });
    expect(await renewTransaction(network, ahead, options)).toEqual(ahead);
    await expect(renewTransaction(network, sponsoredBytes('0x1'), options)).rejects.toMatchObject({
      code: 'signed-by-others',
    });
  });
});

test('a transaction may be renewed while only its sender signs it and has not', () => {
  const chain = aptosChain(createAptosCache());
  expect(chain.mayRenew(decodeTransaction(transferBytes()), ALICE)).toBe(true);
  expect(chain.mayRenew(decodeTransaction(signed), sender.accountAddress.toStringLong())).toBe(
    false,
  );
  expect(chain.mayRenew(decodeTransaction(sponsoredBytes('0x0')), ALICE)).toBe(false);
});
