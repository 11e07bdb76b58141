import { address } from '@solana/kit';
import {
  getOffchainMessageV0Encoder,
  type OffchainMessageV0,
  offchainMessageApplicationDomain,
  offchainMessageContentRestrictedAsciiOf1232BytesMax,
  offchainMessageContentUtf8Of65535BytesMax,
} from '@solana/offchain-messages';
import { createSignInMessageText, parseSignInMessageText } from '@solana/wallet-standard-util';
import { Keypair, SystemProgram, TransactionMessage } from '@solana/web3.js';
import * as fc from 'fast-check';
import {
  checkSignIn,
  completeSignIn,
  offchainMessage,
  parseOffchainMessage,
  parseSignIn,
  type SignInContext,
  type SignInFields,
  signableMessage,
  signInMessage,
} from '../../../src/chains/solana';
import { MalformedError } from '../../../src/vm-preview/errors';
import { transactionBytes } from './support';

const alice = Keypair.generate().publicKey;
const me = alice.toBase58();
const other = Keypair.generate().publicKey.toBase58();

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof MalformedError) return error.code;
    throw error;
  }
  return 'none';
}

describe('off-chain messages', () => {
  // Vectors of solana-sdk, offchain-message/src/lib.rs.
  test.each([
    ['Test Message', 'ff736f6c616e61206f6666636861696e00000c0054657374204d657373616765'],
    [
      'Тестовое сообщение',
      'ff736f6c616e61206f6666636861696e00012300d0a2d0b5d181d182d0bed0b2d0bed0b520d181d0bed0bed0b1d189d0b5d0bdd0b8d0b5',
    ],
  ])('%s', (text, hex) => {
    expect(Buffer.from(offchainMessage(text)).toString('hex')).toBe(hex);
    expect(parseOffchainMessage(Buffer.from(hex, 'hex')).text).toBe(text);
  });

  test('the format grows with the text', () => {
    const format = (text: string) => parseOffchainMessage(offchainMessage(text)).format;
    expect([format('a'.repeat(1212)), format('a'.repeat(1213))]).toEqual([0, 2]);
    expect([format('two\nlines'), format('ä')]).toEqual([1, 1]);
    expect(codeOf(() => offchainMessage('a'.repeat(65_516)))).toBe('message-too-long');
    expect(codeOf(() => offchainMessage(''))).toBe('message-empty');
  });

  test('the longer preamble, as @solana/offchain-messages writes it', () => {
    const encode = (text: string, signer: string) => {
      const frame = {
        version: 0,
        applicationDomain: offchainMessageApplicationDomain(other),
        requiredSignatories: [{ address: address(signer) }],
      } as const;
      const message: OffchainMessageV0 = /^[ -~]*$/.test(text)
        ? { ...frame, content: offchainMessageContentRestrictedAsciiOf1232BytesMax(text) }
        : { ...frame, content: offchainMessageContentUtf8Of65535BytesMax(text) };
      return Uint8Array.from(getOffchainMessageV0Encoder().encode(message));
    };
    for (const text of ['Hello', 'grüezi']) {
      expect(parseOffchainMessage(encode(text, me), me)).toMatchObject({ text, signers: [me] });
      const signable = signableMessage(encode(text, me), me);
      expect(signable).toMatchObject({ form: 'offchain', text });
      expect(signable.bytes).toEqual(encode(text, me));
    }
    expect(codeOf(() => signableMessage(encode('Hello', other), me))).toBe('message-other-signer');
  });

  test.each([
    ['cut off', (bytes: Uint8Array) => bytes.slice(0, -1)],
    ['with more after it', (bytes: Uint8Array) => Uint8Array.of(...bytes, 33)],
    ['of an unknown version', (bytes: Uint8Array) => bytes.map((b, i) => (i === 16 ? 9 : b))],
    ['of an unknown format', (bytes: Uint8Array) => bytes.map((b, i) => (i === 17 ? 3 : b))],
    [
      'that is not the ASCII it says',
      (bytes: Uint8Array) => bytes.map((b, i) => (i === 20 ? 200 : b)),
    ],
  ])('an envelope %s', (_what, spoil) => {
    expect(codeOf(() => signableMessage(spoil(offchainMessage('Hello there')), me))).toBe(
      'message-envelope',
    );
  });
});

