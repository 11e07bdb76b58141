import type { Pubkey } from '../pubkey';

/** Verified programs, kept between runs by address and deployment slot. */
export interface ProgramCache {
  get(key: string): object | undefined;
  set(key: string, program: object): void;
}

export function programCacheKey(programId: Pubkey, deploymentSlot: bigint): string {
  return `${programId.key}${deploymentSlot}`;
}
