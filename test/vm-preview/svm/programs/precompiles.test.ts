import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { Ed25519Program, Secp256k1Program } from '@solana/web3.js';
import { InstructionFailure } from '../../../../src/vm-preview/svm/errors/instruction-error';
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import {
  ED25519_PROGRAM,
  SECP256K1_PROGRAM,
  SECP256R1_PROGRAM,
  SYSTEM_PROGRAM,
} from '../../../../src/vm-preview/svm/programs/ids';
import {
  isPrecompile,
  verifyPrecompile,
} from '../../../../src/vm-preview/svm/programs/precompiles/registry';
import type { Pubkey } from '../../../../src/vm-preview/svm/pubkey';

const FEATURES = FeatureSet.all();
/** Custom codes of solana-sdk `precompile-error`. */
const InvalidPublicKey = 0;
const InvalidRecoveryId = 1;
const InvalidSignature = 2;
const InvalidDataOffsets = 3;
const InvalidInstructionDataSize = 4;

/** The custom code, or `undefined` when the signatures are good. */
function run(
  program: Pubkey,
  data: Uint8Array,
  datas: readonly Uint8Array[] = [data],
): number | undefined {
  try {
    verifyPrecompile(program, data, datas, FEATURES);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof InstructionFailure) || typeof thrown.error === 'string') throw thrown;
    return thrown.error.Custom;
  }
}

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const hello = new TextEncoder().encode('hello');

/** Offsets at zero of instruction 0, unless said otherwise; what agave's tests start from. */
interface Offsets {
  signatureOffset?: number;
  signatureInstruction?: number;
  keyOffset?: number;
  keyInstruction?: number;
  messageOffset?: number;
  messageSize?: number;
  messageInstruction?: number;
}

function encodeU16Offsets(count: number, offsets: Offsets): Uint8Array {
  const data = new Uint8Array(16);
  const view = new DataView(data.buffer);
  view.setUint8(0, count);
  const values = [
    offsets.signatureOffset,
    offsets.signatureInstruction,
    offsets.keyOffset,
    offsets.keyInstruction,
    offsets.messageOffset,
    offsets.messageSize,
    offsets.messageInstruction,
  ];
  for (const [index, value] of values.entries()) view.setUint16(2 + index * 2, value ?? 0, true);
  return data;
}

function encodeSecp256k1Offsets(count: number, offsets: Offsets): Uint8Array {
  const data = new Uint8Array(12);
  const view = new DataView(data.buffer);
  view.setUint8(0, count);
  view.setUint16(1, offsets.signatureOffset ?? 0, true);
  view.setUint8(3, offsets.signatureInstruction ?? 0);
  view.setUint16(4, offsets.keyOffset ?? 0, true);
  view.setUint8(6, offsets.keyInstruction ?? 0);
  view.setUint16(7, offsets.messageOffset ?? 0, true);
  view.setUint16(9, offsets.messageSize ?? 0, true);
  view.setUint8(11, offsets.messageInstruction ?? 0);
  return data;
}

const HUNDRED = [new Uint8Array(100)];

test('the three precompiles are known, and nothing else', () => {
  for (const id of [ED25519_PROGRAM, SECP256K1_PROGRAM, SECP256R1_PROGRAM]) {
    expect(isPrecompile(id, FEATURES)).toBe(true);
  }
  expect(isPrecompile(SYSTEM_PROGRAM, FEATURES)).toBe(false);
});

