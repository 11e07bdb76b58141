/**
 * Signing in with an account: a text that binds a signature to a site, an account and a time. The form
 * of the text is that of EIP-4361; chains differ in its greeting and in the order of its lines.
 */
import { MalformedError } from '../vm-preview/errors';

export interface SignInFields {
  readonly domain: string;
  readonly address: string;
  readonly statement?: string;
  readonly uri?: string;
  readonly version?: string;
  readonly chainId?: string;
  readonly nonce?: string;
  readonly issuedAt?: string;
  readonly expirationTime?: string;
  readonly notBefore?: string;
  readonly requestId?: string;
  readonly resources?: readonly string[];
}

/** What a site asks for; what is absent is filled in or left out. */
export type SignInRequest = Partial<SignInFields>;

/** Who asks, for whom, when. */
export interface SignInContext {
  /** Origin of the page, e.g. `https://example.org`. */
  readonly origin: string;
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Names of the network in use that a request may give, e.g. `mainnet` and `solana:mainnet`. */
  readonly chainIds?: readonly string[];
}

/** Names in the text. */
const NAMES = {
  uri: 'URI',
  version: 'Version',
  chainId: 'Chain ID',
  nonce: 'Nonce',
  issuedAt: 'Issued At',
  expirationTime: 'Expiration Time',
  notBefore: 'Not Before',
  requestId: 'Request ID',
} as const satisfies Partial<Record<keyof SignInFields, string>>;

/** A chain's form of the text. */
export interface SignInForm {
  /** As the greeting names it, e.g. `Solana`. */
  readonly chain: string;
  /** Order of the lines. */
  readonly lines: readonly (keyof typeof NAMES)[];
}

const greeting = ({ chain }: SignInForm): string =>
  ` wants you to sign in with your ${chain} account:`;
/** How far a site's clock may be from ours. */
const CLOCK_SKEW_MS = 10 * 60 * 1000;

/**
 * The fields that will be signed.
 *
 * @throws MalformedError `sign-in-domain`, `sign-in-address`, `sign-in-uri`, `sign-in-chain`,
 * `sign-in-time`, `sign-in-field` when the request does not fit who asks, for whom and when
 */
export function completeSignIn(request: SignInRequest, context: SignInContext): SignInFields {
  const { host } = originOf(context.origin);
  const fields: SignInFields = {
    ...request,
    domain: request.domain ?? host,
    address: request.address ?? context.address,
  };
  checkSignIn(fields, context);
  return fields;
}

/** @throws MalformedError as `completeSignIn` */
export function checkSignIn(fields: SignInFields, context: SignInContext): void {
  const { host, origin } = originOf(context.origin);
  for (const value of Object.values(fields).flat()) {
    if (typeof value !== 'string' || hasControlCharacters(value)) {
      throw new MalformedError(
        'sign-in-field',
        'a field of the sign-in has a line break or the like',
      );
    }
  }
  if (fields.domain !== host) {
    throw new MalformedError(
      'sign-in-domain',
      'the sign-in is for another site than the one that asks',
      { asked: fields.domain, site: host },
    );
  }
  if (fields.address !== context.address) {
    throw new MalformedError('sign-in-address', 'the sign-in is for another account');
  }
  if (fields.uri !== undefined && originOf(fields.uri).origin !== origin) {
    throw new MalformedError('sign-in-uri', 'the sign-in names an address of another site');
  }
  if (
    fields.chainId !== undefined &&
    context.chainIds !== undefined &&
    !context.chainIds.includes(fields.chainId)
  ) {
    throw new MalformedError('sign-in-chain', 'the sign-in is for another network');
  }
  checkTimes(fields, context.now);
}

function originOf(text: string): { host: string; origin: string } {
  try {
    const { host, origin } = new URL(text);
    return { host, origin };
  } catch {
    throw new MalformedError('sign-in-uri', 'the sign-in names an address that is no URL');
  }
}

function checkTimes({ expirationTime, issuedAt, notBefore }: SignInFields, now: number): void {
  const refuse = (text: string) => new MalformedError('sign-in-time', text);
  const at = (time: string | undefined): number | undefined => {
    if (time === undefined) return undefined;
    const parsed = Date.parse(time);
    if (Number.isNaN(parsed)) throw refuse('a time of the sign-in is not one');
    return parsed;
  };
  const issued = at(issuedAt);
  const expires = at(expirationTime);
  const begins = at(notBefore);
  if (issued !== undefined && Math.abs(issued - now) > CLOCK_SKEW_MS) {
    throw refuse('the sign-in was not made now');
  }
  if (expires !== undefined && expires <= now) throw refuse('the sign-in has expired');
  if (begins !== undefined && expires !== undefined && begins >= expires) {
    throw refuse('the sign-in ends before it begins');
  }
}

function hasControlCharacters(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20 || code === 0x7f || code === 0x85 || code === 0x2028 || code === 0x2029)
      return true;
  }
  return false;
}

/** The text that is signed, as UTF-8. */
export function signInText(form: SignInForm, fields: SignInFields): string {
  const lines: string[] = [];
  for (const key of form.lines) {
    const value = fields[key];
    if (value) lines.push(`${NAMES[key]}: ${value}`);
  }
  if (fields.resources !== undefined) {
    lines.push('Resources:', ...fields.resources.map((resource) => `- ${resource}`));
  }
  let text = `${fields.domain}${greeting(form)}\n${fields.address}`;
  if (fields.statement) text += `\n\n${fields.statement}`;
  if (lines.length > 0) text += `\n\n${lines.join('\n')}`;
  return text;
}

/**
 * The fields of a text that is a sign-in, or `undefined`. A message that is one must be held to the
 * same checks, or a site could have a sign-in for another site signed as a message.
 */
export function parseSignInText(form: SignInForm, text: string): SignInFields | undefined {
  const [first = '', address = '', ...rest] = text.split('\n');
  if (!first.endsWith(greeting(form)) || address === '') return undefined;
  const fields: { -readonly [K in keyof SignInFields]: SignInFields[K] } = {
    domain: first.slice(0, -greeting(form).length),
    address,
  };
  const blocks = rest
    .join('\n')
    .split('\n\n')
    .filter((block) => block !== '');
  const last = blocks.at(-1)?.replace(/^\n/, '');
  const parsed = last === undefined ? undefined : parseLines(form, last.split('\n'));
  if (parsed !== undefined) {
    Object.assign(fields, parsed);
    blocks.pop();
  }
  const statement = blocks.join('\n\n').replace(/^\n/, '');
  if (statement !== '') fields.statement = statement;
  return fields;
}

function parseLines(form: SignInForm, lines: readonly string[]): Partial<SignInFields> | undefined {
  const found: Record<string, string | string[]> = {};
  let position = 0;
  for (const key of form.lines) {
    const name = NAMES[key];
    const line = lines[position];
    if (!line?.startsWith(`${name}: `)) continue;
    found[key] = line.slice(name.length + 2);
    position += 1;
  }
  if (lines[position] === 'Resources:') {
    const resources = lines.slice(position + 1);
    if (!resources.every((line) => line.startsWith('- '))) return undefined;
    found.resources = resources.map((line) => line.slice(2));
    position = lines.length;
  }
  return position === lines.length && position > 0 ? found : undefined;
}
