import { type ReactNode, type RefObject, useId } from 'react';

/** A window of the page’s own; the browser keeps the focus in it, and Escape closes it. */
export function Dialog({
  dialog,
  title,
  children,
}: {
  dialog: RefObject<HTMLDialogElement | null>;
  title: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <dialog className="dialog" ref={dialog} aria-labelledby={id}>
      <div className="dialog-head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M5 5l10 10M15 5L5 15" />
          </svg>
        </button>
      </div>
      {children}
    </dialog>
  );
}
