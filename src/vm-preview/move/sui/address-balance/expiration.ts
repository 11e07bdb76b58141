/** When a transaction is good (sui-types, transaction.rs `validity_check`; sui-transaction-checks). */
import { CannotPreview } from '../../../errors';
import type { Expiration, TransactionData } from '../data';
import { ensure } from '../execution/refused';
import type { ProtocolConfig } from '../protocol';
import { sameBytes } from '../same-bytes';
import type { SuiEnvironment } from '../types';

/** Proposers that may be named at any price. */
const UNPAID_PROPOSERS = 3n;

type Window = Extract<Expiration, { kind: 'validDuring' | 'validity' }>;

/** @throws RefusedError; CannotPreview for what depends on the committee */
export function checkExpiration(
  transaction: TransactionData,
  protocol: ProtocolConfig,
  environment: SuiEnvironment,
): void {
  const { expiration } = transaction;
  if (expiration.kind === 'none') return;
  if (expiration.kind === 'epoch') {
    requireNow(undefined, expiration.epoch, environment);
    return;
  }
  if (expiration.kind === 'validity') checkProposers(transaction, protocol, environment);
  const { minTimestamp, maxTimestamp, minEpoch, maxEpoch, chain } = expiration;
  ensure(
    minTimestamp === undefined && maxTimestamp === undefined,
    'Unsupported',
    'expiration by time is not supported',
  );
  if (!protocol.feature('relax_valid_during_for_owned_inputs')) checkSpan(expiration, protocol);
  ensure(
    sameBytes(chain, environment.chainIdentifier),
    'InvalidChainId',
    'the transaction is for another chain',
  );
  requireNow(minEpoch, maxEpoch, environment);
}

function requireNow(
  first: bigint | undefined,
  last: bigint | undefined,
  { epoch }: SuiEnvironment,
): void {
  const isEarly = first !== undefined && epoch < first;
  const isLate = last !== undefined && epoch > last;
  ensure(!isEarly, 'TransactionExpired', 'the transaction is not good yet');
  ensure(!isLate, 'TransactionExpired', 'the transaction has expired');
}

function checkSpan({ minEpoch, maxEpoch }: Window, protocol: ProtocolConfig): void {
  ensure(
    minEpoch !== undefined && maxEpoch !== undefined,
    'Unsupported',
    'both the first and the last epoch must be named',
  );
  const most = protocol.feature('enable_multi_epoch_transaction_expiration') ? 1n : 0n;
  ensure(
    maxEpoch >= minEpoch && maxEpoch - minEpoch <= most,
    'Unsupported',
    `a transaction is good for ${most + 1n} epochs at most`,
  );
}

/** SIP-45: who may bring the transaction to consensus. A set for another epoch counts as none. */
function checkProposers(
  { expiration, gas }: TransactionData,
  protocol: ProtocolConfig,
  { epoch, referenceGasPrice }: SuiEnvironment,
): void {
  ensure(
    protocol.feature('allowed_proposers'),
    'Unsupported',
    'naming who may propose a transaction is not supported',
  );
  const allowed = expiration.kind === 'validity' ? expiration.allowedProposers : undefined;
  if (allowed === undefined || allowed.epoch !== epoch) return;
  const price = referenceGasPrice > 0n ? referenceGasPrice : 1n;
  const paid = gas.price / price;
  const most = paid > UNPAID_PROPOSERS ? paid : UNPAID_PROPOSERS;
  const { proposers } = allowed;
  ensure(
    BigInt(proposers.length) <= most,
    'InvalidExpiration',
    `at most ${most} proposers may be named`,
  );
  ensure(
    proposers.every((proposer, i) => i === 0 || proposer > (proposers[i - 1] ?? 0)),
    'InvalidExpiration',
    'proposers are named in order and once',
  );
  throw new CannotPreview(
    'sui-allowed-proposers',
    'a transaction that only some validators may propose',
  );
}

/** Whether validators remember it for as long as it is good, so that it is not taken twice. */
export function isReplayProtected(expiration: Expiration): boolean {
  if (expiration.kind !== 'validDuring' && expiration.kind !== 'validity') return false;
  const { minEpoch, maxEpoch } = expiration;
  if (minEpoch === undefined || maxEpoch === undefined) return false;
  return maxEpoch === minEpoch || maxEpoch === minEpoch + 1n;
}
