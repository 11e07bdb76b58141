/** Runs the commands of a programmable transaction and gathers what they wrote (programmable_transactions/context.rs). */

import { CannotPreview, StateError } from '../../../errors';
import { BcsError } from '../../core/bcs';
import {
  type AccumulatorWrite,
  accumulatorWrites,
  balanceOwners,
  settledFunds,
} from '../address-balance';
import type { CallArg, ProgrammableTransaction } from '../data';
import { coinCurrency } from '../data';
import { type Id, idOf } from '../linkage';
import { containedIds, type InputObject as RuntimeInput } from '../object-runtime';
import type { SuiObject, SuiOwner, SuiState } from '../state';
import { ArgumentStore, type InputSlot } from './arguments';
import { runCommand } from './commands';
import { DENY_LIST, denyListBytes, newCoinOwners, requireNotDenied } from './deny-list';
import { ExecutionError, invariantViolation } from './error';
import { moveObject, type WrittenParts } from './move-object';
import type { MoveSession } from './move-session';
import type { ExecutionResults } from './results';
import { Session, type SessionParts } from './session';
import type { TemporaryStore } from './temporary-store';
import { coinBalance, coinContents, type ObjectValue, valueType } from './value';

const DROP = 2;
const COPY = 1;
const STORE = 4;
const MAX_AMOUNT = (1n << 64n) - 1n;

export type ProgramParts = Omit<SessionParts, 'objects'> & {
  readonly state: SuiState;
  readonly store: TemporaryStore;
  /** Thousandths of a gas unit that each command used: filled in as they run. */
  readonly commandGas: bigint[];
  /** See `SuiEnvironment`. */
  readonly inspects: boolean;
};

/**
 * What the commands wrote; nothing where one failed.
 *
 * @throws ExecutionError; CannotPreview, and where state is missing
 */
export function runProgrammable(
  parts: ProgramParts,
  { inputs, commands }: ProgrammableTransaction,
  asCoins: ReadonlySet<number> = new Set(),
): ExecutionResults {
  if (asCoins.size > 0)
    throw new CannotPreview('sui-coin-reservation', 'a reservation that looks like a coin');
  if (parts.inspects) throw new CannotPreview('sui-inspection', 'an inspection by older rules');
  const { store, protocol } = parts;
  const loader = new InputLoader(parts);
  const slots = inputs.map((input) => loader.input(input));
  const gas = loader.gas();
  const values = new ArgumentStore(gas, slots, {
    allowsSharedByValue: protocol.feature('shared_object_deletion'),
    normalizes: protocol.feature('normalize_ptb_arguments'),
  });
  const session = new Session(
    {
      ...parts,
      objects: {
        state: parts.state,
        inputs: loader.runtimeInputs,
        protocol,
        isMetered: true,
        settledFunds: settledFunds(parts.state),
      },
    },
    values,
  );
  try {
    for (const [i, command] of commands.entries())
      metered(parts, () =>
        failing(session, i, () => values.endCommand(runCommand(session, command))),
      );
    return failing(session, undefined, () => finish(session, parts));
  } finally {
    // What was read is a dependency even where the transaction fails.
    store.saveLoaded(session.objects.loadedObjects);
  }
}

/** A command that fails has used gas, too. */
export function metered({ charger, commandGas }: ProgramParts, run: () => void): void {
  const { meter } = charger.status;
  const before = meter.usedThousandths;
  try {
    run();
  } finally {
    commandGas.push(meter.usedThousandths - before);
  }
}

/** Turns what is a failure of the transaction into one, with its command. */
function failing<T>(session: Session, command: number | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const failure = session.failure(error);
    if (failure === undefined) throw error;
    failure.command ??= command;
    throw failure;
  }
}

class InputLoader {
  readonly runtimeInputs = new Map<Id, RuntimeInput>();

  constructor(private readonly parts: ProgramParts) {}

