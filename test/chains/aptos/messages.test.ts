import { refuseTransaction, signableMessage } from '../../../src/chains/aptos/messages/message';
import {
  completeSignIn,
  parseSignIn,
  signInBytes,
  signInMessage,
} from '../../../src/chains/aptos/messages/sign-in';
import { hashPrefix } from '../../../src/vm-preview/move/aptos/transaction';

const ADDRESS = `0x${'ab'.repeat(32)}`;
const CONTEXT = { application: 'https://example.org', address: ADDRESS, chainId: 2 };

describe('messages', () => {
  test('name the account, the site and the network, whatever is asked', () => {
    const { bytes, fullMessage } = signableMessage({ message: 'Hello', nonce: '7' }, CONTEXT);
    // AIP-62 and the wallet standard: prefix, then one field a line.
    expect(fullMessage).toBe(
      `APTOS\naddress: ${ADDRESS}\napplication: https://example.org\nchainId: 2\nmessage: Hello\nnonce: 7`,
    );
    expect(new TextDecoder().decode(bytes)).toBe(fullMessage);
  });

  test.each([
    ['', '1', 'message-empty'],
    ['x'.repeat(0x10000), '1', 'message-too-long'],
    ['Hello', '', 'message-nonce'],
    ['Hello', '1\nmessage: other', 'message-nonce'],
    ['Hello', '1\u2028', 'message-nonce'],
  ])('refuses %#', (message, nonce, code) => {
    expect(() => signableMessage({ message, nonce }, CONTEXT)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test.each(['RawTransaction', 'RawTransactionWithData'])('refuses bytes of a %s', (type) => {
    expect(() => refuseTransaction(Uint8Array.of(...hashPrefix(type), 1, 2))).toThrow(
      expect.objectContaining({ code: 'message-is-transaction' }),
    );
  });
});

const NOW = Date.parse('2026-11-22T12:00:00Z');
const SIGN_IN = {
  origin: 'https://example.com',
  address: ADDRESS,
  now: NOW,
  chainIds: ['mainnet', 'aptos:mainnet', '1'],
};

describe('sign-in', () => {
  test('writes the text of AIP-116’s example', () => {
    const one = `0x${'1'.padStart(64, '0')}`;
    expect(
      signInMessage({
        domain: 'example.com',
        address: one,
        statement: 'Sign in to Example.com',
        uri: 'https://example.com',
        version: '1',
        nonce: 'abc123',
        issuedAt: '2023-01-01T00:00:00Z',
        expirationTime: '2024-01-01T00:00:00Z',
        notBefore: '2023-01-01T00:00:00Z',
        requestId: 'req123',
        chainId: 'mainnet',
        resources: ['resource1', 'resource2'],
      }),
    ).toBe(`example.com wants you to sign in with your Aptos account:
${one}

Sign in to Example.com

URI: https://example.com
Version: 1
Nonce: abc123
Issued At: 2023-01-01T00:00:00Z
Expiration Time: 2024-01-01T00:00:00Z
Not Before: 2023-01-01T00:00:00Z
Request ID: req123
Chain ID: mainnet
Resources:
- resource1
- resource2`);
  });

  test('binds address, domain, URI, version and chain', () => {
    const fields = completeSignIn({ nonce: 'abcdefgh' }, SIGN_IN);
    expect(fields).toEqual({
      domain: 'example.com',
      address: ADDRESS,
      uri: 'https://example.com',
      version: '1',
      chainId: 'mainnet',
      nonce: 'abcdefgh',
    });
    expect(parseSignIn(signInMessage(fields))).toEqual(fields);
  });

  test.each([
    [{ domain: 'evil.example' }, 'sign-in-domain'],
    [{ address: `0x${'cd'.repeat(32)}` }, 'sign-in-address'],
    [{ uri: 'https://evil.example' }, 'sign-in-uri'],
    [{ version: '2' }, 'sign-in-version'],
    [{ chainId: 'testnet' }, 'sign-in-chain'],
    [{ expirationTime: '2026-11-22T11:00:00Z' }, 'sign-in-time'],
    [{ statement: 'a\nURI: https://evil.example' }, 'sign-in-field'],
  ])('refuses %j', (request, code) => {
    expect(() => completeSignIn(request, SIGN_IN)).toThrow(expect.objectContaining({ code }));
  });

  test('is signed after a hash of its own', () => {
    // sha3-256 of "SIGN_IN_WITH_APTOS::", as hardware wallets have it.
    const hash = [
      30, 194, 212, 140, 200, 207, 210, 166, 235, 16, 172, 3, 47, 166, 181, 137, 39, 90, 198, 106,
      176, 8, 195, 158, 161, 26, 66, 136, 40, 163, 143, 254,
    ];
    expect([...signInBytes('hi')]).toEqual([...hash, 0x68, 0x69]);
  });
});