describe('offsets, with the values of agave precompiles/src/*.rs', () => {
  const u16Max = 0xffff;
  const cases: readonly (readonly [Offsets, number, number, number])[] = [
    // offsets, then the code of ed25519, of secp256r1, of secp256k1
    [
      { signatureInstruction: 1 },
      InvalidDataOffsets,
      InvalidDataOffsets,
      InvalidInstructionDataSize,
    ],
    [{ messageInstruction: 1 }, InvalidDataOffsets, InvalidDataOffsets, InvalidDataOffsets],
    [{ keyInstruction: 1 }, InvalidDataOffsets, InvalidDataOffsets, InvalidDataOffsets],
    [{ messageOffset: 99, messageSize: 1 }, InvalidSignature, InvalidSignature, InvalidSignature],
    [
      { messageOffset: 100, messageSize: 1 },
      InvalidDataOffsets,
      InvalidDataOffsets,
      InvalidSignature,
    ],
    [
      { messageOffset: 100, messageSize: 1000 },
      InvalidDataOffsets,
      InvalidDataOffsets,
      InvalidSignature,
    ],
    [
      { messageOffset: u16Max, messageSize: u16Max },
      InvalidDataOffsets,
      InvalidDataOffsets,
      InvalidSignature,
    ],
    [{ keyOffset: u16Max }, InvalidDataOffsets, InvalidDataOffsets, InvalidSignature],
    [{ keyOffset: 100 - 19 }, InvalidDataOffsets, InvalidDataOffsets, InvalidSignature],
    [{ signatureOffset: u16Max }, InvalidDataOffsets, InvalidDataOffsets, InvalidSignature],
    [{ signatureOffset: 100 - 63 }, InvalidDataOffsets, InvalidDataOffsets, InvalidSignature],
  ];
  test.each(cases)('%p', (offsets, ed25519, secp256r1, k1) => {
    const wide = encodeU16Offsets(1, offsets);
    expect(run(ED25519_PROGRAM, wide, HUNDRED)).toBe(ed25519);
    expect(run(SECP256R1_PROGRAM, wide, HUNDRED)).toBe(secp256r1);
    expect(run(SECP256K1_PROGRAM, encodeSecp256k1Offsets(1, offsets), HUNDRED)).toBe(k1);
  });

  test('sizes', () => {
    const wide = encodeU16Offsets(1, {});
    const narrow = encodeSecp256k1Offsets(1, {});
    for (const [program, data] of [
      [ED25519_PROGRAM, wide],
      [SECP256R1_PROGRAM, wide],
      [SECP256K1_PROGRAM, narrow],
    ] as const) {
      expect(run(program, data.subarray(0, -1), HUNDRED)).toBe(InvalidInstructionDataSize);
      expect(run(program, new Uint8Array(0), HUNDRED)).toBe(InvalidInstructionDataSize);
      const noCount = Uint8Array.from(data);
      noCount[0] = 0;
      expect(run(program, noCount, HUNDRED)).toBe(InvalidInstructionDataSize);
    }
    // Nothing to check is fine for the two older ones.
    expect(run(ED25519_PROGRAM, new Uint8Array(2))).toBeUndefined();
    expect(run(SECP256K1_PROGRAM, new Uint8Array(1))).toBeUndefined();
    expect(run(SECP256R1_PROGRAM, new Uint8Array(2))).toBe(InvalidInstructionDataSize);
    const nine = new Uint8Array(2 + 9 * 14);
    nine[0] = 9;
    expect(run(SECP256R1_PROGRAM, nine)).toBe(InvalidInstructionDataSize);
  });
});

function rawEd25519(key: KeyObject): Uint8Array {
  return Uint8Array.from(key.export({ type: 'spki', format: 'der' }).subarray(-32));
}

describe('ed25519', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');

  function instruction(key: Uint8Array, signature: Uint8Array, message: Uint8Array): Uint8Array {
    return Ed25519Program.createInstructionWithPublicKey({ publicKey: key, signature, message })
      .data;
  }

  test('a signature by node:crypto passes; any changed byte but the padding fails', () => {
    const good = instruction(rawEd25519(publicKey), sign(null, hello, privateKey), hello);
    expect(run(ED25519_PROGRAM, good)).toBeUndefined();
    for (let index = 0; index < good.length; index += 7) {
      const changed = Uint8Array.from(good);
      changed[index] = ((changed[index] ?? 0) + 12) & 0xff;
      if (index === 1) continue;
      expect(run(ED25519_PROGRAM, changed)).not.toBeUndefined();
    }
    const padded = Uint8Array.from(good);
    padded[1] = 77;
    expect(run(ED25519_PROGRAM, padded)).toBeUndefined();
  });

  test('parts may lie in other instructions', () => {
    const signature = sign(null, hello, privateKey);
    const other = Buffer.concat([signature, rawEd25519(publicKey), hello]);
    const data = encodeU16Offsets(1, {
      signatureInstruction: 1,
      keyInstruction: 1,
      keyOffset: 64,
      messageInstruction: 1,
      messageOffset: 96,
      messageSize: hello.length,
    });
    expect(run(ED25519_PROGRAM, data, [data, other])).toBeUndefined();
    expect(run(ED25519_PROGRAM, data, [other, data])).not.toBeUndefined();
  });

  test('a low-order R is refused (C2SP CCTV vector 5, as in agave)', () => {
    const key = hex('10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f');
    const signature = hex(
      '00000000000000000000000000000000000000000000000000000000000000009472a69cd9a701a50d130ed52189e2455b23767db52cacb8716fb896ffeeac09',
    );
    const message = new TextEncoder().encode('ed25519vectors 3');
    expect(run(ED25519_PROGRAM, instruction(key, signature, message))).toBe(InvalidSignature);
  });

  test('s + L is refused, and high bits before the key is looked at', () => {
    const signature = Uint8Array.from(sign(null, hello, privateKey));
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let s = order;
    for (let i = 63; i >= 32; i--) s += BigInt(signature[i] ?? 0) << (8n * BigInt(i - 32));
    const malleable = Uint8Array.from(signature);
    for (let i = 32; i < 64; i++) malleable[i] = Number((s >> (8n * BigInt(i - 32))) & 0xffn);
    const key = rawEd25519(publicKey);
    expect(run(ED25519_PROGRAM, instruction(key, malleable, hello))).toBe(InvalidSignature);
    const notAPoint = new Uint8Array(32).fill(2);
    expect(run(ED25519_PROGRAM, instruction(notAPoint, signature, hello))).toBe(InvalidPublicKey);
    malleable[63] = 0xff;
    expect(run(ED25519_PROGRAM, instruction(notAPoint, malleable, hello))).toBe(InvalidSignature);
  });
});

