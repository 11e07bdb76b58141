/** Accounts whose signature a Move function checks (aptos_vm.rs, `dispatchable_authenticate`). */
import { CannotPreview } from '../../../errors';
import { BcsWriter } from '../../core/bcs';
import { MoveError } from '../../core/runtime';
import { type Address, asAddress, asStruct } from '../../core/values';
import type { AptosFeatures } from '../natives/context';
import { type AccountAuthenticator, FUNCTION_INFO } from '../transaction';
import { FLAG } from './flags';
import type { Meter } from './metering';
import type { TransactionData } from './request';
import { frameworkModule, type Session } from './session';
import { VmError } from './status';

const ACCOUNT_ABSTRACTION = frameworkModule('account_abstraction');

/** Those whose authenticator is known; of the others it is presumed that they agree. */
export function authenticate(
  session: Session,
  { request, senders }: TransactionData,
  features: AptosFeatures,
  meter: Meter,
): void {
  const { authenticators, feePayer } = request;
  if (feePayer !== undefined)
    authenticateOne(session, feePayer, authenticators?.feePayer, features, meter);
  const given = [authenticators?.sender, ...(authenticators?.secondary ?? [])];
  for (const [i, address] of senders.entries())
    authenticateOne(session, address, given[i], features, meter);
}

function authenticateOne(
  session: Session,
  address: Address,
  authenticator: AccountAuthenticator | undefined,
  features: AptosFeatures,
  meter: Meter,
): void {
  if (authenticator?.kind !== 'abstract') return;
  const { authentication } = authenticator;
  const flag =
    authentication.kind === 'v1' ? FLAG.accountAbstraction : FLAG.derivableAccountAbstraction;
  if (!features.isEnabled(flag)) throw new VmError('FEATURE_UNDER_GATING');
  const info = new BcsWriter();
  FUNCTION_INFO.write(info, authenticator.function);
  const data = new BcsWriter()
    .uleb32(authentication.kind === 'v1' ? 0 : 1)
    .blob(authentication.digest)
    .blob(authentication.signature);
  if (authentication.kind === 'derivable') data.blob(authentication.publicKey);
  try {
    const args = [address, info.finish(), data.finish()];
    const [result] = session.call(ACCOUNT_ABSTRACTION, 'authenticate', args, meter);
    // A permissioned signer would be carried on to the payload.
    if (!asAddress(asStruct(result).fields[0]).hex.startsWith(address.hex))
      throw new CannotPreview('aptos-permissioned-signer', 'an account that signs for another');
  } catch (error) {
    if (error instanceof MoveError && error.status === 'OUT_OF_GAS')
      throw new VmError('ACCOUNT_AUTHENTICATION_GAS_LIMIT_EXCEEDED');
    throw error;
  }
}
