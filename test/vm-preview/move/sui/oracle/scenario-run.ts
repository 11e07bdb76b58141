/** Scenarios by our executor of commands, over the framework of the local chain. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { ownFramework } from '../../../../../localnet/sui/genesis';
import { BcsWriter } from '../../../../../src/vm-preview/move/core/bcs';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import {
  type Argument,
  executeTransaction,
  GAS_COIN,
  type ObjectArg,
  type ObjectRequest,
  SuiCache,
  type SuiObject,
  type SuiOutcome,
  type SuiState,
  transactionDigest,
} from '../../../../../src/vm-preview/move/sui';
import { freshId } from '../../../../../src/vm-preview/move/sui/natives';
import {
  objectArg,
  Program,
  plainTransaction,
  refOf,
} from '../../../../conformance/sui-fuzz/program';
import { packageObject } from '../../../../support/sui-packages';
import { ACCOUNTS, isAccount } from './scenario-move';
import type { Scenario, ScenarioTransaction, Use, Who } from './scenarios';

const ORACLE = Address.parse('0xacc').bytes;
const GAS = 10_000_000_000n;
/** Functions that make an object; others give one that there was. */
const MAKES = new Set(['make', 'wrap']);

class ScenarioWorld implements SuiState {
  readonly #objects = new Map<string, SuiObject[]>();
  readonly #cache = new SuiCache();

  /** @param modules - of the package at 0xacc */
  constructor(
    private readonly protocolVersion: number,
    modules: readonly Uint8Array[],
  ) {
    for (const object of ownFramework()) this.#put(object);
    const linked = ['0x1', '0x2'].map((id) => Address.parse(id).bytes);
    this.#put(packageObject(ORACLE, modules, linked, 1n));
  }

  object({ bound, id }: ObjectRequest): SuiObject | null {
    const versions = this.#objects.get(bytesToHex(id)) ?? [];
    const fits = ({ version }: SuiObject): boolean =>
      bound.kind === 'latest' ||
      (bound.kind === 'exact' ? version === bound.version : version <= bound.version);
    return versions.filter(fits).at(-1) ?? null;
  }

  latest(id: string): SuiObject {
    const found = this.#objects.get(id)?.at(-1);
    if (found === undefined) throw new Error(`no object ${id}`);
    return found;
  }

  run(program: Program, sender: Who): { digest: Uint8Array; outcome: SuiOutcome } {
    const coin = this.#coin(sender);
    const data = plainTransaction(program.finish(), Address.parse(ACCOUNTS[sender]).bytes, [coin]);
    const environment = {
      epoch: 0n,
      epochTimestampMs: 0n,
      protocolVersion: this.protocolVersion,
      referenceGasPrice: 1000n,
      chainIdentifier: new Uint8Array(32).fill(9),
    };
    const outcome = executeTransaction(data, this, environment, this.#cache);
    for (const { after, id } of outcome.changes) {
      if (after !== null) this.#put(after);
      else this.#objects.delete(bytesToHex(id));
    }
    const changes = outcome.changes.filter(({ id }) => bytesToHex(id) !== bytesToHex(coin.id));
    return { digest: transactionDigest(data), outcome: { ...outcome, changes } };
  }

  #put(object: SuiObject): SuiObject {
    const id = bytesToHex(object.id);
    this.#objects.set(id, [...(this.#objects.get(id) ?? []), object]);
    return object;
  }

  #coin(owner: Who): SuiObject {
    const id = new Uint8Array(32).fill(0xc0);
    id[31] = this.#objects.size;
    return this.#put({
      id,
      version: 1n,
      data: {
        kind: 'move',
        type: GAS_COIN,
        hasPublicTransfer: true,
        contents: new BcsWriter().bytes(id).u64(GAS).finish(),
      },
      owner: { kind: 'address', address: Address.parse(ACCOUNTS[owner]).bytes },
      previousTransaction: new Uint8Array(32),
      storageRebate: 0n,
    });
  }
}

export interface Ran {
  readonly outcome: SuiOutcome;
  /** As `test_scenario::next` says it, where it ends well. */
  readonly did: readonly number[] | undefined;
}

/** Runs the transactions until one fails. */
export function runScenario(
  { transactions }: Scenario,
  protocolVersion: number,
  modules: readonly Uint8Array[],
): Ran[] {
  const world = new ScenarioWorld(protocolVersion, modules);
  const ids = new Map<string, string>();
  const ran: Ran[] = [];
  for (const transaction of transactions) {
    const { program, made } = programOf(transaction, ids, world);
    const { digest, outcome } = world.run(program, transaction.sender);
    const isGood = outcome.status.kind === 'success';
    ran.push({ outcome, did: isGood ? didOf(transaction, outcome) : undefined });
    if (!isGood) break;
    for (const [i, name] of made.entries()) ids.set(name, bytesToHex(freshId(digest, BigInt(i))));
  }
  return ran;
}

function programOf(
  { steps, uses = {} }: ScenarioTransaction,
  ids: Map<string, string>,
  world: ScenarioWorld,
): { readonly program: Program; readonly made: readonly string[] } {
  const program = new Program();
  const values = new Map<string, Argument>();
  const made: string[] = [];
  for (const [name, use] of Object.entries(uses))
    values.set(name, program.object(inputOf(world.latest(ids.get(name) ?? name), use)));
  const argument = (given: number | string): Argument => {
    if (typeof given === 'number') return program.pure(new BcsWriter().u64(BigInt(given)).finish());
    if (isAccount(given)) return program.pure(Address.parse(ACCOUNTS[given]).bytes);
    const value = values.get(given);
    if (value === undefined) throw new Error(`nothing is called ${given}`);
    return value;
  };
  for (const { args, as, call } of steps) {
    if (call === 'transfer') {
      const objects = args.slice(0, -1).map(argument);
      program.add({ kind: 'transferObjects', objects, address: argument(args.at(-1) ?? '') });
      continue;
    }
    const result = program.call(ORACLE, `things::${call}`, args.map(argument));
    if (as === undefined) continue;
    values.set(as, result);
    if (MAKES.has(call)) made.push(as);
    else ids.set(as, ids.get(call === 'receive' ? String(args.at(-1)) : as) ?? '');
  }
  return { program, made };
}

function inputOf(object: SuiObject, use: Use): ObjectArg {
  return use === 'receiving' ? { kind: 'receiving', ref: refOf(object) } : objectArg(object);
}

/** Fields and objects in them are no writes of the runner's; what is read is, since it is put back. */
function didOf({ uses = {}, wrapped = 0 }: ScenarioTransaction, outcome: SuiOutcome): number[] {
  const read = Object.values(uses).filter((use) => use === 'immutable').length;
  const written = outcome.changes.filter(
    ({ after }) => after !== null && after.owner.kind !== 'object',
  );
  const count = (is: (change: SuiOutcome['changes'][number]) => boolean): number =>
    written.filter(is).length;
  const owned = (kind: string) => count(({ after }) => after?.owner.kind === kind);
  const created = count(({ kind }) => kind === 'created');
  const ended = outcome.changes.filter(
    ({ kind }) => kind === 'deleted' || kind === 'unwrappedThenDeleted',
  ).length;
  return [
    created,
    written.length - created + read,
    ended + wrapped,
    owned('address'),
    0,
    owned('shared'),
    owned('immutable') + read,
    outcome.events.length,
  ];
}
