import { ed25519 } from '@noble/curves/ed25519.js';
import { Keypair, SystemProgram } from '@solana/web3.js';
import {
  executeTransaction,
  isSignatureOf,
  LoadedState,
  MissingStateError,
  Pubkey,
  parseTransaction,
} from '../../../../src/vm-preview/svm';
import {
  encodeTransaction,
  type ParsedTransaction,
} from '../../../../src/vm-preview/svm/transaction/message';
import type { SvmEnvironment } from '../../../../src/vm-preview/svm/transaction/types';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { transaction } from '../../../support/solana-transaction';

const keypair = Keypair.fromSeed(new Uint8Array(32).fill(1));
const cosigner = Keypair.fromSeed(new Uint8Array(32).fill(2));
const payer = Pubkey.from(keypair.publicKey.toBytes());
const world = new LitesvmWorld();

function signed(...signers: (Keypair | undefined)[]): ParsedTransaction {
  const parsed = parseTransaction(
    transaction({
      payer,
      blockhash: world.blockhash,
      instructions: [
        SystemProgram.createAccount({
          fromPubkey: keypair.publicKey,
          newAccountPubkey: cosigner.publicKey,
          lamports: 10_000_000,
          space: 0,
          programId: SystemProgram.programId,
        }),
      ],
    }),
  );
  const signatures = signers.map((signer) =>
    signer === undefined
      ? new Uint8Array(64)
      : ed25519.sign(parsed.messageBytes, signer.secretKey.slice(0, 32)),
  );
  return parseTransaction(encodeTransaction(parsed, signatures));
}

/** What the checks before any state is read say. */
function check(parsed: ParsedTransaction, signatures: SvmEnvironment['signatures']): string {
  try {
    const outcome = executeTransaction(parsed, new LoadedState(), {
      ...world.environment(),
      signatures,
    });
    return String(outcome.error);
  } catch (error) {
    if (error instanceof MissingStateError) return 'accepted';
    throw error;
  }
}

test.each([
  ['both signatures', [keypair, cosigner], ['accepted', 'accepted', 'accepted']],
  ['one missing', [keypair, undefined], ['SignatureFailure', 'accepted', 'accepted']],
  ['all missing', [undefined, undefined], ['SignatureFailure', 'accepted', 'accepted']],
  ["another's signature", [keypair, keypair], ['SignatureFailure', 'SignatureFailure', 'accepted']],
])('%s', (_name, signers, [strict, presumed, off]) => {
  const parsed = signed(...signers);
  expect(check(parsed, 'strict')).toBe(strict);
  expect(check(parsed, 'presume-missing')).toBe(presumed);
  expect(check(parsed, 'off')).toBe(off);
});

test('a changed message fails', () => {
  const parsed = signed(keypair, cosigner);
  const messageBytes = parsed.messageBytes.slice();
  messageBytes[messageBytes.length - 1] = (messageBytes[messageBytes.length - 1] ?? 0) ^ 1;
  expect(check({ ...parsed, messageBytes }, 'strict')).toBe('SignatureFailure');
});

describe('verify_strict', () => {
  const message = new TextEncoder().encode('message');
  const secret = new Uint8Array(32).fill(5);
  const key = Pubkey.from(ed25519.getPublicKey(secret));
  const signature = ed25519.sign(message, secret);

  test('takes a signature that noble made', () => {
    expect(isSignatureOf(key, message, signature)).toBe(true);
  });

  test('refuses a scalar that is not reduced', () => {
    const order = ed25519.Point.Fn.ORDER;
    let scalar = 0n;
    for (let i = 63; i >= 32; i--) scalar = (scalar << 8n) | BigInt(signature[i] ?? 0);
    const malleable = signature.slice();
    let rest = scalar + order;
    for (let i = 32; i < 64; i++) {
      malleable[i] = Number(rest & 0xffn);
      rest >>= 8n;
    }
    expect(isSignatureOf(key, message, malleable)).toBe(false);
  });

  test('refuses keys of small order, under which anything verifies', () => {
    const identity = new Uint8Array(32);
    identity[0] = 1;
    const forged = new Uint8Array(64);
    forged[0] = 1;
    expect(isSignatureOf(Pubkey.from(identity), message, forged)).toBe(false);
  });

  test('refuses a key that is no point', () => {
    let bytes = new Uint8Array(32).fill(2);
    while (isPoint(bytes)) bytes = bytes.map((byte) => byte + 1);
    expect(isSignatureOf(Pubkey.from(bytes), message, signature)).toBe(false);
  });
});

function isPoint(bytes: Uint8Array): boolean {
  try {
    ed25519.Point.fromBytes(bytes, true);
    return true;
  } catch {
    return false;
  }
}
