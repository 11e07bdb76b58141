/**
 * From the site's transactions to the user's decision.
 *
 * reading → judging, page by page → checking on fresh state → approved; back to judging when the outcome
 * changed. Closing the window ends it from anywhere. What is approved is what was run last, and whoever
 * signs gets those bytes and no others.
 */
import type { OutcomeDifference } from '../../chains/chain';
import {
  TRANSACTION_BUTTONS,
  TransactionDialog,
  type TransactionHeader,
  type TransactionPage,
} from '../../ui';
import { saveCache } from '../cache';
import { DialogWindow, type WindowEvent } from '../dialogs/window';
import { RequestError } from '../errors';
import { compareRuns, hasExpired } from './compare';
import { failureOf, type Item, type Run, type RunContext, runItems } from './run';

export interface SessionRequest {
  readonly header: Omit<TransactionHeader, 'position'>;
  readonly items: readonly Item[];
  readonly context: RunContext;
  readonly blindSigning: boolean;
  readonly toleranceBasisPoints: number;
}

type Ending = { readonly approved: readonly Run[] } | { readonly error: RequestError };

type Phase = 'reading' | 'judging' | 'checking' | 'over';

/**
 * Shows the transactions and waits for the user.
 *
 * @returns what was approved: the runs whose bytes may be signed
 * @throws RequestError `user-rejected`, `transaction-expired`, `too-many-requests`
 */
export async function decideTransactions(request: SessionRequest): Promise<readonly Run[]> {
  let session: Session | undefined;
  try {
    const ending = await DialogWindow.run<Ending>(
      request.header.origin,
      drawPage(request, 0, { page: 'reading', calls: request.items[0]?.decoded.calls ?? [] }),
      (window) => {
        const begun = new Session(request, window);
        session = begun;
        begun.start();
        return (event) => begun.handle(event);
      },
    );
    if ('error' in ending) throw ending.error;
    return ending.approved;
  } catch (error) {
    // A session that had already ended with a reason keeps it, however its window is closed.
    throw session?.error ?? error;
  }
}

class Session {
  error: RequestError | undefined;
  #phase: Phase = 'reading';
  #runs: readonly Run[] = [];
  /** Which one the user looks at. */
  #index = 0;
  #page: 'main' | 'details' | 'anyway' = 'main';
  #again: readonly OutcomeDifference[] = [];
  readonly #abort = new AbortController();

  constructor(
    private readonly request: SessionRequest,
    private readonly window: DialogWindow<Ending>,
  ) {
    window.onEnd(() => {
      this.#phase = 'over';
      this.#abort.abort();
    });
  }

  /** Not awaited by whoever opens the window: the user reads what was asked meanwhile. */
  start(): void {
    this.#detach(this.#read());
  }

