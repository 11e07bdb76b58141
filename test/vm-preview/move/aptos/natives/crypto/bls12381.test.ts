import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { ascii, bytes, crypto, hex, hexOf, items, struct } from './helpers';
import VECTORS from './vectors/bls12381.json';

const native = (name: string): string => `0x1::bls12381::${name}_internal`;
const PRICE = 'aptos_framework.bls12381';
const structs = (encoded: readonly string[]) => items(encoded.map((one) => struct(hex(one))));
const { G1, G2 } = bls12_381;
const INFINITY_G1 = `c0${'00'.repeat(47)}`;
const INFINITY_G2 = `c0${'00'.repeat(95)}`;

/** On the curve and outside the subgroup: the point with the least x that the curve has. */
function outsideSubgroup(): Uint8Array {
  for (let x = 1; ; x++) {
    const encoded = new Uint8Array(48);
    encoded[0] = 0x80;
    encoded[47] = x;
    if (crypto().call(native('aggregate_pubkeys'), [structs([bytesToHex(encoded)])])[1] === true)
      return encoded;
  }
}

function verify(
  kind: 'normal_signature' | 'multisignature' | 'signature_share',
  signature: string,
  key: string,
  message: string,
): boolean {
  const args = [hex(signature), hex(key), ascii(message)];
  return crypto().call(native(`verify_${kind}`), args)[0] === true;
}

