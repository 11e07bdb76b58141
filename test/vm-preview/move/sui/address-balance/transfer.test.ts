/**
 * What goes to addresses' balances and comes from them. The figures are what the chain itself gives for the
 * same commands: sui-adapter-transactional-tests, address_balances, in the file that each test names.
 */
import type { Transaction, TransactionObjectArgument } from '@mysten/sui/transactions';
import { objectRef, type SuiObject, type SuiOutcome } from '../../../../../src/vm-preview/move/sui';
import { failureOf } from '../execution/world';
import {
  accumulatorsIn,
  FundedWorld,
  hasFramework,
  idText,
  OTHER,
  ownedBy,
  SENDER,
  SUI_TYPE,
  textRef,
} from './world';

const describeWithFramework = hasFramework ? describe : describe.skip;
if (!hasFramework) it('skipped: no fixtures', () => expect(hasFramework).toBe(false));

/** Of the accounts in the chain's tests, whose coins nobody has paid for. */
const RICH = 300_000_000_000_000n;
const THIRD = `0x${'c3'.repeat(32)}`;

function gasOf(outcome: SuiOutcome): readonly bigint[] {
  const { gas } = outcome;
  return [gas.computationCost, gas.storageCost, gas.storageRebate, gas.nonRefundableStorageFee];
}

function succeeded(outcome: SuiOutcome): readonly bigint[] {
  expect(failureOf(outcome)).toBe('success');
  return gasOf(outcome);
}

const kinds = ({ changes }: SuiOutcome) =>
  changes.map(({ id, kind }) => [idText(id), kind] as const);

/** A coin of the genesis. */
function richCoin(world: FundedWorld, owner = SENDER): SuiObject {
  const coin = world.coin(RICH, ownedBy(owner));
  world.forget(coin.id);
  return world.put({ ...coin, storageRebate: 0n });
}

const sui = (tx: Transaction, target: string, ...args: TransactionObjectArgument[]) =>
  tx.moveCall({ target, typeArguments: [SUI_TYPE], arguments: args });

describeWithFramework('a balance that gets', () => {
  it('a coin (address_balance_gas_simple_txn, task 1)', async () => {
    const world = new FundedWorld();
    const gas = richCoin(world);
    const outcome = await world.pay(
      (tx) => {
        const [coin] = tx.splitCoins(tx.gas, [1_000_000_000n]);
        sui(tx, '0x2::coin::send_funds', coin ?? '', tx.pure.address(OTHER));
      },
      { payment: [gas] },
    );
    expect(succeeded(outcome)).toEqual([1_000_000n, 988_000n, 0n, 0n]);
    expect(accumulatorsIn(outcome)).toEqual([[OTHER, 'Merge 1000000000']]);
    expect(kinds(outcome)).toEqual([[idText(gas.id), 'mutated']]);
    expect(world.balanceOf(OTHER)).toBe(1_000_000_000n);
  });

  it('what another balance gives (gasless_send_funds, task 3)', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 1000n);
    const gas = richCoin(world);
    const outcome = await world.pay(
      (tx) => {
        const given = tx.withdrawal({ amount: 500n, type: SUI_TYPE });
        const balance = sui(tx, '0x2::balance::redeem_funds', given);
        sui(tx, '0x2::balance::send_funds', balance, tx.pure.address(OTHER));
      },
      { payment: [gas] },
    );
    expect(succeeded(outcome)).toEqual([1_000_000n, 988_000n, 0n, 0n]);
    expect(new Map(accumulatorsIn(outcome))).toEqual(
      new Map([
        [SENDER, 'Split 500'],
        [OTHER, 'Merge 500'],
      ]),
    );
    expect(outcome.accumulators).toHaveLength(2);
    expect([world.balanceOf(SENDER), world.balanceOf(OTHER)]).toEqual([500n, 500n]);
  });

  it('what it gave itself (gasless_send_funds, task 5)', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 1000n);
    const outcome = await world.pay(
      (tx) => {
        const given = tx.withdrawal({ amount: 500n, type: SUI_TYPE });
        const balance = sui(tx, '0x2::balance::redeem_funds', given);
        sui(tx, '0x2::balance::send_funds', balance, tx.pure.address(SENDER));
      },
      { payment: [richCoin(world)] },
    );
    expect(failureOf(outcome)).toBe('success');
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, 'Merge 0']]);
    expect(outcome.accumulators).toEqual([]);
  });
});