  input(input: CallArg): InputSlot {
    switch (input.kind) {
      case 'pure':
        return { value: { kind: 'pure', bytes: input.bytes } };
      case 'fundsWithdrawal':
        throw new CannotPreview('sui-funds-withdrawal', 'a withdrawal from an address balance');
      case 'object': {
        const { object } = input;
        if (object.kind === 'shared') return this.#object(idOf(object.id), !object.mutable);
        if (object.kind === 'immOrOwned') return this.#object(idOf(object.ref.id), false);
        const { id, version } = object.ref;
        return { value: { kind: 'receiving', id, version, assigned: undefined } };
      }
    }
  }

  /** As if it held the budget less, which is off limits. */
  gas(): InputSlot {
    const { charger } = this.parts;
    const slot = this.#object(charger.coin, false);
    const { value } = slot;
    const balance = value?.kind === 'object' ? coinBalance(value.contents) : undefined;
    if (value?.kind !== 'object' || balance === undefined)
      throw invariantViolation('Gas object should be a populated coin');
    const left = balance - charger.status.budget;
    if (left < 0n) throw invariantViolation('Transaction input checker should check the gas');
    return { ...slot, value: { ...value, contents: coinContents(value.contents, left) } };
  }

  #object(id: Id, isReadOnly: boolean): InputSlot {
    const object = this.parts.store.read(id);
    const { owner, version } = object;
    const value = this.#value(object);
    if (this.runtimeInputs.has(id)) throw invariantViolation(`Duplicate input object ${id}`);
    this.runtimeInputs.set(id, { owner, version, containedIds: this.#contained(id, value) });
    return { metadata: { id, isMutable: isMutable(owner, isReadOnly), owner, version }, value };
  }

  #value({ data }: SuiObject): ObjectValue {
    if (data.kind !== 'move') throw invariantViolation('Expected a Move object');
    const { type: tag, contents } = data;
    const isCoin = coinCurrency(tag) !== undefined;
    const abilities = isCoin ? COIN_ABILITIES : this.parts.linkage.load(tag).abilities;
    const recomputes = this.parts.protocol.feature('recompute_has_public_transfer_in_execution');
    return {
      kind: 'object',
      type: { ...valueType(tag, abilities), tag },
      hasPublicTransfer: recomputes ? (abilities & STORE) !== 0 : data.hasPublicTransfer,
      usedInNonEntry: false,
      contents,
    };
  }

  /** Of a coin there is only its own. */
  #contained(id: Id, { type, contents }: ObjectValue): ReadonlySet<Id> {
    if (coinCurrency(type.tag) !== undefined) return new Set([id]);
    const { context } = this.parts.linkage.load(type.tag);
    const moveType = context.typeOf(type.tag);
    try {
      const value = context.loader.codec.decode(contents, moveType);
      return containedIds(value, moveType, context.loader);
    } catch (error) {
      if (!(error instanceof BcsError)) throw error;
      throw new StateError('sui-object-contents', 'the contents of an object are not of its type', {
        object: id,
        type: type.key,
      });
    }
  }
}

/** `0x2::coin::Coin` of any currency: key and store. */
const COIN_ABILITIES = 12;

function isMutable(owner: SuiOwner, isReadOnly: boolean): boolean {
  switch (owner.kind) {
    case 'address':
      return true;
    case 'shared':
    case 'consensusAddress':
      return !isReadOnly;
    case 'immutable':
      return false;
    case 'object':
      throw invariantViolation('ObjectOwner objects cannot be input');
  }
}

/** An object that no function of Move wrote. */
interface AdditionalWrite {
  readonly owner: SuiOwner;
  readonly object: ObjectValue;
}

