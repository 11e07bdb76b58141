/** A sign-in belongs to one site, one account and a span of time; what does not match is refused. */
import { RequestError } from './errors';
import type { SignInInput } from './types';

type Given = Omit<SignInInput, 'account'>;
type Fields = { readonly [Name in keyof Given]?: Given[Name] | undefined };

export type CheckedSignIn = Fields & { readonly domain: string; readonly address: string };

/** How far the site's clock may be from this one. */
const CLOCK_SKEW_MS = 10 * 60 * 1000;

/**
 * Fills in the site and the account, and refuses what contradicts them.
 *
 * @param origin - of the page, as MetaMask names it
 * @param now - milliseconds since 1970
 * @throws RequestError `sign-in-mismatch`, its context naming the field
 */
export function checkSignIn(
  origin: string,
  account: string,
  input: Fields,
  now: number,
): CheckedSignIn {
  const site = siteOf(origin);
  if (input.domain !== undefined && input.domain !== site.host) mismatch('domain');
  if (input.address !== undefined && input.address !== account) mismatch('address');
  if (input.uri !== undefined && originOf(input.uri) !== site.origin) mismatch('uri');
  if (input.version !== undefined && input.version !== '1') mismatch('version');
  if (input.issuedAt !== undefined) {
    if (Math.abs(timeOf(input.issuedAt, 'issuedAt') - now) > CLOCK_SKEW_MS) mismatch('issuedAt');
  }
  if (input.expirationTime !== undefined) {
    if (timeOf(input.expirationTime, 'expirationTime') <= now) mismatch('expirationTime');
  }
  if (input.notBefore !== undefined) {
    if (timeOf(input.notBefore, 'notBefore') > now + CLOCK_SKEW_MS) mismatch('notBefore');
  }
  for (const [name, value] of Object.entries(input)) {
    const values = typeof value === 'string' ? [value] : (value ?? []);
    // A line of its own making would pass for a field that the wallet had checked.
    if (values.some((text: string) => /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text))) mismatch(name);
  }
  return { ...input, domain: site.host, address: account };
}

function siteOf(origin: string): URL {
  try {
    return new URL(origin);
  } catch {
    return mismatch('origin');
  }
}

function originOf(uri: string): string | undefined {
  try {
    return new URL(uri).origin;
  } catch {
    return undefined;
  }
}

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function timeOf(text: string, field: string): number {
  const time = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? mismatch(field) : time;
}

function mismatch(field: string): never {
  throw new RequestError('sign-in-mismatch', { field });
}
