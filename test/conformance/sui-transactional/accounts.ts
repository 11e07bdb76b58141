/** Accounts of a test, by the same random numbers as the runner's. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import type { SuiObject } from '../../../src/vm-preview/move/sui';
import { StdRng } from './chacha';
import { gasCoin } from './genesis';

const SEED = Uint8Array.from([
  ...[21, 23, 199, 200, 234, 250, 252, 178, 94, 15, 202, 178, 62, 186, 88, 137],
  ...[233, 192, 130, 157, 179, 179, 65, 9, 31, 249, 221, 123, 225, 112, 199, 247],
]);
/** MIST in each coin. */
const BALANCE = 300_000_000_000_000n;
const ED25519 = 0;

export interface Account {
  /** 32 bytes. */
  readonly address: Uint8Array;
  readonly gas: SuiObject;
}

export interface Accounts {
  readonly named: ReadonlyMap<string, Account>;
  readonly default: Account;
}

export function makeAccounts(names: readonly string[]): Accounts {
  const random = new StdRng(SEED);
  const make = (): Account => {
    const key = new StdRng(random.bytes(32)).bytes(32);
    const hashed = Uint8Array.from([ED25519, ...ed25519.getPublicKey(key)]);
    const address = blake2b(hashed, { dkLen: 32 });
    return { address, gas: gasCoin(random.array(32), address, BALANCE) };
  };
  const sorted = [...new Set(names)].sort();
  const named = new Map(sorted.map((name) => [name, make()]));
  return { named, default: make() };
}
