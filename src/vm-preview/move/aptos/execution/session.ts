/**
 * A part of a transaction that runs on its own: its prologue, its payload, its epilogue.
 * Source: aptos-core `aptos-vm/src/move_vm_ext/session/{mod,respawned_session}.rs`.
 */
import { CannotPreview } from '../../../errors';
import type { HostBudget } from '../../../host-budget';
import { BcsError, BcsReader, BcsWriter } from '../../core/bcs';
import {
  type FunctionInstance,
  type Loader,
  type ModuleId,
  moduleId,
  type Type,
} from '../../core/loader';
import { Interpreter, type NativeLookup } from '../../core/runtime';
import { Address, SlotReference, Struct, type Value } from '../../core/values';
import { sessionNatives } from '../natives';
import type {
  AptosFeatures,
  ModuleTraversal,
  NativeContext,
  NativeGas,
  PublishRequest,
  TimedFeatures,
  UserTransactionInfo,
} from '../natives/context';
import { AggregatorStore, EventRecorder, PublishRequestBox } from '../natives/state';
import type { StateKey } from '../state';
import {
  type ChangeSet,
  SessionStorage,
  type StateView,
  squash,
  stateKeyId,
  WriteOpConverter,
  type WriteOpRules,
} from '../storage';
import { groupOf } from './groups';
import type { Meter } from './metering';

/** A bound on time: instructions of one run, far above what gas pays for. */
const MAX_INSTRUCTIONS = 50_000_000;

export interface SessionRules extends WriteOpRules {
  readonly features: AptosFeatures;
  readonly timedFeatures: TimedFeatures;
  readonly chainId: number;
  readonly chargesGroupSize: boolean;
}

export interface SessionOptions {
  readonly rules: SessionRules;
  /** The state, with what earlier sessions changed. */
  readonly view: StateView;
  readonly loader: Loader;
  readonly hash: Uint8Array;
  readonly scriptHash: Uint8Array;
  readonly user: UserTransactionInfo | undefined;
  readonly host: HostBudget;
  readonly traversal: ModuleTraversal;
}

/** A signer, or BCS of a value of the parameter's type. */
export type SystemArgument = Address | Uint8Array;

export class Session {
  readonly #options: SessionOptions;
  readonly #storage: SessionStorage;
  readonly #aggregators: AggregatorStore;
  readonly #events = new EventRecorder();
  readonly #publishing = new PublishRequestBox();
  readonly #natives: NativeLookup;
  readonly #transaction: { uniqueAddresses: number; isUnbiasable: boolean };
  #meter: Meter | undefined;
  /** Of the function that ran last. */
  #loader: Loader;

