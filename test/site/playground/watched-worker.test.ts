/** The watch on the playground's worker, with workers of the test's own. */

import type { News, Task } from '../../../site/src/playground/messages';
import {
  type Listener,
  PATIENCE_SECONDS,
  WatchedWorker,
} from '../../../site/src/playground/watched-worker';
import { LOAD_TIMEOUT_MS } from '../../../src/chains/load-timeout';
import { localNetwork } from '../../support/local-network';

class FakeWorker {
  readonly tasks: number[] = [];
  ended = false;

  constructor(readonly page: Listener) {}

  postMessage({ id }: Task): void {
    this.tasks.push(id);
  }

  terminate(): void {
    this.ended = true;
  }
}

const NETWORK = localNetwork('solana', 'http://127.0.0.1:1', 'genesis');
const pasted = { text: 'AA==', chain: undefined, account: undefined };
const read = (id: number): Task => ({ ...pasted, id, kind: 'read' });
const preview = (id: number): Task => ({ ...pasted, id, kind: 'preview', network: NETWORK });

const recognized = (id: number): News => ({
  id,
  kind: 'recognized',
  recognized: { chain: 'solana', form: 'base64' },
});
const decoded = (id: number): News => ({ id, kind: 'decoded', calls: [] });
const refused = (id: number): News => ({
  id,
  kind: 'failed',
  failure: { kind: 'rejected', code: 'refused', text: 'refused' },
});
const tooLong = (id: number) => ({
  id,
  kind: 'failed',
  failure: expect.objectContaining({ kind: 'internal', code: 'preview-too-long' }),
});

let workers: FakeWorker[];
let news: News[];
let errors: string[];
let watched: WatchedWorker;

beforeEach(() => {
  jest.useFakeTimers();
  workers = [];
  news = [];
  errors = [];
  watched = new WatchedWorker(
    (listener) => {
      const worker = new FakeWorker(listener);
      workers.push(worker);
      return worker;
    },
    { onNews: (one) => news.push(one), onError: (text) => errors.push(text) },
  );
});

afterEach(() => {
  watched.end();
  // Nothing of the watch outlives the page.
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

const pass = (seconds: number) => jest.advanceTimersByTime(seconds * 1_000);
const tell = (one: News) => workers.at(-1)?.page.onNews(one);

describe('the watch on the worker', () => {
  it('is more patient than the loading of state', () => {
    expect(PATIENCE_SECONDS * 1_000).toBeGreaterThan(LOAD_TIMEOUT_MS);
  });

  it('passes on what is asked and answered, and ends with the answer', () => {
    watched.send(read(1));
    watched.send(preview(2));
    tell(recognized(1));
    tell(decoded(2));
    tell(refused(2));
    expect(jest.getTimerCount()).toBe(0);
    pass(10 * PATIENCE_SECONDS);
    expect(workers).toHaveLength(1);
    expect(workers[0]?.tasks).toEqual([1, 2]);
    expect(news).toEqual([recognized(1), decoded(2), refused(2)]);
  });

  it('ends a worker that falls silent over a preview, says so, and starts another', () => {
    watched.send(preview(1));
    pass(PATIENCE_SECONDS - 1);
    expect(news).toEqual([]);
    pass(1);
    expect(news).toEqual([tooLong(1)]);
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    expect(workers[1]?.tasks).toEqual([]);
    watched.send(preview(2));
    tell(refused(2));
    expect(workers[1]?.tasks).toEqual([2]);
    expect(news).toEqual([tooLong(1), refused(2)]);
  });

  it('counts from the last sign of life', () => {
    watched.send(preview(1));
    pass(PATIENCE_SECONDS - 1);
    tell(decoded(1));
    pass(PATIENCE_SECONDS - 1);
    expect(workers).toHaveLength(1);
    pass(1);
    expect(news).toEqual([decoded(1), tooLong(1)]);
  });

  it('does not count the time before a preview was asked for', () => {
    watched.send(preview(1));
    pass(PATIENCE_SECONDS - 1);
    tell(refused(1));
    pass(PATIENCE_SECONDS);
    watched.send(preview(2));
    pass(PATIENCE_SECONDS - 1);
    expect(workers).toHaveLength(1);
  });

  it('asks again what waited behind the preview that is given up', () => {
    watched.send(read(1));
    tell(recognized(1));
    watched.send(preview(2));
    watched.send(read(3));
    pass(PATIENCE_SECONDS / 2);
    watched.send(preview(4));
    pass(PATIENCE_SECONDS / 2);
    expect(news).toEqual([recognized(1), tooLong(2)]);
    expect(workers[1]?.tasks).toEqual([3, 4]);
    pass(PATIENCE_SECONDS);
    expect(news).toEqual([recognized(1), tooLong(2), tooLong(4)]);
    expect(workers[2]?.tasks).toEqual([3]);
    // Only previews are waited for.
    pass(PATIENCE_SECONDS);
    expect(workers).toHaveLength(3);
  });

  it('leaves a worker that failed to the page', () => {
    watched.send(preview(1));
    workers[0]?.page.onError('out of memory');
    pass(PATIENCE_SECONDS);
    expect(errors).toEqual(['out of memory']);
    expect(workers).toHaveLength(1);
  });

  it('ends with the page', () => {
    watched.send(preview(1));
    watched.end();
    pass(PATIENCE_SECONDS);
    expect(workers.map(({ ended }) => ended)).toEqual([true]);
    expect(news).toEqual([]);
  });
});
