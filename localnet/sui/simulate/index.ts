/** Runs a transaction without keeping what it does, after putting in what is still open of it. */

import { toHex } from '../../../src/chains/hex';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import {
  addressBalanceId,
  encodeTransaction,
  GAS_COIN,
  objectRef,
  SUI,
  type TransactionData,
} from '../../../src/vm-preview/move/sui/data';
import { inputKinds, receivingRefs } from '../../../src/vm-preview/move/sui/execution';
import { ProtocolConfig } from '../../../src/vm-preview/move/sui/protocol';
import type { SuiObject, SuiState } from '../../../src/vm-preview/move/sui/state';
import { type Chain, type Executed, Refusal } from '../chain';
import { balanceOf, isSui } from '../ledger';
import { balanceIn } from '../settlement';
import { openTransaction } from './open';

/** MIST: `max_tx_gas`. */
const MAX_BUDGET = 50_000_000_000n;
const SAFE_UNITS = 1_000n;
const MAX_COINS = 255;

/**
 * @param json - gRPC's `Transaction` in JSON, or `{ bcs: { value } }`
 * @param selectsGas - whether budget and coins that are missing are chosen; without, a coin is presumed
 * @throws Refusal, LookaheadError
 */
export function simulate(chain: Chain, json: unknown, selectsGas: boolean): Executed {
  const open = openTransaction(chain, json);
  const { payment } = open.gas;
  const presumed = presumedCoin(open.gas.owner);
  const state: SuiState =
    payment.length === 0
      ? {
          object: (request) =>
            sameId(request.id, presumed) ? presumed : chain.ledger.object(request),
        }
      : chain.ledger;
  if (payment.length > 0 && open.gas.budget > 0n) return run(chain, open, state);
  const trial = run(
    chain,
    {
      ...open,
      gas: {
        ...open.gas,
        payment: payment.length === 0 ? [objectRef(presumed)] : payment,
        budget: open.gas.budget === 0n ? mostOf(chain, open) : open.gas.budget,
      },
    },
    state,
  );
  if (!selectsGas) return { ...trial, bytes: encodeTransaction(open), data: open };
  const budget = open.gas.budget === 0n ? budgetOf(trial, open.gas.price) : open.gas.budget;
  const gas = { ...open.gas, budget };
  if (payment.length > 0) return run(chain, { ...open, gas }, chain.ledger);
  return run(chain, paid(chain, { ...open, gas }), chain.ledger);
}

/** From coins, or from the payer's balance where those do not suffice. */
function paid(chain: Chain, data: TransactionData): TransactionData {
  const { budget, owner } = data.gas;
  const coins = coinsOf(chain, data);
  const sum = coins.reduce((total, coin) => total + balanceOf(coin), 0n);
  if (sum >= budget) return { ...data, gas: { ...data.gas, payment: coins.map(objectRef) } };
  const { chainIdentifier, epoch } = chain.environment;
  const protocol = ProtocolConfig.of(chain.environment);
  const kept = chain.ledger.newest(addressBalanceId(owner, SUI));
  if (protocol.feature('enable_address_balance_gas_payments') && balanceIn(kept) >= budget)
    return {
      ...data,
      gas: { ...data.gas, payment: [] },
      expiration: {
        kind: 'validDuring',
        minEpoch: epoch,
        maxEpoch: epoch + 1n,
        minTimestamp: undefined,
        maxTimestamp: undefined,
        chain: chainIdentifier,
        nonce: chain.newest.sequenceNumber,
      },
    };
  throw new Refusal(
    `Unable to perform gas selection due to insufficient SUI balance for account ${toHex(owner)} to satisfy required budget ${budget}.`,
  );
}

const sameId = (id: Uint8Array, object: SuiObject): boolean => toHex(id) === toHex(object.id);

function run(chain: Chain, data: TransactionData, state: SuiState): Executed {
  return chain.simulate(data, encodeTransaction(data), state);
}

/** The budget of a trial with coins that are named: no more than is in them. */
function mostOf(chain: Chain, { gas }: TransactionData): bigint {
  if (gas.payment.length === 0) return MAX_BUDGET;
  const sum = gas.payment.reduce((total, { id }) => {
    const coin = chain.ledger.newest(id);
    return coin === null ? total : total + balanceOf(coin);
  }, 0n);
  return sum < MAX_BUDGET ? sum : MAX_BUDGET;
}

function budgetOf({ outcome: { gas } }: Executed, price: bigint): bigint {
  const computation = gas.computationCost + SAFE_UNITS * price;
  const whole = computation + gas.storageCost - gas.storageRebate;
  return whole > computation ? whole : computation;
}

/** The payer's coins, but for those that are inputs, the richest first. */
function coinsOf(chain: Chain, data: TransactionData): SuiObject[] {
  const used = new Set([
    ...inputKinds(data).flatMap((input) => (input.kind === 'owned' ? [toHex(input.ref.id)] : [])),
    ...receivingRefs(data).map(({ id }) => toHex(id)),
  ]);
  return chain.ledger
    .ownedBy(data.gas.owner, chain.ledger.checkpoint)
    .filter((coin) => isSui(coin) && !used.has(toHex(coin.id)))
    .slice(0, MAX_COINS);
}

/** A coin that is nobody's, to learn by what a transaction costs. */
function presumedCoin(owner: Uint8Array): SuiObject {
  const id = new Uint8Array(32).fill(0xfe);
  const contents = new BcsWriter()
    .bytes(id)
    .u64(10n ** 18n)
    .finish();
  return {
    id,
    version: 1n,
    data: { kind: 'move', type: GAS_COIN, hasPublicTransfer: true, contents },
    owner: { kind: 'address', address: owner },
    previousTransaction: new Uint8Array(32),
    storageRebate: 988_000n,
  };
}
