/** The chain's things as the schema has them: objects whose fields are values, or functions that are asked. */

import { encodeBase64 } from '../../../src/chains/base64';
import { toHex } from '../../../src/chains/hex';
import { digestText, fullAddress } from '../../../src/chains/sui/address';
import { MoveDecoder } from '../../../src/chains/sui/decode/decoder';
import type { MoveJson } from '../../../src/chains/sui/decode/json';
import { decodeModule, SUI_FORMAT } from '../../../src/vm-preview/move/core/format';
import { addressText, type StructTag, type TypeTag } from '../../../src/vm-preview/move/core/types';
import {
  ACCUMULATOR_ROOT,
  balanceCurrency,
  coinCurrency,
  encodeObject,
  objectDigest,
  parseAddressBalance,
} from '../../../src/vm-preview/move/sui/data';
import { ProtocolConfig } from '../../../src/vm-preview/move/sui/protocol';
import type { SuiObject, SuiOwner } from '../../../src/vm-preview/move/sui/state';
import { type Chain, type Checkpoint, EPOCH, type Executed, GAS_PRICE } from '../chain';
import { balanceOf } from '../ledger';
import { typeOf, userError } from './errors';
import { moduleAnswer } from './modules';
import { type Page, type PageArgs, pageOf } from './page';

export type Answer = { readonly [field: string]: unknown };

const TO_MILLISECONDS = 24;

/** `2026-11-22T16:00:00.000Z`. */
const dateTime = (ms: bigint): string =>
  new Date(Number(ms)).toISOString().slice(0, TO_MILLISECONDS);

/** Types as the schema writes them: whole addresses. */
export function typeRepr(tag: TypeTag): string {
  if (tag.kind === 'vector') return `vector<${typeRepr(tag.element)}>`;
  if (tag.kind !== 'struct') return tag.kind;
  const { address, module, name, typeArguments } = tag;
  const text = `${addressText(address, 'full')}::${module}::${name}`;
  return typeArguments.length === 0 ? text : `${text}<${typeArguments.map(typeRepr).join(',')}>`;
}

export class Answers {
  #decoder: MoveDecoder | undefined;

  constructor(readonly chain: Chain) {}

  checkpoint({ digest, sequenceNumber, timestampMs, transactions }: Checkpoint): Answer {
    return {
      __typename: 'Checkpoint',
      sequenceNumber,
      digest: digestText(digest),
      timestamp: dateTime(timestampMs),
      networkTotalTransactions: transactions,
      epoch: () => this.epoch(),
    };
  }

  epoch(): Answer {
    const { epochTimestampMs } = this.chain.environment;
    return {
      __typename: 'Epoch',
      epochId: Number(EPOCH),
      referenceGasPrice: GAS_PRICE.toString(),
      startTimestamp: dateTime(epochTimestampMs),
      endTimestamp: null,
      // Nobody validates this chain, and so there is no system state.
      systemState: null,
      protocolConfigs: () => this.protocolConfigs(),
    };
  }

  protocolConfigs(): Answer {
    const config = ProtocolConfig.of(this.chain.environment);
    return {
      protocolVersion: config.version,
      config: ({ key }: { key: string }) => {
        const value = config.number(key);
        return value === undefined ? null : { key, value: value.toString() };
      },
      featureFlag: ({ key }: { key: string }) => ({ key, value: config.feature(key) }),
      configs: () =>
        [...config.settings.numbers].map(([key, value]) => ({ key, value: value.toString() })),
      featureFlags: () => [...config.settings.features].map(([key, value]) => ({ key, value })),
    };
  }

  address(address: Uint8Array, checkpoint: number): Answer {
    return {
      __typename: 'Address',
      address: fullAddress(address),
      balance: ({ coinType }: { coinType: string }) => this.balance(address, coinType, checkpoint),
      balances: (args: PageArgs) => this.balances(address, checkpoint, args),
      defaultNameRecord: null,
      objects: (args: PageArgs & { filter?: ObjectFilter | null }) =>
        pageOf(
          this.chain.ledger
            .ownedBy(address, checkpoint)
            .filter((object) => fits(object, args.filter)),
          args,
          (object) => this.object(object, 'MoveObject'),
        ),
      asObject: () => {
        const object = this.chain.ledger.at(address, checkpoint);
        return object === null ? null : this.object(object);
      },
    };
  }

