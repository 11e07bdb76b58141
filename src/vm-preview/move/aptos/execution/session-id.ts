/** What makes a session unique. Source: aptos-core `aptos-vm/src/move_vm_ext/session/session_id.rs`. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { BcsWriter } from '../../core/bcs';
import type { Address } from '../../core/values';
import { hashPrefix } from '../transaction';

export type SessionKind = 'prologue' | 'transaction' | 'abortHook' | 'epilogue';

/** Variants by whether the transaction has a sequence number or a nonce. */
const VARIANTS: Readonly<Record<SessionKind, readonly [number, number]>> = {
  transaction: [0, 9],
  prologue: [3, 10],
  epilogue: [4, 11],
  abortHook: [6, 12],
};

const VOID = 5;

export interface SessionOwner {
  readonly sender: Address;
  readonly replayProtector: ReplayProtector;
  readonly expirationTimestampSecs: bigint;
  /** Empty but for scripts. */
  readonly scriptHash: Uint8Array;
}

export type ReplayProtector =
  | { readonly kind: 'nonce'; readonly value: bigint }
  | { readonly kind: 'sequenceNumber'; readonly value: bigint };

/** 32 bytes. */
export function sessionHash(kind: SessionKind, owner: SessionOwner): Uint8Array {
  const { sender, replayProtector, expirationTimestampSecs, scriptHash } = owner;
  const [numbered, orderless] = VARIANTS[kind];
  const writer = new BcsWriter().bytes(hashPrefix('SessionId'));
  if (replayProtector.kind === 'sequenceNumber')
    writer.uleb32(numbered).bytes(sender.bytes).u64(replayProtector.value);
  else
    writer
      .uleb32(orderless)
      .bytes(sender.bytes)
      .u64(replayProtector.value)
      .u64(expirationTimestampSecs);
  return sha3_256(writer.blob(scriptHash).finish());
}

/** Of runs whose outcome is never committed. */
export function voidSessionHash(): Uint8Array {
  return sha3_256(new BcsWriter().bytes(hashPrefix('SessionId')).uleb32(VOID).finish());
}
