/** A recorded Aptos framework whose functions run with Aptos' natives, over a state that begins empty. */
import type { NativeContext } from '../../src/vm-preview/move/aptos/natives/context';
import { frameworkNatives } from '../../src/vm-preview/move/aptos/natives/framework-natives';
import {
  AggregatorStore,
  EventRecorder,
  PublishRequestBox,
} from '../../src/vm-preview/move/aptos/natives/state';
import { freeGas } from '../../src/vm-preview/move/core/gas/gas';
import { type Loader, moduleId, primitive, type Type } from '../../src/vm-preview/move/core/loader';
import {
  type CallFunction,
  GlobalCell,
  Interpreter,
  MoveError,
} from '../../src/vm-preview/move/core/runtime';
import {
  Address,
  ByteVector,
  SlotReference,
  Struct,
  type Value,
} from '../../src/vm-preview/move/core/values';
import { type Framework, framework } from '../vm-preview/move/runtime/framework';
import { type NativeContextOptions, testNatives } from './aptos-native-context';

/** What the sessions of these tests are named by. */
export const SESSION_HASH = Uint8Array.from({ length: 32 }, (_, i) => i);

/** Each value is abstractly one unit. */
const UNIT_SIZE = (): bigint => 1n;

export class AptosSession {
  readonly events = new EventRecorder();
  readonly publishing = new PublishRequestBox();
  readonly aggregators = new AggregatorStore(() => null);
  readonly context: NativeContext;
  readonly takeCharges: () => string[];
  readonly loader: Loader;
  readonly #natives: ReturnType<typeof frameworkNatives>;
  readonly #cells = new Map<string, GlobalCell>();

  constructor(
    readonly framework: Framework,
    options: NativeContextOptions = {},
  ) {
    let tables = 0;
    const { context, takeCharges } = testNatives(() => new Map(), {
      valueSize: UNIT_SIZE,
      ...options,
      parts: {
        events: this.events,
        publishing: this.publishing,
        aggregators: this.aggregators,
        tables: {
          item: (handle, key) => this.#item(`${handle.hex}/${key.join()}`),
          create: () => address(String(0xab00 + tables++)),
          remove: () => undefined,
        },
        resources: {
          cell: (at, type) => this.#item(`${at.hex}/${type.key}`).cell,
          exists: (at, type) => {
            const { cell, loadedBytes } = this.#item(`${at.hex}/${type.key}`);
            return { exists: cell.exists, loadedBytes };
          },
          usage: () => {
            throw new Error('no usage');
          },
        },
        transaction: {
          sessionHash: SESSION_HASH,
          scriptHash: new Uint8Array(0),
          chainId: 4,
          user: undefined,
          uniqueAddresses: 0,
          isUnbiasable: false,
        },
        ...options.parts,
      },
    });
    this.context = context;
    this.takeCharges = takeCharges;
    this.loader = framework.loader;
    this.#natives = frameworkNatives(context);
  }

  /** Runs a function of 0x1. @param name - `coin::transfer` */
  call(
    name: string,
    args: readonly Value[] = [],
    typeArguments: readonly Type[] = [],
  ): readonly Value[] {
    const [module = '', fn = ''] = name.split('::');
    const declared = this.loader.function(moduleId(Address.parse('1'), module), fn);
    const interpreter = new Interpreter({
      loader: this.loader,
      natives: this.#natives,
      gas: freeGas(),
      maxInstructions: 10_000_000,
      storage: { cell: (address, type) => this.#item(`${address.hex}/${type.key}`).cell },
    });
    return interpreter.run(declared.instance(typeArguments), args);
  }

  /** What a call fails with, `ABORTED: 7`; fails itself when it does not. */
  failure(name: string, args: readonly Value[] = [], typeArguments: readonly Type[] = []): string {
    return failureOf(() => this.call(name, args, typeArguments));
  }

  /** Calls a native as such. @param stack - functions that run, innermost last */
  native(
    name: string,
    args: readonly Value[] = [],
    typeArguments: readonly Type[] = [],
    stack: readonly string[] = [],
  ): readonly Value[] | CallFunction {
    const native = this.#natives.get(name);
    if (native === undefined) throw new Error(`no native ${name}`);
    const frames = stack.map((fn) => {
      const [module = '', called = ''] = fn.split('::');
      const id = moduleId(Address.parse('1'), module);
      return { instance: this.loader.function(id, called).instance([]) };
    });
    return native({
      args,
      typeArguments,
      loader: this.loader,
      gas: freeGas(),
      caller: frames.at(-1)?.instance,
      stack: frames,
    });
  }

  /** A struct or enum of 0x1. @param name - `coin::Coin` */
  type(name: string, ...typeArguments: readonly Type[]): Type {
    const [module = '', declared = ''] = name.split('::');
    const datatype = this.loader.datatype(moduleId(Address.parse('1'), module), declared);
    return this.loader.types.datatype(datatype, typeArguments);
  }

  vector(element: Type): Type {
    return this.loader.types.vector(element);
  }

  #item(id: string): { cell: GlobalCell; loadedBytes: number | undefined } {
    const known = this.#cells.get(id);
    if (known !== undefined) return { cell: known, loadedBytes: undefined };
    const cell = new GlobalCell(undefined);
    this.#cells.set(id, cell);
    return { cell, loadedBytes: 0 };
  }
}

export function failureOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof MoveError)
      return error.subStatus === undefined ? error.status : `${error.status}: ${error.subStatus}`;
    throw error;
  }
  throw new Error('it did not fail');
}

export const U8 = primitive('u8');
export const U64 = primitive('u64');
export const U128 = primitive('u128');
export const BOOL = primitive('bool');
export const ADDRESS = primitive('address');

/** A reference to a value of its own. */
export const ref = (value: Value): SlotReference => new SlotReference([value], 0, undefined);

export const bytes = (hex: string): ByteVector =>
  new ByteVector(new Uint8Array(Buffer.from(hex, 'hex')));

/** A 0x1::string::String. */
export const string = (text: string): Struct =>
  new Struct([new ByteVector(new TextEncoder().encode(text))]);

export const address = (text: string): Address => Address.parse(text);

export const signer = (text: string): Struct => new Struct([Address.parse(text)]);

/** The text of a String. */
export function textOf(value: Value | undefined): string {
  const inner = value instanceof Struct ? value.fields[0] : value;
  if (!(inner instanceof ByteVector)) throw new Error('no string');
  return new TextDecoder().decode(inner.bytes);
}

export function hexOf(value: Value | undefined): string {
  if (!(value instanceof ByteVector)) throw new Error('no bytes');
  return Buffer.from(value.bytes).toString('hex');
}

/**
 * Says that it is skipped where the recorded framework is not at hand.
 *
 * @param network - whose genesis framework; devnet's is the newest
 */
export function describeWithFramework(
  name: string,
  body: (session: (options?: NativeContextOptions) => AptosSession) => void,
  network = 'devnet',
): void {
  const found = framework(`aptos ${network}`);
  describe(name, () => {
    if (found === undefined) it.skip('skipped: no fixtures', () => undefined);
    else body((options) => new AptosSession(found, options));
  });
}
