import { hrefOf } from '../frame/route';
import { AdviceNotice } from '../parts/notice';
import { WorkButton } from '../parts/work-button';
import { type Stage, useLookahead } from '../wallet/wallet';

const WORDS: Readonly<Record<Exclude<Stage['at'], 'searching' | 'connected'>, string>> = {
  none: 'No MetaMask was found in this browser.',
  choose: 'There are several MetaMasks in this browser: choose which one is to have Lookahead.',
  ordinary: 'You have MetaMask, but not Flask, which Lookahead needs.',
  install: 'Lookahead is not installed for this site, or it is too old.',
  connect: 'This site is not connected to any of your accounts.',
};

/** The room of the portfolio, and the way to it. */
export function NotConnected() {
  const { connect, looking, stage } = useLookahead();
  if (stage.at === 'searching' || stage.at === 'connected') {
    return (
      <div className="placeholder" role="status">
        <p className="row busy">Looking for your accounts…</p>
      </div>
    );
  }
  return (
    <div className="placeholder">
      <div className="stack portfolio-empty">
        <h2>Your balances on Solana, Aptos and Sui</h2>
        <p>{WORDS[stage.at]}</p>
        <AdviceNotice advice={connect.advice ?? looking} />
        <div className="row">
          {stage.at === 'connect' ? (
            <WorkButton work={connect}>Connect</WorkButton>
          ) : (
            <a className="button main" href={hrefOf('start')}>
              Get started
            </a>
          )}
        </div>
      </div>
    </div>
  );
}
