/** Commands of programmable transactions, on the framework as mainnet had it. Errors are named as the chain names them. */
import { bcs } from '@mysten/sui/bcs';
import type { Transaction, TransactionArgument } from '@mysten/sui/transactions';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  decode,
  effectsDigest,
  objectDigest,
  parseEffects,
  type SuiOutcome,
} from '../../../../../src/vm-preview/move/sui';
import { FAILURE } from '../../../../../src/vm-preview/move/sui/data';
import {
  balanceOf,
  failureOf,
  hasFixtures,
  idText,
  OTHER,
  only,
  ownedBy,
  refOf,
  SENDER,
  SUI_TYPE,
  World,
} from './world';

const suite = hasFixtures ? describe : describe.skip;
if (!hasFixtures) it('skipped: no fixtures', () => expect(hasFixtures).toBe(false));

function call(
  transaction: Transaction,
  target: string,
  typeArguments: readonly string[],
  args: readonly TransactionArgument[],
) {
  return transaction.moveCall({
    target: target as `${string}::${string}::${string}`,
    typeArguments: [...typeArguments],
    arguments: [...args],
  });
}

/** The failure, as the effects carry it. */
function failure({ status }: SuiOutcome): unknown {
  if (status.kind !== 'failure') throw new Error(status.kind);
  return decode(FAILURE, status.failure.bcs, 'a failure');
}

suite('coins', () => {
  it('splits, merges and sends, and takes what storage costs from gas', async () => {
    const world = new World();
    const coin = world.coin(500n);
    const other = world.coin(70n);
    const gas = world.coin(10_000_000_000n);
    const outcome = await world.run(
      (tx) => {
        const source = tx.objectRef(refOf(coin));
        tx.mergeCoins(source, [tx.objectRef(refOf(other))]);
        tx.transferObjects([tx.splitCoins(source, [100n])], OTHER);
      },
      { gas: [gas] },
    );
    expect(outcome.status).toEqual({ kind: 'success' });
    const made = only(outcome, 'created');
    expect([balanceOf(made), made.owner]).toEqual([100n, ownedBy(OTHER)]);
    expect(balanceOf(world.latest(idText(coin.id)))).toBe(470n);
    expect(idText(only(outcome, 'deleted').id)).toBe(idText(other.id));
    const { computationCost, storageCost, storageRebate, nonRefundableStorageFee } = outcome.gas;
    // Three coins of 130 bytes (100 units a byte, 76 MIST a unit), and the rebates of three, of which 99 % go back.
    expect(computationCost).toBe(1_000_000n);
    expect(storageCost).toBe(3n * 130n * 7600n);
    expect(storageRebate + nonRefundableStorageFee).toBe(3n * 988_000n);
    expect(storageRebate).toBe((3n * 988_000n * 99n) / 100n);
    expect(balanceOf(world.latest(idText(gas.id)))).toBe(
      10_000_000_000n - computationCost - storageCost + storageRebate,
    );
    // All that is written has one version: past the highest that was read.
    expect(outcome.changes.flatMap(({ after }) => (after === null ? [] : [after.version]))).toEqual(
      [4n, 4n, 4n],
    );
  });

  it('has effects that the SDK reads, with the digests of what is written', async () => {
    const world = new World();
    const outcome = await world.run((tx) => {
      tx.transferObjects([tx.splitCoins(tx.gas, [1n])], OTHER);
    });
    const bytes = outcome.effects?.bcs ?? new Uint8Array();
    const theirs = bcs.TransactionEffects.parse(bytes);
    expect(theirs.$kind).toBe('V2');
    const changed = theirs.V2?.changedObjects ?? [];
    expect(changed).toHaveLength(2);
    for (const [id, { outputState }] of changed)
      expect(outputState.ObjectWrite?.[0]).toBe(refOf(world.latest(id)).digest);
    expect(outcome.effects?.digest).toEqual(effectsDigest(parseEffects(bytes)));
  });

  it('puts all gas coins into the first', async () => {
    const world = new World();
    const gas = [world.coin(5_000_000n), world.coin(6_000_000n), world.coin(7_000_000n)];
    const outcome = await world.run(
      (tx) => tx.transferObjects([tx.splitCoins(tx.gas, [9n])], OTHER),
      {
        gas,
        budget: 15_000_000n,
      },
    );
    expect(outcome.status.kind).toBe('success');
    expect(outcome.changes.filter(({ kind }) => kind === 'deleted')).toHaveLength(2);
    const [first] = gas;
    const { computationCost, storageCost, storageRebate } = outcome.gas;
    expect(first && balanceOf(world.latest(idText(first.id)))).toBe(
      18_000_000n - 9n - computationCost - storageCost + storageRebate,
    );
  });

  it('sends the gas coin itself', async () => {
    const world = new World();
    const gas = world.coin(10_000_000_000n);
    const outcome = await world.run((tx) => tx.transferObjects([tx.gas], OTHER), { gas: [gas] });
    expect(outcome.status.kind).toBe('success');
    expect(world.latest(idText(gas.id)).owner).toEqual(ownedBy(OTHER));
  });

  it('lets a sponsor pay', async () => {
    const world = new World();
    const gas = world.coin(10_000_000_000n, ownedBy(OTHER));
    const coin = world.coin(8n);
    const outcome = await world.run(
      (tx) => tx.transferObjects([tx.objectRef(refOf(coin))], OTHER),
      {
        gas: [gas],
        sponsor: OTHER,
      },
    );
    expect(outcome.status.kind).toBe('success');
    expect(world.latest(idText(coin.id)).owner).toEqual(ownedBy(OTHER));
  });

  it('fails to split more than there is, and charges gas alone', async () => {
    const world = new World();
    const coin = world.coin(10n);
    const outcome = await world.run((tx) => {
      const source = tx.objectRef(refOf(coin));
      tx.transferObjects([tx.splitCoins(source, [4n])], OTHER);
      tx.transferObjects([tx.splitCoins(source, [7n])], OTHER);
    });
    expect(failureOf(outcome)).toBe('InsufficientCoinBalance');
    expect(outcome.status).toMatchObject({ failure: { command: 2 } });
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(['mutated', 'mutated']);
    const after = world.latest(idText(coin.id));
    expect([balanceOf(after), after.version]).toEqual([10n, 4n]);
  });
});

