/** Gas by the numbers of sui-types (gas_model/{tables,gas_v2}.rs) and of recorded transactions. */

import { OPCODES_BY_NAME } from '../../../../../src/vm-preview/move/core/format';
import {
  Address,
  ByteVector,
  ItemVector,
  SlotReference,
  Struct,
} from '../../../../../src/vm-preview/move/core/values';
import { ProtocolConfig } from '../../../../../src/vm-preview/move/sui';
import {
  GasStatus,
  netUse,
  roundedByDigits,
  SuiGas,
} from '../../../../../src/vm-preview/move/sui/gas';
import { costTable, Tiered } from '../../../../../src/vm-preview/move/sui/gas/tiers';
import { valueSize } from '../../../../../src/vm-preview/move/sui/gas/value-size';

const MODEL = 8;

const byte = (name: string): number => OPCODES_BY_NAME.sui.get(name)?.byte ?? -1;

const status = (budget: bigint, price = 1000n, version = 36): GasStatus =>
  new GasStatus({
    protocol: ProtocolConfig.ofVersion(version, 'mainnet'),
    price,
    budget,
    referencePrice: 1000n,
  });

describe('tiers', () => {
  it('begin one past their start, and never end', () => {
    const count = new Tiered(costTable(MODEL).instructions);
    const prices = [20_000, 1, 30_000, 50_000, 1].map((amount) => {
      count.add(amount);
      return [count.count, count.price];
    });
    expect(prices).toEqual([
      [20_000, 1],
      [20_001, 2],
      [50_001, 10],
      [100_001, 50],
      [100_002, 50],
    ]);
    const height = new Tiered(costTable(MODEL).stackHeight);
    height.add(1001);
    height.remove(1001);
    expect([height.count, height.price]).toEqual([0, 2]);
  });

  it('of each model are those of the chain', () => {
    const last = [3, 4, 5, 6, 7, 8, 9].map((model) => costTable(model).instructions.at(-1));
    expect(last).toEqual([
      [10_500, 50],
      [15_000, 250],
      [15_000, 100],
      [200_000, 100],
      [200_000, 100],
      [10_000_000, 1000],
      [10_000_000, 1000],
    ]);
  });
});

describe('the meter', () => {
  const meter = (): SuiGas => new SuiGas({ model: MODEL, budget: 1000n });

  it('charges an instruction, what it pushes and the size of that', () => {
    const gas = meter();
    // 333 loads: an instruction, a push and a size of 1 each are 999 of 1000 internal units.
    for (let i = 0; i < 333; i++) gas.instruction(byte('LdU64'));
    expect(gas.used).toBe(0n);
    gas.instruction(byte('Pop'));
    expect(gas.used).toBe(0n);
    gas.pop();
    expect(gas.used).toBe(1n);
    // A reference to a local has a size of 8: 100 of them are 1000 units.
    for (let i = 0; i < 100; i++) gas.instruction(byte('ImmBorrowLoc'));
    expect(gas.used).toBe(2n);
  });

  it('charges for every opcode, at once or by what it works on', () => {
    const byValue =
      /^(Pop|LdConst|CopyLoc|MoveLoc|StLoc|Call|CallGeneric|Pack|Unpack|ReadRef|WriteRef|Eq|Neq|VecPack|VecPushBack|VecPopBack|VecUnpack)|Global|Exists|MoveFrom|MoveTo/;
    const free = [...OPCODES_BY_NAME.sui.keys()].filter((name) => {
      const gas = meter();
      for (let i = 0; i < 1000; i++) gas.instruction(byte(name));
      return gas.used === 0n;
    });
    expect(free.filter((name) => !byValue.test(name))).toEqual([]);
  });

  it('takes all that is left when it runs out', () => {
    const gas = new SuiGas({ model: MODEL, budget: 1n });
    expect(() => {
      for (;;) gas.instruction(byte('LdU8'));
    }).toThrow('OUT_OF_GAS');
    expect(gas.used).toBe(1n);
  });

  it('pays a native by what it counted, and all when that exceeds what was there', () => {
    const gas = meter();
    const callee = {} as never;
    gas.enterNative(callee, [1, 2]);
    gas.natives.charge(5000n);
    expect(gas.used).toBe(0n);
    gas.leaveNative([7]);
    // One instruction, a push of size 16, and 5000 units.
    expect(gas.used).toBe(5n);
    gas.enterNative(callee, []);
    gas.natives.chargeIfEnough(10_000_000n);
    gas.natives.charge(3000n);
    gas.natives.abortNative();
    expect(gas.used).toBe(8n);
    gas.enterNative(callee, []);
    expect(() => gas.natives.charge(10_000_000n)).toThrow('OUT_OF_GAS');
    expect(gas.used).toBe(1000n);
  });

  it('counts natives beyond the threshold as instructions in the newest model', () => {
    const used = [8, 9].map((model) => {
      const gas = new SuiGas({ model, budget: 5_000_000n });
      for (let i = 0; i < 705; i++) {
        gas.enterNative({} as never, []);
        gas.natives.charge(50_000n);
        gas.leaveNative([]);
      }
      return gas.used;
    });
    // 705 * 50 units; five calls of 50,000 instructions come to the tiers of 50 and 100 instead.
    expect(used[0]).toBe(35_250n);
    expect(used[1]).toBeGreaterThan(45_000n);
  });
});