  constructor(options: SessionOptions) {
    const { rules, view, loader, hash } = options;
    this.#options = options;
    this.#loader = loader;
    this.#storage = new SessionStorage({
      view,
      loader: () => this.#loader,
      sessionHash: hash,
      groupOf: (type) => groupOf(this.#loader, type),
      chargesGroupSize: rules.chargesGroupSize,
    });
    this.#aggregators = new AggregatorStore((handle, key) => {
      const bytes = view.read({ kind: 'tableItem', handle: handle.bytes, key })?.bytes;
      return bytes === undefined ? null : new BcsReader(bytes).u128('aggregator');
    });
    const transaction = {
      sessionHash: hash,
      scriptHash: options.scriptHash,
      chainId: rules.chainId,
      user: options.user,
      uniqueAddresses: 0,
      isUnbiasable: false,
    };
    this.#transaction = transaction;
    const context = this.#context(transaction);
    this.#natives = sessionNatives(context);
  }

  get loader(): Loader {
    return this.#options.loader;
  }

  /** The payload is a function that may use randomness. */
  markUnbiasable(): void {
    this.#transaction.isUnbiasable = true;
  }

  /**
   * @param loader - another than the session's for code that is being published
   * @throws MoveError, CannotPreview, and where state is missing
   */
  run(
    instance: FunctionInstance,
    args: readonly Value[],
    meter: Meter,
    loader: Loader = this.loader,
  ): readonly Value[] {
    const interpreter = new Interpreter({
      loader,
      natives: this.#natives,
      gas: meter.gas,
      storage: this.#storage,
      maxInstructions: MAX_INSTRUCTIONS,
    });
    this.#meter = meter;
    this.#loader = loader;
    return interpreter.run(instance, args);
  }

  /** Calls a function of the framework, whatever its visibility. */
  call(
    module: ModuleId,
    name: string,
    args: readonly SystemArgument[],
    meter: Meter,
  ): readonly Value[] {
    const instance = this.loader.function(module, name).instance([]);
    const { parameters } = instance.definition;
    if (parameters.length !== args.length) throw unknownFramework(instance.key);
    const values = args.map((arg, i) => {
      const type = parameters[i];
      if (type === undefined) throw unknownFramework(instance.key);
      return this.#argument(arg, type, instance.key);
    });
    return this.run(instance, values, meter);
  }

  #argument(arg: SystemArgument, type: Type, callee: string): Value {
    if (arg instanceof Address) {
      if (type.kind === 'signer') return signer(arg);
      if (type.kind !== 'reference' || type.to.kind !== 'signer') throw unknownFramework(callee);
      return signerReference(arg);
    }
    try {
      return this.loader.codec.decode(arg, type);
    } catch (error) {
      throw error instanceof BcsError ? unknownFramework(callee) : error;
    }
  }

  takePublishRequest(): PublishRequest | undefined {
    return this.#publishing.take();
  }

  /** What this session changed, on top of those before it. */
  finish(): { readonly own: ChangeSet; readonly squashed: ChangeSet } {
    const { view, rules } = this.#options;
    const converter = new WriteOpConverter(view, rules);
    const writes = new Map(converter.convert(this.#storage));
    for (const change of this.#aggregators.changes()) {
      const key: StateKey = {
        kind: 'tableItem',
        handle: change.handle.bytes,
        key: change.key,
      };
      const bytes =
        change.kind === 'delete' ? undefined : new BcsWriter().u128(change.value).finish();
      const id = stateKeyId(key);
      writes.set(id, converter.value(key, id, bytes, change.kind === 'modify'));
    }
    const own: ChangeSet = { writes, events: this.#events.events };
    return { own, squashed: squash(view.changes, own) };
  }

  #context(transaction: NativeContext['transaction']): NativeContext {
    const { rules, host, traversal } = this.#options;
    return {
      features: rules.features,
      timedFeatures: rules.timedFeatures,
      gas: this.#nativeGas(),
      host,
      transaction,
      events: this.#events,
      tables: this.#storage,
      resources: this.#storage,
      aggregators: this.#aggregators,
      publishing: this.#publishing,
      modules: traversal,
    };
  }

  /** That of the meter that the running function has. */
  #nativeGas(): NativeGas {
    const current = (): NativeGas => {
      if (this.#meter === undefined) throw new TypeError('no function is running');
      return this.#meter.natives;
    };
    return {
      get version() {
        return current().version;
      },
      price: (name) => current().price(name),
      charge: (amount) => current().charge(amount),
      valueSize: (value) => current().valueSize(value),
      countHeap: (value) => current().countHeap(value),
    };
  }
}

/** A framework that is newer than this code, or no framework at all. */
function unknownFramework(callee: string): CannotPreview {
  return new CannotPreview('aptos-framework', `a framework whose ${callee} takes other arguments`);
}

/** A signer value: a struct with its address. */
export function signer(address: Address): Struct {
  return new Struct([address]);
}

export function signerReference(address: Address): SlotReference {
  return new SlotReference([signer(address)], 0, undefined);
}

/** `0x1::name`. */
export const frameworkModule = (name: string): ModuleId => moduleId(Address.parse('0x1'), name);
