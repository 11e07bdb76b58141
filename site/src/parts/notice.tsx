import type { ReactNode } from 'react';
import type { Advice } from '../wallet/advice';

/** What went wrong and what to do next; said aloud when it comes up. */
export function AdviceNotice({
  advice,
  children,
}: {
  advice: Advice | undefined;
  children?: ReactNode;
}) {
  if (advice === undefined) return null;
  return (
    <div className={advice.isChoice === true ? 'notice' : 'notice bad'} role="alert">
      <strong>{advice.title}</strong>
      <p>{advice.next}</p>
      {children === undefined ? null : <div className="row">{children}</div>}
    </div>
  );
}