describe('sizes of values', () => {
  const address = Address.parse('0x1');
  const cases = [
    [true, 16, 16],
    [1, 16, 16],
    [address, 32, 32],
    [new ByteVector(new Uint8Array(10)), 10, 12],
    [new ItemVector([1, 2], 'u64'), 16, 18],
    [new ItemVector([address], undefined), 32, 34],
    [new ItemVector([true, false, true]), 3, 5],
    [new Struct([1, new Struct([address])]), 2 + 16 + 2 + 32, 2 + 16 + 2 + 32],
    [new ItemVector([new Struct([1])]), 2 + 2 + 16, 2 + 2 + 16],
    [new SlotReference([new Struct([1])], 0, undefined), 8, 8],
  ] as const;

  it.each(cases)('%#', (value, legacy, today) => {
    expect([valueSize(true)(value), valueSize(false)(value)]).toEqual([legacy, today]);
  });
});

describe('what a transaction pays', () => {
  it('rounds computation up to whole steps', () => {
    const costs = [0, 999_999, 1_000_999, 1_001_000, 5_000_000].map((bytes) => {
      const gas = status(10_000_000_000n);
      gas.meter.chargeBytes(bytes, 1);
      expect(gas.settleComputation(false)).toBe(true);
      return gas.summary().computationCost;
    });
    // Of 1000 gas units at 1000 MIST, also where nothing was used; parts of a unit do not count.
    expect(costs).toEqual([1_000_000n, 1_000_000n, 1_000_000n, 2_000_000n, 5_000_000n]);
  });

  it('had buckets before it had steps', () => {
    const costs = [1, 1_000_000, 1_001_000, 60_000_000].map((bytes) => {
      const gas = status(10_000_000_000n, 1000n, 13);
      gas.meter.chargeBytes(bytes, 1);
      gas.settleComputation(false);
      return gas.summary().computationCost / 1000n;
    });
    expect(costs).toEqual([1000n, 1000n, 5000n, 200_000n]);
  });

  it('does not compute beyond the budget', () => {
    const gas = status(1_000_000n);
    expect(gas.settleComputation(false)).toBe(false);
    expect(gas.summary().computationCost).toBe(1_000_000n);
  });

  it('gives 99 % of a rebate back, rounded to the nearest', () => {
    const rebates = [988_000n, 50n, 49n, 1n].map((rebate) => {
      const gas = status(10_000_000n);
      gas.trackStorage(0, rebate);
      const { storageRebate, nonRefundableStorageFee } = gas.summary();
      return [storageRebate, nonRefundableStorageFee];
    });
    // 49.5 goes up, 48.51 goes up, 0.99 goes up.
    expect(rebates).toEqual([
      [978_120n, 9880n],
      [50n, 0n],
      [49n, 0n],
      [1n, 0n],
    ]);
  });

  it('can pay storage from what computation left and from the rebate', () => {
    const gas = status(2_988_000n);
    gas.settleComputation(false);
    expect(gas.trackStorage(130, 0n)).toBe(988_000n);
    expect(gas.canPayStorage()).toBe(true);
    gas.trackStorage(200, 0n);
    expect(gas.canPayStorage()).toBe(false);
    gas.trackStorage(0, 988_000n);
    expect(gas.canPayStorage()).toBe(true);
    gas.spendBudget();
    expect(netUse(gas.summary())).toBe(2_988_000n);
  });
});