describe('what is signed as a message', () => {
  test('text, as it came or in the envelope', () => {
    const plain = signableMessage('Hello', me);
    expect(plain).toEqual({
      bytes: new TextEncoder().encode('Hello'),
      text: 'Hello',
      form: 'plain',
    });
    const wrapped = signableMessage('Hello', me, 'offchain');
    expect(wrapped).toEqual({ bytes: offchainMessage('Hello'), text: 'Hello', form: 'offchain' });
  });

  test('bytes that are no text stay bytes', () => {
    const bytes = Uint8Array.of(0xc3, 0x28, 0xff);
    expect(signableMessage(bytes, me)).toEqual({ bytes, form: 'plain' });
    expect(codeOf(() => signableMessage(bytes, me, 'offchain'))).toBe('message-not-text');
  });

  const hash = Keypair.generate().publicKey.toBase58();
  const transfer = SystemProgram.transfer({ fromPubkey: alice, toPubkey: alice, lamports: 1 });
  const whole = transactionBytes(alice, hash, [transfer]);
  const compiled = new TransactionMessage({
    payerKey: alice,
    recentBlockhash: hash,
    instructions: [transfer],
  });

  test.each([
    ['a transaction', whole],
    ['a legacy message', whole.slice(65)],
    ['a message of version 0', compiled.compileToV0Message().serialize()],
  ])('never %s', (_what, bytes) => {
    expect(codeOf(() => signableMessage(bytes, me))).toBe('message-is-transaction');
  });

  test('nothing, and too much', () => {
    expect(codeOf(() => signableMessage('', me))).toBe('message-empty');
    expect(codeOf(() => signableMessage(new Uint8Array(65_536), me))).toBe('message-too-long');
  });
});

describe('sign-in', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const context: SignInContext = {
    origin: 'https://app.example.org',
    address: me,
    now,
    chainIds: ['mainnet', 'solana:mainnet'],
  };
  const full: SignInFields = {
    domain: 'app.example.org',
    address: me,
    statement: 'I accept the terms: https://example.org/tos',
    uri: 'https://app.example.org/login',
    version: '1',
    chainId: 'mainnet',
    nonce: 'abcDEF12',
    issuedAt: '2026-11-22T12:00:01Z',
    expirationTime: '2026-11-22T13:00:00Z',
    notBefore: '2026-11-22T11:00:00Z',
    requestId: 'r-1',
    resources: ['ipfs://bafy', 'https://example.org/claim.json'],
  };

  const subsets = fc
    .subarray(
      Object.keys(full).filter(
        (name) => name !== 'domain' && name !== 'address',
      ) as (keyof SignInFields)[],
    )
    .map((names) => {
      const kept = Object.fromEntries(names.map((name) => [name, full[name]]));
      return { ...kept, domain: full.domain, address: full.address } as SignInFields;
    });

  test('writes what @solana/wallet-standard-util writes, and reads what it reads', () => {
    fc.assert(
      fc.property(subsets, (fields) => {
        const text = signInMessage(fields);
        const { resources, ...rest } = fields;
        const theirInput = resources === undefined ? rest : { ...rest, resources: [...resources] };
        expect(text).toBe(createSignInMessageText(theirInput));
        const theirs = parseSignInMessageText(text);
        const ours = parseSignIn(text);
        expect(ours).toEqual(fields);
        expect(JSON.parse(JSON.stringify(theirs))).toEqual(JSON.parse(JSON.stringify(ours)));
      }),
    );
  });

  test('what is absent is filled in from who asks', () => {
    expect(completeSignIn({}, context)).toEqual({ domain: 'app.example.org', address: me });
    expect(completeSignIn(full, context)).toEqual(full);
  });

  test.each<[string, Partial<SignInFields>, string]>([
    ['another site', { domain: 'example.org' }, 'sign-in-domain'],
    ['a site that looks like it', { domain: 'app.example.org.evil.com' }, 'sign-in-domain'],
    ['another account', { address: other }, 'sign-in-address'],
    ['an address of another site', { uri: 'https://evil.com/' }, 'sign-in-uri'],
    ['an address that is none', { uri: 'login' }, 'sign-in-uri'],
    ['another network', { chainId: 'devnet' }, 'sign-in-chain'],
    ['an old request', { issuedAt: '2026-11-22T10:00:00Z' }, 'sign-in-time'],
    ['one from the future', { issuedAt: '2026-11-22T14:00:00Z' }, 'sign-in-time'],
    ['one that has expired', { expirationTime: '2026-11-22T11:59:59Z' }, 'sign-in-time'],
    ['a time that is none', { notBefore: 'tomorrow' }, 'sign-in-time'],
    ['a line break in the statement', { statement: 'a\n\nURI: https://evil.com' }, 'sign-in-field'],
    ['a line break in a resource', { resources: ['a\nb'] }, 'sign-in-field'],
  ])('refuses %s', (_what, fields, code) => {
    expect(codeOf(() => completeSignIn({ ...full, ...fields }, context))).toBe(code);
  });

  test('a message that is a sign-in for another site is found out', () => {
    const text = signInMessage({ ...full, domain: 'bank.example' });
    const fields = parseSignIn(text);
    if (fields === undefined) throw new Error('not found out');
    expect(codeOf(() => checkSignIn(fields, context))).toBe('sign-in-domain');
    expect(parseSignIn('Hello')).toBeUndefined();
  });
});