describe('secp256k1', () => {
  const secret = secp256k1.utils.randomSecretKey();
  const recovered = secp256k1.sign(keccak_256(hello), secret, {
    prehash: false,
    format: 'recovered',
  });
  const recoveryId = recovered[0] ?? 0;
  const signature = recovered.slice(1);
  const ethAddress = keccak_256(secp256k1.getPublicKey(secret, false).subarray(1)).slice(12);

  function instruction(bytes: Uint8Array, id: number, address = ethAddress): Uint8Array {
    return Secp256k1Program.createInstructionWithEthAddress({
      ethAddress: address,
      message: hello,
      signature: bytes,
      recoveryId: id,
    }).data;
  }

  test('a good signature passes, and so does its twin with the high s', () => {
    expect(run(SECP256K1_PROGRAM, instruction(signature, recoveryId))).toBeUndefined();
    const { r, s } = secp256k1.Signature.fromBytes(signature);
    const twin = new secp256k1.Signature(r, secp256k1.Point.Fn.ORDER - s).toBytes('compact');
    expect(run(SECP256K1_PROGRAM, instruction(twin, recoveryId ^ 1))).toBeUndefined();
  });

  test('a wrong address, recovery id or scalar', () => {
    expect(run(SECP256K1_PROGRAM, instruction(signature, recoveryId ^ 1))).toBe(InvalidSignature);
    expect(run(SECP256K1_PROGRAM, instruction(signature, 4))).toBe(InvalidRecoveryId);
    const other = Uint8Array.from(ethAddress);
    other[0] = (other[0] ?? 0) ^ 1;
    expect(run(SECP256K1_PROGRAM, instruction(signature, recoveryId, other))).toBe(
      InvalidSignature,
    );
    const overflow = new Uint8Array(64).fill(0xff);
    // A scalar that is too large comes before a recovery id that is.
    expect(run(SECP256K1_PROGRAM, instruction(overflow, 4))).toBe(InvalidSignature);
    expect(run(SECP256K1_PROGRAM, instruction(new Uint8Array(64), 0))).toBe(InvalidSignature);
  });
});

describe('secp256r1', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const compressed = p256.Point.fromBytes(Uint8Array.from(point)).toBytes(true);

  function signature(): { low: Uint8Array; high: Uint8Array } {
    const raw = sign('sha256', hello, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const { r, s } = p256.Signature.fromBytes(Uint8Array.from(raw), 'compact');
    const order = p256.Point.Fn.ORDER;
    const [low, high] = s > order / 2n ? [order - s, s] : [s, order - s];
    return {
      low: new p256.Signature(r, low).toBytes('compact'),
      high: new p256.Signature(r, high).toBytes('compact'),
    };
  }

  function instruction(key: Uint8Array, bytes: Uint8Array, message = hello): Uint8Array {
    const header = encodeU16Offsets(1, {
      signatureOffset: 16 + 33,
      signatureInstruction: 0xffff,
      keyOffset: 16,
      keyInstruction: 0xffff,
      messageOffset: 16 + 33 + 64,
      messageSize: message.length,
      messageInstruction: 0xffff,
    });
    return Buffer.concat([header, key, bytes, message]);
  }

  test('a signature by OpenSSL passes in its low form only', () => {
    for (let i = 0; i < 8; i++) {
      const { low, high } = signature();
      expect(run(SECP256R1_PROGRAM, instruction(compressed, low))).toBeUndefined();
      expect(run(SECP256R1_PROGRAM, instruction(compressed, high))).toBe(InvalidSignature);
    }
  });

  test('another message, a bad key, a zero scalar', () => {
    const { low } = signature();
    const other = new TextEncoder().encode('hellp');
    expect(run(SECP256R1_PROGRAM, instruction(compressed, low, other))).toBe(InvalidSignature);
    const badKey = Uint8Array.from(compressed);
    badKey[0] = 4;
    expect(run(SECP256R1_PROGRAM, instruction(badKey, low))).toBe(InvalidPublicKey);
    const zero = Uint8Array.from(low).fill(0, 32);
    // The range of the scalars comes before the key.
    expect(run(SECP256R1_PROGRAM, instruction(badKey, zero))).toBe(InvalidSignature);
  });
});