  balance(owner: Uint8Array, coinType: string, checkpoint: number): Answer {
    const wanted = typeRepr(typeOf(coinType));
    const total = this.#totals(owner, checkpoint).get(wanted);
    return balanceAnswer(wanted, total ?? { coins: 0n, address: 0n });
  }

  balances(owner: Uint8Array, checkpoint: number, args: PageArgs): Page<Answer> {
    const totals = [...this.#totals(owner, checkpoint)].sort(([left], [right]) =>
      left < right ? -1 : 1,
    );
    return pageOf(totals, args, ([type, total]) => balanceAnswer(type, total));
  }

  #totals(owner: Uint8Array, checkpoint: number): Map<string, Total> {
    const totals = new Map<string, Total>();
    const of = (currency: TypeTag): Total => {
      const type = typeRepr(currency);
      const total = totals.get(type) ?? { coins: 0n, address: 0n };
      totals.set(type, total);
      return total;
    };
    const { ledger } = this.chain;
    for (const object of ledger.ownedBy(owner, checkpoint)) {
      const currency = object.data.kind === 'move' ? coinCurrency(object.data.type) : undefined;
      if (currency !== undefined) of(currency).coins += balanceOf(object);
    }
    for (const object of ledger.ownedBy(ACCUMULATOR_ROOT, checkpoint)) {
      const balance = parseAddressBalance(object);
      if (balance !== undefined && toHex(balance.owner) === toHex(owner))
        of(balance.currency).address += balance.value;
    }
    return totals;
  }

  /** @param as - the schema's type for it */
  object(object: SuiObject, as: 'Object' | 'MoveObject' | 'MovePackage' = 'Object'): Answer {
    const { data, id, owner, storageRebate, version } = object;
    const isMove = data.kind === 'move';
    const common: Answer = {
      __typename: as,
      address: fullAddress(id),
      version: Number(version),
      digest: digestText(objectDigest(object)),
      objectBcs: () => encodeBase64(encodeObject(object)),
      owner: () => this.owner(owner),
      previousTransaction: () => this.#previous(object),
      storageRebate: storageRebate.toString(),
      defaultNameRecord: null,
    };
    if (as === 'MovePackage' || data.kind === 'package') {
      const modules = data.kind === 'package' ? data.modules : new Map<string, Uint8Array>();
      const own: Answer = {
        module: ({ name }: { name: string }) => {
          const bytes = modules.get(name);
          return bytes === undefined
            ? null
            : moduleAnswer(object, decodeModule(bytes, SUI_FORMAT), this);
        },
      };
      if (as === 'MovePackage') return { ...common, ...own };
    }
    if (as === 'MoveObject')
      return {
        ...common,
        hasPublicTransfer: isMove && data.hasPublicTransfer,
        contents: () => (isMove ? this.moveValue(data.contents, data.type) : null),
      };
    return {
      ...common,
      asMoveObject: () => (isMove ? this.object(object, 'MoveObject') : null),
      asMovePackage: () => (isMove ? null : this.object(object, 'MovePackage')),
    };
  }

  #previous({ previousTransaction }: SuiObject): Answer | null {
    const found = this.chain.find(digestText(previousTransaction));
    // The transaction of the genesis is none that was run here.
    return found === undefined ? null : this.transaction(found);
  }

  owner(owner: SuiOwner): Answer {
    const { checkpoint } = this.chain.ledger;
    switch (owner.kind) {
      case 'address':
        return { __typename: 'AddressOwner', address: this.address(owner.address, checkpoint) };
      case 'object':
        return { __typename: 'ObjectOwner', address: this.address(owner.parent, checkpoint) };
      case 'shared':
        return { __typename: 'Shared', initialSharedVersion: Number(owner.initialVersion) };
      case 'immutable':
        return { __typename: 'Immutable', _: null };
      case 'consensusAddress':
        return {
          __typename: 'ConsensusAddressOwner',
          startVersion: Number(owner.startVersion),
          address: this.address(owner.address, checkpoint),
        };
    }
  }

  moveValue(bytes: Uint8Array, type: StructTag): Answer {
    return {
      __typename: 'MoveValue',
      type: { repr: typeRepr(type) },
      bcs: encodeBase64(bytes),
      json: () => this.json(bytes, type) ?? null,
    };
  }

  json(bytes: Uint8Array, type: StructTag): MoveJson | undefined {
    this.#decoder ??= decoderOf(this.chain);
    return this.#decoder.value(bytes, type);
  }

  transaction(executed: Executed): Answer {
    return {
      __typename: 'Transaction',
      digest: digestText(executed.digest),
      transactionBcs: encodeBase64(executed.bytes),
      signatures: executed.signatures.map((bytes) => ({ signatureBytes: encodeBase64(bytes) })),
      sender: () => this.address(executed.data.sender, this.chain.ledger.checkpoint),
      effects: () => this.effects(executed),
    };
  }

  effects(executed: Executed): Answer {
    const { checkpoint, data, effectsBcs, outcome, timestampMs } = executed;
    const landed = checkpoint === undefined ? undefined : this.chain.checkpoint(checkpoint);
    return {
      __typename: 'TransactionEffects',
      digest: digestText(executed.digest),
      status: outcome.status.kind === 'success' ? 'SUCCESS' : 'FAILURE',
      effectsBcs: encodeBase64(effectsBcs),
      effectsDigest: outcome.effects === undefined ? null : digestText(outcome.effects.digest),
      timestamp: dateTime(landed?.timestampMs ?? timestampMs),
      epoch: () => this.epoch(),
      checkpoint: () => (landed === undefined ? null : this.checkpoint(landed)),
      executionError: () => this.#error(executed),
      transaction: () => this.transaction(executed),
      gasEffects: () => ({
        gasSummary: Object.fromEntries(
          Object.entries(outcome.gas).map(([name, mist]) => [name, Number(mist)]),
        ),
      }),
      events: (args: PageArgs) =>
        pageOf([...outcome.events.entries()], args, ([sequenceNumber, event]) => ({
          __typename: 'Event',
          sequenceNumber,
          timestamp: dateTime(timestampMs),
          sender: () => this.address(data.sender, this.chain.ledger.checkpoint),
          transactionModule: {
            name: event.module,
            package: { __typename: 'MovePackage', address: fullAddress(event.package) },
          },
          contents: () => this.moveValue(event.contents, event.type),
          transaction: () => this.transaction(executed),
        })),
      objectChanges: (args: PageArgs) =>
        pageOf(outcome.changes, args, ({ after, before, id, kind }) => ({
          address: fullAddress(id),
          idCreated: kind === 'created',
          idDeleted: kind === 'deleted' || kind === 'unwrappedThenDeleted',
          inputState: () => (before === null ? null : this.object(before)),
          outputState: () => (after === null ? null : this.object(after)),
        })),
      // In gRPC's JSON; only the types are read of it.
      effectsJson: {
        changedObjects: outcome.changes.flatMap(({ after, before, id }) => {
          const data = (after ?? before)?.data;
          const type = data?.kind === 'move' ? typeRepr(data.type) : 'package';
          return [{ objectId: fullAddress(id), objectType: type }];
        }),
      },
      balanceChangesJson: () => balanceChanges(executed),
    };
  }

  #error({ outcome: { status } }: Executed): Answer | null {
    if (status.kind !== 'failure') return null;
    const { abort, code, command, text } = status.failure;
    const where = command === undefined ? '' : ` in ${ordinal(command + 1)} command`;
    if (abort === undefined)
      return {
        message: `${code}${where}${text === undefined ? '' : `: ${text}`}`,
        abortCode: null,
        identifier: null,
        constant: null,
        sourceLineNumber: null,
        instructionOffset: null,
        module: null,
        function: null,
      };
    const [address = '', name = ''] = abort.module.split('::');
    const called = abort.function === undefined ? name : `${name}::${abort.function}`;
    return {
      message: `Error${where}, from '${address}::${called}', abort code: ${abort.code}`,
      abortCode: abort.code.toString(),
      identifier: abort.name ?? null,
      constant: abort.message ?? null,
      sourceLineNumber: null,
      instructionOffset: null,
      module: { name, package: { __typename: 'MovePackage', address } },
      function: abort.function === undefined ? null : { name: abort.function },
    };
  }
}

