/** Runs a transaction to its effects (sui-adapter, execution_engine.rs). */
import { RuntimeHostBudget } from '../../../host-budget';
import {
  type Funded,
  fund,
  GaslessTokens,
  gaslessFailure,
  mergedWrites,
  paymentOf,
  requireObjectFunds,
  requireRepresentable,
  signedAmount,
} from '../address-balance';
import {
  type ExecutionStatus,
  effectsDigest,
  encode,
  encodeEffects,
  FAILURE,
  type TransactionData,
  transactionDigest,
} from '../data';
import { GasStatus } from '../gas';
import { type Id, Linkage, LinkContexts, PackageCache, Packages } from '../linkage';
import { ProtocolConfig, unreadInPublishing } from '../protocol';
import { runStatic } from '../ptb-v2';
import type { ObjectRequest, SuiObject, SuiState } from '../state';
import type { ObjectChange, SuiEnvironment, SuiFailure, SuiGasSummary, SuiOutcome } from '../types';
import { checkInspection, checkTransaction } from './checks';
import { effectsOf, sharedInputs } from './effects';
import { ExecutionError, executionError } from './error';
import { GasCharger } from './gas-charger';
import { checkInputs, checkReceiving, requireThere } from './input-checks';
import { inputKinds, readInputs, receivingRefs } from './inputs';
import { runProgrammable } from './programmable';
import { RefusedError } from './refused';
import { idBytes, sortedIds } from './results';
import { requireSignable } from './signing-deny-list';
import { TemporaryStore } from './temporary-store';
import { RunningTransaction } from './transaction-context';

/** What was made of packages before: give the same to many runs. */
export class SuiCache {
  readonly packages = new PackageCache();
  readonly contexts = new LinkContexts();
}

/**
 * Runs a transaction as the chain would.
 *
 * @param state - throws MissingObjectsError for what was never loaded
 * @throws MissingObjectsError, StateError, CannotPreview; a transaction that the chain would not take is an
 *   outcome, as one that fails is
 */
export function executeTransaction(
  transaction: TransactionData,
  state: SuiState,
  environment: SuiEnvironment,
  cache: SuiCache = new SuiCache(),
): SuiOutcome {
  const reads = new RecordedState(state);
  try {
    return new Execution(transaction, reads, environment, cache).run();
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    return refused(error, reads.objects);
  }
}

class Execution {
  readonly #protocol: ProtocolConfig;
  readonly #digest: Uint8Array;
  readonly #commandGas: bigint[] = [];

  constructor(
    private readonly transaction: TransactionData,
    private readonly state: RecordedState,
    private readonly environment: SuiEnvironment,
    private readonly cache: SuiCache,
  ) {
    this.#protocol = ProtocolConfig.of(environment);
    this.#digest = transactionDigest(transaction);
  }

  run(): SuiOutcome {
    const { transaction, environment } = this;
    const protocol = this.#protocol;
    const inspects = environment.inspects === true;
    const checked = inspects
      ? checkInspection(transaction, protocol)
      : checkTransaction(transaction, protocol, environment);
    const receiving = receivingRefs(transaction);
    const inputs = readInputs(this.state, inputKinds(transaction), receiving);
    const tokens = new GaslessTokens(environment);
    const funded = fund(transaction, checked, this.state, { protocol, environment, tokens });
    if (inspects) requireThere(inputs);
    else {
      checkInputs(transaction, inputs, protocol, environment);
      const received = checkReceiving(this.state, transaction, receiving);
      const named = inputs.flatMap(({ object }) => (object === null ? [] : [object]));
      requireSignable(this.state, protocol, transaction.sender, [...named, ...received]);
    }

    const store = new TemporaryStore(inputs, receiving);
    const { gas } = transaction;
    const payment = paymentOf(gas, protocol, environment.chainIdentifier);
    const metered = payment.kind === 'gasless' ? freeGas(protocol, environment) : gas;
    const charger = new GasCharger(
      new GasStatus({ protocol, ...metered, referencePrice: environment.referenceGasPrice }),
      payment,
      store,
    );
    charger.smash();
    const failure =
      this.#execute(funded, store, charger) ??
      this.#limits(store) ??
      (payment.kind === 'gasless'
        ? gaslessFailure(store, funded.reserved, protocol, tokens)
        : undefined);
    if (failure === undefined) requireObjectFunds(store.accumulators, funded.reserved, this.state);
    const settled = charger.settle(failure);
    if (!inspects) store.requireConserved(settled.gas);
    store.stamp({
      lamport: store.lamport,
      transaction: this.#digest,
      resharesAtSameVersion: protocol.feature('reshare_at_same_initial_version'),
    });
    return this.#outcome(store, charger, settled);
  }