describeWithFramework('a balance that pays gas', () => {
  it('for a transfer (address_balance_gas_simple_txn, task 5)', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 1_000_000_000n);
    const object = richCoin(world);
    const { objectId, version, digest } = refText(object);
    const outcome = await world.pay((tx) => {
      tx.transferObjects([tx.objectRef({ objectId, version, digest })], OTHER);
    });
    expect(succeeded(outcome)).toEqual([1_000_000n, 988_000n, 0n, 0n]);
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, 'Split 1988000']]);
    expect(kinds(outcome)).toEqual([[objectId, 'mutated']]);
    expect(world.balanceOf(SENDER)).toBe(998_012_000n);
  });

  it('and gets what is merged into it (coin_reservation_gas, task 17)', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 5_000_000_000n);
    const coin = world.coin(200_000n);
    const outcome = await world.pay((tx) => tx.mergeCoins(tx.gas, [tx.objectRef(refText(coin))]));
    expect(succeeded(outcome)).toEqual([1_000_000n, 0n, 987_901n, 99n]);
    expect(kinds(outcome)).toEqual([[idText(coin.id), 'deleted']]);
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, `Merge ${200_000 + 987_901 - 1_000_000}`]]);
  });

  it('with coins that go into it (reservation_coin_coin_gas, task 7)', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 100_000_000_000n);
    const coins = [world.coin(1_000_000_000n), world.coin(1_000_000_000n)];
    const outcome = await world.pay(
      (tx) => tx.transferObjects([tx.splitCoins(tx.gas, [100_000n])], OTHER),
      { payment: [500_000_000n, ...coins], budget: 500_000_000n },
    );
    expect(succeeded(outcome)).toEqual([1_000_000n, 988_000n, 1_975_802n, 198n]);
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, 'Merge 1999887802']]);
    expect(
      kinds(outcome)
        .map(([, kind]) => kind)
        .sort(),
    ).toEqual(['created', 'deleted', 'deleted']);
    expect(world.balanceOf(SENDER)).toBe(101_999_887_802n);
  });

  it('and goes to somebody, who pays then (send_funds_gas_to_random, task 6)', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 100_000_000_000n);
    const coin = world.coin(1_000_000_000n);
    const outcome = await world.pay(
      (tx) => sui(tx, '0x2::coin::send_funds', tx.gas, tx.pure.address(THIRD)),
      { payment: [500_000_000n, coin], budget: 500_000_000n },
    );
    expect(succeeded(outcome)).toEqual([1_000_000n, 0n, 987_901n, 99n]);
    expect(new Map(accumulatorsIn(outcome))).toEqual(
      new Map([
        [SENDER, 'Split 500000000'],
        [THIRD, 'Merge 1499987901'],
      ]),
    );
    expect(world.balanceOf(SENDER)).toBe(99_500_000_000n);
  });

  it('where a sponsor’s coin becomes its balance (send_funds_gas_to_sponsor, task 1)', async () => {
    const world = new FundedWorld();
    const coin = richCoin(world, OTHER);
    const outcome = await world.pay(
      (tx) => sui(tx, '0x2::coin::send_funds', tx.gas, tx.pure.address(OTHER)),
      { payment: [coin], sponsor: OTHER },
    );
    expect(succeeded(outcome)).toEqual([1_000_000n, 0n, 0n, 0n]);
    expect(kinds(outcome)).toEqual([[idText(coin.id), 'deleted']]);
    expect(accumulatorsIn(outcome)).toEqual([[OTHER, 'Merge 299999999000000']]);
  });

  it('as a coin that goes to somebody, who pays then', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 3_000_000_000n);
    const outcome = await world.pay((tx) => tx.transferObjects([tx.gas], OTHER));
    expect(succeeded(outcome)).toEqual([1_000_000n, 988_000n, 0n, 0n]);
    // All that was set aside for gas left the balance; the fee is taken from the coin.
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, 'Split 1000000000']]);
    const [made] = outcome.changes;
    expect(made).toMatchObject({ kind: 'created', after: { owner: ownedBy(OTHER) } });
    expect(mistIn(made?.after)).toBe(1_000_000_000n - 1_988_000n);
  });

  it('nobody else’s (sponsored)', async () => {
    const world = new FundedWorld();
    world.setBalance(OTHER, 1_000_000_000n);
    const object = world.coin(5n);
    const outcome = await world.pay(
      (tx) => tx.transferObjects([tx.objectRef(refText(object))], OTHER),
      { sponsor: OTHER },
    );
    expect(failureOf(outcome)).toBe('success');
    expect(accumulatorsIn(outcome)).toEqual([[OTHER, `Split ${1_000_000 + 988_000 - 987_901}`]]);
  });

  it('goes into the coin even where storage cannot be paid (mixed_gas_storage_oog, task 5)', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 100_000_000_000n);
    const coin = world.coin(299_899_998_012_000n);
    const outcome = await world.pay(
      (tx) => {
        const amounts = [1n, 2n, 3n, 4n, 5n, 6n];
        tx.transferObjects([...tx.splitCoins(tx.gas, amounts)], OTHER);
      },
      { payment: [coin, 5_000_000n], budget: 5_000_000n },
    );
    expect(outcome.status).toMatchObject({
      failure: { code: 'InsufficientGas', command: undefined },
    });
    expect(gasOf(outcome)).toEqual([1_000_000n, 988_000n, 987_901n, 99n]);
    expect(world.balanceOf(SENDER)).toBe(99_995_000_000n);
    const [change] = outcome.changes;
    // As there, but for what of the coin's storage comes back.
    expect(mistIn(change?.after)).toBe(299_900_002_002_120n + 987_901n - 978_120n);
  });

  it('even where the transaction fails', async () => {
    const world = new FundedWorld();
    world.setBalance(SENDER, 1_000_000_000n);
    const object = world.coin(5n);
    const outcome = await world.pay((tx) => {
      const [coin] = tx.splitCoins(tx.objectRef(refText(object)), [6n]);
      tx.transferObjects([coin ?? ''], OTHER);
    });
    expect(outcome.status).toMatchObject({ failure: { code: 'InsufficientCoinBalance' } });
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, `Split ${1_000_000 + 988_000 - 987_901}`]]);
  });
});

