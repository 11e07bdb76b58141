/** A MetaMask that can have Lookahead, or what to do where there is none. */
import type { ReactNode } from 'react';
import type { Wallet } from '../../provider';
import { Copy } from '../parts/copy';
import { plain } from '../parts/text';
import { deviceOf, iconOf, isFlask } from '../wallet/metamask';
import { useLookahead } from '../wallet/wallet';

const FLASK = 'https://docs.metamask.io/snaps/get-started/install-flask/';

export function FindStep() {
  const { stage } = useLookahead();
  switch (stage.at) {
    case 'none':
      return <NoMetaMask />;
    case 'choose':
      return <Choose />;
    case 'ordinary':
      return <Ordinary wallet={stage.wallet} />;
    default:
      return (
        <p className="row quiet busy" role="status">
          Looking for MetaMask in this browser…
        </p>
      );
  }
}

function NoMetaMask() {
  switch (deviceOf(navigator.userAgent)) {
    case 'phone':
      return (
        <Page title="Lookahead needs a computer">
          <p>
            It lives in MetaMask’s browser extension, which phones do not have. Open this address in
            Chrome, Brave, Edge or Firefox on your computer:
          </p>
          <p className="address whole">
            <code>{window.location.href.split('#')[0]}</code>
            <Copy value={window.location.href.split('#')[0] ?? ''} what="this site’s address" />
          </p>
          <p>On this phone you can try previews of real transactions right now, with no wallet.</p>
          <Elsewhere />
        </Page>
      );
    case 'without-extensions':
      return (
        <Page title="This browser cannot have MetaMask">
          <p>
            MetaMask’s extension is there for Chrome, Brave, Edge and Firefox. Open this page in one
            of them; previews without a wallet work here, too.
          </p>
          <Elsewhere />
        </Page>
      );
    case 'desktop':
      return (
        <Page title="No MetaMask was found in this browser">
          <p>
            Lookahead is a snap, an addition to MetaMask. Until it is on MetaMask’s list it installs
            only in <strong>MetaMask Flask</strong>, the edition for trying snaps.
          </p>
          <GetFlask>
            <button type="button" className="button" onClick={() => window.location.reload()}>
              I have it: look again
            </button>
          </GetFlask>
          <p className="quiet">
            Not today? Try the <a href="#/lessons">lessons</a> or the{' '}
            <a href="#/playground">playground</a>: they need no wallet.
          </p>
        </Page>
      );
  }
}

/** @param children - beside the link, for whoever wants something else */
function GetFlask({ children }: { children: ReactNode }) {
  return (
    <>
      <ol className="numbered">
        <li>
          Make a new profile in your browser: Flask and ordinary MetaMask do not share one well.
        </li>
        <li>Install MetaMask Flask there, and set it up with a new wallet to try things out.</li>
        <li>Open this page in that profile, and come back to this step.</li>
      </ol>
      <div className="row">
        <a className="button main" href={FLASK} target="_blank" rel="noreferrer">
          Get MetaMask Flask
        </a>
        {children}
      </div>
    </>
  );
}

function Ordinary({ wallet }: { wallet: Wallet }) {
  const { choose } = useLookahead();
  return (
    <Page title="You have MetaMask, but not Flask">
      <p>
        Ordinary MetaMask installs only snaps that are on its list, and Lookahead is not on it yet.
        MetaMask Flask, the edition for trying snaps, installs it.
      </p>
      <GetFlask>
        <button type="button" className="button" onClick={() => choose(wallet)}>
          Try with this MetaMask anyway
        </button>
      </GetFlask>
    </Page>
  );
}

function Choose() {
  const { choose, wallets } = useLookahead();
  return (
    <Page title="There are several MetaMasks in this browser">
      <p>Which one is to have Lookahead? Flask is the one that installs any snap.</p>
      <ul className="wallets">
        {wallets.map((wallet) => (
          <li key={wallet.info.uuid}>
            <button type="button" className="wallet" onClick={() => choose(wallet)}>
              <WalletIcon wallet={wallet} />
              <span>
                <strong>{plain(wallet.info.name, 40)}</strong>
                <span className="quiet">
                  {isFlask(wallet) ? 'installs any snap' : 'installs only snaps of its list'}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function WalletIcon({ wallet }: { wallet: Wallet }) {
  const icon = iconOf(wallet);
  return icon === undefined ? (
    <span className="wallet-icon" aria-hidden="true" />
  ) : (
    <img className="wallet-icon" src={icon} alt="" width="36" height="36" />
  );
}

function Elsewhere() {
  return (
    <div className="row">
      <a className="button main" href="#/lessons">
        Try the lessons
      </a>
      <a className="button" href="#/playground">
        Open the playground
      </a>
    </div>
  );
}

function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="stack">
      <h3>{title}</h3>
      {children}
    </div>
  );
}
