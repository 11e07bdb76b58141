/**
 * What a transaction adds to and takes from balances of addresses reaches them at once. On the chain a
 * transaction of the validators' does it once a checkpoint (sui-framework, accumulator_settlement.move).
 */
import {
  ACCUMULATOR_ROOT,
  addressBalanceId,
  addressBalanceObject,
  balanceCurrency,
  parseAddressBalance,
} from '../../src/vm-preview/move/sui/data';
import type { SuiObject, SuiState } from '../../src/vm-preview/move/sui/state';
import type { SuiOutcome } from '../../src/vm-preview/move/sui/types';
import type { Write } from './ledger';

const FIRST_VERSION = 1n;
const GENESIS = new Uint8Array(32);

/** The object under which all balances are, where the framework has its module. */
export function accumulatorRoot(framework: readonly SuiObject[]): SuiObject[] {
  const hasModule = framework.some(
    ({ data }) => data.kind === 'package' && data.modules.has('accumulator_settlement'),
  );
  if (!hasModule) return [];
  return [
    {
      id: ACCUMULATOR_ROOT,
      version: FIRST_VERSION,
      data: {
        kind: 'move',
        type: {
          kind: 'struct',
          address: frameworkAddress(),
          module: 'accumulator',
          name: 'AccumulatorRoot',
          typeArguments: [],
        },
        hasPublicTransfer: false,
        contents: ACCUMULATOR_ROOT,
      },
      owner: { kind: 'shared', initialVersion: FIRST_VERSION },
      previousTransaction: GENESIS,
      storageRebate: 0n,
    },
  ];
}

function frameworkAddress(): Uint8Array {
  const address = new Uint8Array(32);
  address[31] = 2;
  return address;
}

/** What an address has outside of objects; 0n where there is nothing. */
export function balanceIn(object: SuiObject | null): bigint {
  return object === null ? 0n : (parseAddressBalance(object)?.value ?? 0n);
}

/**
 * @param state - before it
 * @param previousTransaction - digest of the transaction that is settled
 */
export function settlement(
  { accumulators }: Pick<SuiOutcome, 'accumulators'>,
  state: SuiState,
  previousTransaction: Uint8Array,
): Write[] {
  if (accumulators.length === 0) return [];
  const root = state.object({ id: ACCUMULATOR_ROOT, bound: { kind: 'latest' } });
  const version = (root?.version ?? 0n) + 1n;
  const balances = accumulators.map(({ address, delta, type }): Write => {
    const currency = balanceCurrency(type);
    if (currency === undefined) throw new TypeError('only balances are settled here');
    const id = addressBalanceId(address, currency);
    const value = balanceIn(state.object({ id, bound: { kind: 'latest' } })) + delta;
    if (value < 0n) throw new RangeError('a balance below zero');
    const kept = addressBalanceObject(
      { owner: address, currency, value },
      { version, previousTransaction, storageRebate: 0n },
    );
    return { id, version, object: value === 0n ? null : kept };
  });
  return root === null
    ? balances
    : [{ id: root.id, version, object: { ...root, version, previousTransaction } }, ...balances];
}
