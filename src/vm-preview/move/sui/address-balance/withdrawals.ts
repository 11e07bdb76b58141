/**
 * What a transaction may take from balances that are kept outside of objects, and whether it is there
 * (sui-types, transaction.rs `process_funds_withdrawals_for_signing`; sui-core, accumulators).
 */
import { CannotPreview, StateError } from '../../../errors';
import { type TypeTag, typeTagText } from '../../core/types';
import { Address } from '../../core/values';
import {
  ACCUMULATOR_ROOT,
  addressBalanceId,
  type CallArg,
  type CoinReservation,
  type FundsWithdrawal,
  type GasData,
  isCoinReservation,
  type ObjectRef,
  type ProgrammableTransaction,
  parseAddressBalance,
  parseCoinReservation,
  SUI,
  sameType,
  type TransactionData,
} from '../data';
import { ensure } from '../execution/refused';
import type { ProtocolConfig } from '../protocol';
import { sameBytes } from '../same-bytes';
import { MissingObjectsError, type ObjectRequest, type SuiState } from '../state';
import type { SuiEnvironment } from '../types';
import { isGasless, paysFromBalance } from './gas-data';
import type { GaslessTokens } from './gasless';

/** Withdrawals, reservations and the fee together; a number in the chain's code, not in its settings. */
const MAX_WITHDRAWALS = 10;
const U64_MAX = (1n << 64n) - 1n;

/** A transaction whose coin reservations are withdrawals. */
export interface Funded {
  readonly program: ProgrammableTransaction;
  /** Inputs that were named as coins, which commands get as such. */
  readonly asCoins: ReadonlySet<number>;
  readonly reserved: readonly Reserved[];
}

/** What is set aside of a balance, for all that the transaction says. */
export interface Reserved {
  readonly owner: Uint8Array;
  readonly currency: TypeTag;
  readonly amount: bigint;
}

function ownRefs({ inputs }: ProgrammableTransaction): readonly ObjectRef[] {
  return inputs.flatMap((input) =>
    input.kind === 'object' && input.object.kind === 'immOrOwned' ? [input.object.ref] : [],
  );
}

function withdrawalsOf({ inputs }: ProgrammableTransaction): readonly FundsWithdrawal[] {
  return inputs.flatMap((input) => (input.kind === 'fundsWithdrawal' ? [input.withdrawal] : []));
}

/** What can be said before any balance is read. @throws RefusedError, CannotPreview */
export function checkWithdrawals(
  { gas }: Pick<TransactionData, 'gas'>,
  program: ProgrammableTransaction,
  protocol: ProtocolConfig,
  environment: SuiEnvironment,
): void {
  const withdrawals = withdrawalsOf(program);
  const coins = [...ownRefs(program), ...gas.payment].flatMap(
    (ref) => parseCoinReservation(ref, environment.chainIdentifier) ?? [],
  );
  const isImplicit = paysFromBalance(gas);
  if (withdrawals.length + coins.length === 0 && !(isImplicit && gas.budget > 0n)) return;
  ensure(
    !isImplicit || protocol.feature('enable_address_balance_gas_payments'),
    'MissingGasPayment',
    'nothing pays for gas',
  );
  ensure(
    protocol.feature('enable_accumulators'),
    'Unsupported',
    'withdrawals from address balances are not enabled',
  );
  for (const withdrawal of withdrawals) checkWithdrawal(withdrawal, protocol);
  for (const coin of coins) checkReservation(coin, environment);
  ensure(
    withdrawals.length + coins.length + (isImplicit ? 1 : 0) <= MAX_WITHDRAWALS,
    'InvalidWithdrawReservation',
    `Maximum number of balance withdraw reservations is ${MAX_WITHDRAWALS}`,
  );
}

function checkWithdrawal(
  { currency, from, maxAmount }: FundsWithdrawal,
  protocol: ProtocolConfig,
): void {
  ensure(
    from.kind !== 'sponsor',
    'InvalidWithdrawReservation',
    'Explicit sponsor withdrawals are not yet supported',
  );
  if (from.kind === 'senderAllowance') {
    ensure(
      protocol.feature('enable_allowances'),
      'Unsupported',
      'withdrawals by allowance are not enabled',
    );
    throw new CannotPreview('sui-allowance', 'a withdrawal that another account allows');
  }
  ensure(
    maxAmount > 0n,
    'InvalidWithdrawReservation',
    'Balance withdraw reservation amount must be non-zero',
  );
  const most = protocol.number('max_accumulator_type_nodes');
  ensure(
    most === undefined || BigInt(typeNodes(currency) + 1) <= most,
    'SizeLimitExceeded',
    `maximum type nodes in a funds accumulator type is ${most}`,
  );
}