/** It keeps what it linked: one for each question. */
export function decoderOf({ cache, environment, ledger }: Chain): MoveDecoder {
  return new MoveDecoder(ledger, cache.packages, environment);
}

export interface ObjectFilter {
  readonly owner?: string | null;
  readonly ownerKind?: string | null;
  readonly type?: string | null;
}

/** A type may be a package, a module, a type without its arguments, or with them. */
export function fits({ data }: SuiObject, filter: ObjectFilter | null | undefined): boolean {
  if (filter?.type === null || filter?.type === undefined) return true;
  if (data.kind !== 'move') return false;
  const { address, module, name } = data.type;
  if (filter.type.includes('<')) return typeRepr(typeOf(filter.type)) === typeRepr(data.type);
  const [wantedAddress = '', wantedModule, wantedName, more] = filter.type.split('::');
  const digits = wantedAddress.replace(/^0x/, '').toLowerCase();
  if (more !== undefined || !/^[0-9a-f]{1,64}$/.test(digits))
    throw userError(`Failed to parse "${filter.type.slice(0, 80)}" as a type filter`);
  return (
    digits.padStart(64, '0') === toHex(address) &&
    (wantedModule ?? module) === module &&
    (wantedName ?? name) === name
  );
}

/** Of a currency: in coins, and outside of objects. */
interface Total {
  coins: bigint;
  address: bigint;
}

