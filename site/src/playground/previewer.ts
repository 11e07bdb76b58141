/** One worker for the page, and the state of the preview it makes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Network } from '../../../src/chains/chain';
import type { DecodedCall, Preview } from '../../../src/vm-preview/model/preview';
import type { Failure, PreviewNews, PreviewTask } from './messages';

export type PreviewState =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly calls: readonly DecodedCall[] }
  | { readonly step: 'done'; readonly preview: Preview; readonly milliseconds: number }
  | {
      readonly step: 'failed';
      readonly failure: Failure;
      readonly calls: readonly DecodedCall[];
    };

export type RunPreview = (transaction: string, network: Network, account?: string) => void;

const IDLE: PreviewState = { step: 'idle' };

/** A new run takes the place of the one before, whose answer is dropped. */
export function usePreviewer(): readonly [PreviewState, RunPreview] {
  const [state, setState] = useState<PreviewState>(IDLE);
  const worker = useRef<Worker | undefined>(undefined);
  const latest = useRef(0);

  useEffect(() => {
    const thread = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.current = thread;
    thread.addEventListener('message', ({ data }: MessageEvent<PreviewNews>) => {
      if (data.id === latest.current) setState((before) => after(before, data));
    });
    thread.addEventListener('error', (event) => {
      const text = `The preview’s own thread failed: ${event.message}`;
      setState({
        step: 'failed',
        failure: { kind: 'internal', code: 'internal', text },
        calls: [],
      });
    });
    return () => thread.terminate();
  }, []);

  const run = useCallback<RunPreview>((transaction, network, account) => {
    latest.current += 1;
    setState({ step: 'running', calls: [] });
    const task: PreviewTask = { id: latest.current, transaction, network, account };
    worker.current?.postMessage(task);
  }, []);

  return [state, run];
}

function after(before: PreviewState, news: PreviewNews): PreviewState {
  const known = before.step === 'running' ? before.calls : [];
  switch (news.kind) {
    case 'decoded':
      return { step: 'running', calls: news.calls };
    case 'previewed':
      return { step: 'done', preview: news.preview, milliseconds: news.milliseconds };
    case 'failed':
      return { step: 'failed', failure: news.failure, calls: known };
  }
}
