/** Objects that are inputs, as commands find them and as they are given back (execution/context.rs, `load_object_arg`). */
import type { Value } from '../../../core/values';
import { invariantViolation } from '../../execution/error';
import type { TemporaryStore } from '../../execution/temporary-store';
import type { ValueType } from '../../execution/value';
import type { Id } from '../../linkage';
import type { InputObject } from '../../object-runtime';
import type { SuiOwner } from '../../state';
import type { Charges } from './charges';
import { decodeObject, type Shapes, structTag } from './shapes';

export interface ObjectInput {
  readonly id: Id;
  readonly isMutable: boolean;
  readonly type: ValueType;
}

export interface LoadedInput extends ObjectInput {
  readonly owner: SuiOwner;
  readonly value: Value;
}

export class InputObjects {
  /** What the object runtime knows of them. */
  readonly forRuntime = new Map<Id, InputObject>();

  constructor(
    private readonly store: TemporaryStore,
    private readonly shapes: Shapes,
    private readonly charges: Charges,
  ) {}

  /** @throws MoveError OUT_OF_GAS; MissingObjectsError, StateError */
  load({ id, isMutable, type }: ObjectInput): LoadedInput {
    const { owner, version, data } = this.store.read(id);
    if (data.kind !== 'move') throw invariantViolation('Expected a Move object');
    const shape = this.shapes.of(structTag(type));
    const { value, containedIds } = decodeObject(shape, data.contents);
    this.forRuntime.set(id, { owner, version, containedIds });
    this.charges.load(value, shape);
    return { id, isMutable, type, owner, value };
  }
}
