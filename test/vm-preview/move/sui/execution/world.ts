/** A small Sui of the recorded framework, whose transactions the SDK builds. */
import { bcs } from '@mysten/sui/bcs';
import { Transaction } from '@mysten/sui/transactions';
import { toBase58 } from '@mysten/sui/utils';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { StructTag } from '../../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import {
  executeTransaction,
  GAS_COIN,
  type ObjectRequest,
  objectDigest,
  type ProgrammableTransaction,
  parseTransaction,
  SuiCache,
  type SuiEnvironment,
  type SuiObject,
  type SuiOutcome,
  type SuiOwner,
  type SuiState,
  type TransactionData,
} from '../../../../../src/vm-preview/move/sui';
import { frameworkPackages, recordedFrameworks } from '../../../../support/sui-packages';

const PROTOCOL = 36;

export const hasFixtures = recordedFrameworks().includes(PROTOCOL);

export const SENDER = `0x${'a1'.repeat(32)}`;
export const OTHER = `0x${'b2'.repeat(32)}`;
export const SUI_TYPE = '0x2::sui::SUI';

export const idText = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;

export const ownedBy = (address: string): SuiOwner => ({
  kind: 'address',
  address: Address.parse(address).bytes,
});

/** A chain that knows everything it has: what it does not have is not there. */
export class World implements SuiState {
  readonly #objects = new Map<string, SuiObject[]>();
  readonly #cache = new SuiCache();
  #made = 0;

  constructor(readonly protocolVersion = PROTOCOL) {
    for (const object of frameworkPackages(protocolVersion)) this.put(object);
  }

  get environment(): SuiEnvironment {
    return {
      epoch: 5n,
      epochTimestampMs: 1_700_000_000_000n,
      protocolVersion: this.protocolVersion,
      referenceGasPrice: 1000n,
      chainIdentifier: Uint8Array.from([0x35, 0x83, 0x4a, 0x8a, ...new Array<number>(28).fill(0)]),
    };
  }

  object({ id, bound }: ObjectRequest): SuiObject | null {
    const versions = this.#objects.get(bytesToHex(id)) ?? [];
    if (bound.kind === 'exact')
      return versions.find(({ version }) => version === bound.version) ?? null;
    const fitting = versions.filter(
      ({ version }) => bound.kind === 'latest' || version <= bound.version,
    );
    return fitting.at(-1) ?? null;
  }

  put(object: SuiObject): SuiObject {
    const id = bytesToHex(object.id);
    this.#objects.set(id, [...(this.#objects.get(id) ?? []), object]);
    return object;
  }

  forget(id: Uint8Array): void {
    this.#objects.delete(bytesToHex(id));
  }

  latest(id: string): SuiObject {
    const found = this.object({ id: Address.parse(id).bytes, bound: { kind: 'latest' } });
    if (found === null) throw new Error(`no object ${id}`);
    return found;
  }

  coin(balance: bigint, owner: SuiOwner = ownedBy(SENDER), type: StructTag = GAS_COIN): SuiObject {
    const id = new Uint8Array(32).fill(0xc0);
    id[31] = ++this.#made;
    return this.put({
      id,
      version: 3n,
      data: {
        kind: 'move',
        type,
        hasPublicTransfer: true,
        contents: Uint8Array.from([...id, ...bcs.u64().serialize(balance).toBytes()]),
      },
      owner,
      previousTransaction: new Uint8Array(32).fill(0xd0 + this.#made),
      storageRebate: 988_000n,
    });
  }

  /** Runs what the SDK builds, and keeps what it wrote. */
  async run(
    build: (transaction: Transaction) => void,
    options: RunOptions = {},
  ): Promise<SuiOutcome> {
    const transaction = new Transaction();
    build(transaction);
    const payment = options.gas ?? [this.coin(10_000_000_000n)];
    transaction.setSender(SENDER);
    if (options.sponsor !== undefined) transaction.setGasOwner(options.sponsor);
    transaction.setGasPrice(options.price ?? 1000n);
    transaction.setGasBudget(options.budget ?? 1_000_000_000n);
    transaction.setGasPayment(payment.map(refOf));
    const bytes = await transaction.build();
    const outcome = executeTransaction(
      altered(parseTransaction(bytes), options.alter ?? ((program) => program)),
      this,
      this.environment,
      this.#cache,
    );
    for (const { id, after } of outcome.changes) {
      if (after !== null) this.put(after);
      else this.#objects.delete(bytesToHex(id));
    }
    return outcome;
  }
}

export interface RunOptions {
  readonly gas?: readonly SuiObject[];
  readonly budget?: bigint;
  readonly price?: bigint;
  readonly sponsor?: string;
  /** For what the SDK would not write. */
  readonly alter?: (program: ProgrammableTransaction) => ProgrammableTransaction;
}

function altered(data: TransactionData, alter: NonNullable<RunOptions['alter']>): TransactionData {
  const { kind } = data;
  if (kind.kind !== 'programmable') return data;
  return { ...data, kind: { kind: 'programmable', programmable: alter(kind.programmable) } };
}

/** As the SDK names an object. */
export function refOf(object: SuiObject): { objectId: string; version: string; digest: string } {
  return {
    objectId: idText(object.id),
    version: object.version.toString(),
    digest: toBase58(objectDigest(object)),
  };
}

export function balanceOf({ data }: SuiObject): bigint {
  if (data.kind !== 'move') throw new Error('a package has no balance');
  return BigInt(bcs.u64().parse(data.contents.subarray(32, 40)));
}

/** The one change of a kind, gas left aside. */
export function only(outcome: SuiOutcome, kind: SuiOutcome['changes'][number]['kind']): SuiObject {
  const found = outcome.changes.filter((change) => change.kind === kind);
  const [first] = found;
  const object = first?.after ?? first?.before;
  if (found.length !== 1 || !object) throw new Error(`${found.length} objects are ${kind}`);
  return object;
}

export function failureOf({ status }: SuiOutcome): string {
  return status.kind === 'failure' ? status.failure.code : status.kind;
}
