/** Public keys out of signatures. Source: agave `syscalls/src/lib.rs`, libsecp256k1 0.7. */
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { InvokeContext } from '../runtime/types';
import { bytesToInteger, integerToBytes } from './bytes';
import { HOST_COST } from './host-cost';
import { Destination, translateMut, translateSlice, writeBytes } from './translate';

const HASH_SIZE = 32n;
const SIGNATURE_SIZE = 64n;
const PUBLIC_KEY_SIZE = 64n;

const SUCCESS = 0n;
const INVALID_RECOVERY_ID = 2n;
const INVALID_SIGNATURE = 3n;

const { Point } = secp256k1;
const { Fp, Fn } = Point;

/** The point whose x is r, or r plus the order, or undefined when there is none. */
function commitment(r: bigint, recoveryId: number): InstanceType<typeof Point> | undefined {
  const x = recoveryId & 2 ? r + Fn.ORDER : r;
  if (x >= Fp.ORDER) return undefined;
  const ySquared = Fp.add(Fp.mul(Fp.sqr(x), x), 7n);
  const root = Fp.pow(ySquared, (Fp.ORDER + 1n) / 4n);
  if (!Fp.eql(Fp.sqr(root), ySquared)) return undefined;
  const isOdd = (recoveryId & 1) === 1;
  const y = (root & 1n) === (isOdd ? 1n : 0n) ? root : Fp.neg(root);
  return Point.fromAffine({ x, y });
}

/** The 64 bytes of the key, or undefined for a bad signature. A high s is as good as a low one. */
export function recoverPublicKey(
  hash: Uint8Array,
  signature: Uint8Array,
  recoveryId: number,
): Uint8Array | undefined {
  const r = bytesToInteger(signature.subarray(0, 32), 'big');
  const s = bytesToInteger(signature.subarray(32), 'big');
  if (!Fn.isValidNot0(r) || !Fn.isValidNot0(s)) return undefined;
  const point = commitment(r, recoveryId);
  if (point === undefined) return undefined;
  const message = Fn.create(bytesToInteger(hash, 'big'));
  const rInverse = Fn.inv(r);
  const key = point
    .multiplyUnsafe(Fn.mul(rInverse, s))
    .subtract(Point.BASE.multiplyUnsafe(Fn.mul(rInverse, message)));
  if (key.is0()) return undefined;
  const { x, y } = key.toAffine();
  const bytes = new Uint8Array(64);
  bytes.set(integerToBytes(x, 32, 'big'));
  bytes.set(integerToBytes(y, 32, 'big'), 32);
  return bytes;
}

export function secp256k1Recover(
  invoke: InvokeContext,
  hashAddress: bigint,
  recoveryId: bigint,
  signatureAddress: bigint,
  resultAddress: bigint,
): bigint {
  invoke.meter.consume(invoke.cost.secp256k1RecoverCost);
  translateMut(invoke, Destination.slice(resultAddress, PUBLIC_KEY_SIZE));
  const hash = translateSlice(invoke, hashAddress, HASH_SIZE);
  const signature = translateSlice(invoke, signatureAddress, SIGNATURE_SIZE);
  if (recoveryId > 3n) return INVALID_RECOVERY_ID;
  invoke.hostBudget.charge(HOST_COST.secp256k1Recover);
  const key = recoverPublicKey(hash, signature, Number(recoveryId));
  if (key === undefined) return INVALID_SIGNATURE;
  writeBytes(invoke, resultAddress, key);
  return SUCCESS;
}