suite('calls', () => {
  it('writes back what a function borrowed, for the next command', async () => {
    const world = new World();
    const coin = world.coin(1000n);
    const outcome = await world.run((tx) => {
      const source = tx.objectRef(refOf(coin));
      const [one] = call(tx, '0x2::coin::split', [SUI_TYPE], [source, tx.pure.u64(300n)]);
      const [two] = call(tx, '0x2::coin::split', [SUI_TYPE], [source, tx.pure.u64(200n)]);
      if (one === undefined || two === undefined) throw new Error('no result');
      call(tx, '0x2::coin::join', [SUI_TYPE], [one, two]);
      tx.transferObjects([one], OTHER);
    });
    expect(outcome.status).toEqual({ kind: 'success' });
    expect(balanceOf(only(outcome, 'created'))).toBe(500n);
    expect(balanceOf(world.latest(idText(coin.id)))).toBe(500n);
  });

  it('hands on values that are no objects, and nested results', async () => {
    const world = new World();
    const outcome = await world.run((tx) => {
      const [kiosk, cap] = call(tx, '0x2::kiosk::new', [], []);
      if (kiosk === undefined || cap === undefined) throw new Error('no results');
      const [coin] = tx.splitCoins(tx.gas, [77n]);
      if (coin === undefined) throw new Error('no coin');
      const value = call(tx, '0x2::coin::value', [SUI_TYPE], [coin]);
      // A u64 that a function gave, as the amount of a command.
      tx.transferObjects([tx.splitCoins(tx.gas, [value])], OTHER);
      tx.transferObjects([kiosk, cap, coin], SENDER);
    });
    expect(outcome.status).toEqual({ kind: 'success' });
    const balances = outcome.changes.flatMap(({ kind, after }) =>
      kind === 'created' && after?.data.kind === 'move' && after.data.type.name === 'Coin'
        ? [balanceOf(after)]
        : [],
    );
    expect(balances).toEqual([77n, 77n]);
  });

  it('makes vectors of objects, and of what is given as bytes', async () => {
    const world = new World();
    const outcome = await world.run((tx) => {
      const [target] = tx.splitCoins(tx.gas, [1n]);
      if (target === undefined) throw new Error('no coin');
      const coins = tx.splitCoins(tx.gas, [20n, 300n]);
      const [one, two] = [coins[0], coins[1]];
      if (one === undefined || two === undefined) throw new Error('no coins');
      const vector = tx.makeMoveVec({ elements: [one, two] });
      call(tx, '0x2::pay::join_vec', [SUI_TYPE], [target, vector]);
      const text = tx.makeMoveVec({ type: 'u8', elements: [tx.pure.u8(104), tx.pure.u8(105)] });
      call(tx, '0x1::ascii::string', [], [text]);
      tx.transferObjects([target], OTHER);
    });
    expect(outcome.status).toEqual({ kind: 'success' });
    expect(balanceOf(only(outcome, 'created'))).toBe(321n);
  });

  it('aborts with the place and the code', async () => {
    const world = new World();
    const coin = world.coin(5n);
    const outcome = await world.run((tx) => {
      const made = call(
        tx,
        '0x2::coin::split',
        [SUI_TYPE],
        [tx.objectRef(refOf(coin)), tx.pure.u64(6n)],
      );
      tx.transferObjects([made], OTHER);
    });
    expect(outcome.status).toMatchObject({
      failure: {
        code: 'MoveAbort',
        command: 0,
        abort: { module: `0x${'2'.padStart(64, '0')}::balance`, function: 'split', code: 2n },
      },
    });
    expect(outcome.events).toEqual([]);
  });

  it('emits events in the name of the module that was called', async () => {
    const world = new World();
    const outcome = await world.run((tx) => {
      const publisher = call(tx, '0x2::coin::zero', [SUI_TYPE], []);
      tx.transferObjects([publisher], OTHER);
    });
    expect(outcome.status.kind).toBe('success');
    expect(outcome.events).toEqual([]);
  });

  it('stops when gas runs out and takes the budget', async () => {
    const world = new World();
    const outcome = await world.run(
      (tx) => {
        // Storage of six coins is more than this budget.
        for (let i = 0; i < 6; i++) tx.transferObjects([tx.splitCoins(tx.gas, [1n])], OTHER);
      },
      { budget: 2_000_000n },
    );
    expect(failureOf(outcome)).toBe('InsufficientGas');
    expect(outcome.changes.map(({ kind }) => kind)).toEqual(['mutated']);
  });
});

