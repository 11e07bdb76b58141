/**
 * What goes to addresses' balances and what comes from them. Where a figure is marked, it is what the chain
 * itself gives for the same commands (sui-adapter-transactional-tests, address_balances).
 */
import type { SuiOutcome } from '../../../../../src/vm-preview/move/sui';
import {
  accumulatorsIn,
  COIN_STORAGE,
  FundedWorld,
  hasFramework,
  idText,
  OTHER,
  SENDER,
  SUI_TYPE,
} from './world';

const describeWithFramework = hasFramework ? describe : describe.skip;
if (!hasFramework) it('skipped: no fixtures', () => expect(hasFramework).toBe(false));

/** Of the accounts in the chain's tests, and what storing a coin is charged. */
const RICH = 300_000_000_000_000n;

function gasOf({ gas, status }: SuiOutcome): readonly bigint[] {
  expect(status).toEqual({ kind: 'success' });
  return [gas.computationCost, gas.storageCost, gas.storageRebate, gas.nonRefundableStorageFee];
}

describeWithFramework('sending to a balance', () => {
  it('from a coin takes what the chain takes', async () => {
    const world = new FundedWorld();
    const gas = { ...world.coin(RICH), storageRebate: 0n };
    world.forget(gas.id);
    world.put(gas);
    const outcome = await world.pay(
      (transaction) => {
        const [coin] = transaction.splitCoins(transaction.gas, [1_000_000_000n]);
        transaction.moveCall({
          target: '0x2::coin::send_funds',
          typeArguments: [SUI_TYPE],
          arguments: [coin ?? '', transaction.pure.address(OTHER)],
        });
      },
      { payment: [gas] },
    );
    // address_balance_gas_simple_txn.snap, task 1
    expect(gasOf(outcome)).toEqual([1_000_000n, COIN_STORAGE, 0n, 0n]);
    expect(accumulatorsIn(outcome)).toEqual([[OTHER, 'Merge 1000000000']]);
    expect(outcome.changes.map(({ id, kind }) => [idText(id), kind])).toEqual([
      [idText(gas.id), 'mutated'],
    ]);
    expect(world.balanceOf(OTHER)).toBe(1_000_000_000n);
    expect(world.balanceOf(SENDER)).toBe(0n);
  });
});
