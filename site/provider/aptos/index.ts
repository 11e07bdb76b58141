/** The wallet by AIP-62. The SDK is loaded with the first request that needs its classes. */
import type { AptosWallet } from '@aptos-labs/wallet-standard';
import type { IdentifierArray } from '@wallet-standard/base';
import { ICON } from '../icon';
import type { Session } from '../session';
import { chainsOf, eventFeature, NAME, StandardAccounts } from '../standard';
import { accountFeatures } from './account';
import { AptosNetworks } from './network';
import { signingFeatures } from './signing';

const CHAINS = chainsOf('aptos', ['mainnet', 'testnet', 'devnet', 'localnet']);
const FEATURES: IdentifierArray = [
  'aptos:signTransaction',
  'aptos:signAndSubmitTransaction',
  'aptos:signMessage',
  'aptos:signIn',
];

/** For `registerLookahead`: accounts on Aptos. */
export function aptos(session: Session): AptosWallet {
  const accounts = new StandardAccounts(session, {
    chain: 'aptos',
    chains: CHAINS,
    features: FEATURES,
  });
  const networks = new AptosNetworks(session);
  const features = {
    ...accountFeatures(session, networks),
    ...signingFeatures(session, networks),
    // AIP-62 has no word for an account that went: a change to no accounts says it.
    ...eventFeature(accounts),
  };
  return {
    version: '1.0.0',
    name: NAME,
    icon: ICON,
    url: 'https://metamask.io/flask/',
    chains: CHAINS,
    features,
    get accounts() {
      return accounts.get();
    },
  };
}