describeWithFramework('a reservation that looks like a coin', () => {
  const reserve = (world: FundedWorld) => world.setBalance(SENDER, 100_000_000_000n);
  const named = (tx: Transaction, world: FundedWorld) =>
    tx.objectRef(textRef(world.reservation(SENDER, 500_000_000n)));

  it('is one for commands (coin_reservation_used_by_command, task 3)', async () => {
    const world = new FundedWorld();
    reserve(world);
    const outcome = await world.pay((tx) => tx.transferObjects([named(tx, world)], OTHER), {
      payment: [world.coin(RICH)],
    });
    expect(succeeded(outcome)).toEqual([1_000_000n, 1_976_000n, 987_901n, 99n]);
    expect(
      kinds(outcome)
        .map(([, kind]) => kind)
        .sort(),
    ).toEqual(['created', 'mutated']);
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, 'Split 500000000']]);
    expect(world.balanceOf(SENDER)).toBe(99_500_000_000n);
    expect(outcome.commandGas).toHaveLength(1);
  });

  it('goes back where nothing takes it (coin_reservation_unused_by_commands, task 3)', async () => {
    const world = new FundedWorld();
    reserve(world);
    const outcome = await world.pay(
      (tx) => {
        named(tx, world);
        sui(tx, '0x2::coin::value', tx.gas);
      },
      { payment: [world.coin(RICH)] },
    );
    expect(succeeded(outcome)).toEqual([1_000_000n, 988_000n, 987_901n, 99n]);
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, 'Merge 0']]);
  });

  it('goes back where there is no command (coin_reservation_empty_ptb, task 4)', async () => {
    const world = new FundedWorld();
    reserve(world);
    const outcome = await world.pay((tx) => void named(tx, world), { payment: [world.coin(RICH)] });
    expect(succeeded(outcome)).toEqual([1_000_000n, 988_000n, 987_901n, 99n]);
    expect(accumulatorsIn(outcome)).toEqual([[SENDER, 'Merge 0']]);
  });

  it('stays where a command fails, which is named (coin_reservation_command_aborts, task 3)', async () => {
    const world = new FundedWorld();
    reserve(world);
    const outcome = await world.pay(
      (tx) => {
        const part = sui(tx, '0x2::coin::split', named(tx, world), tx.pure.u64(1_000_000_000n));
        tx.transferObjects([part], OTHER);
      },
      { payment: [world.coin(RICH)] },
    );
    expect(outcome.status).toMatchObject({
      failure: {
        code: 'MoveAbort',
        command: 0,
        abort: { module: expect.stringMatching(/::balance$/), function: 'split', code: 2n },
      },
    });
    expect(accumulatorsIn(outcome)).toEqual([]);
  });
});

function mistIn(object: SuiObject | null | undefined): bigint | undefined {
  const contents = object?.data.kind === 'move' ? object.data.contents : undefined;
  return contents && new DataView(contents.buffer, contents.byteOffset).getBigUint64(32, true);
}

function refText(object: SuiObject): { objectId: string; version: string; digest: string } {
  return textRef(objectRef(object));
}
