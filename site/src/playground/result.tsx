import { plain } from '../parts/text';
import { CallTree } from '../preview/calls';
import { PreviewView } from '../preview/preview-view';
import type { Failure } from './messages';
import type { PreviewState } from './previewer';

/** Whatever there is to show of a run: nothing yet, the decoded calls, the preview, or why there is none. */
export function PreviewResult({ state, empty }: { state: PreviewState; empty: string }) {
  return (
    <div aria-live="polite" aria-busy={state.step === 'running'}>
      <Body state={state} empty={empty} />
    </div>
  );
}

function Body({ state, empty }: { state: PreviewState; empty: string }) {
  switch (state.step) {
    case 'idle':
      return <p className="placeholder">{empty}</p>;
    case 'running':
      return (
        <div className="running">
          <p className="row quiet busy">Reading the state and running the transaction…</p>
          <Calls {...state} />
        </div>
      );
    case 'done':
      return <PreviewView preview={state.preview} milliseconds={state.milliseconds} />;
    case 'failed':
      return (
        <>
          <FailureNote failure={state.failure} />
          <Calls {...state} />
        </>
      );
  }
}

const TITLES: Readonly<Record<Failure['kind'], string>> = {
  malformed: 'This is no transaction',
  rejected: 'The network would not take it',
  state: 'The state could not be read',
  unsupported: 'There is no preview of this',
  internal: 'Lookahead failed inside',
};

/** Of failures that say what to do themselves: transactions that are some and cannot be run as they are, say. */
const TITLE_OF: Readonly<Record<string, string>> = {
  'transaction-unresolved': 'This transaction is not complete',
  'paste-other-chain': 'The network is one of another chain',
  'preview-too-long': 'The preview took too long',
};

/** What to do about it. */
const NEXT: Readonly<Partial<Record<Failure['kind'], string>>> = {
  malformed: 'Paste a transaction in base64, hex, or the JSON of an SDK.',
  state: 'Try again, or choose another node.',
  internal: 'Reload the page; please report it if it happens again.',
};

export function FailureNote({ failure }: { failure: Failure }) {
  const isOwn = Object.hasOwn(TITLE_OF, failure.code);
  const next = isOwn ? undefined : NEXT[failure.kind];
  return (
    <div className="problem" role="alert">
      <strong>{isOwn ? TITLE_OF[failure.code] : TITLES[failure.kind]}</strong>
      <p>
        {sentence(plain(failure.text, 400))} {next}
      </p>
    </div>
  );
}

/** Errors are worded to follow a colon. */
export function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function Calls({ calls, chain }: Parameters<typeof CallTree>[0]) {
  if (calls.length === 0) return null;
  return (
    <section className="block">
      <h4>What the transaction asks for</h4>
      <CallTree calls={calls} chain={chain} />
    </section>
  );
}
