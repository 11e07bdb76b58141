/**
 * What calls of a function read, kept for the next call: keys in which the addresses that differ from
 * call to call are placeholders. A hint only says what to ask for at once.
 */

import { sha3_256 } from '@noble/hashes/sha3.js';
import type { StateKey } from '../../../vm-preview/move/aptos/state';
import { decodeStateKey, encodeStateKey } from '../../../vm-preview/move/aptos/storage';
import { typeTagText } from '../../../vm-preview/move/core/types';
import { fromHex, toHex } from '../../hex';
import { APT_METADATA, fullAddress, primaryStore } from '../address';
import { type ParsedAptosTransaction, signerAddresses } from '../transaction';

/** Keys that are kept of one function. */
const MAX_KEYS = 400;
/** Longer keys are of tables with long names, which seldom come again. */
const MAX_KEY_CHARACTERS = 400;

/** What calls that read alike have in common: the function with its type arguments. */
export function callName({ executable }: ParsedAptosTransaction): string {
  switch (executable.kind) {
    case 'entryFunction': {
      const { address, function: name, module, typeArguments } = executable.call;
      const types = typeArguments.map((tag) => typeTagText(tag)).join(', ');
      return `${address}::${module}::${name}<${types}>`.slice(0, 250);
    }
    case 'script':
      return `script ${toHex(sha3_256(executable.script.code))}`;
    case 'empty':
      return 'multisig';
  }
}

/** Hex of the addresses that this call has, by the name of their part. */
export function partsOf(transaction: ParsedAptosTransaction): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  const add = (name: string, address: string) => {
    if (![...parts.values()].includes(address.slice(2))) parts.set(name, address.slice(2));
  };
  const accounts: [string, string][] = signerAddresses(transaction).map((address, i) => [
    `s${i}`,
    address,
  ]);
  for (const [i, bytes] of argumentsOf(transaction).entries()) {
    if (bytes.length === 32) accounts.push([`a${i}`, fullAddress(bytes)]);
  }
  const { multisigAddress } = transaction;
  if (multisigAddress !== undefined) accounts.push(['m', fullAddress(multisigAddress)]);
  for (const [name, address] of accounts) add(name, address);
  const assets: [string, string][] = [['apt', APT_METADATA], ...accounts];
  for (const [name, owner] of accounts) {
    for (const [asset, metadata] of assets) {
      if (owner !== metadata) add(`${name}.${asset}`, primaryStore(owner, metadata));
    }
  }
  return parts;
}

/** BCS of the arguments. */
export function argumentsOf({ executable }: ParsedAptosTransaction): readonly Uint8Array[] {
  switch (executable.kind) {
    case 'entryFunction':
      return executable.call.args;
    case 'script':
      return executable.script.args.map(({ bytes }) => bytes);
    case 'empty':
      return [];
  }
}

/** Keys with placeholders. Modules of the framework are left out: they are kept whole. */
export function toHints(
  keys: readonly StateKey[],
  parts: ReadonlyMap<string, string>,
): readonly string[] {
  return keys
    .map((key) => {
      let text = toHex(encodeStateKey(key));
      for (const [name, hex] of parts) text = text.replaceAll(hex, `{${name}}`);
      return text;
    })
    .filter((text) => text.length <= MAX_KEY_CHARACTERS)
    .slice(0, MAX_KEYS);
}

/** The keys for this call; a hint that does not fit it is left out. */
export function fromHints(
  hints: readonly string[],
  parts: ReadonlyMap<string, string>,
): StateKey[] {
  return hints.flatMap((hint) => {
    const text = hint.replace(
      /\{([a-z0-9.]+)\}/g,
      (whole, name: string) => parts.get(name) ?? whole,
    );
    if (!/^[0-9a-f]+$/.test(text) || text.length % 2 !== 0) return [];
    try {
      return [decodeStateKey(fromHex(text))];
    } catch {
      // What was kept may be of another version of the snap.
      return [];
    }
  });
}
