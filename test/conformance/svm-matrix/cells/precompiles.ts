import { generateKeyPairSync, sign } from 'node:crypto';
import { ed25519 as ed25519Curve } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import {
  Ed25519Program,
  PublicKey,
  Secp256k1Program,
  TransactionInstruction,
} from '@solana/web3.js';
import type { Bench } from '../bench';
import { forwarded } from '../caller';
import { at, type Cell, custom } from '../cell';

const InvalidPublicKey = 0;
const InvalidSignature = 2;
const InvalidDataOffsets = 3;
const InvalidInstructionDataSize = 4;

const MESSAGE = new TextEncoder().encode('Lookahead');
const SECP256R1 = new PublicKey('Secp256r1SigVerify1111111111111111111111111');

function ed25519(change: (data: Buffer) => void = () => undefined): TransactionInstruction {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const instruction = Ed25519Program.createInstructionWithPublicKey({
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(-32),
    message: MESSAGE,
    signature: sign(null, MESSAGE, privateKey),
  });
  change(instruction.data);
  return instruction;
}

/** A signature made outside, so that edge cases can be given byte by byte. */
function ed25519Raw(publicKey: string, signature: string, message: string): TransactionInstruction {
  return Ed25519Program.createInstructionWithPublicKey({
    publicKey: Buffer.from(publicKey, 'hex'),
    signature: Buffer.from(signature, 'hex'),
    message: Buffer.from(message),
  });
}

/** A point of order eight, and a secret scalar. */
const TORSION = ed25519Curve.Point.fromHex(
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
);
const SECRET = 123_456_789n;

function scalarOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);
}

/**
 * A signature by a key with a part of small order. Whether the equation holds without the cofactor
 * depends on the challenge modulo eight, so messages are tried until it is as wanted.
 */
function mixedOrder(wanted: 'holds' | 'holds only with the cofactor'): TransactionInstruction {
  const { Point } = ed25519Curve;
  const key = Point.BASE.multiply(SECRET).add(TORSION).toBytes();
  const nonce = 987_654_321n;
  const r = Point.BASE.multiply(nonce).toBytes();
  for (let attempt = 0; ; attempt++) {
    const message = Buffer.from(`attempt ${attempt}`);
    const challenge = scalarOf(sha512(Buffer.concat([r, key, message]))) % Point.Fn.ORDER;
    if ((challenge % 8n === 0n) !== (wanted === 'holds')) continue;
    const s = (nonce + challenge * SECRET) % Point.Fn.ORDER;
    const reversed = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
    const signature = Buffer.concat([r, reversed]);
    return Ed25519Program.createInstructionWithPublicKey({ publicKey: key, signature, message });
  }
}

function secp256k1Instruction(recoveryChange = 0): TransactionInstruction {
  const secret = new Uint8Array(32).fill(7);
  const signed = secp256k1.sign(keccak_256(MESSAGE), secret, {
    prehash: false,
    format: 'recovered',
  });
  return Secp256k1Program.createInstructionWithEthAddress({
    ethAddress: keccak_256(secp256k1.getPublicKey(secret, false).subarray(1)).slice(12),
    message: MESSAGE,
    signature: signed.slice(1),
    recoveryId: (signed[0] ?? 0) ^ recoveryChange,
    instructionIndex: 0,
  });
}

function secp256r1(form: 'low' | 'high'): TransactionInstruction {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-65);
  const raw = sign('sha256', MESSAGE, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const { r, s } = p256.Signature.fromBytes(Uint8Array.from(raw), 'compact');
  const { ORDER } = p256.Point.Fn;
  const isLow = s <= ORDER / 2n;
  const wanted = isLow === (form === 'low') ? s : ORDER - s;
  const header = Buffer.alloc(16);
  header.writeUInt8(1, 0);
  const offsets = [16 + 33, 0xffff, 16, 0xffff, 16 + 33 + 64, MESSAGE.length, 0xffff];
  for (const [index, value] of offsets.entries()) header.writeUInt16LE(value, 2 + index * 2);
  const data = Buffer.concat([
    header,
    p256.Point.fromBytes(Uint8Array.from(point)).toBytes(true),
    new p256.Signature(r, wanted).toBytes('compact'),
    MESSAGE,
  ]);
  return new TransactionInstruction({ programId: SECP256R1, keys: [], data });
}

function cell(program: string, outcome: string, fields: Partial<Cell> & Pick<Cell, 'build'>): Cell {
  return { program, instruction: 'a signature', outcome, ...fields };
}

const send = (make: () => TransactionInstruction) => (bench: Bench) => bench.transaction([make()]);

export const PRECOMPILE_CELLS: readonly Cell[] = [
  cell('Ed25519', 'success', { build: send(() => ed25519()) }),
  cell('Ed25519', 'wrong signature', {
    error: custom(0, InvalidSignature),
    build: send(() => ed25519((data) => data.writeUInt8((data[60] ?? 0) ^ 1, 60))),
  }),
  cell('Ed25519', 'message beyond the data', {
    error: custom(0, InvalidDataOffsets),
    build: send(() => ed25519((data) => data.writeUInt16LE(9999, 10))),
  }),
  cell('Ed25519', 'no offsets', {
    error: custom(0, InvalidInstructionDataSize),
    build: send(() => {
      const instruction = ed25519();
      instruction.data = instruction.data.subarray(0, 10);
      return instruction;
    }),
  }),
  cell('Ed25519', 'key is no point', {
    error: custom(0, InvalidPublicKey),
    build: send(() => ed25519Raw('02'.repeat(32), '00'.repeat(64), 'x')),
  }),
  cell('Ed25519', 'R of low order (CCTV 5)', {
    error: custom(0, InvalidSignature),
    build: send(() =>
      ed25519Raw(
        '10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f',
        '00000000000000000000000000000000000000000000000000000000000000009472a69cd9a701a50d130ed52189e2455b23767db52cacb8716fb896ffeeac09',
        'ed25519vectors 3',
      ),
    ),
  }),
  cell('Ed25519', 'key of low order', {
    error: custom(0, InvalidSignature),
    build: send(() =>
      ed25519Raw(`01${'00'.repeat(31)}`, `${'01'.padEnd(64, '0')}${'00'.repeat(32)}`, 'x'),
    ),
  }),
  cell('Ed25519', 'key with a part of small order, the equation holds', {
    build: send(() => mixedOrder('holds')),
  }),
  cell('Ed25519', 'key with a part of small order, holds only with the cofactor', {
    error: custom(0, InvalidSignature),
    build: send(() => mixedOrder('holds only with the cofactor')),
  }),
  cell('Secp256k1', 'success', { build: send(() => secp256k1Instruction()) }),
  cell('Secp256k1', 'wrong recovery', {
    error: custom(0, InvalidSignature),
    build: send(() => secp256k1Instruction(1)),
  }),
  cell('Secp256r1', 'success', { build: send(() => secp256r1('low')) }),
  cell('Secp256r1', 'the higher of the two s', {
    error: custom(0, InvalidSignature),
    build: send(() => secp256r1('high')),
  }),
  cell('Ed25519', 'called by a program', {
    error: at(0, 'ProgramFailedToComplete'),
    build: (bench) => bench.transaction([forwarded(bench, ed25519())]),
  }),
];