describe('0x1::bls12381', () => {
  it("validates the keys of the chain's own tests", () => {
    const validate = (key: string): unknown =>
      crypto().call(native('validate_pubkey'), [hex(key)])[0];
    for (const key of VECTORS.publicKeys.valid) expect(validate(key)).toBe(true);
    for (const key of VECTORS.publicKeys.invalid) expect(validate(key)).toBe(false);
    expect(validate(INFINITY_G1)).toBe(false);
    expect(validate('')).toBe(false);
  });

  it('adds keys and signatures up', () => {
    const { keys, sums } = VECTORS.aggregatePublicKeys;
    const { signatures, sums: totals } = VECTORS.aggregateSignatures;
    const { call } = crypto();
    for (let count = 1; count <= keys.length; count++) {
      const [key, found] = call(native('aggregate_pubkeys'), [structs(keys.slice(0, count))]);
      expect([hexOf(key), found]).toEqual([sums[count - 1], true]);
      const [sum, isSum] = call(native('aggregate_signatures'), [
        structs(signatures.slice(0, count)),
      ]);
      expect([hexOf(sum), isSum]).toEqual([totals[count - 1], true]);
    }
    expect(call(native('aggregate_pubkeys'), [items([])])[1]).toBe(false);
    expect(call(native('aggregate_signatures'), [items([])])[1]).toBe(false);
    // Opposite points give infinity.
    const point = G1.Point.BASE;
    const pair = [point.toHex(true), point.negate().toHex(true)];
    const [sum] = call(native('aggregate_pubkeys'), [structs(pair)]);
    expect(hexOf(sum)).toBe(INFINITY_G1);
  });

  it("verifies the signatures of the chain's own tests", () => {
    const { multisignatures, aggregate, normal } = VECTORS;
    multisignatures.signatures.forEach((signature, i) => {
      const [key] = crypto().call(native('aggregate_pubkeys'), [
        structs(multisignatures.keys.slice(0, i + 1)),
      ]);
      expect(verify('multisignature', signature, hexOf(key), multisignatures.message)).toBe(true);
    });
    aggregate.signatures.forEach((signature, i) => {
      const verifyAggregate = (messages: readonly string[]): unknown =>
        crypto().call(native('verify_aggregate_signature'), [
          hex(signature),
          structs(aggregate.keys.slice(0, i + 1)),
          items(messages.map(hex)),
        ])[0];
      expect(verifyAggregate(aggregate.messages.slice(0, i + 1))).toBe(true);
      expect(verifyAggregate([...aggregate.messages.slice(0, i), '00'])).toBe(false);
      expect(verifyAggregate(aggregate.messages.slice(0, i))).toBe(false);
    });
    for (const kind of ['normal_signature', 'signature_share'] as const) {
      expect(verify(kind, normal.signature, normal.key, normal.message)).toBe(true);
      for (const wrong of normal.wrong)
        expect(verify(kind, wrong.signature, wrong.key, wrong.message)).toBe(false);
    }
  });

  it('verifies nothing signed by nobody', () => {
    const none = [hex(INFINITY_G2), items([]), items([])];
    expect(crypto().call(native('verify_aggregate_signature'), none)).toEqual([false]);
    for (const kind of ['normal_signature', 'multisignature', 'signature_share'] as const)
      expect(verify(kind, INFINITY_G2, INFINITY_G1, 'any')).toBe(false);
  });

  it("verifies the proofs of possession of the chain's own tests", () => {
    const { keys, proofs, wrong } = VECTORS.possession;
    const possession = (key: string, proof: string): unknown =>
      crypto().call(native('verify_proof_of_possession'), [hex(key), hex(proof)])[0];
    keys.forEach((key, i) => {
      expect(possession(key, proofs[i] ?? '')).toBe(true);
      expect(possession(key, proofs[(i + 1) % proofs.length] ?? '')).toBe(false);
    });
    for (const { key, proof } of wrong) expect(possession(key, proof)).toBe(false);
    expect(possession(INFINITY_G1, INFINITY_G2)).toBe(false);
  });

  it('reads both coordinates too', () => {
    const { key, signature, message } = VECTORS.normal;
    const long = G1.Point.fromHex(key).toHex(false);
    const longSignature = G2.Point.fromHex(signature).toHex(false);
    expect(verify('normal_signature', signature, long, message)).toBe(true);
    expect(verify('normal_signature', longSignature, key, message)).toBe(true);
    expect(verify('normal_signature', longSignature, `${long}00`, message)).toBe(false);
    const [sum] = crypto().call(native('aggregate_pubkeys'), [structs([long])]);
    expect(hexOf(sum)).toBe(key);
  });

  it('refuses encodings as blst does', () => {
    const readable = (encoded: string): unknown =>
      crypto().call(native('aggregate_pubkeys'), [structs([encoded])])[1];
    const generator = G1.Point.BASE.toHex(true);
    const p = G1.Point.Fp.ORDER;
    expect(readable(generator)).toBe(true);
    expect(readable(INFINITY_G1)).toBe(true);
    expect(readable(`40${'00'.repeat(95)}`)).toBe(true);
    const x = BigInt(`0x${generator}`) & ((1n << 381n) - 1n);
    for (const encoded of [
      // x = 0, of order 3
      `80${'00'.repeat(47)}`,
      `${'00'.repeat(95)}02`,
      // infinity with something else set
      `e0${'00'.repeat(47)}`,
      `c0${'00'.repeat(46)}01`,
      `60${'00'.repeat(95)}`,
      `40${'00'.repeat(94)}01`,
      // the sign of a point that is not compressed
      `20${G1.Point.BASE.toHex(false).slice(2)}`,
      // no flag of compression on a short encoding, and the flag on a long one
      generator.replace(/^../, '17'),
      G1.Point.BASE.toHex(false).replace(/^../, '97'),
      // an x that is not reduced
      ((x + p < 1n << 381n ? x + p : p) | (0b100n << 381n)).toString(16),
      // off the curve
      `${G1.Point.BASE.toHex(false).slice(0, -1)}0`,
      // a short one
      generator.slice(2),
    ])
      expect(readable(encoded)).toBe(false);
  });

  it('leaves the subgroup of a key unchecked where the chain does', () => {
    const outside = outsideSubgroup();
    expect(crypto().call(native('validate_pubkey'), [bytes(outside)])).toEqual([false]);
    const secret = 31n;
    const message = utf8ToBytes('off the subgroup');
    const point = bls12_381.G2.hashToCurve(message, {
      DST: 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_',
    });
    const signature = point.multiply(secret).toHex(true);
    const good = G1.Point.BASE.multiply(secret);
    const [sum] = crypto().call(native('aggregate_pubkeys'), [structs([bytesToHex(outside)])]);
    expect(hexOf(sum)).toBe(bytesToHex(outside));
    expect(verify('signature_share', signature, good.toHex(true), 'off the subgroup')).toBe(true);
    // r times the point is of an order that divides the cofactor; pairing it gives 1.
    const small = timesOrder(outside);
    const [mixed] = crypto().call(native('aggregate_pubkeys'), [
      structs([good.toHex(true), small]),
    ]);
    expect(hexOf(mixed)).not.toBe(good.toHex(true));
    expect(verify('signature_share', signature, hexOf(mixed), 'off the subgroup')).toBe(true);
    expect(verify('multisignature', signature, hexOf(mixed), 'off the subgroup')).toBe(true);
    expect(verify('normal_signature', signature, hexOf(mixed), 'off the subgroup')).toBe(false);
  });

  it('checks the subgroup of a signature whenever it verifies', () => {
    const check = (encoded: string): unknown =>
      crypto().call(native('signature_subgroup_check'), [hex(encoded)])[0];
    expect(check(VECTORS.normal.signature)).toBe(true);
    expect(check(INFINITY_G2)).toBe(false);
    const outside = Array.from({ length: 40 }, (_, x) => {
      const encoded = new Uint8Array(96);
      encoded[0] = 0x80;
      encoded[95] = x;
      return bytesToHex(encoded);
    }).filter(
      (encoded) => crypto().call(native('aggregate_signatures'), [structs([encoded])])[1] === true,
    );
    expect(outside.length).toBeGreaterThan(5);
    for (const encoded of outside) expect(check(encoded)).toBe(false);
  });

  it('charges what was done, and the check of a key at the price of reading it', () => {
    const { call, takeCharges } = crypto();
    const { key, signature, message } = VECTORS.normal;
    const read = `${PRICE}.per_pubkey_deserialize`;
    const readSignature = `${PRICE}.per_sig_deserialize`;
    const text = ascii(message);
    const verified = `${message.length} ${PRICE}.per_byte_hashing + ${PRICE}.per_msg_hashing + ${PRICE}.per_sig_verify`;
    call(native('verify_normal_signature'), [hex(signature), hex(key), text]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, read, read, readSignature, verified]);
    call(native('verify_signature_share'), [hex(signature), hex(key), text]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, read, readSignature, verified]);
    call(native('verify_multisignature'), [hex(signature), hex('00'), text]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, read]);
    call(native('verify_aggregate_signature'), [
      hex(signature),
      structs([key, key]),
      items([text, text]),
    ]);
    expect(takeCharges()).toEqual([
      `${PRICE}.base`,
      read,
      read,
      readSignature,
      `2 ${PRICE}.per_msg_hashing + ${2 * message.length} ${PRICE}.per_byte_hashing + 3 ${PRICE}.per_pairing`,
    ]);
    call(native('verify_aggregate_signature'), [hex(signature), structs([key]), items([])]);
    expect(takeCharges()).toEqual([`${PRICE}.base`]);
    call(native('aggregate_pubkeys'), [structs([key, '00', key])]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, read, read]);
    call(native('aggregate_pubkeys'), [structs([key, key])]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, read, read, `2 ${PRICE}.per_pubkey_aggregate`]);
    call(native('aggregate_signatures'), [structs([signature])]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, readSignature, `${PRICE}.per_sig_aggregate`]);
    call(native('validate_pubkey'), [hex(key)]);
    expect(takeCharges()).toEqual([`${PRICE}.base`, read, read]);
    call(native('signature_subgroup_check'), [hex(signature)]);
    expect(takeCharges()).toEqual([
      `${PRICE}.base`,
      readSignature,
      `${PRICE}.per_sig_subgroup_check`,
    ]);
    call(native('verify_proof_of_possession'), [hex(key), hex(signature)]);
    expect(takeCharges()).toEqual([
      `${PRICE}.base`,
      read,
      readSignature,
      `${PRICE}.per_pop_verify`,
    ]);
  });
});

/** The point times the group's order, by additions only. */
function timesOrder(encoded: Uint8Array): string {
  const { Fp } = G1.Point;
  const rest = encoded.slice();
  rest[0] = (rest[0] ?? 0) & 0x1f;
  const x = BigInt(`0x${bytesToHex(rest)}`);
  const y = Fp.sqrt(Fp.add(Fp.pow(x, 3n), 4n));
  let sum = G1.Point.ZERO;
  const point = G1.Point.fromAffine({ x, y });
  for (const bit of G1.Point.Fn.ORDER.toString(2)) {
    sum = sum.double();
    if (bit === '1') sum = sum.add(point);
  }
  const at = sum.toAffine();
  return bytesToHex(concatBytes(Fp.toBytes(at.x), Fp.toBytes(at.y)));
}
