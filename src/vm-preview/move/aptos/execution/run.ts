/** What the sessions of one transaction share. */

import { type HostBudget, RuntimeHostBudget } from '../../../host-budget';
import {
  dependencies,
  type Loader,
  MissingModulesError,
  type ModuleId,
  moduleId,
} from '../../core/loader';
import { type AptosVmFeatures, aptosVmConfig, MoveError, type VmConfig } from '../../core/runtime';
import { Address } from '../../core/values';
import {
  type AptosVerifierFeatures,
  aptosVerifierConfig,
  type VerifierConfig,
} from '../../core/verifier';
import { AptosGas, type ModuleCode, parseStorageGas } from '../gas';
import type { ModuleTraversal, UserTransactionInfo } from '../natives/context';
import { timedFeatures } from '../natives/state';
import type { AptosState, StateKey, StateValue } from '../state';
import {
  type ChangeSet,
  EMPTY_CHANGE_SET,
  type ModuleCache,
  ReadState,
  StateModules,
  StateView,
} from '../storage';
import type { AptosEnvironment } from '../types';
import { CONFIGURATION_KEYS, type Configuration, readConfiguration } from './configuration';
import { FLAG, VERSION } from './flags';
import { type Meter, unmetered } from './metering';
import { Session, type SessionRules } from './session';

export class TransactionRun {
  readonly state: ReadState;
  readonly configuration: Configuration;
  readonly rules: SessionRules;
  readonly host: HostBudget;
  readonly modules: StateModules;
  readonly loader: Loader;
  /** What loaders are set to. */
  readonly vm: VmConfig;
  /** For runs of the system. */
  readonly free: Meter;
  readonly verifier: VerifierConfig;

  /** @throws MissingStateError, CannotPreview, StateError */
  constructor(
    state: AptosState,
    environment: AptosEnvironment,
    readonly cache: ModuleCache,
  ) {
    this.state = new ReadState(atTime(state, environment.timestampMicros));
    this.configuration = readConfiguration(this.state, environment.chainId);
    const { features, schedule, chainId, timestampMicros } = this.configuration;
    this.host = new RuntimeHostBudget(environment.hostBudget);
    this.rules = {
      features,
      timedFeatures: timedFeatures(chainId, timestampMicros),
      chainId,
      chargesGroupSize:
        schedule.version >= VERSION.groupSize || features.isEnabled(FLAG.groupsSplit),
      creationIsModification: schedule.version < VERSION.creations,
      newSlot: features.isEnabled(FLAG.storageSlotMetadata)
        ? { slotDeposit: 0n, bytesDeposit: 0n, creationTimeMicros: timestampMicros }
        : undefined,
    };
    this.modules = new StateModules(new StateView(this.state, EMPTY_CHANGE_SET), cache);
    this.vm = aptosVmConfig(vmFeatures(this.configuration));
    this.loader = cache.loader(this.modules, this.vm);
    this.free = unmetered(schedule);
    this.verifier = aptosVerifierConfig(verifierFeatures(this.configuration));
  }

  /** A session on top of what earlier ones changed. */
  session(
    changes: ChangeSet,
    hash: Uint8Array,
    scriptHash: Uint8Array,
    user: UserTransactionInfo | undefined,
    traversal: ModuleTraversal = NOTHING_PAID,
  ): Session {
    return new Session({
      rules: this.rules,
      view: new StateView(this.state, changes),
      loader: this.loader,
      hash,
      scriptHash,
      user,
      host: this.host,
      traversal,
    });
  }

  /** @param startAmount - of the gas, where accounts authenticate themselves by code first */
  gas(maxGasAmount: bigint, gasUnitPrice: bigint, startAmount?: bigint): AptosGas {
    const { schedule, features } = this.configuration;
    const storageGas = this.#storageGas();
    return new AptosGas({
      schedule,
      features,
      modules: this.moduleCode(this.modules),
      maxGasAmount,
      gasUnitPrice,
      ...(startAmount === undefined ? {} : { startAmount }),
      ...(storageGas === undefined ? {} : { storageGas }),
    });
  }