function typeNodes(tag: TypeTag): number {
  if (tag.kind === 'vector') return typeNodes(tag.element) + 1;
  if (tag.kind !== 'struct') return 1;
  return tag.typeArguments.reduce((sum, argument) => sum + typeNodes(argument), 1);
}

/** Good in its epoch and the next. */
function checkReservation({ amount, epoch }: CoinReservation, environment: SuiEnvironment): void {
  ensure(
    epoch === environment.epoch || epoch + 1n === environment.epoch,
    'TransactionExpired',
    'a reservation of a balance has expired',
  );
  ensure(
    amount > 0n,
    'InvalidWithdrawReservation',
    'Balance withdraw reservation amount must be non-zero',
  );
}

/** A reservation that pays gas is of the sender's own SUI. @throws RefusedError */
export function checkGasReservations(
  { gas, sender }: Pick<TransactionData, 'gas' | 'sender'>,
  protocol: ProtocolConfig,
  environment: SuiEnvironment,
): void {
  const own = addressBalanceId(sender, SUI);
  for (const ref of gas.payment) {
    const coin = parseCoinReservation(ref, environment.chainIdentifier);
    ensure(
      coin === undefined ||
        (protocol.feature('enable_coin_reservation_obj_refs') &&
          sameBytes(gas.owner, sender) &&
          sameBytes(coin.field, own)),
      'GasObjectNotOwnedObject',
      'a reservation that pays gas must be of the sender’s own SUI',
    );
  }
}

/** Objects that hold the balances which the transaction draws on, to be asked for at once. */
export function balanceRequests(
  { gas, sender }: Pick<TransactionData, 'gas' | 'sender'>,
  program: ProgrammableTransaction,
  chain: Uint8Array,
): readonly ObjectRequest[] {
  const ids = [
    ...withdrawalsOf(program).flatMap(({ currency, from }) =>
      from.kind === 'senderAllowance'
        ? []
        : [addressBalanceId(from.kind === 'sender' ? sender : gas.owner, currency)],
    ),
    ...[...ownRefs(program), ...gas.payment].flatMap(
      (ref) => parseCoinReservation(ref, chain)?.field ?? [],
    ),
    ...(paysFromBalance(gas) && gas.budget > 0n ? [addressBalanceId(gas.owner, SUI)] : []),
  ];
  return ids.map(requestOf);
}

const requestOf = (id: Uint8Array): ObjectRequest => ({
  id,
  bound: { kind: 'latest' },
  parent: ACCUMULATOR_ROOT,
});

/**
 * Makes withdrawals of coin reservations, and sees whether each balance has what is set aside of it.
 *
 * @param tokens - of gasless transactions, with what must be left of each
 * @throws RefusedError; MissingObjectsError with all balances that were never loaded
 */
export function fund(
  transaction: TransactionData,
  program: ProgrammableTransaction,
  state: SuiState,
  { protocol, environment, tokens }: FundingRules,
): Funded {
  const chain = environment.chainIdentifier;
  loadAll(state, balanceRequests(transaction, program, chain));
  const asCoins = new Set<number>();
  const inputs = program.inputs.map((input, i): CallArg => {
    if (input.kind !== 'object' || input.object.kind !== 'immOrOwned') return input;
    const coin = parseCoinReservation(input.object.ref, chain);
    if (coin === undefined) return input;
    asCoins.add(i);
    return { kind: 'fundsWithdrawal', withdrawal: resolved(coin, transaction.sender, state) };
  });
  const funded = { ...program, inputs };
  const reserved = reservedAmounts(transaction, funded, chain);
  for (const one of reserved) requireAvailable(one, state);
  if (isGasless(transaction.gas, protocol) && protocol.feature('gasless_verify_remaining_balance'))
    for (const one of reserved) requireRest(one, state, tokens);
  return { program: funded, asCoins, reserved };
}

export interface FundingRules {
  readonly protocol: ProtocolConfig;
  readonly environment: SuiEnvironment;
  readonly tokens: GaslessTokens;
}

