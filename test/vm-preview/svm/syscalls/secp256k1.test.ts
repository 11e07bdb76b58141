import { secp256k1 } from '@noble/curves/secp256k1.js';
import { integerToBytes } from '../../../../src/vm-preview/svm/syscalls/bytes';
import {
  ALL_SYSCALLS,
  type Case,
  call,
  concat,
  DATA,
  itRunsLikeAgave,
  OUT,
  Probe,
  randomBytes,
} from './probe';

let probe: Probe;
beforeAll(() => {
  probe = new Probe(ALL_SYSCALLS);
});

const RECOVER = 'sol_secp256k1_recover';
const N = secp256k1.Point.Fn.ORDER;
const P = secp256k1.Point.Fp.ORDER;
const big = (value: bigint) => integerToBytes(value, 32, 'big');

const secret = randomBytes(41, 32);
const hash = randomBytes(42, 32);
const signed = secp256k1.sign(hash, secret, { prehash: false, format: 'recovered' });
const recovery = BigInt(signed[0] ?? 0);
const signature = signed.subarray(1);
const r = signature.subarray(0, 32);
const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);

const recover = (id: bigint) => ({
  calls: [call(RECOVER, DATA, id, DATA + 32n, OUT)],
  outputSize: 64,
});
/** An x whose point plus the order is still below the field's prime. */
const small = Array.from({ length: 40 }, (_, index) => BigInt(index + 1));

const cases: Case[] = [
  { name: 'a signature', ...recover(recovery), data: concat(hash, signature), gives: 0n },
  {
    name: 'with the other id',
    ...recover(1n - recovery),
    data: concat(hash, signature),
    gives: 0n,
  },
  {
    name: 'with a high s',
    ...recover(1n - recovery),
    data: concat(hash, r, big(N - s)),
    gives: 0n,
  },
  {
    name: 'of a hash above the order',
    ...recover(0n),
    data: concat(new Uint8Array(32).fill(255), signature),
    gives: 0n,
  },
  {
    name: 'of a zero hash',
    ...recover(0n),
    data: concat(new Uint8Array(32), signature),
    gives: 0n,
  },
  { name: 'with an id of 4', ...recover(4n), data: concat(hash, signature), gives: 2n },
  { name: 'with an id of 256', ...recover(256n), data: concat(hash, signature), gives: 2n },
  { name: 'with a huge id', ...recover(2n ** 64n - 1n), data: concat(hash, signature), gives: 2n },
  { name: 'with r above p less n', ...recover(2n), data: concat(hash, signature), gives: 3n },
  { name: 'with a zero r', ...recover(0n), data: concat(hash, big(0n), big(s)), gives: 3n },
  { name: 'with a zero s', ...recover(0n), data: concat(hash, r, big(0n)), gives: 3n },
  { name: 'with r at the order', ...recover(0n), data: concat(hash, big(N), big(s)), gives: 3n },
  { name: 'with s at the order', ...recover(0n), data: concat(hash, r, big(N)), gives: 3n },
  {
    name: 'with both at most',
    ...recover(0n),
    data: concat(hash, big(2n ** 256n - 1n), big(2n ** 256n - 1n)),
    gives: 3n,
  },
  { name: 'with r at p less n', ...recover(2n), data: concat(hash, big(P - N), big(s)), gives: 3n },
  { name: 'with a bad id and r', ...recover(9n), data: concat(hash, big(N), big(s)), gives: 2n },
  {
    name: 'over its own hash',
    calls: [call('sol_memcpy_', OUT, DATA, 96n), call(RECOVER, OUT, recovery, OUT + 32n, OUT)],
    outputSize: 96,
    data: concat(hash, signature),
    gives: 0n,
  },
  {
    name: 'to where nothing is, which is looked at first',
    calls: [call(RECOVER, 5n << 32n, 9n, 6n << 32n, 7n << 32n)],
    gives: 'Access violation writing 64 bytes at address 0x700000000 (in unallocated region)',
  },
  {
    name: 'from where nothing is',
    calls: [call(RECOVER, 5n << 32n, 9n, 6n << 32n, OUT)],
    gives: 'Access violation reading 32 bytes at address 0x500000000 (in unallocated region)',
  },
  {
    name: 'of a signature that is nowhere',
    calls: [call(RECOVER, DATA, 9n, 6n << 32n, OUT)],
    data: hash,
    gives: 'Access violation reading 64 bytes at address 0x600000000 (in unallocated region)',
  },
];

describe('recovering a key', () => {
  itRunsLikeAgave(() => probe, cases);

  test('gives the signer’s', () => {
    const { returned } = probe.runOurs({ ...recover(recovery), data: concat(hash, signature) });
    const key = secp256k1.getPublicKey(secret, false).subarray(1);
    expect(returned?.output).toBe(Buffer.from(key).toString('hex'));
  });

  test('with small r, with and without the order added', () => {
    const seen = new Set<string>();
    for (const x of small) {
      for (const id of [0n, 1n, 2n, 3n]) {
        const script = { ...recover(id), data: concat(hash, big(x), big(s)) };
        const theirs = probe.runNative(script);
        expect(probe.runOurs(script)).toEqual(theirs);
        seen.add(`${id} ${theirs.returned?.r0[0]}`);
      }
    }
    expect(seen.size).toBe(8);
  });

  test('that makes infinity fails', () => {
    // With r and s of R = sG·r⁻¹… the key is infinity when s·R equals hash·G: R = G, s = hash.
    const data = concat(big(5n), big(secp256k1.Point.BASE.x), big(5n));
    const script = { ...recover(0n), data };
    const theirs = probe.runNative(script);
    expect(theirs.returned?.r0).toEqual([3n]);
    expect(probe.runOurs(script)).toEqual(theirs);
  });

  test('of random signatures', () => {
    for (let seed = 0; seed < 20; seed++) {
      const script = { ...recover(BigInt(seed % 4)), data: randomBytes(500 + seed, 96) };
      expect(probe.runOurs(script)).toEqual(probe.runNative(script));
    }
  });
});
