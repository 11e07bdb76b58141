/** What tests name, as inputs of a transaction (sui-transactional-test-runner, args.rs). */
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import {
  type Argument,
  type CallArg,
  type ObjectArg,
  objectRef,
  type SuiObject,
} from '../../../src/vm-preview/move/sui';
import { balanceCurrency, type FundsWithdrawal } from '../../../src/vm-preview/move/sui/data';
import type { Naming } from './naming';
import { typeText } from './output';
import type { TransactionBuilder } from './transaction-builder';
import { TaskError } from './unsupported';
import type { ObjectValue, TestValue } from './values';
import type { World } from './world';

export class References {
  constructor(
    private readonly world: World,
    private readonly naming: Naming,
    /** Digest of a staged package. */
    private readonly digestOf: (name: string) => Uint8Array | undefined,
  ) {}

  /** @throws TaskError */
  object({ id: fake, version }: Pick<ObjectValue, 'id' | 'version'>): SuiObject {
    const id = this.naming.idOf(fake);
    if (id === undefined) throw new TaskError(`INVALID TEST. Unknown object, object(${fake})`);
    const found = version === undefined ? this.world.latest(id) : this.world.at(id, version);
    if (found === null) throw new TaskError(`INVALID TEST. Could not load object argument 0x${id}`);
    return found;
  }

  /** @throws TaskError */
  input(value: TestValue): CallArg {
    switch (value.kind) {
      case 'pure':
        return { kind: 'pure', bytes: value.bytes };
      case 'object':
        return { kind: 'object', object: this.#objectArg(value) };
      case 'withdrawal':
        return { kind: 'fundsWithdrawal', withdrawal: withdrawalOf(value) };
      case 'objects':
        throw new TaskError('obj vec is not supported as an input');
      case 'digest': {
        const digest = this.digestOf(value.package);
        if (digest === undefined) throw new TaskError(`Unbound staged package '${value.package}'`);
        return { kind: 'pure', bytes: new BcsWriter().blob(digest).finish() };
      }
    }
  }

  argument(builder: TransactionBuilder, value: TestValue): Argument {
    if (value.kind !== 'objects') return builder.input(this.input(value));
    const elements = value.objects.map((object) => builder.object(this.#objectArg(object)));
    return builder.command({ kind: 'makeMoveVec', type: undefined, elements });
  }

  #objectArg(value: ObjectValue): ObjectArg {
    const object = this.object(value);
    const since = sharedSince(object);
    const shared = { kind: 'shared', id: object.id, initialVersion: since ?? 0n } as const;
    switch (value.use) {
      case 'receiving':
        return { kind: 'receiving', ref: objectRef(object) };
      case 'owned':
        return { kind: 'immOrOwned', ref: objectRef(object) };
      case 'immshared':
        return { ...shared, mutable: false };
      case 'mutshared':
        return { ...shared, mutable: true };
      case 'nonexclusive':
        return { ...shared, mutable: false, isNonExclusive: true };
      case 'object':
        return since === undefined
          ? { kind: 'immOrOwned', ref: objectRef(object) }
          : { ...shared, mutable: true };
    }
  }
}

function sharedSince({ owner }: SuiObject): bigint | undefined {
  if (owner.kind === 'shared') return owner.initialVersion;
  return owner.kind === 'consensusAddress' ? owner.startVersion : undefined;
}

function withdrawalOf({
  amount,
  type,
}: Extract<TestValue, { kind: 'withdrawal' }>): FundsWithdrawal {
  const currency = balanceCurrency(type);
  if (currency === undefined)
    throw new TaskError(`Withdraw only supports Balance<T> types, got: ${typeText(type)}`);
  return { maxAmount: amount, currency, from: { kind: 'sender' } };
}
