export { checkExpiration, isReplayProtected } from './expiration';
export {
  gasCoins,
  isGasless,
  locationOf,
  type Payment,
  type PaymentLocation,
  type PaymentMethod,
  paymentOf,
  paysFromBalance,
} from './gas-data';
export { checkGaslessProgram, GaslessTokens, gaslessFailure } from './gasless';
export { requireObjectFunds, settledFunds } from './object-funds';
export {
  balanceRequests,
  checkGasReservations,
  checkWithdrawals,
  type Funded,
  fund,
  type Reserved,
  settledBalance,
} from './withdrawals';
export {
  type AccumulatorWrite,
  accumulatorWrites,
  balanceChange,
  balanceOwners,
  mergedWrites,
  requireRepresentable,
  signedAmount,
} from './writes';
