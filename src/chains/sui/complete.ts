/**
 * Gas for a transaction that arrives without: the price of the epoch, a budget out of a run with plenty of
 * it, and the account's richest coins. What is shown and signed is the completed transaction.
 */
import { StateError } from '../../vm-preview/errors';
import { BcsWriter } from '../../vm-preview/move/core/bcs';
import { settledBalance } from '../../vm-preview/move/sui/address-balance';
import {
  ACCUMULATOR_ROOT,
  addressBalanceId,
  coinReservationRef,
  type Expiration,
  encodeTransaction,
  GAS_COIN,
  type GasData,
  type ObjectRef,
  objectRef,
  parseCoinReservation,
  SUI,
  sameType,
  type TransactionData,
} from '../../vm-preview/move/sui/data';
import { ProtocolConfig } from '../../vm-preview/move/sui/protocol';
import type { SuiObject } from '../../vm-preview/move/sui/state';
import type { SuiOutcome } from '../../vm-preview/move/sui/types';
import { equalBytes } from '../hex';
import { fullAddress, typeText } from './address';
import { objectId } from './decode/commands';
import { coinIn } from './effects/coins';
import { inputsOf } from './load/ahead';
import type { Loader } from './load/loader';
import { LATEST } from './load/state';
import { netFee } from './outcome';
import { type ParsedSuiTransaction, usesGasCoin } from './transaction';

/** MIST: `max_tx_gas` of the protocol, and a balance that nothing exhausts. */
const MAX_BUDGET = 50_000_000_000n;
const PLENTY = 10n ** 18n;
/** Gas units on top of what the run took, as @mysten/sui adds. */
const SAFE_UNITS = 1_000n;
/** Older protocols take fewer than 256. */
const MAX_COINS = 255;
/** MIST that was paid for keeping a coin; of the usual one. */
const COIN_REBATE = 988_000n;

type Run = (transaction: ParsedSuiTransaction) => Promise<SuiOutcome>;

/**
 * @param run - loads what it needs and runs a transaction
 * @returns BCS of the transaction with its gas
 * @throws StateError `sui-no-gas` when the account cannot pay
 */
export async function withGas(
  parsed: ParsedSuiTransaction,
  loader: Loader,
  run: Run,
): Promise<Uint8Array> {
  const { owner } = parsed.data.gas;
  const { referenceGasPrice: price } = loader.service;
  const plenty = presumedCoin(owner);
  loader.state.set({ id: plenty.id, bound: LATEST }, plenty);
  const trial: GasData = { payment: [objectRef(plenty)], owner, price, budget: MAX_BUDGET };
  const outcome = await run(withGasData(parsed, { ...parsed.data, gas: trial }));
  const budget = budgetOf(outcome, price);
  const data = await pay(parsed, loader, { owner, price, budget }, takenFrom(plenty, outcome));
  return encodeTransaction(data);
}

function withGasData(parsed: ParsedSuiTransaction, data: TransactionData): ParsedSuiTransaction {
  return { ...parsed, data, needsGas: false };
}

/** MIST; at least what the run takes before anything comes back. */
function budgetOf({ gas }: SuiOutcome, price: bigint): bigint {
  const computation = gas.computationCost + SAFE_UNITS * price;
  const whole = netFee(gas) + SAFE_UNITS * price;
  const budget = whole > computation ? whole : computation;
  return budget > MAX_BUDGET ? MAX_BUDGET : budget;
}

/** What commands take from the coin that pays for gas; undefined where they take all of it. */
function takenFrom(coin: SuiObject, { changes, gas }: SuiOutcome): bigint | undefined {
  const change = changes.find(({ id }) => equalBytes(id, coin.id));
  if (change === undefined) return 0n;
  const before = coinIn(coin)?.amount ?? 0n;
  const after = coinIn(change.after)?.amount;
  const owner = change.after?.owner;
  const stays = owner?.kind === 'address' && coin.owner.kind === 'address';
  if (after === undefined || !stays || !equalBytes(owner.address, coin.owner.address)) {
    return undefined;
  }
  const taken = before - after - netFee(gas);
  return taken > 0n ? taken : 0n;
}