  /** @throws MissingModulesError with those that were never loaded; one that is absent is not missing */
  requireModules(ids: readonly ModuleId[]): void {
    const missing = ids.filter((id) => this.modules.module(id) === undefined);
    if (missing.length > 0) throw new MissingModulesError(missing);
  }

  moduleCode(modules: StateModules): ModuleCode {
    const present = (id: ModuleId) => {
      const module = this.loader.module(id).unit;
      if (module.kind !== 'module') throw new MoveError('LINKER_ERROR');
      return module;
    };
    return {
      size: (id) => {
        present(id);
        return modules.size(id);
      },
      neighbours: (id) => {
        const module = present(id);
        const friends = module.friends.map(({ address, name }) =>
          moduleId(
            Address.fromBytes(module.addresses[address] ?? new Uint8Array(32)),
            module.identifiers[name] ?? '',
          ),
        );
        return [...dependencies(module), ...friends];
      },
    };
  }

  /** Feature versions 1 to 9 price io by it. */
  #storageGas() {
    const { version } = this.configuration.schedule;
    if (version < 1 || version >= 10) return undefined;
    const bytes = this.state.read(CONFIGURATION_KEYS.storageGas)?.bytes;
    return bytes === undefined ? undefined : parseStorageGas(bytes);
  }
}

function vmFeatures({ features, schedule }: Configuration): AptosVmFeatures {
  return {
    gasFeatureVersion: schedule.version,
    maxTypeNodes: schedule.amount('txn.max_ty_size'),
    maxTypeDepth: schedule.amount('txn.max_ty_depth'),
    lazyLoading: features.isEnabled(FLAG.lazyLoading),
    capturesOption: features.isEnabled(FLAG.captureOption),
  };
}

const MAINNET = 1;

function verifierFeatures(configuration: Configuration): AptosVerifierFeatures {
  const { features, schedule } = configuration;
  return {
    gasFeatureVersion: schedule.version,
    enums: features.isEnabled(FLAG.enums),
    functionValues: features.isEnabled(FLAG.functionValues),
    resourceAccessControl: features.isEnabled(FLAG.resourceAccessControl),
    signatureCheckerScriptFix: features.isEnabled(FLAG.signatureCheckerScriptFix),
    bounds: verifierBounds(configuration),
  };
}

/**
 * When mainnet took on bounds on definitions, in microseconds (timed_features.rs): 2026-02-27T18:00Z, and
 * 2026-03-05T18:00Z for those of today.
 */
const STRICT_SINCE = 1_772_215_200_000_000n;
const REVISED_SINCE = 1_772_733_600_000_000n;

function verifierBounds({
  chainId,
  timestampMicros,
}: Configuration): AptosVerifierFeatures['bounds'] {
  if (chainId !== MAINNET || timestampMicros >= REVISED_SINCE) return 'revised';
  return timestampMicros >= STRICT_SINCE ? 'strict' : 'none';
}

/** For sessions that nobody pays for: all modules count as paid. */
const NOTHING_PAID: ModuleTraversal = {
  isVisited: () => true,
  visit: () => undefined,
  visitType: () => undefined,
};

/** The state in a block of another time. */
function atTime(state: AptosState, timestampMicros: bigint | undefined): AptosState {
  if (timestampMicros === undefined) return state;
  const isTimestamp = (key: StateKey): boolean =>
    key.kind === 'resource' &&
    key.type.module === 'timestamp' &&
    key.type.name === 'CurrentTimeMicroseconds';
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, timestampMicros, true);
  return {
    read: (key): StateValue | null => {
      const value = state.read(key);
      return value !== null && isTimestamp(key) ? { ...value, bytes } : value;
    },
  };
}