suite('arguments that are wrong', () => {
  const cases: Readonly<Record<string, readonly [(tx: Transaction) => void, object]>> = {
    'a result twice': [
      (tx) => {
        const [coin] = tx.splitCoins(tx.gas, [1n]);
        if (coin === undefined) throw new Error('no coin');
        tx.transferObjects([coin, coin], OTHER);
      },
      { kind: 'CommandArgumentError', argument: 1, error: { kind: 'InvalidValueUsage' } },
    ],
    'the gas coin by value': [
      (tx) => {
        const [coin] = tx.splitCoins(tx.gas, [1n]);
        if (coin === undefined) throw new Error('no coin');
        tx.mergeCoins(coin, [tx.gas]);
      },
      { kind: 'CommandArgumentError', argument: 1, error: { kind: 'InvalidGasCoinUsage' } },
    ],
    'a nested result that is not there': [
      (tx) => {
        tx.splitCoins(tx.gas, [1n]);
        tx.transferObjects([{ $kind: 'NestedResult', NestedResult: [0, 3] }], OTHER);
      },
      {
        kind: 'CommandArgumentError',
        argument: 0,
        error: { kind: 'SecondaryIndexOutOfBounds', index: 0, nested: 3 },
      },
    ],
    'one of two results without saying which': [
      (tx) => {
        tx.splitCoins(tx.gas, [1n, 2n]);
        tx.transferObjects([{ $kind: 'Result', Result: 0 }], OTHER);
      },
      {
        kind: 'CommandArgumentError',
        argument: 0,
        error: { kind: 'InvalidResultArity', index: 0 },
      },
    ],
    'bytes of another length': [
      (tx) => tx.splitCoins(tx.gas, [tx.pure.u8(1)]),
      { kind: 'CommandArgumentError', argument: 1, error: { kind: 'InvalidBCSBytes' } },
    ],
    'bytes for an object': [
      (tx) => call(tx, '0x2::coin::value', [SUI_TYPE], [tx.pure.u64(1n)]),
      { kind: 'CommandArgumentError', argument: 0, error: { kind: 'InvalidUsageOfPureArg' } },
    ],
    'an object of another type': [
      (tx) => {
        const [kiosk, cap] = call(tx, '0x2::kiosk::new', [], []);
        if (kiosk === undefined || cap === undefined) throw new Error('no results');
        call(tx, '0x2::coin::value', [SUI_TYPE], [kiosk]);
        tx.transferObjects([kiosk, cap], OTHER);
      },
      { kind: 'CommandArgumentError', argument: 0, error: { kind: 'TypeMismatch' } },
    ],
    'text that is no UTF-8': [
      (tx) => call(tx, '0x1::string::length', [], [tx.pure(Uint8Array.of(1, 0xff))]),
      { kind: 'CommandArgumentError', argument: 0, error: { kind: 'InvalidBCSBytes' } },
    ],
    'too few': [
      (tx) => call(tx, '0x2::coin::split', [SUI_TYPE], [tx.gas]),
      { kind: 'ArityMismatch' },
    ],
    'a function that is not there': [
      (tx) => call(tx, '0x2::coin::steal', [], []),
      { kind: 'FunctionNotFound' },
    ],
    'a module that is not there': [
      (tx) => call(tx, '0x2::thief::steal', [], []),
      { kind: 'VMVerificationOrDeserializationError' },
    ],
    'a private function': [
      (tx) => call(tx, '0x2::object::delete_impl', [], [tx.pure.address(OTHER)]),
      { kind: 'NonEntryFunctionInvoked' },
    ],
    'the private transfer': [
      (tx) => call(tx, '0x2::transfer::transfer', [`0x2::coin::Coin<${SUI_TYPE}>`], []),
      { kind: 'NonEntryFunctionInvoked' },
    ],
    'a function that returns a reference': [
      (tx) => call(tx, '0x2::coin::balance', [SUI_TYPE], [tx.gas]),
      { kind: 'InvalidPublicFunctionReturnType', index: 0 },
    ],
    'a type that is not there': [
      (tx) => call(tx, '0x2::coin::zero', ['0x2::sui::MOON'], []),
      { kind: 'TypeArgumentError', argument: 0, error: { kind: 'TypeNotFound' } },
    ],
    'a type with too few arguments': [
      (tx) => call(tx, '0x2::coin::zero', ['0x2::coin::Coin'], []),
      { kind: 'TypeArityMismatch' },
    ],
    'a result that must be used': [
      (tx) => {
        call(tx, '0x2::balance::zero', [SUI_TYPE], []);
      },
      { kind: 'UnusedValueWithoutDrop', index: 0, nested: 0 },
    ],
  };

  it('an input and a result that are not there, which the SDK would not write', async () => {
    for (const kind of ['input', 'result'] as const) {
      const outcome = await new World().run((tx) => tx.transferObjects([tx.gas], OTHER), {
        alter: (program) => ({
          ...program,
          commands: program.commands.map((command) =>
            command.kind === 'transferObjects'
              ? { ...command, objects: [{ kind, index: 9 }] }
              : command,
          ),
        }),
      });
      expect(failure(outcome)).toEqual({
        kind: 'CommandArgumentError',
        argument: 0,
        error: { kind: 'IndexOutOfBounds', index: 9 },
      });
    }
  });

  it.each(Object.entries(cases))('%s', async (_, [build, expected]) => {
    const outcome = await new World().run(build);
    expect(failure(outcome)).toEqual(expected);
  });
});

