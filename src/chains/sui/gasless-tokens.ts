/** Currencies that may be sent without gas, as the protocol's settings list them. */
import { addressBytes, fullAddress } from './address';

const SETTING = 'gasless_allowed_token_types';
const TOKEN = /^0x[0-9a-f]{1,64}(?:::[A-Za-z_]\w*){2}$/;
const MAX_TOKENS = 500;

interface Setting {
  readonly key: string;
  readonly value: string | null;
}

/**
 * Types with the least of each in digits, of `[["0x…::usdc::USDC","10000"]]`; undefined where it is not set or
 * anything else.
 */
export function gaslessTokens(
  settings: readonly Setting[],
): [type: string, least: string][] | undefined {
  const rows = tokenRows(settings.find(({ key }) => key === SETTING)?.value ?? '');
  if (rows === undefined || rows.length > MAX_TOKENS) return undefined;
  const tokens: [string, string][] = [];
  for (const row of rows) {
    const [type, least]: readonly unknown[] = Array.isArray(row) ? row : [];
    const isAmount = typeof least === 'number' || typeof least === 'string';
    if (typeof type !== 'string' || !TOKEN.test(type) || !isAmount) return undefined;
    if (!/^\d{1,20}$/.test(least.toString())) return undefined;
    const [address = '', ...name] = type.split('::');
    tokens.push([[fullAddress(addressBytes(address)), ...name].join('::'), least.toString()]);
  }
  return tokens;
}

function tokenRows(text: string): readonly unknown[] | undefined {
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? rows : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
