/** Reading a text token by token. */
export class Syntax {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly skipped: RegExp = /\s+/y,
  ) {
    this.#skip();
  }

  get ended(): boolean {
    return this.#at >= this.text.length;
  }

  get rest(): string {
    return this.text.slice(this.#at);
  }

  /** What stands here, if it is of the form; the form must be sticky. */
  take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.text);
    if (found === null) return undefined;
    this.#at = form.lastIndex;
    this.#skip();
    return found;
  }

  accept(symbol: string): boolean {
    if (!this.text.startsWith(symbol, this.#at)) return false;
    this.#at += symbol.length;
    this.#skip();
    return true;
  }

  expect(symbol: string): void {
    if (!this.accept(symbol)) throw new Error(`expected ${symbol} at ${this.rest.slice(0, 40)}`);
  }

  need(form: RegExp): string {
    const [found] = this.take(form) ?? [];
    if (found === undefined) throw new Error(`expected ${form} at ${this.rest.slice(0, 40)}`);
    return found;
  }

  /** Items with commas between them, and maybe one after the last. */
  list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    while (!this.accept(end)) {
      items.push(item());
      if (!this.accept(',')) {
        this.expect(end);
        break;
      }
    }
    return items;
  }

  #skip(): void {
    this.skipped.lastIndex = this.#at;
    if (this.skipped.exec(this.text) !== null) this.#at = this.skipped.lastIndex;
  }
}
