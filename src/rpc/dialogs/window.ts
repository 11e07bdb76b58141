/** One window of MetaMask's, from opening to its one end. */
import type { JSXElement } from '@metamask/snaps-sdk/jsx';
import { RequestError } from '../errors';

/** A click, a change or a submitted form, as the window's owner gets it. */
export interface WindowEvent {
  readonly type: 'click' | 'change' | 'submit';
  readonly name: string;
  readonly value: unknown;
}

/** Windows that one origin may have open at the same time. */
const MAX_OPEN_PER_ORIGIN = 4;

const open = new Map<string, DialogWindow<unknown>>();
/** Counted from before the window exists, so that requests at once cannot slip past the bound. */
const openOf = new Map<string, number>();

/**
 * A window ends once: by `resolve`, or by the user or MetaMask closing it. Only what `resolve` was given
 * counts; whatever MetaMask says in place of it is a rejection. Nothing is kept outside this process, so a
 * restart of the snap in between ends the window as well.
 */
export class DialogWindow<Result> {
  #result: { readonly value: Result } | undefined;
  #ended = false;
  readonly #endings: (() => void)[] = [];

  private constructor(
    private readonly id: string,
    private readonly onEvent: (event: WindowEvent) => Promise<void>,
  ) {}

  /**
   * Opens a window, and waits until it ends.
   *
   * @param begin - gets the window before it is shown; what it returns handles the window's events
   * @returns what `resolve` was given
   * @throws RequestError `user-rejected`; `too-many-requests`
   */
  static async run<Result>(
    origin: string,
    first: JSXElement,
    begin: (window: DialogWindow<Result>) => (event: WindowEvent) => Promise<void>,
  ): Promise<Result> {
    const count = openOf.get(origin) ?? 0;
    if (count >= MAX_OPEN_PER_ORIGIN) throw new RequestError('too-many-requests');
    openOf.set(origin, count + 1);
    try {
      return await DialogWindow.#run(first, begin);
    } finally {
      const left = (openOf.get(origin) ?? 1) - 1;
      if (left === 0) openOf.delete(origin);
      else openOf.set(origin, left);
    }
  }

  static async #run<Result>(
    first: JSXElement,
    begin: (window: DialogWindow<Result>) => (event: WindowEvent) => Promise<void>,
  ): Promise<Result> {
    const id = await snap.request({
      method: 'snap_createInterface',
      params: { ui: first, context: { kind: 'dialog' } },
    });
    const window: DialogWindow<Result> = new DialogWindow<Result>(id, (event) => handle(event));
    const handle = begin(window);
    open.set(id, window);
    let answer: unknown;
    try {
      answer = await snap.request({ method: 'snap_dialog', params: { id } });
    } catch {
      // However MetaMask ends a window: without our own answer nothing was approved.
      answer = null;
    } finally {
      open.delete(id);
      window.#end();
    }
    const result = window.#result;
    if (answer !== id || result === undefined) throw new RequestError('user-rejected');
    return result.value;
  }

  /** Over, in whichever way. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Called when the window is over. */
  onEnd(listener: () => void): void {
    this.#endings.push(listener);
  }

  /** Draws another tree; does nothing once the window is over. */
  async show(ui: JSXElement): Promise<void> {
    if (this.#ended) return;
    try {
      await snap.request({ method: 'snap_updateInterface', params: { id: this.id, ui } });
    } catch (error) {
      // The window can go at any moment, and then there is nothing to draw on. Else it is a real fault.
      if (await this.#exists()) throw error;
      this.#end();
    }
  }

  /** What is entered in the window's fields. */
  async fields(): Promise<Readonly<Record<string, unknown>>> {
    return snap.request({ method: 'snap_getInterfaceState', params: { id: this.id } });
  }

  /** Ends the window with a result; the first time only. */
  async resolve(value: Result): Promise<void> {
    if (this.#ended || this.#result !== undefined) return;
    this.#result = { value };
    await this.#close(this.id);
  }

  /** Ends the window as if the user had closed it. */
  async reject(): Promise<void> {
    if (this.#ended || this.#result !== undefined) return;
    await this.#close(null);
  }

  /** Hands an event to the window it belongs to. @returns false when there is no such window */
  static async dispatch(id: string, event: WindowEvent): Promise<boolean> {
    const window = open.get(id);
    if (window === undefined || window.#ended) return false;
    await window.onEvent(event);
    return true;
  }

  async #close(value: string | null): Promise<void> {
    try {
      await snap.request({ method: 'snap_resolveInterface', params: { id: this.id, value } });
    } catch {
      // It was closed at the same moment, which is a rejection.
      this.#result = undefined;
      this.#end();
    }
  }

  async #exists(): Promise<boolean> {
    try {
      await snap.request({ method: 'snap_getInterfaceState', params: { id: this.id } });
      return true;
    } catch {
      return false;
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const listener of this.#endings) listener();
  }
}
