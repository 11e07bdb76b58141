/** What a Sui native is run with in a test: objects in memory, prices that tell what was charged. */
import { freeGas } from '../../src/vm-preview/move/core/gas/gas';
import { Loader, type ModuleSource, type Type } from '../../src/vm-preview/move/core/loader';
import { typeTagOf } from '../../src/vm-preview/move/core/loader/type-tag';
import { CallFunction, Interpreter, MoveError } from '../../src/vm-preview/move/core/runtime';
import { SUI_VM } from '../../src/vm-preview/move/core/runtime/config';
import {
  Address,
  ByteVector,
  type Reference,
  SlotReference,
  type Value,
} from '../../src/vm-preview/move/core/values';
import { suiNatives } from '../../src/vm-preview/move/sui/natives';
import type {
  SuiNativeContext,
  SuiNativeGas,
  TransactionContext,
} from '../../src/vm-preview/move/sui/natives/context';
import {
  type InputObject,
  ObjectRuntime,
  type ProtocolView,
} from '../../src/vm-preview/move/sui/object-runtime';
import type { ObjectRequest, SuiObject, SuiState } from '../../src/vm-preview/move/sui/state';

const COUNT_BITS = 64n;

/** Numbers that are limits and no prices. */
const LIMIT = /^max_|^object_runtime_|max_len$|max_terms$|_min_/;

/** Prices apart by 2^64, so that a charged amount says which prices it is made of. */
class TellingGas implements SuiNativeGas {
  readonly charges: string[] = [];
  readonly #names: string[] = [];
  aborts = 0;
  forgiven = 0;

  price(name: string): bigint {
    const known = this.#names.indexOf(name);
    const index = known < 0 ? this.#names.push(name) - 1 : known;
    return 1n << (COUNT_BITS * BigInt(index));
  }

  charge(amount: bigint): void {
    const parts = this.#names.flatMap((name, index) => {
      const count = (amount >> (COUNT_BITS * BigInt(index))) & ((1n << COUNT_BITS) - 1n);
      if (count === 0n) return [];
      return [count === 1n ? name : `${count} ${name}`];
    });
    this.charges.push(parts.sort().join(' + ') || '0');
  }

  chargeIfEnough(amount: bigint): void {
    this.charge(amount);
  }

  forgive(): void {
    this.forgiven++;
  }

  abortNative(): void {
    this.aborts++;
  }
}

export interface SuiNativesOptions {
  readonly version?: number;
  /** Flags that are on; all but those of later sizes where absent. */
  readonly features?: readonly string[];
  readonly limits?: Readonly<Record<string, bigint>>;
  /** Attributes that this version lacks. */
  readonly lacks?: readonly string[];
  readonly objects?: readonly SuiObject[];
  readonly inputs?: ReadonlyMap<string, InputObject>;
  readonly transaction?: Partial<TransactionContext>;
  readonly modules?: ModuleSource;
  readonly definingTag?: SuiNativeContext['types']['definingTag'];
}

const LATER: readonly string[] = [
  'abstract_size_in_object_runtime',
  'object_runtime_charge_cache_load_gas',
  'check_object_funds_withdraw_in_execution',
  'minimize_child_object_mutations',
];

export const TEST_DIGEST = Uint8Array.from({ length: 32 }, (_, i) => i);

function stateOf(objects: readonly SuiObject[], requests: ObjectRequest[]): SuiState {
  return {
    object(request) {
      requests.push(request);
      const id = Address.fromBytes(request.id).hex;
      const { bound } = request;
      const found = objects.filter(
        (object) =>
          Address.fromBytes(object.id).hex === id &&
          (bound.kind === 'latest' ||
            (bound.kind === 'exact' && object.version === bound.version) ||
            (bound.kind === 'atMost' && object.version <= bound.version)),
      );
      return found.sort((a, b) => Number(b.version - a.version))[0] ?? null;
    },
  };
}

export type TestSuiNatives = ReturnType<typeof testSuiNatives>;

export function testSuiNatives(options: SuiNativesOptions = {}) {
  const gas = new TellingGas();
  const requests: ObjectRequest[] = [];
  let hostCharged = 0;
  const protocol: ProtocolView = {
    version: options.version ?? 70,
    feature: (name) => options.features?.includes(name) ?? !LATER.includes(name),
    number: (name) => {
      if (options.lacks?.includes(name)) return undefined;
      return LIMIT.test(name) ? (options.limits?.[name] ?? 1000n) : gas.price(name);
    },
  };
  const objects = new ObjectRuntime({
    state: stateOf(options.objects ?? [], requests),
    inputs: options.inputs ?? new Map(),
    protocol,
    isMetered: true,
  });
  const context: SuiNativeContext = {
    protocol,
    gas,
    host: {
      charge: (microseconds) => {
        hostCharged += microseconds;
      },
    },
    objects,
    transaction: {
      sender: Address.parse('0xa11ce'),
      sponsor: undefined,
      digest: TEST_DIGEST,
      epoch: 246n,
      epochTimestampMs: 1_702_600_000_000n,
      referenceGasPrice: 750n,
      gasPrice: 751n,
      gasBudget: 10_000_000n,
      idsCreated: 0n,
      ...options.transaction,
    },
    types: { definingTag: options.definingTag ?? ((type) => typeTagOf(type)) },
  };
  const natives = suiNatives(context);
  const loader = new Loader(options.modules ?? { module: () => null }, SUI_VM);
  const machine = new Interpreter({ loader, natives, gas: freeGas(), maxInstructions: 1_000_000 });

  const call = (
    name: string,
    args: readonly Value[] = [],
    typeArguments: readonly Type[] = [],
  ): readonly Value[] => {
    const native = natives.get(name);
    if (native === undefined) throw new Error(`there is no native ${name}`);
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
  /** Runs a function of the modules. @param name - `0x2::object::new` */
  const run = (
    name: string,
    args: readonly Value[] = [],
    typeArguments: readonly Type[] = [],
  ): readonly Value[] => {
    const [address = '', module = '', fn = ''] = name.split('::');
    const id = { key: `${Address.parse(address)}::${module}`, address: Address.parse(address).hex };
    const declared = loader.function({ ...id, name: module }, fn);
    return machine.run(declared.instance(typeArguments), args);
  };
  const failing =
    (act: typeof call): ((...parameters: Parameters<typeof call>) => MoveError) =>
    (...parameters) => {
      try {
        act(...parameters);
      } catch (error) {
        if (error instanceof MoveError) return error;
        throw error;
      }
      throw new Error(`${parameters[0]} did not fail`);
    };
  return {
    context,
    objects,
    gas,
    loader,
    natives,
    requests,
    call,
    run,
    failure: failing(call),
    runFailure: failing(run),
    takeCharges: () => gas.charges.splice(0),
    hostCharged: () => hostCharged,
  };
}

/** A reference to a value of its own. */
export const ref = (value: Value): Reference => new SlotReference([value], 0, undefined);

export const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
export const hexRef = (text: string): Reference => ref(new ByteVector(hex(text)));
export const textRef = (text: string): Reference => ref(new ByteVector(utf8(text)));
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

export function hexOf(value: Value | undefined): string {
  if (!(value instanceof ByteVector)) throw new Error('these are no bytes');
  return Buffer.from(value.bytes).toString('hex');
}