  #execute(
    { program, asCoins }: Funded,
    store: TemporaryStore,
    charger: GasCharger,
  ): ExecutionError | undefined {
    const { state, environment, transaction } = this;
    try {
      charger.chargeInputs();
      const run = this.#protocol.feature('enable_ptb_execution_v2') ? runStatic : runProgrammable;
      const results = run(
        {
          state,
          store,
          charger,
          protocol: this.#protocol,
          linkage: new Linkage(
            new Packages(state, this.cache.packages),
            this.cache.contexts,
            this.#protocol,
          ),
          transaction: new RunningTransaction(transaction, this.#digest, environment),
          host: new RuntimeHostBudget(environment.hostBudget),
          commandGas: this.#commandGas,
          inspects: environment.inspects === true,
        },
        program,
        asCoins,
      );
      store.record(results);
      return undefined;
    } catch (error) {
      const failure = executionError(error, (id) => id);
      if (failure === undefined) throw error;
      return failure;
    }
  }

  /** Of what was written. */
  #limits(store: TemporaryStore): ExecutionError | undefined {
    try {
      requireRepresentable(store.accumulators);
    } catch (error) {
      if (error instanceof ExecutionError) return error;
      throw error;
    }
    const size = BigInt(store.effectsSize(this.#effectsVersion));
    const max = this.#protocol.required('max_serialized_tx_effects_size_bytes');
    if (size > max) return new ExecutionError({ kind: 'EffectsTooLarge', size, max });
    const most = this.#protocol.number('max_size_written_objects');
    const written = BigInt(store.writtenSize);
    if (most !== undefined && written > most)
      return new ExecutionError({ kind: 'WrittenObjectsTooLarge', size: written, max: most });
    return undefined;
  }

  get #effectsVersion(): 1 | 2 {
    return this.#protocol.feature('enable_effects_v2') ? 2 : 1;
  }

  #outcome(
    store: TemporaryStore,
    charger: GasCharger,
    { gas, failure }: { readonly gas: SuiGasSummary; readonly failure: ExecutionError | undefined },
  ): SuiOutcome {
    const status: ExecutionStatus =
      failure === undefined
        ? { kind: 'success' }
        : {
            kind: 'failure',
            error: failure.failure,
            command: failure.command === undefined ? undefined : BigInt(failure.command),
          };
    const effects = effectsOf(this.#effectsVersion, store, {
      status,
      epoch: this.environment.epoch,
      gas,
      transaction: this.#digest,
      gasCoin: charger.effectsCoin,
      namesDependencies: !this.#protocol.feature('disable_effects_tx_dependencies'),
    });
    return {
      status:
        failure === undefined
          ? { kind: 'success' }
          : { kind: 'failure', failure: failureOf(failure) },
      gas,
      commandGas: this.#commandGas,
      events: store.results.events,
      changes: changesOf(store),
      accumulators: netAccumulators(store),
      effects: { bcs: encodeEffects(effects), digest: effectsDigest(effects) },
      dependsOnShared: sharedInputs(store).map(({ id }) => id),
      reads: this.state.objects,
      estimates: this.#estimates(),
    };
  }

  /** What the result rests on besides the state. */
  #estimates(): readonly string[] {
    const { version, isKnown, surprises } = this.#protocol;
    const names = surprises.join(', ');
    const estimates: string[] = [];
    if (!isKnown)
      estimates.push(`Protocol version ${version} is newer than the rules that were run.`);
    if (!isKnown && names !== '') estimates.push(`Its settings have what is not known: ${names}.`);
    if (isKnown && names !== '')
      estimates.push(`Of protocol version ${version} the node has other settings: ${names}.`);
    const unread = publishes(this.transaction) ? unreadInPublishing(this.#protocol) : [];
    if (unread.length > 0)
      estimates.push(`Published code was not checked for all of: ${unread.join(', ')}.`);
    return estimates;
  }
}