suite('objects', () => {
  it('keeps dynamic fields, and reads them again by their parent', async () => {
    const world = new World();
    const first = await world.run((tx) => {
      const bag = call(tx, '0x2::bag::new', [], []);
      call(tx, '0x2::bag::add', ['u64', 'u64'], [bag, tx.pure.u64(7n), tx.pure.u64(49n)]);
      tx.transferObjects([bag], SENDER);
    });
    expect(first.status).toEqual({ kind: 'success' });
    const created = first.changes.flatMap(({ kind, after }) =>
      kind === 'created' && after !== null ? [after] : [],
    );
    const bag = created.find(({ data }) => data.kind === 'move' && data.type.name === 'Bag');
    const field = created.find(({ data }) => data.kind === 'move' && data.type.name === 'Field');
    if (bag === undefined || field === undefined) throw new Error('no bag');
    expect(field.owner).toEqual({ kind: 'object', parent: bag.id });
    expect(bag.data.kind === 'move' && bytesToHex(bag.data.contents.subarray(32))).toBe(
      '0100000000000000',
    );
    const second = await world.run((tx) => {
      const object = tx.objectRef(refOf(bag));
      const value = call(tx, '0x2::bag::remove', ['u64', 'u64'], [object, tx.pure.u64(7n)]);
      tx.transferObjects([tx.splitCoins(tx.gas, [value])], OTHER);
      call(tx, '0x2::bag::destroy_empty', [], [object]);
    });
    expect(second.status).toEqual({ kind: 'success' });
    expect(balanceOf(only(second, 'created'))).toBe(49n);
    expect(
      second.changes.filter(({ kind }) => kind === 'deleted').map(({ id }) => idText(id)),
    ).toEqual([bag, field].map(({ id }) => idText(id)).sort());
  });

  it('wraps an object and takes it out again', async () => {
    const world = new World();
    const coin = world.coin(12n);
    const type = `0x2::coin::Coin<${SUI_TYPE}>`;
    const first = await world.run((tx) => {
      const wrapped = call(
        tx,
        '0x2::versioned::create',
        [type],
        [tx.pure.u64(1n), tx.objectRef(refOf(coin))],
      );
      tx.transferObjects([wrapped], SENDER);
    });
    expect(first.status).toEqual({ kind: 'success' });
    expect(idText(only(first, 'wrapped').id)).toBe(idText(coin.id));
    const holder = first.changes.find(
      ({ kind, after }) => kind === 'created' && after?.owner.kind === 'address',
    )?.after;
    if (!holder) throw new Error('no holder');
    const second = await world.run((tx) => {
      const taken = call(tx, '0x2::versioned::destroy', [type], [tx.objectRef(refOf(holder))]);
      tx.transferObjects([taken], OTHER);
    });
    expect(second.status).toEqual({ kind: 'success' });
    expect(idText(only(second, 'unwrapped').id)).toBe(idText(coin.id));
    expect(balanceOf(world.latest(idText(coin.id)))).toBe(12n);
  });

  it('shares an object, and lets anyone change but not keep it', async () => {
    const world = new World();
    const type = `0x2::coin::Coin<${SUI_TYPE}>`;
    const first = await world.run((tx) => {
      const [coin] = tx.splitCoins(tx.gas, [50n]);
      if (coin === undefined) throw new Error('no coin');
      call(tx, '0x2::transfer::public_share_object', [type], [coin]);
    });
    expect(first.status).toEqual({ kind: 'success' });
    const shared = only(first, 'created');
    expect(shared.owner).toEqual({ kind: 'shared', initialVersion: shared.version });
    const named = (mutable: boolean) => ({
      objectId: idText(shared.id),
      initialSharedVersion: shared.version.toString(),
      mutable,
    });
    const second = await world.run((tx) => {
      tx.transferObjects([tx.splitCoins(tx.sharedObjectRef(named(true)), [20n])], OTHER);
    });
    expect(second.status).toEqual({ kind: 'success' });
    expect(second.dependsOnShared).toEqual([shared.id]);
    expect(world.latest(idText(shared.id)).owner).toEqual(shared.owner);
    const readOnly = await world.run((tx) => {
      tx.transferObjects([tx.splitCoins(tx.sharedObjectRef(named(false)), [1n])], OTHER);
    });
    expect(failure(readOnly)).toEqual({
      kind: 'CommandArgumentError',
      argument: 0,
      error: { kind: 'InvalidObjectByMutRef' },
    });
    const kept = await world.run((tx) => {
      tx.transferObjects([tx.sharedObjectRef(named(true))], OTHER);
    });
    expect(failure(kept)).toEqual({ kind: 'SharedObjectOperationNotAllowed' });
    const ended = await world.run((tx) => {
      const [target] = tx.splitCoins(tx.gas, [1n]);
      if (target === undefined) throw new Error('no coin');
      tx.mergeCoins(target, [tx.sharedObjectRef(named(true))]);
      tx.transferObjects([target], OTHER);
    });
    expect(ended.status).toEqual({ kind: 'success' });
    expect(idText(only(ended, 'deleted').id)).toBe(idText(shared.id));
  });

  it('freezes an object for good', async () => {
    const world = new World();
    const coin = world.coin(3n);
    const type = `0x2::coin::Coin<${SUI_TYPE}>`;
    await world.run((tx) => {
      call(tx, '0x2::transfer::public_freeze_object', [type], [tx.objectRef(refOf(coin))]);
    });
    const frozen = world.latest(idText(coin.id));
    expect(frozen.owner).toEqual({ kind: 'immutable' });
    const taken = await world.run((tx) => tx.transferObjects([tx.objectRef(refOf(frozen))], OTHER));
    expect(failure(taken)).toMatchObject({ error: { kind: 'InvalidObjectByValue' } });
    const changed = await world.run((tx) => {
      tx.transferObjects([tx.splitCoins(tx.objectRef(refOf(frozen)), [1n])], OTHER);
    });
    expect(failure(changed)).toMatchObject({ error: { kind: 'InvalidObjectByMutRef' } });
    // It is read, and stays at its version.
    expect(world.latest(idText(coin.id)).version).toBe(frozen.version);
  });
});

