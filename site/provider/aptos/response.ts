/** How AIP-62 answers: what the user approved, or that they did not. */
import type { UserResponse } from '@aptos-labs/wallet-standard';
import type { RpcAccount } from '../../../src/rpc/types';
import { CODES, NotConnectedError, UserRejectedError } from '../errors';
import type { Session } from '../session';

type Sdk = typeof import('./sdk');

/** The user's no is an answer; every other failure is thrown. */
export async function approved<Args>(
  run: (sdk: Sdk) => Promise<Args>,
): Promise<UserResponse<Args>> {
  const sdk = await import('./sdk');
  try {
    return { status: sdk.UserResponseStatus.APPROVED, args: await run(sdk) };
  } catch (thrown) {
    if (!(thrown instanceof UserRejectedError)) throw thrown;
    return { status: sdk.UserResponseStatus.REJECTED };
  }
}

/** @throws NotConnectedError */
export function firstAccount(session: Session): RpcAccount {
  const [account] = session.accounts('aptos');
  if (account !== undefined) return account;
  throw new NotConnectedError(CODES.unauthorized, 'The user has not connected an Aptos account.', {
    code: 'not-connected',
    kind: 'request',
    context: {},
  });
}