  async handle({ type, name }: WindowEvent): Promise<void> {
    if (type !== 'click') return;
    if (name === TRANSACTION_BUTTONS.reject) {
      await this.window.reject();
      return;
    }
    // Any other click on a page that is no longer there means nothing.
    if (this.#phase !== 'judging') return;
    await this.#judge(name);
  }

  async #judge(name: string): Promise<void> {
    const run = this.#runs[this.#index];
    if (run === undefined) return;
    const failing = run.kind === 'failed' || run.result.preview.verdict.kind !== 'success';
    const { approve, following, anyway, confirmAnyway, details, back, retry } = TRANSACTION_BUTTONS;
    switch (name) {
      case approve:
      case following:
        if (this.#page === 'main' && !failing) await this.#accept();
        return;
      case confirmAnyway:
        if (this.#page === 'anyway' && failing && this.#maySign(run)) await this.#accept();
        return;
      case anyway:
        if (failing && this.#maySign(run)) await this.#turn('anyway');
        return;
      case details:
        if (run.kind === 'previewed') await this.#turn('details');
        return;
      case back:
        await this.#turn('main');
        return;
      case retry:
        await this.#retry();
        return;
    }
  }

  async #turn(page: 'main' | 'details' | 'anyway'): Promise<void> {
    this.#page = page;
    await this.#draw();
  }

  /** The user takes this one; after the last, all are run once more. */
  async #accept(): Promise<void> {
    this.#again = [];
    this.#page = 'main';
    if (this.#index + 1 < this.request.items.length) {
      this.#index += 1;
      await this.#draw();
      return;
    }
    this.#phase = 'checking';
    await this.window.show(this.#tree({ page: 'checking' }));
    // Longer than MetaMask lets a click take, perhaps; so the click ends here.
    this.#detach(this.#check());
  }

  async #read(): Promise<void> {
    const { items, context } = this.request;
    this.#runs = await runItems(items, context, this.#abort.signal);
    if (this.window.ended) return;
    if (await this.#endIfExpired(this.#runs)) return;
    this.#phase = 'judging';
    await this.#draw();
    await saveCache();
  }

  async #retry(): Promise<void> {
    this.#phase = 'reading';
    const calls = this.request.items[this.#index]?.decoded.calls ?? [];
    await this.window.show(this.#tree({ page: 'reading', calls }));
    this.#detach(this.#read());
  }

  async #check(): Promise<void> {
    const { items, context, toleranceBasisPoints } = this.request;
    const fresh = await runItems(items, context, this.#abort.signal);
    if (this.window.ended) return;
    if (await this.#endIfExpired(fresh)) return;
    const changed = fresh.map((run, index) => {
      const shown = this.#runs[index];
      return shown === undefined
        ? []
        : compareRuns(context.chain, shown, run, toleranceBasisPoints);
    });
    const first = changed.findIndex((differences) => differences.length > 0);
    this.#runs = fresh;
    if (first < 0) {
      await this.window.resolve({ approved: fresh });
      return;
    }
    this.#index = first;
    this.#again = changed[first] ?? [];
    this.#phase = 'judging';
    await this.#draw();
  }

  async #endIfExpired(runs: readonly Run[]): Promise<boolean> {
    const { items } = this.request;
    const expired = items.some((item, index) => {
      const run = runs[index];
      return run !== undefined && hasExpired(item, run);
    });
    if (!expired) return false;
    await this.#end(
      new RequestError('transaction-expired'),
      'This transaction has expired',
      'It was built too long ago for the network to take it. Ask the site for a new one.',
    );
    return true;
  }

  async #end(error: RequestError, title: string, text: string): Promise<void> {
    this.#phase = 'over';
    this.error = error;
    await this.window.show(this.#tree({ page: 'ended', title, text }));
  }

  /** Something may be signed unseen only if the user allowed that, and never what is no transaction. */
  #maySign(run: Run): boolean {
    if (run.kind === 'previewed') return true;
    return this.request.blindSigning && run.failure.kind !== 'malformed';
  }

  async #draw(): Promise<void> {
    const run = this.#runs[this.#index];
    if (run === undefined) return;
    await this.window.show(this.#tree(this.#pageOf(run)));
  }

  #pageOf(run: Run): TransactionPage {
    if (run.kind === 'failed') {
      if (this.#page === 'anyway') {
        return { page: 'anyway', reason: 'unknown', text: run.failure.text };
      }
      return {
        page: 'unknown',
        calls: this.request.items[this.#index]?.decoded.calls ?? [],
        failure: run.failure,
        blindSigning: this.#maySign(run),
        again: this.#again,
      };
    }
    const { preview } = run.result;
    if (this.#page === 'details') return { page: 'details', preview };
    const { verdict } = preview;
    if (verdict.kind === 'success') {
      const last = this.#index + 1 === this.request.items.length;
      return { page: 'preview', preview, next: last ? 'approve' : 'following', again: this.#again };
    }
    if (this.#page === 'anyway') {
      return { page: 'anyway', reason: 'fails', text: verdict.error.text };
    }
    return { page: 'preview', preview, next: 'anyway', again: this.#again };
  }

  #tree(page: TransactionPage) {
    return drawPage(this.request, this.#index, page);
  }

  /** Work that outlives the click or call that began it still has an end the user sees. */
  #detach(work: Promise<void>): void {
    work.catch(async (error: unknown) => {
      if (this.window.ended) return;
      await this.#end(
        new RequestError('preview-failed', {}, failureOf(error).text),
        'Something went wrong',
        failureOf(error).text,
      );
    });
  }
}

function drawPage({ header, items }: SessionRequest, index: number, page: TransactionPage) {
  const position = items.length > 1 ? { position: { number: index + 1, total: items.length } } : {};
  return <TransactionDialog header={{ ...header, ...position }} page={page} />;
}
