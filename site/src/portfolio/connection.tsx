import { SNAP_VERSION } from '../../provider';
import { AdviceNotice } from '../parts/notice';
import { useLookahead } from '../wallet/wallet';

/** How the page is connected, and the way out. */
export function Connection() {
  const { connect, disconnect, fit, version } = useLookahead();
  return (
    <section className="connection">
      <p className="quiet">
        Connected to Lookahead {version}
        {fit === 'newer' ? `, which is newer than this site (${SNAP_VERSION})` : ''}. Addresses are
        looked up again whenever you come back to this page.
      </p>
      <div className="row">
        <button
          type="button"
          className="button small plain"
          disabled={connect.isRunning}
          onClick={connect.start}
        >
          Connect missing accounts
        </button>
        <button
          type="button"
          className="button small plain"
          disabled={disconnect.isRunning}
          onClick={disconnect.start}
        >
          Disconnect this site
        </button>
      </div>
      <AdviceNotice advice={connect.advice ?? disconnect.advice} />
    </section>
  );
}
