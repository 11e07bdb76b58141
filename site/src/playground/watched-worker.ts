/** The worker, and a watch on it: one that falls silent over a preview is ended, and another takes its place. */
import type { Failure, News, Task } from './messages';

/** What is used of a `Worker`. */
export interface WorkerLike {
  postMessage(task: Task): void;
  terminate(): void;
}

export interface Listener {
  readonly onNews: (news: News) => void;
  /** The worker itself failed, whatever it was at. */
  readonly onError: (text: string) => void;
}

/** Longer than the loading of state may take, during which there is no news. */
export const PATIENCE_SECONDS = 60;

const TOO_LONG: Failure = {
  kind: 'internal',
  code: 'preview-too-long',
  text: `it gave no sign for ${PATIENCE_SECONDS} seconds and was ended: try again, or choose another node`,
};

export class WatchedWorker {
  #worker: WorkerLike;
  /** What has no last answer yet, the oldest first. */
  readonly #open = new Map<number, Task>();
  #silence = 0;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly create: (listener: Listener) => WorkerLike,
    private readonly listener: Listener,
  ) {
    this.#worker = this.#start();
  }

  send(task: Task): void {
    if (!this.#isPreviewing()) this.#silence = 0;
    this.#open.set(task.id, task);
    this.#worker.postMessage(task);
    this.#watch();
  }

  end(): void {
    this.#open.clear();
    this.#watch();
    this.#worker.terminate();
  }

  #start(): WorkerLike {
    return this.create({
      onNews: (news) => {
        this.#silence = 0;
        if (news.kind !== 'decoded') this.#open.delete(news.id);
        this.#watch();
        this.listener.onNews(news);
      },
      onError: (text) => {
        this.#open.clear();
        this.#watch();
        this.listener.onError(text);
      },
    });
  }

  #isPreviewing(): boolean {
    return [...this.#open.values()].some(({ kind }) => kind === 'preview');
  }

  /** Seconds are counted one by one, so that those in which the machine sleeps do not count. */
  #watch(): void {
    if (!this.#isPreviewing()) {
      clearInterval(this.#clock);
      this.#clock = undefined;
    } else {
      this.#clock ??= setInterval(() => {
        this.#silence += 1;
        if (this.#silence >= PATIENCE_SECONDS) this.#restart();
      }, 1_000);
    }
  }

  /** Gives up the oldest preview. What waited behind it is asked again. */
  #restart(): void {
    const stuck = [...this.#open.values()].find(({ kind }) => kind === 'preview');
    this.#worker.terminate();
    this.#silence = 0;
    this.#worker = this.#start();
    if (stuck !== undefined) this.#open.delete(stuck.id);
    for (const task of this.#open.values()) this.#worker.postMessage(task);
    this.#watch();
    if (stuck !== undefined) {
      this.listener.onNews({ id: stuck.id, kind: 'failed', failure: TOO_LONG });
    }
  }
}
