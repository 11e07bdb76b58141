/** Sign in with Aptos: the text, and what of it is signed. Source: AIP-116. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { MalformedError } from '../../../vm-preview/errors';
import {
  checkSignIn,
  completeSignIn as complete,
  parseSignInText,
  type SignInContext,
  type SignInFields,
  type SignInForm,
  type SignInRequest,
  signInText,
} from '../../sign-in';

export { checkSignIn, type SignInContext, type SignInFields, type SignInRequest };

/** As `@aptos-labs/siwa` writes them, which reads them back. */
const FORM: SignInForm = {
  chain: 'Aptos',
  lines: [
    'uri',
    'version',
    'nonce',
    'issuedAt',
    'expirationTime',
    'notBefore',
    'requestId',
    'chainId',
  ],
};

const VERSION = '1';
const DOMAIN = 'SIGN_IN_WITH_APTOS::';

/**
 * The fields that will be signed. Address, domain, URI, version and chain are always among them.
 *
 * @param context - `chainIds` begins with the name that is put in where the request gives none
 * @throws MalformedError as the checks of all chains, and `sign-in-version`
 */
export function completeSignIn(request: SignInRequest, context: SignInContext): SignInFields {
  const [chainId] = context.chainIds ?? [];
  const fields = complete(
    {
      uri: context.origin,
      version: VERSION,
      ...(chainId === undefined ? {} : { chainId }),
      ...request,
    },
    context,
  );
  if (fields.version !== VERSION) {
    throw new MalformedError('sign-in-version', 'the sign-in is of another version');
  }
  return fields;
}

/** The text that the user reads. */
export function signInMessage(fields: SignInFields): string {
  return signInText(FORM, fields);
}

/** What is signed: the text after a hash that no other kind of signature begins with. */
export function signInBytes(text: string): Uint8Array {
  const utf8 = new TextEncoder();
  return Uint8Array.of(...sha3_256(utf8.encode(DOMAIN)), ...utf8.encode(text));
}

/** The fields of a text that is a sign-in, or `undefined`. */
export function parseSignIn(text: string): SignInFields | undefined {
  return parseSignInText(FORM, text);
}
