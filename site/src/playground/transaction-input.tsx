/** Where a transaction is pasted, typed, dropped or opened from a file. */
import { type DragEvent, useRef, useState } from 'react';
import { encodeBase64 } from '../../../src/chains/base64';
import { plain } from '../parts/text';
import { MAX_TEXT, TOO_LONG } from './limits';
import { CHAIN_NAMES } from './networks';
import type { Reading } from './previewer';
import { sentence } from './result';

export function TransactionInput({
  text,
  reading,
  onText,
}: {
  text: string;
  reading: Reading;
  onText: (text: string) => void;
}) {
  const [problem, setProblem] = useState<string>();
  const [isOver, setOver] = useState(false);
  const file = useRef<HTMLInputElement>(null);

  const take = (given: string) => {
    const tooLong = given.length > MAX_TEXT;
    setProblem(tooLong ? sentence(TOO_LONG) : undefined);
    if (!tooLong) onText(given);
  };
  const open = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    // Before a byte of it is read.
    if (chosen.size > MAX_TEXT) setProblem(sentence(TOO_LONG));
    else take(textOf(new Uint8Array(await chosen.arrayBuffer())));
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped === undefined) return;
    event.preventDefault();
    void open(dropped);
  };

  return (
    // The box takes what is dropped; everything in it works without.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <label className="field">
        <span>Transaction, in base64, hex or JSON</span>
        <textarea
          value={text}
          onChange={(event) => take(event.target.value)}
          placeholder="Paste it here, or drop a file"
          spellCheck={false}
          autoComplete="off"
          aria-describedby="reading"
          required
        />
      </label>
      <input
        ref={file}
        type="file"
        className="unseen"
        aria-label="File with a transaction"
        tabIndex={-1}
        onChange={(event) => {
          void open(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <div className="under-input">
        <p id="reading" className="quiet" role="status">
          {problem ?? <ReadingLine reading={reading} />}
        </p>
        <button type="button" className="button small plain" onClick={() => file.current?.click()}>
          Open a file
        </button>
      </div>
    </div>
  );
}

function ReadingLine({ reading }: { reading: Reading }) {
  switch (reading.kind) {
    case 'nothing':
      return 'Of Solana, Aptos or Sui: which one is seen from the transaction.';
    case 'recognized': {
      const { chain, form } = reading.recognized;
      return (
        <>
          A transaction of <strong>{CHAIN_NAMES[chain]}</strong>, read from {plain(form, 60)}.
        </>
      );
    }
    case 'unreadable':
      return <span className="bad-text">{sentence(plain(reading.failure.text, 300))}</span>;
  }
}

/** A file of text, or of the bytes themselves. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // No text: the transaction as it is sent.
    return encodeBase64(bytes);
  }
}
