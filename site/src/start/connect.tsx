import { AdviceNotice } from '../parts/notice';
import { WaitForMetaMask } from '../parts/wait';
import { WorkButton } from '../parts/work-button';
import { useLookahead } from '../wallet/wallet';

/** One window for the accounts of all chains. */
export function ConnectStep() {
  const { connect, fit, looking, version } = useLookahead();
  return (
    <div className="stack">
      <p>
        Choose which of your accounts this site may see. It learns their addresses and nothing else;
        every transaction is still shown to you first.
      </p>
      {fit === 'newer' ? (
        <p className="notice">
          Lookahead {version} is newer than this site. That works; reload the page now and then to
          get the site’s own newest version.
        </p>
      ) : null}
      <AdviceNotice advice={connect.advice ?? looking} />
      <div className="row">
        <WorkButton work={connect}>Connect</WorkButton>
      </div>
      <WaitForMetaMask
        work={connect}
        text="In MetaMask’s window tick the accounts, then choose “Connect”."
      />
    </div>
  );
}
