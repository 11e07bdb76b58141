import { invariantViolated } from '../errors';

/** What lies on the operand stack. The stack usage check has seen that it is never empty when popped. */
export class AbstractStack<T extends object> {
  readonly #values: T[] = [];

  get isEmpty(): boolean {
    return this.#values.length === 0;
  }

  push(value: T): void {
    this.#values.push(value);
  }

  pop(): T {
    const value = this.#values.pop();
    if (value === undefined) throw invariantViolated('takes from an empty stack');
    return value;
  }

  /** The last ones pushed, in the order in which they were pushed. */
  popMany(count: number): T[] {
    if (count > this.#values.length) throw invariantViolated('takes from an empty stack');
    return this.#values.splice(this.#values.length - count, count);
  }
}
