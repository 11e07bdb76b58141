/** What a question does wrong, as the node says it, and the values that questions are made of. */
import { GraphQLError } from 'graphql';
import { decodeBase64 } from '../../../src/chains/base64';
import { fromHex } from '../../../src/chains/hex';
import { parseAddress } from '../../../src/chains/sui/address';
import { LookaheadError } from '../../../src/vm-preview/errors';
import { parseTypeTag, type TypeTag } from '../../../src/vm-preview/move/core/types';

export const userError = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

/** What the schema has and this chain does not answer: never a guess. */
export const unsupported = (field: string): GraphQLError =>
  new GraphQLError(`The local chain does not answer ${field}`, {
    extensions: { code: 'FEATURE_UNAVAILABLE' },
  });

/** @throws GraphQLError */
export function addressOf(text: unknown): Uint8Array {
  return parsed(text, 'SuiAddress', (digits) => {
    if (!digits.startsWith('0x')) throw userError('Missing 0x prefix');
    return fromHex(parseAddress(digits));
  });
}

/** @throws GraphQLError */
export function typeOf(text: unknown): TypeTag {
  return parsed(text, 'TypeTag', parseTypeTag);
}

/** @throws GraphQLError */
export function base64Of(text: unknown): Uint8Array {
  return parsed(text, 'Base64', decodeBase64);
}

/** @throws GraphQLError */
export function u53Of(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw userError(`Failed to parse "UInt53": ${String(value).slice(0, 40)}`);
}

function parsed<T>(text: unknown, what: string, parse: (text: string) => T): T {
  const wrong = (why: string): GraphQLError =>
    userError(`Failed to parse "${what}": ${why}: ${String(text).slice(0, 80)}`);
  if (typeof text !== 'string') throw wrong('no string');
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof LookaheadError || error instanceof SyntaxError) throw wrong(error.message);
    throw error;
  }
}