function loadAll(state: SuiState, requests: readonly ObjectRequest[]): void {
  const missing = requests.flatMap((request): readonly ObjectRequest[] => {
    try {
      state.object(request);
      return [];
    } catch (error) {
      if (!(error instanceof MissingObjectsError)) throw error;
      return error.requests;
    }
  });
  if (missing.length > 0) throw new MissingObjectsError(missing);
}

function resolved(
  { field, amount }: CoinReservation,
  sender: Uint8Array,
  state: SuiState,
): FundsWithdrawal {
  const object = state.object(requestOf(field));
  const id = Address.fromBytes(field);
  ensure(
    object !== null,
    'InvalidWithdrawReservation',
    `coin reservation object id ${id} not found`,
  );
  const balance = parseAddressBalance(object);
  ensure(
    balance !== undefined,
    'InvalidWithdrawReservation',
    `coin reservation object id ${id} is not a balance accumulator field`,
  );
  ensure(
    sameBytes(balance.owner, sender),
    'InvalidWithdrawReservation',
    `coin reservation object id ${id} is owned by another account, not the sender`,
  );
  return { maxAmount: amount, currency: balance.currency, from: { kind: 'sender' } };
}

/** By owner and currency. @throws RefusedError where a sum is no u64 */
export function reservedAmounts(
  { gas, sender }: Pick<TransactionData, 'gas' | 'sender'>,
  program: ProgrammableTransaction,
  chain: Uint8Array,
): readonly Reserved[] {
  const found: { owner: Uint8Array; currency: TypeTag; amount: bigint }[] = [];
  const add = (owner: Uint8Array, currency: TypeTag, amount: bigint): void => {
    const same = found.find(
      (one) => sameBytes(one.owner, owner) && sameType(one.currency, currency),
    );
    if (same === undefined) found.push({ owner, currency, amount });
    else same.amount += amount;
  };
  for (const { currency, from, maxAmount } of withdrawalsOf(program))
    add(from.kind === 'sponsor' ? gas.owner : sender, currency, maxAmount);
  for (const amount of gasReservations(gas, chain)) add(gas.owner, SUI, amount);
  for (const { amount } of found)
    ensure(
      amount <= U64_MAX,
      'InvalidWithdrawReservation',
      'the reservations of a balance are more than any balance has',
    );
  return found;
}

function gasReservations(gas: GasData, chain: Uint8Array): readonly bigint[] {
  if (paysFromBalance(gas)) return gas.budget > 0n ? [gas.budget] : [];
  return gas.payment.flatMap((ref) => parseCoinReservation(ref, chain)?.amount ?? []);
}

function available({ owner, currency }: Omit<Reserved, 'amount'>, state: SuiState): bigint {
  return settledBalance(owner, currency, state);
}

/** What an address has outside of objects; 0 where there is nothing. @throws MissingObjectsError, StateError */
export function settledBalance(owner: Uint8Array, currency: TypeTag, state: SuiState): bigint {
  const id = addressBalanceId(owner, currency);
  const object = state.object(requestOf(id));
  if (object === null) return 0n;
  const balance = parseAddressBalance(object);
  // Its id is a hash of both: what has another of either is not what the chain has there.
  if (
    balance === undefined ||
    !sameBytes(balance.owner, owner) ||
    !sameType(balance.currency, currency)
  )
    throw new StateError('sui-object-contents', 'an object that should keep a balance does not', {
      object: Address.fromBytes(id).toString(),
    });
  return balance.value;
}

function requireAvailable(one: Reserved, state: SuiState): void {
  const has = available(one, state);
  const address = Address.fromBytes(one.owner);
  ensure(
    has >= one.amount,
    'InvalidWithdrawReservation',
    `Insufficient address balance of coin type ${typeTagText(one.currency)} for address ${address}: ` +
      `the transaction requires ${one.amount} but only ${has} is available`,
  );
}

/** A gasless transaction takes all of a balance, or leaves what may be sent without gas. */
function requireRest(one: Reserved, state: SuiState, tokens: GaslessTokens): void {
  const rest = available(one, state) - one.amount;
  const least = tokens.least(one.currency) ?? 0n;
  ensure(
    rest === 0n || rest >= least,
    'InvalidWithdrawReservation',
    `Gasless transactions must either use the entire address balance, or leave at least ${least}. ` +
      `Remaining amount would be ${rest}`,
  );
}

export const hasReservations = (refs: readonly ObjectRef[]): boolean =>
  refs.some(isCoinReservation);
