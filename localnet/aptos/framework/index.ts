/** A small framework of this project's own, for machines without recorded chain data. */
import { addressBytes, fullAddress } from '../../../src/chains/aptos/address';
import { decodeBase64 } from '../../../src/chains/base64';
import { ModuleCache, moduleKey, stateKeyId } from '../../../src/vm-preview/move/aptos';
import { CONFIGURATION_KEYS } from '../../../src/vm-preview/move/aptos/execution/configuration';
import { FLAG } from '../../../src/vm-preview/move/aptos/execution/flags';
import type { AptosState, StateKey, StateValue } from '../../../src/vm-preview/move/aptos/state';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { APTOS_FORMAT, type CompiledModule } from '../../../src/vm-preview/move/core/format';
import { moduleId } from '../../../src/vm-preview/move/core/loader';
import { Address } from '../../../src/vm-preview/move/core/values';
import { FAUCET } from '../accounts';
import { CHAIN_ID } from '../genesis';
import { GAS_SCHEDULE } from '../keys';
import type { Change } from '../ledger';
import { SystemSession } from '../system';
import bytecode from './bytecode.json';
import schedule from './gas-schedule.json';

/** Where the demo's own modules are: its dollar, its coin, its tickets, its lessons. */
export const DEMO = '0xde30000000000000000000000000000000000000000000000000000000000001';

/**
 * The flags by which the pipeline calls the functions that `transaction_validation` has, and those of
 * today's chain that have no framework code behind them. No accounts authenticated by code and no
 * transactions without sequence numbers: the framework lacks both.
 */
const FLAGS: readonly number[] = [
  FLAG.treatFriendAsPrivate,
  FLAG.resourceGroups,
  FLAG.structConstructors,
  FLAG.storageSlotMetadata,
  FLAG.chargeInvariantViolation,
  FLAG.emitFeeStatement,
  FLAG.storageDeletionRefund,
  FLAG.signatureCheckerScriptFix,
  FLAG.saferResourceGroups,
  FLAG.saferMetadata,
  FLAG.sponsoredAccountCreation,
  FLAG.groupsSplit,
  FLAG.serializedScriptArguments,
  FLAG.enums,
  FLAG.accountAbstraction,
  FLAG.functionValues,
  FLAG.newAccountsDefaultToFaStore,
  FLAG.defaultAccountResource,
  FLAG.payloadV2,
  FLAG.lazyLoading,
];

export interface FrameworkModule {
  readonly name: string;
  /** SHA-256 of the source that it was compiled from, in hex. */
  readonly source: string;
  readonly bytes: Uint8Array;
  readonly module: CompiledModule;
}

/** @throws FormatError */
export function frameworkModules(): FrameworkModule[] {
  const cache = new ModuleCache();
  return Object.entries(bytecode).map(([name, { code, source }]) => {
    const bytes = decodeBase64(code);
    return { name, source, bytes, module: cache.decode(bytes, APTOS_FORMAT) };
  });
}

/** What the framework's `genesis` makes of a chain that has its modules and its rules. */
export function ownGenesis(): Change[] {
  const state = new GenesisState();
  for (const { bytes, module } of frameworkModules()) state.set(keyOf(module), { bytes });
  state.set(CONFIGURATION_KEYS.chainId, { bytes: Uint8Array.of(CHAIN_ID) });
  state.set(CONFIGURATION_KEYS.timestamp, { bytes: new BcsWriter().u64(0n).finish() });
  state.set(CONFIGURATION_KEYS.features, { bytes: new BcsWriter().blob(featureBits()).finish() });
  state.set(GAS_SCHEDULE, { bytes: gasSchedule() });
  const session = new SystemSession(state, CHAIN_ID, 'genesis');
  const key = new BcsWriter().blob(FAUCET.authenticationKey).finish();
  session.call('0x1', 'genesis', 'initialize', [key]);
  initializeDemo(session);
  state.apply(session.finish());
  return state.changes;
}

/** The demo's modules on a chain that has another framework of the same interface. */
export function withDemo(genesis: readonly Change[]): Change[] {
  const state = new GenesisState();
  state.apply(genesis);
  state.set(CONFIGURATION_KEYS.chainId, { bytes: Uint8Array.of(CHAIN_ID) });
  for (const { bytes, module } of frameworkModules()) {
    const key = keyOf(module);
    if (key.kind === 'module' && fullAddress(key.address) === DEMO) state.set(key, { bytes });
  }
  const session = new SystemSession(state, CHAIN_ID, 'demo');
  initializeDemo(session);
  state.apply(session.finish());
  return state.changes;
}

function initializeDemo(session: SystemSession): void {
  for (const module of ['dollar', 'moon_coin', 'ticket'])
    session.call(DEMO, module, 'init_module', [Address.parse(DEMO)]);
}

class GenesisState implements AptosState {
  readonly #changes = new Map<string, Change>();

  read(key: StateKey): StateValue | null {
    return this.#changes.get(stateKeyId(key))?.[1] ?? null;
  }

  set(key: StateKey, value: StateValue | null): void {
    this.#changes.set(stateKeyId(key), [key, value]);
  }

  apply(changes: readonly Change[]): void {
    for (const [key, value] of changes) this.set(key, value);
  }

  get changes(): Change[] {
    return [...this.#changes.values()];
  }
}

function keyOf({ addresses, identifiers, moduleHandles, selfModule }: CompiledModule): StateKey {
  const self = moduleHandles[selfModule];
  const address = addresses[self?.address ?? -1] ?? addressBytes('0x0');
  return moduleKey(moduleId(Address.fromBytes(address), identifiers[self?.name ?? -1] ?? ''));
}

function featureBits(): Uint8Array {
  const bits = new Uint8Array(Math.floor(Math.max(...FLAGS) / 8) + 1);
  for (const flag of FLAGS) bits[flag >> 3] = (bits[flag >> 3] ?? 0) | (1 << (flag & 7));
  return bits;
}

/** BCS of 0x1::gas_schedule::GasScheduleV2. */
function gasSchedule(): Uint8Array {
  const writer = new BcsWriter().u64(BigInt(schedule.feature_version));
  writer.list(Object.entries(schedule.entries), (inner, [name, price]) => {
    inner.string(name).u64(BigInt(price));
  });
  return writer.finish();
}