suite('what the chain does not take', () => {
  it('refuses objects of another digest, version or owner', async () => {
    const world = new World();
    const coin = world.coin(3n);
    const foreign = world.coin(3n, ownedBy(OTHER));
    const named = (change: object) => (tx: Transaction) =>
      tx.transferObjects([tx.objectRef({ ...refOf(coin), ...change })], OTHER);
    const other = refOf(world.coin(4n)).digest;
    expect((await world.run(named({ digest: other }))).status).toMatchObject({
      kind: 'refused',
      code: 'InvalidObjectDigest',
    });
    expect((await world.run(named({ version: '2' }))).status).toMatchObject({
      kind: 'refused',
      code: 'ObjectNotFound',
    });
    const outcome = await world.run((tx) =>
      tx.transferObjects([tx.objectRef(refOf(foreign))], OTHER),
    );
    expect(outcome.status).toMatchObject({ kind: 'refused', code: 'IncorrectUserSignature' });
    expect(outcome.effects).toBeUndefined();
    expect(objectDigest(world.latest(idText(coin.id)))).toEqual(objectDigest(coin));
  });

  it('refuses gas that is too little, too cheap or too much', async () => {
    const world = new World();
    const build = (tx: Transaction): void => {
      tx.transferObjects([tx.splitCoins(tx.gas, [1n])], OTHER);
    };
    const code = async (options: Parameters<World['run']>[1]): Promise<string | undefined> => {
      const { status } = await world.run(build, options);
      return status.kind === 'refused' ? status.code : undefined;
    };
    expect(await code({ budget: 999_999n })).toBe('GasBudgetTooLow');
    expect(await code({ budget: 50_000_000_001n })).toBe('GasBudgetTooHigh');
    expect(await code({ price: 999n })).toBe('GasPriceUnderRGP');
    expect(await code({ price: 100_000n })).toBe('GasPriceTooHigh');
    expect(await code({ gas: [world.coin(5n)] })).toBe('GasBalanceTooLow');
  });
});
