import {
  decodeTransaction,
  messageOf,
  signTransaction,
  transactionId,
} from '../../../src/chains/aptos/transaction';
import {
  Account,
  AccountAddress,
  ChainId,
  EntryFunction,
  generateSignedTransaction,
  generateSigningMessageForTransaction,
  generateUserTransactionHash,
  MultiAgentTransaction,
  RawTransaction,
  Script,
  SimpleTransaction,
  TransactionPayloadEntryFunction,
  TransactionPayloadScript,
  U64,
} from '../../support/aptos-sdk';

const sender = Account.generate();
const other = Account.generate();
const payer = Account.generate();
const recipient = AccountAddress.from(`0x${'33'.repeat(32)}`);

const transfer = new TransactionPayloadEntryFunction(
  EntryFunction.build('0x1::aptos_account', 'transfer', [], [recipient, new U64(150_000_000n)]),
);
const script = new TransactionPayloadScript(new Script(Uint8Array.of(1, 2, 3), [], [new U64(7n)]));

const raw = (payload: TransactionPayloadEntryFunction | TransactionPayloadScript = transfer) =>
  new RawTransaction(
    sender.accountAddress,
    5n,
    payload,
    2000n,
    100n,
    1_800_000_000n,
    new ChainId(4),
  );

const FORMS = {
  raw: raw().bcsToBytes(),
  simple: new SimpleTransaction(raw()).bcsToBytes(),
  sponsored: new SimpleTransaction(raw(), payer.accountAddress).bcsToBytes(),
  multiAgent: new MultiAgentTransaction(raw(), [other.accountAddress]).bcsToBytes(),
  sponsoredMultiAgent: new MultiAgentTransaction(
    raw(),
    [other.accountAddress],
    payer.accountAddress,
  ).bcsToBytes(),
};

describe('transactions that the SDK builds', () => {
  test.each([
    ['raw', [sender], sender],
    ['simple', [sender], sender],
    ['sponsored', [sender, payer], payer],
    ['multiAgent', [sender, other], sender],
    ['sponsoredMultiAgent', [sender, other, payer], payer],
  ] as const)('%s: signers and payer', (form, signers, feePayer) => {
    const decoded = decodeTransaction(FORMS[form]);
    expect(decoded.signers).toEqual(signers.map((one) => one.accountAddress.toStringLong()));
    expect(decoded.feePayer).toBe(feePayer.accountAddress.toStringLong());
    expect(decoded.signed).toEqual([]);
  });

  test('a transfer in words', () => {
    const [call] = decodeTransaction(FORMS.raw).calls;
    expect(call).toMatchObject({
      program: { address: '0x1::aptos_account', name: 'Aptos Framework (aptos_account)' },
      name: 'Transfer',
      fields: [
        { kind: 'address', label: 'recipient', value: recipient.toStringLong() },
        { kind: 'amount', label: 'amount', value: '150000000', asset: { symbol: 'APT' } },
      ],
    });
  });

  test('a script in words', () => {
    const [call] = decodeTransaction(raw(script).bcsToBytes()).calls;
    expect(call).toMatchObject({
      name: 'Run a script',
      fields: [{ value: '3' }, { kind: 'number', label: 'argument 1', value: '7' }],
      data: '010203',
    });
  });

  test.each([
    ['raw', new SimpleTransaction(raw())],
    ['simple', new SimpleTransaction(raw())],
    ['sponsored', new SimpleTransaction(raw(), payer.accountAddress)],
    ['multiAgent', new MultiAgentTransaction(raw(), [other.accountAddress])],
  ] as const)('%s: what is signed is what the SDK signs', (form, transaction) => {
    expect(messageOf(FORMS[form])).toEqual(generateSigningMessageForTransaction(transaction));
  });

  test('signed, it is the SDK’s transaction, with its hash', () => {
    const transaction = new SimpleTransaction(raw());
    const senderAuthenticator = sender.signTransactionWithAuthenticator(transaction);
    const expected = generateSignedTransaction({ transaction, senderAuthenticator });
    const signature = sender.sign(messageOf(FORMS.simple)).toUint8Array();
    const address = sender.accountAddress.toString();
    const signed = signTransaction(
      FORMS.simple,
      address,
      sender.publicKey.toUint8Array(),
      signature,
    );
    expect(signed).toEqual(expected);
    expect(transactionId(signed)).toBe(
      generateUserTransactionHash({ transaction, senderAuthenticator }),
    );
    expect(decodeTransaction(signed).signed).toEqual([sender.accountAddress.toStringLong()]);
  });

  test('others’ signatures cannot be made up', () => {
    const sign = (bytes: Uint8Array, who = sender) =>
      signTransaction(
        bytes,
        who.accountAddress.toString(),
        who.publicKey.toUint8Array(),
        new Uint8Array(64),
      );
    expect(() => sign(FORMS.multiAgent)).toThrow(
      expect.objectContaining({ code: 'signatures-missing' }),
    );
    expect(() => sign(FORMS.raw, other)).toThrow(expect.objectContaining({ code: 'not-a-signer' }));
    expect(() => transactionId(FORMS.raw)).toThrow(expect.objectContaining({ code: 'not-signed' }));
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['cut off', FORMS.raw.subarray(0, FORMS.raw.length - 1)],
    ['with more after it', Uint8Array.of(...FORMS.raw, 1, 2, 3)],
    ['zeros', new Uint8Array(200)],
  ])('%s is refused', (_, bytes) => {
    expect(() => decodeTransaction(bytes)).toThrow(
      expect.objectContaining({ kind: 'malformed', code: 'transaction-malformed' }),
    );
  });

  test('random bytes end in a typed error or a transaction', () => {
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
      return seed;
    };
    for (let run = 0; run < 2_000; run += 1) {
      const bytes = FORMS.sponsoredMultiAgent.slice();
      for (let flips = 0; flips < 3; flips += 1) bytes[random() % bytes.length] = random() & 0xff;
      try {
        decodeTransaction(bytes);
      } catch (error) {
        expect(error).toHaveProperty('kind');
      }
    }
  });
});