async function pay(
  parsed: ParsedSuiTransaction,
  loader: Loader,
  gas: Omit<GasData, 'payment'>,
  taken: bigint | undefined,
): Promise<TransactionData> {
  const { node, service, state } = loader;
  const payer = fullAddress(gas.owner);
  const used = inputsOf(parsed.programmable).map(objectId);
  const coins = (await node.owned(payer, typeText(GAS_COIN), service.checkpoint))
    .filter(({ id }) => !used.some((other) => equalBytes(other, id)))
    .sort((left, right) => (amountOf(right) > amountOf(left) ? 1 : -1));
  const chosen: SuiObject[] = [];
  let sum = 0n;
  for (const coin of coins.slice(0, MAX_COINS)) {
    if (taken !== undefined && sum >= gas.budget + taken) break;
    chosen.push(coin);
    sum += amountOf(coin);
  }
  for (const coin of chosen) state.set({ id: coin.id, bound: LATEST }, coin);
  const refs = chosen.map(objectRef);
  const needed = gas.budget + (taken ?? 0n);
  if (sum >= needed && chosen.length > 0) {
    return { ...parsed.data, gas: { ...gas, payment: refs } };
  }
  const balance = await spareBalance(parsed, loader);
  const fromBalance = payFromBalance(parsed, loader, { gas, refs, sum, needed, balance });
  if (fromBalance !== undefined) return fromBalance;
  // Where a command takes more than there is, the run says so.
  if (sum >= gas.budget && chosen.length > 0) {
    return { ...parsed.data, gas: { ...gas, payment: refs } };
  }
  throw new StateError('sui-no-gas', 'the account has not enough SUI to pay the fee', {
    account: payer,
    budget: gas.budget.toString(),
    found: (sum + balance).toString(),
  });
}

/** What the payer has outside of coins and the transaction does not withdraw; 0 where it cannot pay gas. */
async function spareBalance(parsed: ParsedSuiTransaction, loader: Loader): Promise<bigint> {
  const { data, programmable } = parsed;
  const { owner } = data.gas;
  const protocol = ProtocolConfig.of(loader.environment);
  if (!protocol.feature('enable_address_balance_gas_payments')) return 0n;
  const id = addressBalanceId(owner, SUI);
  await loader.load([{ id, bound: LATEST, parent: ACCUMULATOR_ROOT }]);
  const has = settledBalance(owner, SUI, loader.state);
  const isPayer = equalBytes(owner, data.sender);
  const withdrawn = programmable.inputs.reduce((total, input) => {
    if (input.kind === 'object' && input.object.kind === 'immOrOwned' && isPayer) {
      const coin = parseCoinReservation(input.object.ref, loader.service.chainIdentifier);
      return coin !== undefined && equalBytes(coin.field, id) ? total + coin.amount : total;
    }
    if (input.kind !== 'fundsWithdrawal' || !isPayer) return total;
    const { currency, from, maxAmount } = input.withdrawal;
    return from.kind === 'sender' && sameType(currency, SUI) ? total + maxAmount : total;
  }, 0n);
  return has > withdrawn ? has - withdrawn : 0n;
}

interface Means {
  readonly gas: Omit<GasData, 'payment'>;
  /** Coins, and what is in them. */
  readonly refs: readonly ObjectRef[];
  readonly sum: bigint;
  /** The budget, and what commands take from the coin that pays. */
  readonly needed: bigint;
  readonly balance: bigint;
}

/**
 * All from the balance where no command looks for the coin that pays; else the coins, and of the balance
 * what they lack, named as a coin. Undefined where that does not do.
 */
function payFromBalance(
  { data, programmable }: ParsedSuiTransaction,
  { environment, service }: Loader,
  { balance, gas, needed, refs, sum }: Means,
): TransactionData | undefined {
  const { chainIdentifier, epoch } = service;
  const protocol = ProtocolConfig.of(environment);
  const takesNoCoin = !usesGasCoin(programmable);
  if (takesNoCoin && balance >= gas.budget) {
    const expiration = validDuring(epoch, chainIdentifier);
    return { ...data, gas: { ...gas, payment: [] }, expiration };
  }
  const amount = needed - sum;
  const canReserve =
    protocol.feature('enable_coin_reservation_obj_refs') && equalBytes(gas.owner, data.sender);
  if (!canReserve || amount > balance || amount <= 0n) return undefined;
  const field = addressBalanceId(gas.owner, SUI);
  const reserved = coinReservationRef({ field, amount, epoch }, chainIdentifier);
  return { ...data, gas: { ...gas, payment: [...refs, reserved] } };
}

function amountOf(coin: SuiObject): bigint {
  return coinIn(coin)?.amount ?? 0n;
}

/** What a balance pays names no object, so that an expiration keeps it from being sent again. */
function validDuring(epoch: bigint, chain: Uint8Array): Expiration {
  const [nonce = 0] = crypto.getRandomValues(new Uint32Array(1));
  return {
    kind: 'validDuring',
    minEpoch: epoch,
    maxEpoch: epoch + 1n,
    minTimestamp: undefined,
    maxTimestamp: undefined,
    chain,
    nonce,
  };
}

/** A coin that is nobody's, to learn by what a transaction costs. */
function presumedCoin(owner: Uint8Array): SuiObject {
  const id = new Uint8Array(32).fill(0xfe);
  return {
    id,
    version: 1n,
    data: {
      kind: 'move',
      type: GAS_COIN,
      hasPublicTransfer: true,
      contents: new BcsWriter()
        .bytes(id)
        .u64(PLENTY + MAX_BUDGET)
        .finish(),
    },
    owner: { kind: 'address', address: owner },
    previousTransaction: new Uint8Array(32),
    storageRebate: COIN_REBATE,
  };
}
