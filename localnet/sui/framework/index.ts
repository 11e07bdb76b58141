/** The compiled modules of the small framework; `README.md` says how they are made. */
import { decodeBase64 } from '../../../src/chains/base64';
import { fromHex } from '../../../src/chains/hex';
import bytecode from './bytecode.json';

export type OwnPackage = keyof typeof bytecode.packages;

/** Modules in the order of their dependencies; those of `demo` are at 0x0, as they are published. */
export function ownModules(name: OwnPackage): Uint8Array[] {
  return bytecode.packages[name].map(decodeBase64);
}

/** SHA-256 of each source that the modules were made of, by its path. */
export const SOURCES: Readonly<Record<string, string>> = bytecode.sources;

/** By which an upgrade to the same modules is allowed, as the compiler gives it: 32 bytes. */
export function ownDigest(name: OwnPackage): Uint8Array {
  return fromHex(bytecode.digests[name]);
}
