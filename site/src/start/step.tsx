import type { ReactNode } from 'react';

/** @param done - what came of it */
export function Step({
  number,
  current,
  title,
  done,
  isOpen = false,
  children,
}: {
  number: number;
  current: number;
  title: string;
  done: string;
  /** What came of it is worth a look, too. */
  isOpen?: boolean;
  children: ReactNode;
}) {
  const state = number < current ? 'done' : number === current ? 'next' : 'later';
  return (
    <li className={`step ${state}`} aria-current={state === 'next' ? 'step' : undefined}>
      <span className="step-mark" aria-hidden="true">
        {state === 'done' ? <Tick /> : number + 1}
      </span>
      <div className="step-body">
        <div className="step-head">
          <h2>{title}</h2>
          {state === 'done' ? <p className="quiet">{done}</p> : null}
          <span className="unseen">{WORDS[state]}</span>
        </div>
        {state === 'next' || isOpen ? <div className="step-open">{children}</div> : null}
      </div>
    </li>
  );
}

const WORDS = { done: 'Done', next: 'The next step', later: 'Later' } as const;

function Tick() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="m3.4 8.4 3 3 6.2-6.6" />
    </svg>
  );
}
