/** What an Aptos native is run with in a test: no chain, prices that tell what was charged. */
import type { NativeContext, NativeGas } from '../../src/vm-preview/move/aptos/natives/context';
import { freeGas } from '../../src/vm-preview/move/core/gas/gas';
import { Loader, type Type } from '../../src/vm-preview/move/core/loader';
import {
  CallFunction,
  MoveError,
  type NativeRegistry,
} from '../../src/vm-preview/move/core/runtime';
import type { Value } from '../../src/vm-preview/move/core/values';

/** How often a price may be charged at once. */
const COUNT_BITS = 64n;

/** Prices apart by 2^64, so that a charged amount says which prices it is made of. */
class TellingGas implements NativeGas {
  /** In order, e.g. `signature.base + 12 signature.per_msg_byte_hashing`. */
  readonly charges: string[] = [];
  readonly heapValues: Value[] = [];
  readonly #names: string[] = [];

  constructor(
    readonly version: number,
    readonly valueSize: (value: Value) => bigint,
  ) {}

  price(name: string): bigint {
    const known = this.#names.indexOf(name);
    const index = known < 0 ? this.#names.push(name) - 1 : known;
    return 1n << (COUNT_BITS * BigInt(index));
  }

  countHeap(value: Value): void {
    this.heapValues.push(value);
  }

  charge(amount: bigint): void {
    const parts = this.#names.flatMap((name, index) => {
      const count = (amount >> (COUNT_BITS * BigInt(index))) & ((1n << COUNT_BITS) - 1n);
      if (count === 0n) return [];
      return [count === 1n ? name : `${count} ${name}`];
    });
    this.charges.push(parts.sort().join(' + ') || '0');
  }
}

export interface NativeContextOptions {
  /** Feature flags that are on; all where absent. */
  readonly features?: readonly number[];
  /** `gas_feature_version`, today's where absent. */
  readonly gasVersion?: number;
  readonly valueSize?: (value: Value) => bigint;
  /** The parts that the natives under test look at. */
  readonly parts?: Partial<NativeContext>;
}

export interface TestNatives {
  readonly context: NativeContext;
  /** Amounts charged since the last call of `takeCharges`. */
  takeCharges(): string[];
  /** Microseconds. */
  hostCharged(): number;
  /** Runs a native. @param name - `0x1::hash::sha2_256` */
  call(name: string, args?: readonly Value[], typeArguments?: readonly Type[]): readonly Value[];
  /** The error it ends in; fails itself when there is none. */
  failure(name: string, args?: readonly Value[], typeArguments?: readonly Type[]): MoveError;
}

/** @param make - e.g. `cryptoNatives` */
export function testNatives(
  make: (context: NativeContext) => NativeRegistry,
  options: NativeContextOptions = {},
): TestNatives {
  const { features, parts = {} } = options;
  const gas = new TellingGas(
    options.gasVersion ?? 52,
    options.valueSize ?? (() => missing('value sizes')),
  );
  let hostCharged = 0;
  const context: NativeContext = {
    features: { isEnabled: (flag) => features === undefined || features.includes(flag) },
    timedFeatures: { isEnabled: () => true },
    gas,
    host: {
      charge: (microseconds) => {
        hostCharged += microseconds;
      },
    },
    get transaction() {
      return parts.transaction ?? missing('transaction');
    },
    get events() {
      return parts.events ?? missing('events');
    },
    get tables() {
      return parts.tables ?? missing('tables');
    },
    get resources() {
      return parts.resources ?? missing('resources');
    },
    get aggregators() {
      return parts.aggregators ?? missing('aggregators');
    },
    get publishing() {
      return parts.publishing ?? missing('publishing');
    },
    get modules() {
      return parts.modules ?? NO_MODULES;
    },
  };
  const natives = make(context);
  const loader = new Loader({ module: () => null });
  const call: TestNatives['call'] = (name, args = [], typeArguments = []) => {
    const native = natives.get(name) ?? missing(name);
    const results = native({
      args,
      typeArguments,
      loader,
      gas: freeGas(),
      caller: undefined,
      stack: [],
    });
    if (results instanceof CallFunction) throw new Error(`${name} calls a function`);
    return results;
  };
  return {
    context,
    takeCharges: () => gas.charges.splice(0),
    hostCharged: () => hostCharged,
    call,
    failure(name, args, typeArguments) {
      try {
        call(name, args, typeArguments);
      } catch (error) {
        if (error instanceof MoveError) return error;
        throw error;
      }
      throw new Error(`${name} did not fail`);
    },
  };
}

/** Nothing was visited, and types cost nothing. */
const NO_MODULES: NativeContext['modules'] = {
  isVisited: () => false,
  visit: () => missing('modules to visit'),
  visitType: () => undefined,
};

function missing(what: string): never {
  throw new Error(`the test gives no ${what}`);
}
