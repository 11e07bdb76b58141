import { useIsLong, type Work } from '../wallet/wallet';

/** A window of MetaMask may be behind the browser's. */
const PATIENCE_MS = 6_000;

/** While MetaMask has a window open: what to do there, and where it is when it is not to be seen. */
export function WaitForMetaMask({ work, text }: { work: Work; text: string }) {
  const isLong = useIsLong(work, PATIENCE_MS);
  if (!work.isRunning) return null;
  return (
    <div className="wait" role="status">
      <div className="bar" aria-hidden="true" />
      <p>{text}</p>
      <p className="quiet" hidden={!isLong}>
        No window to be seen? It may be behind this one: click the fox in the browser’s toolbar.
      </p>
    </div>
  );
}
