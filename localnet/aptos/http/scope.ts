/** The state that a request is about. */

import { parseAddress } from '../../../src/chains/aptos/address';
import { MalformedError } from '../../../src/vm-preview/errors';
import { addressText, parseTypeTag, type StructTag } from '../../../src/vm-preview/move/core/types';
import type { Chain } from '../chain';
import { StateReader } from '../json/reader';
import { ApiError, invalidInput, notFound, type Request } from './answer';

export interface Scope {
  readonly version: number;
  readonly reader: StateReader;
}

/** @throws ApiError `version_not_found`, `version_pruned` */
export function scopeOf(chain: Chain, { query }: Pick<Request, 'query'>): Scope {
  const asked = query.get('ledger_version');
  const { oldestVersion, version: newest } = chain.head;
  const version = asked === null ? newest : Number(u64(asked));
  if (version > newest)
    throw notFound('Ledger version', `Ledger version(${version})`, 'version_not_found');
  if (version < oldestVersion)
    throw new ApiError(410, 'version_pruned', `Ledger version(${version}) has been pruned`);
  return { version, reader: new StateReader(chain.ledger.at(version), chain.cache) };
}

/** @throws ApiError `invalid_input` */
export function u64(text: string): bigint {
  if (!/^\d{1,20}$/.test(text)) throw invalidInput(`failed to parse "${text.slice(0, 40)}" as u64`);
  return BigInt(text);
}

/** At most `most`, which is taken when nothing is asked. */
export function limitOf({ query }: Pick<Request, 'query'>, most: number): number {
  const asked = query.get('limit');
  if (asked === null) return Math.min(25, most);
  const limit = u64(asked);
  if (limit === 0n) throw invalidInput('Given limit value (0) must not be zero');
  return limit > BigInt(most) ? most : Number(limit);
}

/** 0x and 64 digits. @throws ApiError `invalid_input` */
export function address(text: string | undefined): string {
  return parsed(text, 'address', parseAddress);
}

export function structTag(text: string | undefined): StructTag {
  const tag = parsed(text, 'MoveStructTag', parseTypeTag);
  if (tag.kind !== 'struct') throw invalidInput(`failed to parse path: ${text} is no struct`);
  return tag;
}

function parsed<T>(text: string | undefined, what: string, parse: (text: string) => T): T {
  try {
    return parse(text ?? '');
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    throw invalidInput(`failed to parse path as ${what}: ${(text ?? '').slice(0, 80)}`);
  }
}

export { addressText };
