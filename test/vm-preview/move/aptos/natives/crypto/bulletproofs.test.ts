import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Value } from '../../../../../../src/vm-preview/move/core/values';
import { Transcript } from '../../../../../../src/vm-preview/move/crypto/merlin';
import type { TestNatives } from '../../../../../support/aptos-native-context';
import { ascii, bytes, crypto, hex, items, reference, struct } from './helpers';
import RISTRETTO from './vectors/ristretto255.json';
import VECTORS from './vectors/ristretto255-bulletproofs.json';

const SINGLE = '0x1::ristretto255_bulletproofs::verify_range_proof_internal';
const BATCH = '0x1::ristretto255_bulletproofs::verify_batch_range_proof_internal';
const PRICE = 'aptos_framework.bulletproofs';
const DST = 'AptosBulletproofs';

/** The bases of ristretto255_pedersen, as references to points of the session. */
function bases({ call }: TestNatives): [Value, Value] {
  const decompress = (encoded: string): Value =>
    reference(struct(call('0x1::ristretto255::point_decompress_internal', [hex(encoded)])[0] ?? 0));
  return [decompress(RISTRETTO.BASE_POINT), decompress(RISTRETTO.HASH_BASE_POINT)];
}

interface Claim {
  readonly commitment?: string;
  readonly proof?: Uint8Array;
  readonly bits?: number;
  readonly dst?: string;
}

function single(claim: Claim, natives = crypto()): boolean {
  const { commitment = VECTORS.A_COMM, bits = 64, dst = DST } = claim;
  const { proof = hexToBytes(VECTORS.A_RANGE_PROOF_PEDERSEN) } = claim;
  const args = [hex(commitment), ...bases(natives), bytes(proof), bits, ascii(dst)];
  natives.takeCharges();
  return natives.call(SINGLE, args)[0] === true;
}

function batchArguments(
  natives: TestNatives,
  commitments: readonly string[],
  bits: number,
): Value[] {
  const proof = hex(VECTORS.AB_BATCH_RANGE_PROOF_PEDERSEN);
  return [items(commitments.map(hex)), ...bases(natives), proof, bits, ascii(DST)];
}

const BOTH = [VECTORS.A_COMM, VECTORS.B_COMM];

describe('0x1::ristretto255_bulletproofs', () => {
  it("verifies the proofs of the chain's own tests", () => {
    expect(single({})).toBe(true);
    const natives = crypto();
    for (const module of ['ristretto255_bulletproofs', 'confidential_range_proofs']) {
      const args = batchArguments(natives, BOTH, 64);
      expect(natives.call(`0x1::${module}::verify_batch_range_proof_internal`, args)).toEqual([
        true,
      ]);
    }
  });

  it('verifies no other claims with them', () => {
    expect(single({ commitment: VECTORS.B_COMM })).toBe(false);
    expect(single({ dst: 'AptosBulletproof' })).toBe(false);
    for (const bits of [8, 16, 32]) expect(single({ bits })).toBe(false);
    const natives = crypto();
    for (const [commitments, bits] of [
      [[...BOTH].reverse(), 64],
      [BOTH.slice(1), 64],
      [[...BOTH, ...BOTH], 32],
      [BOTH, 32],
    ] as const)
      expect(natives.call(BATCH, batchArguments(natives, commitments, bits))).toEqual([false]);
  });

  it('verifies no changed proof, wherever the change is', () => {
    const good = hexToBytes(VECTORS.A_RANGE_PROOF_PEDERSEN);
    for (let element = 0; element < good.length / 32; element++) {
      const proof = good.slice();
      proof[element * 32] = (proof[element * 32] ?? 0) ^ 2;
      expect(single({ proof })).toBe(false);
      // The neutral element, which is refused for a point and is 0 for a scalar.
      const zeroed = good.slice();
      zeroed.fill(0, element * 32, element * 32 + 32);
      expect(single({ proof: zeroed })).toBe(false);
    }
  });

  it('aborts for what is no proof, a range or a batch that is not supported', () => {
    const natives = crypto();
    const code = (claim: Claim): bigint | undefined => {
      const { proof = hexToBytes(VECTORS.A_RANGE_PROOF_PEDERSEN), bits = 64 } = claim;
      const args = [hex(VECTORS.A_COMM), ...bases(natives), bytes(proof), bits, ascii(DST)];
      return natives.failure(SINGLE, args).subStatus;
    };
    expect(code({ bits: 10 })).toBe(0x01_0003n);
    const good = hexToBytes(VECTORS.A_RANGE_PROOF_PEDERSEN);
    const tooLarge = good.slice();
    tooLarge.fill(0xff, 4 * 32, 5 * 32);
    for (const proof of [
      new Uint8Array(0),
      good.subarray(1),
      good.subarray(32),
      good.subarray(0, 8 * 32),
      tooLarge,
      concatBytes(good, new Uint8Array(64 * 40)),
    ])
      expect(code({ proof })).toBe(0x01_0001n);
    const { failure } = natives;
    const batch = (commitments: readonly string[], bits: number): bigint | undefined =>
      failure(BATCH, batchArguments(natives, commitments, bits)).subStatus;
    expect(batch(BOTH, 10)).toBe(0x01_0003n);
    expect(batch([...BOTH, VECTORS.A_COMM], 64)).toBe(0x01_0004n);
    expect(batch([], 64)).toBe(0x01_0004n);
  });

  it('charges by the bits, and in a batch by its size before the proof is read', () => {
    const natives = crypto();
    single({}, natives);
    const { length } = hexToBytes(VECTORS.A_RANGE_PROOF_PEDERSEN);
    expect(natives.takeCharges()).toEqual([
      `${length} ${PRICE}.per_byte_rangeproof_deserialize + ${PRICE}.base`,
      `64 ${PRICE}.per_bit_rangeproof_verify`,
    ]);
    const args = batchArguments(natives, BOTH, 64);
    natives.takeCharges();
    natives.call(BATCH, args);
    expect(natives.takeCharges()).toEqual([`${PRICE}.verify.base_batch_2_bits_64`]);
  });
});

describe('Merlin transcripts', () => {
  it('give the challenge of the crate’s own test', () => {
    // merlin 3.0, transcript.rs, `equivalence_simple` as other implementations quote its result.
    const transcript = new Transcript(utf8ToBytes('test protocol'));
    transcript.append('some label', utf8ToBytes('some data'));
    expect(Buffer.from(transcript.challengeBytes('challenge', 32)).toString('hex')).toBe(
      'd5a21972d0d5fe320c0d263fac7fffb8145aa640af6e9bca177c03c7efcf0615',
    );
  });
});
