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
        <>
          <p className="row quiet busy">Reading the state and running the transaction…</p>
          <Calls calls={state.calls} />
        </>
      );
    case 'done':
      return <PreviewView preview={state.preview} milliseconds={state.milliseconds} />;
    case 'failed':
      return (
        <>
          <FailureNote failure={state.failure} />
          <Calls calls={state.calls} />
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

function FailureNote({ failure }: { failure: Failure }) {
  return (
    <div className="problem" role="alert">
      <strong>{TITLES[failure.kind]}</strong>
      {sentence(plain(failure.text, 400))}
    </div>
  );
}

/** Errors are worded to follow a colon. */
function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function Calls({ calls }: { calls: Parameters<typeof CallTree>[0]['calls'] }) {
  if (calls.length === 0) return null;
  return (
    <section className="block">
      <h4>What the transaction asks for</h4>
      <CallTree calls={calls} />
    </section>
  );
}
