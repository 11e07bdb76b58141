/** Who sits before MetaMask: reads each window of the snap once it has settled, and answers it. */
import { controls, texts, types } from '../support/tree';

/**
 * What to do with a window. `approve` gives what would fail, or could not be previewed, a rejection;
 * `anyway` goes on there, too; `leave` lets it stand until `SnapUser.answer`.
 */
export type Answer = 'approve' | 'anyway' | 'reject' | 'close' | 'leave' | Answering;

/** An answer of the test's own. */
export type Answering = (window: SnapWindow) => Promise<void>;

/** A window while it is open. */
export interface SnapWindow {
  /** The tree of MetaMask's components that is shown now. */
  tree(): Promise<unknown>;
  click(name: string): Promise<void>;
  /** The cross of the window. */
  close(): Promise<void>;
  readonly isOpen: boolean;
}

/** One page of a window as the user read it, and what was done there. */
export interface ReadPage {
  readonly texts: readonly string[];
  readonly tree: unknown;
  readonly clicked: string;
}

/** A window that was answered. */
export interface ReadWindow {
  /** Its first heading. */
  readonly title: string;
  /** All that the user had read when they decided, top to bottom. */
  readonly texts: readonly string[];
  /** Each page that was clicked away, in order. */
  readonly pages: readonly ReadPage[];
}

const DEADLINE_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** Names of what is clicked, in the order of liking. */
const LIKES: Readonly<Record<'approve' | 'anyway' | 'reject', readonly string[]>> = {
  approve: ['approve', 'following', 'reject'],
  anyway: ['approve', 'following', 'confirm-anyway', 'anyway', 'reject'],
  reject: ['reject'],
};

export class SnapUser {
  /** Given to the next windows, one each; then `usual`. */
  readonly next: Answer[] = [];
  usual: Answer = 'approve';
  /** Every window so far, in order; the last may still be open. */
  readonly read: ReadWindow[] = [];
  #left: SnapWindow | undefined;

  /** The newest window. @throws when there was none */
  get last(): ReadWindow {
    const last = this.read.at(-1);
    if (last === undefined) throw new Error('no window was shown');
    return last;
  }

  /** The newest window of that title, e.g. `Send this transaction?`. @throws when there was none */
  window(title: string): ReadWindow {
    const found = [...this.read].reverse().find((window) => window.title === title);
    if (found !== undefined) return found;
    throw new Error(`no window “${title}” among: ${this.read.map((one) => one.title).join(', ')}`);
  }

  /** Answers the window that was left standing, waiting for one. */
  async answer(answer: Exclude<Answer, 'leave'>): Promise<void> {
    const window = await until(() => this.#left, 'a window that was left');
    this.#left = undefined;
    await this.#give(window, answer);
  }

  /** Called when a window has opened. */
  async meet(window: SnapWindow): Promise<void> {
    await this.#give(window, this.next.shift() ?? this.usual);
  }

  async #give(window: SnapWindow, answer: Answer): Promise<void> {
    if (answer === 'leave') {
      this.#left = window;
      return;
    }
    if (typeof answer === 'function') {
      await answer(window);
      return;
    }
    const pages: ReadPage[] = [];
    for (;;) {
      const tree = await settled(window);
      if (tree === undefined) return;
      const offered = controls(tree);
      const liked =
        answer === 'close' ? undefined : LIKES[answer].find((one) => offered.includes(one));
      const shown = texts(tree);
      pages.push({ texts: shown, tree, clicked: liked ?? 'close' });
      if (pages.length === 1) this.read.push({ title: shown[0] ?? '', texts: shown, pages });
      else this.read.splice(-1, 1, { title: pages[0]?.texts[0] ?? '', texts: shown, pages });
      await (liked === undefined ? window.close() : window.click(liked));
    }
  }
}

/** Waits while something is still being worked out. @returns what is shown, unless the window is gone */
async function settled(window: SnapWindow): Promise<unknown> {
  const [tree] = await until(async () => {
    if (!window.isOpen) return [undefined];
    const shown = await window.tree();
    const kinds = types(shown);
    return kinds.includes('Skeleton') || kinds.includes('Spinner') ? undefined : [shown];
  }, 'the window to settle');
  return tree;
}

async function until<Found>(
  find: () => Found | undefined | Promise<Found | undefined>,
  what: string,
): Promise<Found> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
