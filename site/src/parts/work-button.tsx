import type { ReactNode } from 'react';
import type { Work } from '../wallet/wallet';

/**
 * The button that starts a piece of work, and shows that it runs.
 *
 * @param submits - in a form, which starts the work when it is sent
 */
export function WorkButton({
  work,
  submits = false,
  disabled = false,
  children,
}: {
  work: Work;
  submits?: boolean;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <button
      type={submits ? 'submit' : 'button'}
      className={work.isRunning ? 'button main waiting' : 'button main'}
      disabled={work.isRunning || disabled}
      onClick={submits ? undefined : work.start}
    >
      {children}
    </button>
  );
}
