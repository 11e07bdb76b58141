/** One run of a transaction in the Move VM: what natives see, and what it has made. */
import type { HostBudget } from '../../../host-budget';
import type { Gas } from '../../core/gas/gas';
import type { FunctionInstance, Loader } from '../../core/loader';
import { Interpreter, MoveError, type NativeRegistry } from '../../core/runtime';
import { Address, type Value } from '../../core/values';
import type { Id, Linkage, LinkContext } from '../linkage';
import { type SuiNativeContext, type SuiNativeGas, suiNatives } from '../natives';
import { ObjectRuntime, type ObjectRuntimeOptions } from '../object-runtime';
import type { ProtocolConfig } from '../protocol';
import type { SuiObject } from '../state';
import type { SuiEvent } from '../types';
import { type CleverError, cleverError } from './clever-error';
import { type ExecutionError, executionError, invariantViolation } from './error';
import type { GasCharger } from './gas-charger';
import type { RunningTransaction } from './transaction-context';

/** A bound on time: instructions of one call, far above what gas pays for. */
const MAX_INSTRUCTIONS = 50_000_000;

export interface SessionParts {
  readonly protocol: ProtocolConfig;
  readonly linkage: Linkage;
  readonly charger: GasCharger;
  readonly transaction: RunningTransaction;
  readonly host: HostBudget;
  readonly objects: ObjectRuntimeOptions;
}

export class MoveSession {
  readonly objects: ObjectRuntime;
  /** Published or upgraded. */
  readonly newPackages: SuiObject[] = [];
  readonly events: SuiEvent[] = [];
  readonly #natives: NativeRegistry;
  readonly #contexts = new Map<Loader, LinkContext>();
  /** In which the last function ran, which is where its errors are from. */
  #context: LinkContext | undefined;

  constructor(readonly parts: SessionParts) {
    this.objects = new ObjectRuntime(parts.objects);
    this.#natives = suiNatives(this.#nativeContext());
  }

  get protocol(): ProtocolConfig {
    return this.parts.protocol;
  }

  get linkage(): Linkage {
    return this.parts.linkage;
  }

  /** Makes a context one whose types natives can name. */
  enter(context: LinkContext): void {
    this.#contexts.set(context.loader, context);
    this.#context = context;
  }

  /** An id for an object that a command makes. */
  freshId(): Id {
    const id = this.parts.transaction.freshId();
    this.objects.newId(id);
    return id;
  }

  /**
   * Runs a function.
   *
   * @param args - one for each parameter; they are taken over
   * @throws MoveError, CannotPreview, and where state is missing
   */
  call(instance: FunctionInstance, args: readonly Value[]): readonly Value[] {
    const interpreter = new Interpreter({
      loader: instance.definition.owner.loader,
      natives: this.#natives,
      gas: this.#gas,
      maxInstructions: MAX_INSTRUCTIONS,
    });
    return interpreter.run(instance, args);
  }

  /** Takes over the events of the function that ran, named by its module. @throws MoveError */
  takeEvents(instance: FunctionInstance, packageId: Uint8Array): void {
    const taken = this.objects.takeEvents();
    const { definition, module, name } = instance;
    const most = this.protocol.limit('max_num_event_emit');
    if (this.events.length + taken.length > most) {
      const error = new MoveError('MEMORY_LIMIT_EXCEEDED', {
        code: 0n,
        reason: `Emitting more than ${most} events is not allowed`,
      });
      const offset = definition.code === undefined ? 0 : definition.instructions.length - 1;
      error.location = {
        module: module?.key,
        function: name,
        definition: definition.index,
        offset,
      };
      throw error;
    }
    for (const { value, type, tag, loader } of taken)
      this.events.push({
        package: packageId,
        module: module?.name ?? '',
        sender: this.parts.transaction.sender.bytes,
        type: tag,
        contents: loader.codec.encode(value, type),
      });
  }

  /** Any error as the transaction's failure; undefined for one that is none. */
  failure(error: unknown): ExecutionError | undefined {
    const relocates = this.protocol.feature('resolve_abort_locations_to_package_id');
    const failure = executionError(error, (original) =>
      relocates ? (this.#context?.linked(original)?.id ?? original) : original,
    );
    if (failure !== undefined && error instanceof MoveError) failure.clever = this.#clever(error);
    return failure;
  }

  #clever({ status, subStatus, location }: MoveError): CleverError | undefined {
    if (status !== 'ABORTED' || subStatus === undefined || location?.module === undefined)
      return undefined;
    const [address = '', name = ''] = location.module.split('::');
    const module = this.#context?.linked(Address.parse(address).hex)?.module(name);
    return module && cleverError(module, subStatus);
  }

  /** @param address - of a module's package as its code has it, 32 bytes */
  hasNative(address: Uint8Array, module: string, name: string): boolean {
    return this.#natives.has(`${Address.fromBytes(address)}::${module}::${name}`);
  }

  get #gas(): Gas {
    return this.parts.charger.status.meter;
  }

  #nativeContext(): SuiNativeContext {
    const { protocol, charger, host, transaction } = this.parts;
    const gas: SuiNativeGas = charger.status.meter.natives;
    return {
      protocol,
      gas,
      host,
      objects: this.objects,
      transaction,
      types: {
        definingTag: (type, loader) => {
          const context = this.#contexts.get(loader);
          if (context === undefined) throw invariantViolation('a type of an unknown context');
          return context.definingTag(type);
        },
      },
    };
  }
}
