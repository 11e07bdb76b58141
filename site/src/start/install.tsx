import { SNAP_VERSION } from '../../provider';
import { AdviceNotice } from '../parts/notice';
import { WaitForMetaMask } from '../parts/wait';
import { WorkButton } from '../parts/work-button';
import { useLookahead } from '../wallet/wallet';

/** Installs the snap, or updates one that is too old for this site. */
export function InstallStep() {
  const { install, looking, stage } = useLookahead();
  const installed = stage.at === 'install' ? stage.installed : undefined;
  const isUpdate = installed !== undefined;
  return (
    <div className="stack">
      {isUpdate ? (
        <p>
          Lookahead {installed} is installed; this site needs {SNAP_VERSION} or newer. Your accounts
          and settings stay.
        </p>
      ) : (
        <>
          <p>MetaMask opens a window and shows what Lookahead may do. It asks for:</p>
          <ul className="points">
            <li>keys of its own for Solana, Aptos and Sui, made from your recovery phrase</li>
            <li>the network, to read state and to send what you have signed</li>
            <li>windows in MetaMask, to show you previews</li>
          </ul>
          <p className="quiet">It never touches your Ethereum accounts.</p>
        </>
      )}
      <AdviceNotice advice={install.advice ?? looking} />
      <div className="row">
        <WorkButton work={install}>{isUpdate ? 'Update' : 'Install'} Lookahead</WorkButton>
      </div>
      <WaitForMetaMask
        work={install}
        text={`In MetaMask’s window: connect, read what Lookahead may do, approve it, and close with “OK”. ${isUpdate ? 'Updating' : 'Installing'} takes some seconds.`}
      />
    </div>
  );
}
