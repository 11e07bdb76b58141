/** The programs that check signatures: good ones, and ones with a byte or an offset gone wrong. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { Ed25519Program, Secp256k1Program, type TransactionInstruction } from '@solana/web3.js';
import { SECP256R1_PROGRAM, SYSTEM_PROGRAM } from '../../../../src/vm-preview/svm';
import type { LitesvmWorld } from '../../../support/litesvm-world';
import { address, instruction } from '../../../support/solana-transaction';
import { account, caseOf, type Scene } from '../case';
import type { Random } from '../random';

const payer = address(9);
const SECRET = new Uint8Array(32).fill(5);
const MESSAGES = ['', 'a', 'Lookahead', 'a longer message'].map((text) =>
  new TextEncoder().encode(text),
);

function ed25519Signature(message: Uint8Array): TransactionInstruction {
  return Ed25519Program.createInstructionWithPublicKey({
    publicKey: ed25519.getPublicKey(SECRET),
    message,
    signature: ed25519.sign(message, SECRET),
  });
}

function secp256k1Signature(message: Uint8Array): TransactionInstruction {
  const recovered = secp256k1.sign(keccak_256(message), SECRET, {
    prehash: false,
    format: 'recovered',
  });
  return Secp256k1Program.createInstructionWithPublicKey({
    publicKey: secp256k1.getPublicKey(SECRET, false).subarray(1),
    message,
    signature: recovered.subarray(1),
    recoveryId: recovered[0] ?? 0,
  });
}

/** Count and padding, seven u16 offsets, then key, signature and message. */
function secp256r1Signature(message: Uint8Array): TransactionInstruction {
  const key = p256.getPublicKey(SECRET, true);
  const signature = p256.sign(message, SECRET);
  const start = 16;
  const own = 0xffff;
  const messageAt = start + key.length + signature.length;
  const offsets = [start + key.length, own, start, own, messageAt, message.length, own];
  const head = [1, 0, ...offsets.flatMap((value) => [value & 255, value >> 8])];
  return instruction(SECP256R1_PROGRAM, [], [...head, ...key, ...signature, ...message]);
}

const MAKERS = [ed25519Signature, secp256k1Signature, secp256r1Signature] as const;

function harm(random: Random, of: TransactionInstruction): TransactionInstruction {
  const data = Buffer.from(of.data);
  const at = random.below(random.chance(50) ? 18 : data.length);
  if (random.chance(15)) of.data = data.subarray(0, at);
  else {
    data[at] = random.chance(50) ? random.below(256) : random.pick([0, 1, 2, 0xff]);
    of.data = data;
  }
  return of;
}

export function signaturesScene(world: LitesvmWorld): Scene {
  return {
    world,
    next(random) {
      const made = Array.from({ length: 1 + random.below(3) }, () => {
        const one = random.pick(MAKERS)(random.pick(MESSAGES));
        return random.chance(30) ? harm(random, one) : one;
      });
      return caseOf(world, payer, made, [[payer, account(10_000_000_000n, SYSTEM_PROGRAM)]]);
    },
  };
}
