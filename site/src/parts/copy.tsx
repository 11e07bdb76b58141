import { useEffect, useState } from 'react';

type State = 'idle' | 'copied' | 'refused';

const WORDS: Readonly<Record<State, string>> = {
  idle: 'Copy',
  copied: 'Copied',
  refused: 'The browser does not let this page copy: select the text instead',
};
const SHOWN_MS = 1_500;

/** Copies a text, and says whether it did. @param what - what it is, where the text is no name for it */
export function Copy({ value, what = value }: { value: string; what?: string }) {
  const [state, setState] = useState<State>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  return (
    <>
      <button
        type="button"
        className="copy"
        onClick={copy}
        aria-label={`Copy ${what}`}
        title={WORDS[state]}
      >
        {state === 'copied' ? <Tick /> : <Sheets />}
      </button>
      {state === 'idle' ? null : (
        <span className="unseen" role="status">
          {WORDS[state]}
        </span>
      )}
    </>
  );
}

function Sheets() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 3.5v-1h-8v8h1" />
    </svg>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="m3 8.5 3.2 3.2L13 4.8" />
    </svg>
  );
}
