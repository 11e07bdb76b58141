/** Public keys of ECDSA as the chain's libraries parse them. */
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { EcdsaPoint } from '../../../crypto/ecdsa';

const UNCOMPRESSED = 4;
const COMPACT = 5;
const HYBRID_EVEN = 6;
const HYBRID_ODD = 7;

function point(curve: typeof secp256k1.Point | typeof p256.Point, bytes: Uint8Array) {
  try {
    return curve.fromBytes(bytes);
  } catch {
    // The library's only way to say that this is no point.
    return undefined;
  }
}

function withTag(bytes: Uint8Array, tag: number): Uint8Array {
  const tagged = bytes.slice();
  tagged[0] = tag;
  return tagged;
}

/** libsecp256k1's `secp256k1_ec_pubkey_parse`: compressed, whole, or whole with y's parity said too. */
export function secp256k1Key(bytes: Uint8Array): EcdsaPoint | undefined {
  const [tag] = bytes;
  if (bytes.length !== 65 || (tag !== HYBRID_EVEN && tag !== HYBRID_ODD))
    return point(secp256k1.Point, bytes);
  const isOdd = ((bytes[64] ?? 0) & 1) === 1;
  if (isOdd !== (tag === HYBRID_ODD)) return undefined;
  return point(secp256k1.Point, withTag(bytes, UNCOMPRESSED));
}

/** The crate p256's `from_sec1_bytes`: compressed, whole, or x alone, which stands for the smaller y. */
export function secp256r1Key(bytes: Uint8Array): EcdsaPoint | undefined {
  if (bytes.length !== 33 || bytes[0] !== COMPACT) return point(p256.Point, bytes);
  const found = point(p256.Point, withTag(bytes, 2));
  if (found === undefined) return undefined;
  const other = found.negate();
  return found.y <= other.y ? found : other;
}
