import { type ReactNode, useState } from 'react';

/** A part that opens; what is in it is made only then. */
export function Fold({
  title,
  count,
  children,
}: {
  title: string;
  count: string;
  children: () => ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="fold" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {title} <span className="quiet">{count}</span>
      </summary>
      {isOpen ? children() : null}
    </details>
  );
}
