import { CannotPreview } from '../../../errors';
import { type IntegerKind, isIntegerKind } from '../values';
import type { Type } from './type';

/**
 * Types on the operand stack while code is lowered. Blocks begin and end with an empty stack (the
 * chain's verifier holds code to it), so one pass in order sees every type.
 */
export class TypeStack {
  readonly #types: Type[] = [];

  constructor(private readonly where: string) {}

  push(...types: readonly Type[]): void {
    this.#types.push(...types);
  }

  pop(): Type {
    const type = this.#types.pop();
    if (type === undefined) throw this.unverified('takes from an empty stack');
    return type;
  }

  drop(count: number): void {
    for (let i = 0; i < count; i++) this.pop();
  }

  /** Takes a reference and gives what it points to. */
  popReference(): Type {
    const type = this.pop();
    if (type.kind !== 'reference') throw this.unverified('takes a value for a reference');
    return type.to;
  }

  popInteger(): IntegerKind {
    const { kind } = this.pop();
    if (!isIntegerKind(kind)) throw this.unverified('computes with what is no integer');
    return kind;
  }

  requireEmpty(): void {
    if (this.#types.length > 0) throw this.unverified('jumps with values on the stack');
  }

  unverified(what: string): CannotPreview {
    return new CannotPreview('move-unverified-code', `code that ${what}`, { function: this.where });
  }
}
