/** The recorded framework of protocol 106, under the settings of a version that has address balances. */
import { bcs } from '@mysten/sui/bcs';
import { Transaction } from '@mysten/sui/transactions';
import { toBase58 } from '@mysten/sui/utils';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import {
  executeTransaction,
  type ObjectRef,
  type ProgrammableTransaction,
  parseTransaction,
  type SuiEnvironment,
  type SuiObject,
  type SuiOutcome,
} from '../../../../../src/vm-preview/move/sui';
import {
  addressBalanceId,
  addressBalanceObject,
  balanceCurrency,
  coinReservationRef,
  parseAddressBalance,
  SUI,
} from '../../../../../src/vm-preview/move/sui/data';
import { CHANGES, VERSION_1 } from '../../../../../src/vm-preview/move/sui/protocol/versions';
import { recordedFrameworks } from '../../../../support/sui-packages';
import { idText, OTHER, ownedBy, refOf, SENDER, SUI_TYPE, World } from '../execution/world';

export { idText, OTHER, ownedBy, SENDER, SUI_TYPE };

const FRAMEWORK = 106;
/** In which mainnet has them. */
export const PROTOCOL = 124;
export const CHAIN = Uint8Array.from({ length: 32 }, (_, i) => 200 - i);
export const EPOCH = 5n;

export const hasFramework = recordedFrameworks().includes(FRAMEWORK);

/** What the chain gives a coin for being kept: its size times the storage price. */
export const COIN_STORAGE = 988_000n;

export const addressOf = (text: string): Uint8Array => Address.parse(text).bytes;

export interface FundedRun {
  readonly sender?: string;
  /** What pays: coins, reservations of MIST, or nothing for the address balance. */
  readonly payment?: readonly (SuiObject | bigint)[];
  readonly sponsor?: string;
  readonly budget?: bigint;
  readonly price?: bigint;
  readonly expiration?: 'none' | 'long' | 'otherChain' | 'past';
  /** For what the SDK would not write. */
  readonly alter?: (program: ProgrammableTransaction) => ProgrammableTransaction;
}

/** Of a version on a network of its own, with other features. */
export function settingsOf(
  version: number,
  other: Readonly<Record<string, boolean>> = {},
): NonNullable<SuiEnvironment['protocolConfig']> {
  const features = new Map<string, boolean>();
  const numbers = new Map(Object.entries(VERSION_1).map(([name, value]) => [name, BigInt(value)]));
  for (const change of CHANGES) {
    if (change.version > version || change.reach === 'mainnet') continue;
    for (const [name, value] of Object.entries(change.features ?? {})) features.set(name, value);
    for (const [name, value] of Object.entries(change.numbers ?? {}))
      numbers.set(name, BigInt(value));
  }
  for (const [name, value] of Object.entries(other)) features.set(name, value);
  // As the chain's own tests have it.
  numbers.set('storage_rebate_rate', 9999n);
  return { features, numbers };
}

export class FundedWorld extends World {
  /** Of the settings that are tried. */
  constructor(private readonly settings: Partial<SuiEnvironment> = {}) {
    super(FRAMEWORK);
  }

  override get environment(): SuiEnvironment {
    return {
      ...super.environment,
      epoch: EPOCH,
      protocolVersion: PROTOCOL,
      chainIdentifier: CHAIN,
      protocolConfig: settingsOf(PROTOCOL),
      ...this.settings,
    };
  }

  setBalance(owner: string, value: bigint, currency = SUI): void {
    this.put(
      addressBalanceObject(
        { owner: addressOf(owner), currency, value },
        { version: 1n, previousTransaction: new Uint8Array(32), storageRebate: 0n },
      ),
    );
  }

  balanceOf(owner: string, currency = SUI): bigint {
    const id = addressBalanceId(addressOf(owner), currency);
    const object = this.object({ id, bound: { kind: 'latest' } });
    return object === null ? 0n : (parseAddressBalance(object)?.value ?? 0n);
  }

  /** As SDKs name it that know only coins. */
  reservation(owner: string, amount: bigint, currency = SUI): ObjectRef {
    const field = addressBalanceId(addressOf(owner), currency);
    return coinReservationRef({ field, amount, epoch: EPOCH }, CHAIN);
  }

  /** Runs what the SDK builds, and settles what it added to and took from balances. */
  async pay(
    build: (transaction: Transaction) => void,
    options: FundedRun = {},
  ): Promise<SuiOutcome> {
    const sender = options.sender ?? SENDER;
    const transaction = new Transaction();
    build(transaction);
    transaction.setSender(sender);
    if (options.sponsor !== undefined) transaction.setGasOwner(options.sponsor);
    transaction.setGasPrice(options.price ?? 1000n);
    transaction.setGasBudget(options.budget ?? 1_000_000_000n);
    transaction.setGasPayment(
      (options.payment ?? []).map((one) =>
        typeof one === 'bigint' ? textRef(this.reservation(sender, one)) : refOf(one),
      ),
    );
    setExpiration(transaction, options);
    const bytes = await transaction.build();
    const data = parseTransaction(bytes);
    const { kind } = data;
    if (kind.kind !== 'programmable') throw new Error('no programmable transaction');
    const alter = options.alter ?? ((same: ProgrammableTransaction) => same);
    const altered = { kind: 'programmable', programmable: alter(kind.programmable) } as const;
    const { expiration } = data;
    const end = options.expiration === 'none' ? ({ kind: 'none' } as const) : expiration;
    const outcome = executeTransaction(
      { ...data, kind: altered, expiration: end },
      this,
      this.environment,
    );
    this.settle(outcome);
    return outcome;
  }

  settle({ accumulators, changes }: SuiOutcome): void {
    for (const { id, after } of changes) {
      if (after === null) this.forget(id);
      else this.put(after);
    }
    for (const { address, delta, type } of accumulators) {
      const currency = balanceCurrency(type);
      if (currency?.kind !== 'struct') throw new Error('no balance');
      const owner = Address.fromBytes(address).toString();
      this.setBalance(owner, this.balanceOf(owner, currency) + delta, currency);
    }
  }
}

function setExpiration(transaction: Transaction, options: FundedRun): void {
  const first = options.expiration === 'past' ? EPOCH - 2n : EPOCH;
  const last = options.expiration === 'long' ? first + 5n : first + 1n;
  transaction.setExpiration({
    ValidDuring: {
      minEpoch: first.toString(),
      maxEpoch: last.toString(),
      minTimestamp: null,
      maxTimestamp: null,
      chain: toBase58(options.expiration === 'otherChain' ? new Uint8Array(32) : CHAIN),
      nonce: 1,
    },
  });
}

export function textRef({ id, version, digest }: ObjectRef): {
  objectId: string;
  version: string;
  digest: string;
} {
  return {
    objectId: Address.fromBytes(id).toString(),
    version: version.toString(),
    digest: toBase58(digest),
  };
}

/** What the effects say was added (positive) or taken, by address, as the SDK reads them. */
export function accumulatorsIn(outcome: SuiOutcome): readonly (readonly [string, string])[] {
  if (outcome.effects === undefined) throw new Error('refused');
  const { V2 } = bcs.TransactionEffects.parse(outcome.effects.bcs);
  if (V2 === undefined || V2 === null) throw new Error('no effects V2');
  return V2.changedObjects.flatMap(([, { outputState }]) => {
    const write = outputState.AccumulatorWriteV1;
    if (write === undefined || write === null) return [];
    const kind = write.operation.$kind;
    return [[write.address.address, `${kind} ${write.value.Integer}`] as const];
  });
}