const publishes = ({ kind }: TransactionData): boolean =>
  kind.kind === 'programmable' &&
  kind.programmable.commands.some((one) => one.kind === 'publish' || one.kind === 'upgrade');

function failureOf({ failure, command, text, clever }: ExecutionError): SuiFailure {
  const base = {
    code: failure.kind,
    bcs: encode(FAILURE, failure),
    command,
    ...(text === undefined ? {} : { text }),
  };
  if (failure.kind !== 'MoveAbort') return base;
  const { location, code } = failure;
  const module = `${hex(location.package)}::${location.module}`;
  return { ...base, abort: { module, function: location.functionName, code, ...clever } };
}

function hex(id: Uint8Array): string {
  let text = '0x';
  for (const byte of id) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** Metered at the usual price up to a bound, and not paid. */
function freeGas(
  protocol: ProtocolConfig,
  { referenceGasPrice }: SuiEnvironment,
): { readonly price: bigint; readonly budget: bigint } {
  const price = referenceGasPrice > 0n ? referenceGasPrice : 1n;
  return { price, budget: protocol.required('gasless_max_computation_units') * price };
}

function netAccumulators(store: TemporaryStore): SuiOutcome['accumulators'] {
  return mergedWrites(store.accumulators).flatMap((write) => {
    const { address, type } = write;
    const delta = signedAmount(write);
    return delta === 0n || type.kind !== 'struct' ? [] : [{ address, type, delta }];
  });
}

function changesOf(store: TemporaryStore): readonly ObjectChange[] {
  const { written, modified, created, deleted } = store.results;
  const ids = sortedIds([...written.keys(), ...modified, ...deleted]);
  return ids.map((id): ObjectChange => {
    const before = store.before(id)?.object ?? null;
    const after = written.get(id) ?? null;
    return { id: idBytes(id), before, after, kind: changeKind(id, before, after) };
  });

  function changeKind(
    id: Id,
    before: SuiObject | null,
    after: SuiObject | null,
  ): ObjectChange['kind'] {
    if (after !== null)
      return before !== null ? 'mutated' : created.has(id) ? 'created' : 'unwrapped';
    if (!deleted.has(id)) return 'wrapped';
    return before === null ? 'unwrappedThenDeleted' : 'deleted';
  }
}

function refused(
  { refusal, facts, message }: RefusedError,
  reads: readonly SuiObject[],
): SuiOutcome {
  return {
    status: {
      kind: 'refused',
      code: refusal,
      text: message,
      ...(facts === undefined ? {} : { facts }),
    },
    gas: { computationCost: 0n, storageCost: 0n, storageRebate: 0n, nonRefundableStorageFee: 0n },
    commandGas: [],
    events: [],
    changes: [],
    accumulators: [],
    dependsOnShared: [],
    reads,
    estimates: [],
  };
}

/** The state, noting what is read. */
class RecordedState implements SuiState {
  readonly #objects = new Map<string, SuiObject>();

  constructor(private readonly state: SuiState) {}

  object(request: ObjectRequest): SuiObject | null {
    const found = this.state.object(request);
    if (found !== null) this.#objects.set(`${hex(found.id)}@${found.version}`, found);
    return found;
  }

  received(id: Uint8Array, version: bigint): boolean {
    return this.state.received?.(id, version) ?? false;
  }

  get objects(): readonly SuiObject[] {
    return [...this.#objects.values()];
  }
}
