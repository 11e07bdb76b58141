/** The wallet on Solana, through its ecosystem's own code: registry, detection and adapter. */

import { ed25519 } from '@noble/curves/ed25519.js';
import { isWalletAdapterCompatibleStandardWallet } from '@solana/wallet-adapter-base';
import { verifySignIn } from '@solana/wallet-standard-util';
import { StandardWalletAdapter } from '@solana/wallet-standard-wallet-adapter-base';
import { Keypair, PublicKey, SystemProgram, Transaction } from '@solana/web3.js';
import { getWallets } from '@wallet-standard/app';
import { registerLookahead, UserRejectedError } from '../../../site/provider';
import { solana } from '../../../site/provider/solana';
import { ORIGIN } from '../../support/page';
import { FakePage, touch } from './page';

jest.setTimeout(60_000);

let page: FakePage;
let stop: () => void;

beforeEach(() => {
  page = new FakePage();
});
afterEach(() => stop());

function listed() {
  return getWallets().get().filter(isWalletAdapterCompatibleStandardWallet);
}

function adapter(): StandardWalletAdapter {
  const [wallet] = listed();
  if (wallet === undefined) throw new Error('the wallet is not listed');
  return new StandardWalletAdapter({ wallet });
}

describe('listing', () => {
  it('waits for MetaMask, and ends when it is told to', () => {
    ({ stop } = registerLookahead([solana]));
    expect(listed()).toEqual([]);
    page.metamask.announce('com.other.wallet');
    expect(listed()).toEqual([]);
    page.metamask.announce();
    page.metamask.announce('io.metamask');
    expect(listed().map(({ name }) => name)).toEqual(['Lookahead']);
    stop();
    expect(listed()).toEqual([]);
  });

  it('opens no window and asks MetaMask nothing', () => {
    page.metamask.announce();
    ({ stop } = registerLookahead([solana]));
    expect(listed()).toHaveLength(1);
    expect(page.metamask.asked).toEqual([]);
  });
});
