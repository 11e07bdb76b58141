/** One worker for the page: it reads what is pasted, and makes previews. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Network } from '../../../src/chains/chain';
import type { ChainId, DecodedCall, Preview } from '../../../src/vm-preview/model/preview';
import type { Failure, News, Recognized, Task } from './messages';
import { type Listener, WatchedWorker, type WorkerLike } from './watched-worker';

export type PreviewState =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly chain: ChainId; readonly calls: readonly DecodedCall[] }
  | {
      readonly step: 'done';
      readonly preview: Preview;
      /** Base64 of what was run. */
      readonly bytes: string;
      readonly milliseconds: number;
    }
  | {
      readonly step: 'failed';
      readonly failure: Failure;
      readonly chain: ChainId;
      readonly calls: readonly DecodedCall[];
    };

/** What a paste was taken for. */
export type Reading =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'recognized'; readonly recognized: Recognized }
  | { readonly kind: 'unreadable'; readonly failure: Failure };

export interface Previewer {
  readonly state: PreviewState;
  readonly reading: Reading;
  /** Says what a text is; asks nobody. */
  readonly read: (text: string, account?: string) => void;
  readonly run: (text: string, network: Network, account?: string) => void;
  /** Forgets what was shown. */
  readonly clear: () => void;
}

const IDLE: PreviewState = { step: 'idle' };
const NOTHING: Reading = { kind: 'nothing' };

/** Previews alone, for a page that makes its own transactions. */
export function usePreviewer(): readonly [PreviewState, Previewer['run']] {
  const { run, state } = usePastes();
  return [state, run];
}

/** A new run takes the place of the one before, whose answer is dropped. */
export function usePastes(): Previewer {
  const [state, setState] = useState<PreviewState>(IDLE);
  const [reading, setReading] = useState<Reading>(NOTHING);
  const worker = useRef<WatchedWorker | undefined>(undefined);
  const ids = useRef({ last: 0, run: 0, read: 0 });

  useEffect(() => {
    const watched = new WatchedWorker(startWorker, {
      onNews(news) {
        if (news.id === ids.current.run) setState((before) => after(before, news));
        if (news.id === ids.current.read) setReading((before) => readingAfter(before, news));
      },
      onError(message) {
        const text = `The preview’s own thread failed: ${message}`;
        const failure: Failure = { kind: 'internal', code: 'internal', text };
        setState({ step: 'failed', chain: 'solana', failure, calls: [] });
      },
    });
    worker.current = watched;
    return () => watched.end();
  }, []);

  const send = useCallback((kind: 'run' | 'read', task: (id: number) => Task) => {
    ids.current.last += 1;
    ids.current[kind] = ids.current.last;
    worker.current?.send(task(ids.current.last));
  }, []);

  const read = useCallback<Previewer['read']>(
    (text, account) => {
      if (text.trim() === '') {
        ids.current.read = 0;
        setReading(NOTHING);
      } else send('read', (id) => ({ id, kind: 'read', text, chain: undefined, account }));
    },
    [send],
  );

  const run = useCallback<Previewer['run']>(
    (text, network, account) => {
      const { chain } = network;
      setState({ step: 'running', chain, calls: [] });
      send('run', (id) => ({ id, kind: 'preview', text, chain, account, network }));
    },
    [send],
  );

  const clear = useCallback(() => {
    ids.current.run = 0;
    setState(IDLE);
  }, []);

  return { state, reading, read, run, clear };
}

function after(before: PreviewState, news: News): PreviewState {
  if (before.step !== 'running') return before;
  switch (news.kind) {
    case 'decoded':
      return { ...before, calls: news.calls };
    case 'previewed': {
      const { bytes, milliseconds, preview } = news;
      return { step: 'done', preview, bytes, milliseconds };
    }
    case 'failed':
      return { ...before, step: 'failed', failure: news.failure };
    case 'recognized':
      return before;
  }
}

function readingAfter(before: Reading, news: News): Reading {
  if (news.kind === 'recognized') return { kind: 'recognized', recognized: news.recognized };
  return news.kind === 'failed' ? { kind: 'unreadable', failure: news.failure } : before;
}

function startWorker({ onError, onNews }: Listener): WorkerLike {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<News>) => onNews(data));
  worker.addEventListener('error', ({ message }) => onError(message));
  return worker;
}
