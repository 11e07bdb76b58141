/** What tests name, as inputs of a transaction (sui-transactional-test-runner, args.rs). */
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import {
  type Argument,
  type CallArg,
  type ObjectArg,
  objectRef,
  type SuiObject,
} from '../../../src/vm-preview/move/sui';
import type { Naming } from './naming';
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
    const { owner, id } = object;
    if (value.use === 'receiving') return { kind: 'receiving', ref: objectRef(object) };
    if (owner.kind === 'shared')
      return {
        kind: 'shared',
        id,
        initialVersion: owner.initialVersion,
        mutable: value.use !== 'immshared',
      };
    if (value.use === 'immshared') throw new TaskError(`${value.id} is not a shared object.`);
    if (owner.kind === 'consensusAddress')
      return { kind: 'shared', id, initialVersion: owner.startVersion, mutable: true };
    return { kind: 'immOrOwned', ref: objectRef(object) };
  }
}