function finish(session: Session, { charger, store, protocol }: ProgramParts): ExecutionResults {
  const { values } = session;
  const writes = new Map<Id, AdditionalWrite>();
  const add = (owner: SuiOwner, object: ObjectValue): void => {
    writes.set(idOf(object.contents.subarray(0, ID_LENGTH)), { owner, object });
  };
  const modified = new Set<Id>();
  const sharedByValue: Id[] = [];
  for (const { metadata, value } of values.inputs) {
    if (metadata === undefined || !metadata.isMutable) continue;
    modified.add(metadata.id);
    if (value?.kind === 'object') add(metadata.owner, value);
    else if (metadata.owner.kind === 'shared') sharedByValue.push(metadata.id);
  }
  requireResultsUsed(session);
  for (const { to, object } of session.transfers) add({ kind: 'address', address: to }, object);
  refundBudget(writes, charger.coin, charger.status.budget);

  const runtime = session.objects.finish();
  const accumulators = accumulatorWrites(runtime.accumulatorEvents, session.events);
  for (const [id, { isModified }] of runtime.loaded) if (isModified) modified.add(id);
  const written = new Map<Id, SuiObject>();
  const created = new Set(runtime.createdIds);
  for (const published of session.newPackages) {
    const id = idOf(published.id);
    created.add(id);
    written.set(id, published);
  }
  const transaction = session.parts.transaction.digest;
  const write = (id: Id, parts: Omit<WrittenParts, 'transaction'>): void => {
    const before = store.inputs.get(id) ?? runtime.loaded.get(id)?.object;
    written.set(id, moveObject(protocol, id, before, { ...parts, transaction }));
  };
  for (const [id, { owner, object }] of writes) {
    const { type, hasPublicTransfer, contents } = object;
    write(id, { owner, type: type.tag, hasPublicTransfer, contents });
    if (runtime.loaded.has(id)) modified.add(id);
  }
  for (const [id, { owner, value, type, tag, loader }] of runtime.writes) {
    const hasPublicTransfer = (session.linkage.load(tag).abilities & STORE) !== 0;
    const contents = loader.codec.encode(value, type);
    write(id, { owner, type: tag, hasPublicTransfer, contents });
  }
  for (const id of sharedByValue) {
    const after = written.get(id);
    const isAllowed =
      after === undefined ? runtime.deletedIds.has(id) : after.owner.kind === 'shared';
    if (!isAllowed) throw new ExecutionError({ kind: 'SharedObjectOperationNotAllowed' });
  }
  checkDenyLists(session, store, written, accumulators);
  const { deletedIds: deleted } = runtime;
  return { written, modified, created, deleted, events: session.events, accumulators };
}

/** @throws ExecutionError where an issuer denies its coins to who gets them */
export function checkDenyLists(
  { protocol, parts }: MoveSession,
  store: TemporaryStore,
  written: ReadonlyMap<Id, SuiObject>,
  accumulators: readonly AccumulatorWrite[],
): void {
  if (!protocol.feature('enable_coin_deny_list_v2')) return;
  const owners = newCoinOwners(written, balanceOwners(accumulators));
  if (owners.length === 0) return;
  if (!store.inputs.has(DENY_LIST)) store.configObjects.add(DENY_LIST);
  const price = protocol.limit('dynamic_field_borrow_child_object_type_cost_per_byte');
  parts.charger.status.chargeRead(denyListBytes(owners, price));
  requireNotDenied(parts.objects.state, parts.transaction.epoch, owners);
}

const ID_LENGTH = 32;

/** What a command gave must be used, or be nothing that matters. */
function requireResultsUsed({ values }: Session): void {
  for (const [index, results] of values.results.entries())
    for (const [nested, { value, lastUsage }] of results.entries()) {
      if (value === undefined || value.kind === 'pure' || value.kind === 'receiving') continue;
      if (value.kind === 'raw') {
        const { abilities } = value.type;
        if ((abilities & DROP) !== 0) continue;
        // What can be copied counts as taken when it was last used by value.
        if ((abilities & COPY) !== 0 && lastUsage === 'value') continue;
      }
      throw new ExecutionError({ kind: 'UnusedValueWithoutDrop', index, nested });
    }
}

function refundBudget(writes: Map<Id, AdditionalWrite>, coin: Id, budget: bigint): void {
  const write = writes.get(coin);
  const balance = write && coinBalance(write.object.contents);
  if (write === undefined || balance === undefined)
    throw invariantViolation('Gas object cannot be wrapped or destroyed');
  if (balance + budget > MAX_AMOUNT)
    throw new ExecutionError(
      { kind: 'CoinBalanceOverflow' },
      'Gas coin too large after returning the max gas budget',
    );
  const contents = coinContents(write.object.contents, balance + budget);
  writes.set(coin, { ...write, object: { ...write.object, contents } });
}