describe('later gas models', () => {
  it('round by half of the digits', () => {
    // Pairs that the chain's own test has (gas_common.rs).
    const pairs: readonly (readonly [bigint, bigint])[] = [
      [0n, 1000n],
      [999n, 1000n],
      [1000n, 1000n],
      [1001n, 1010n],
      [1050n, 1050n],
      [1999n, 2000n],
      [20_001n, 20_100n],
      [29_999n, 30_000n],
      [300_001n, 300_100n],
      [305_501n, 305_600n],
      [999_999n, 1_000_000n],
      [1_000_001n, 1_001_000n],
      [1_005_001n, 1_006_000n],
      [10_000_001n, 10_001_000n],
      [100_000_001n, 100_010_000n],
    ];
    for (const [units, rounded] of pairs) expect(roundedByDigits(units)).toBe(rounded);
  });

  it('ask at most a hundred times the reference price for what aborts', () => {
    const options = { price: 200_000n, budget: 10_000_000_000n, referencePrice: 1000n };
    const cost = (version: number, isAborted: boolean): bigint => {
      const protocol = ProtocolConfig.ofVersion(version, 'mainnet');
      const gas = new GasStatus({ protocol, ...options });
      expect(gas.settleComputation(isAborted)).toBe(true);
      return gas.summary().computationCost;
    };
    expect([cost(89, true), cost(90, false), cost(90, true)]).toEqual([
      200_000_000n,
      200_000_000n,
      100_000_000n,
    ]);
  });

  it('let computation have what storage leaves of the budget', () => {
    // Computation of 1000 units at a price of 1000 fits a budget of 1,000,001 alone; storage does not.
    const cost = (version: number): readonly [boolean, bigint] => {
      const protocol = ProtocolConfig.ofVersion(version, 'mainnet');
      const gas = new GasStatus({
        protocol,
        price: 1000n,
        budget: 1_000_001n,
        referencePrice: 1000n,
      });
      gas.settleComputation(false);
      gas.trackStorage(10, 0n);
      return [gas.canPayStorage(), gas.summary().computationCost];
    };
    expect([cost(137), cost(138)]).toEqual([
      [false, 1_000_000n],
      [false, 924_001n],
    ]);
  });

  it('charge moves as references, writes and swaps without a push', () => {
    const used = (model: number, charge: (gas: SuiGas) => void): bigint => {
      const gas = new SuiGas({ model, budget: 1000n });
      for (let i = 0; i < 1000; i++) charge(gas);
      return gas.used;
    };
    const bytes = new ByteVector(new Uint8Array(90));
    const move = (gas: SuiGas): void => gas.moveLocal(bytes);
    // An instruction and a push, with a size of 92 or 8.
    expect([used(10, move), used(11, move)]).toEqual([94n, 10n]);
    const swap = (gas: SuiGas): void => gas.instruction(byte('VecSwap'));
    expect([used(10, swap), used(11, swap)]).toEqual([2n, 1n]);
  });

  it('take the arguments of a native off the stack once', () => {
    const used = (model: number): bigint => {
      const gas = new SuiGas({ model, budget: 1000n });
      const push = (count: number): void => {
        for (let i = 0; i < count; i++) gas.instruction(byte('LdU64'));
      };
      push(1000);
      for (let i = 0; i < 1000; i++) gas.enterNative({} as never, [1]);
      push(2000);
      return gas.used;
    };
    // Pushes cost twice as much from a height of 1001 on: 1000 of the last, or all 2000.
    expect([used(13), used(14)]).toEqual([11n, 12n]);
  });

  it('count what is behind a reference where it is compared', () => {
    const used = (model: number, negated: boolean): bigint => {
      const gas = new SuiGas({ model, budget: 1000n });
      const reference = new SlotReference([new ByteVector(new Uint8Array(40))], 0, undefined);
      for (let i = 0; i < 100; i++) gas.compare(reference, reference, negated);
      return gas.used;
    };
    // Two references of 8, and 42 behind each; an instruction, a push and a bool of 1.
    expect([used(9, false), used(10, false), used(9, true), used(10, true)]).toEqual([
      1n,
      10n,
      0n,
      10n,
    ]);
  });
});