const balanceAnswer = (type: string, { address, coins }: Total): Answer => ({
  __typename: 'Balance',
  coinType: { repr: type },
  coinBalance: coins.toString(),
  addressBalance: address.toString(),
  totalBalance: (coins + address).toString(),
});

/** gRPC's `BalanceChange`s: coins before and after, by owner and currency. */
function balanceChanges({ outcome }: Executed): Answer[] {
  const deltas = new Map<string, { address: string; coinType: string; amount: bigint }>();
  const change = (owner: Uint8Array, currency: TypeTag, by: bigint): void => {
    const [address, coinType] = [fullAddress(owner), typeRepr(currency)];
    const delta = deltas.get(`${address} ${coinType}`) ?? { address, coinType, amount: 0n };
    deltas.set(`${address} ${coinType}`, { ...delta, amount: delta.amount + by });
  };
  const add = (object: SuiObject | null, sign: bigint): void => {
    if (object?.data.kind !== 'move' || object.owner.kind !== 'address') return;
    const currency = coinCurrency(object.data.type);
    if (currency !== undefined) change(object.owner.address, currency, sign * balanceOf(object));
  };
  for (const { address, delta, type } of outcome.accumulators) {
    const currency = balanceCurrency(type);
    if (currency !== undefined) change(address, currency, delta);
  }
  for (const { after, before } of outcome.changes) {
    add(before, -1n);
    add(after, 1n);
  }
  return [...deltas.values()]
    .filter(({ amount }) => amount !== 0n)
    .map((delta) => ({ ...delta, amount: delta.amount.toString() }));
}

function ordinal(n: number): string {
  const last = n % 10;
  const isTeen = n % 100 >= 11 && n % 100 <= 13;
  const ending = isTeen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th';
  return `${n}${ending}`;
}
