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
import { GasStatus, netUse, SuiGas } from '../../../../../src/vm-preview/move/sui/gas';
import { costTable, Tiered } from '../../../../../src/vm-preview/move/sui/gas/tiers';
import { valueSize } from '../../../../../src/vm-preview/move/sui/gas/value-size';

const MODEL = 8;

const byte = (name: string): number => OPCODES_BY_NAME.sui.get(name)?.byte ?? -1;

const status = (budget: bigint, price = 1000n, version = 36): GasStatus =>
  new GasStatus({ protocol: ProtocolConfig.ofVersion(version, 'mainnet'), price, budget });

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
      expect(gas.settleComputation()).toBe(true);
      return gas.summary().computationCost;
    });
    // Of 1000 gas units at 1000 MIST, also where nothing was used; parts of a unit do not count.
    expect(costs).toEqual([1_000_000n, 1_000_000n, 1_000_000n, 2_000_000n, 5_000_000n]);
  });

  it('had buckets before it had steps', () => {
    const costs = [1, 1_000_000, 1_001_000, 60_000_000].map((bytes) => {
      const gas = status(10_000_000_000n, 1000n, 13);
      gas.meter.chargeBytes(bytes, 1);
      gas.settleComputation();
      return gas.summary().computationCost / 1000n;
    });
    expect(costs).toEqual([1000n, 1000n, 5000n, 200_000n]);
  });

  it('does not compute beyond the budget', () => {
    const gas = status(1_000_000n);
    expect(gas.settleComputation()).toBe(false);
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
    gas.settleComputation();
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
