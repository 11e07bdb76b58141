import { ed25519 } from '@noble/curves/ed25519.js';
import nacl from 'tweetnacl';
import { deriveAccount, KeyringError, listEntropySources, sign } from '../../src/keyring';
import { withKeyPair } from '../../src/keyring/entropy';
import { SnapHost } from '../support/snap-host';

const LOCATION = { chain: 'solana', index: 0, source: 'default' } as const;
const MESSAGE = new TextEncoder().encode('what was shown');

let host: SnapHost;
beforeEach(() => {
  host = new SnapHost().install();
});

it('signs so that another library verifies it', async () => {
  const account = await deriveAccount(LOCATION);
  const signature = await sign(account, MESSAGE);
  const publicKey = Uint8Array.from(Buffer.from(account.publicKey, 'hex'));
  expect(ed25519.verify(signature, MESSAGE, publicKey)).toBe(true);
  expect(ed25519.verify(signature, MESSAGE.slice(1), publicKey)).toBe(false);
});

it('leaves nothing of the secret key behind, also when its use fails', async () => {
  let kept: nacl.SignKeyPair | undefined;
  const use = (pair: nacl.SignKeyPair): never => {
    kept = pair;
    expect(pair.secretKey.some((byte) => byte !== 0)).toBe(true);
    throw new Error('the use failed');
  };
  await expect(withKeyPair(LOCATION, use)).rejects.toThrow('the use failed');
  expect(kept?.secretKey).toEqual(new Uint8Array(nacl.sign.secretKeyLength));
});

it('refuses to sign when the key found is not the account’s', async () => {
  const account = await deriveAccount(LOCATION);
  const elsewhere = { ...account, source: 'alternative' };
  await expect(sign(elsewhere, MESSAGE)).rejects.toMatchObject({ code: 'account-mismatch' });
});

it('says nothing of what MetaMask said when it gives no key', async () => {
  const secret = '0x1111111111111111111111111111111111111111111111111111111111111111';
  host.request = async () => {
    throw new Error(`leaked ${secret}`);
  };
  const error = await deriveAccount(LOCATION).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(KeyringError);
  expect(`${error}${JSON.stringify(error)}`).not.toContain('1111');
  expect(error).not.toHaveProperty('cause');
});

it('refuses an answer that is no ed25519 key', async () => {
  host.request = async () => ({ privateKey: '0x12' });
  await expect(deriveAccount(LOCATION)).rejects.toMatchObject({ code: 'entropy-malformed' });
});

it('refuses an index that no wallet uses', async () => {
  for (const index of [-1, 1.5, 1000, Number.NaN]) {
    await expect(deriveAccount({ ...LOCATION, index })).rejects.toThrow(RangeError);
  }
});

it('names every recovery phrase, the primary one first', async () => {
  expect(await listEntropySources()).toEqual([
    { id: 'default', name: 'Recovery phrase 1', primary: true },
    { id: 'alternative', name: 'Recovery phrase 2', primary: false },
  ]);
});
