import { type ReactNode, useState } from 'react';

/** A chain's box, with what became of the last request. */
export function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      {children}
    </section>
  );
}

/** A button that says what its work came to. */
export function Action({ name, run }: { name: string; run: () => Promise<string> }) {
  const [outcome, setOutcome] = useState('');
  const start = () => {
    setOutcome('…');
    run().then(setOutcome, (thrown: unknown) => setOutcome(`Failed: ${sentenceOf(thrown)}`));
  };
  return (
    <p>
      <button type="button" onClick={start}>
        {name}
      </button>{' '}
      <output aria-label={`Outcome of ${name}`}>{outcome}</output>
    </p>
  );
}

function sentenceOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
