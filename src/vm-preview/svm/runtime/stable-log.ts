/** The lines that programs' logs are made of. Source: agave `program-runtime/src/stable_log.rs`. */
import { base64 } from '@scure/base';
import type { Pubkey } from '../pubkey';

export function programInvoke(programId: Pubkey, stackHeight: number): string {
  return `Program ${programId} invoke [${stackHeight}]`;
}

/** What the program itself says. */
export function programLog(message: string): string {
  return `Program log: ${message}`;
}

export function programData(fields: readonly Uint8Array[]): string {
  return `Program data: ${fields.map((field) => base64.encode(field)).join(' ')}`;
}

export function programReturn(programId: Pubkey, data: Uint8Array): string {
  return `Program return: ${programId} ${base64.encode(data)}`;
}

export function programConsumed(programId: Pubkey, consumed: number, available: number): string {
  return `Program ${programId} consumed ${consumed} of ${available} compute units`;
}

export function programSuccess(programId: Pubkey): string {
  return `Program ${programId} success`;
}

/** @param reason - the error's text */
export function programFailure(programId: Pubkey, reason: string): string {
  return `Program ${programId} failed: ${reason}`;
}
