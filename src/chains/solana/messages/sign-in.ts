/** Sign In With Solana. Source: wallet-standard `solana:signIn`. */
import { parseSignInText, type SignInFields, type SignInForm, signInText } from '../../sign-in';

export {
  checkSignIn,
  completeSignIn,
  type SignInContext,
  type SignInFields,
  type SignInRequest,
} from '../../sign-in';

const FORM: SignInForm = {
  chain: 'Solana',
  lines: [
    'uri',
    'version',
    'chainId',
    'nonce',
    'issuedAt',
    'expirationTime',
    'notBefore',
    'requestId',
  ],
};

/** The text that is signed, as UTF-8. */
export function signInMessage(fields: SignInFields): string {
  return signInText(FORM, fields);
}

/**
 * The fields of a text that is a sign-in, or `undefined`. A message that is one must be held to the
 * same checks, or a site could have a sign-in for another site signed as a message.
 */
export function parseSignIn(text: string): SignInFields | undefined {
  return parseSignInText(FORM, text);
}
