/** The wallet by AIP-62. The SDK is loaded with the first request that needs its classes. */
import type { AptosWallet } from '@aptos-labs/wallet-standard';
import type { IdentifierArray } from '@wallet-standard/base';
import type { Session } from '../session';
import { chainsOf, eventFeature, StandardAccounts, walletOf } from '../standard';
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
  return walletOf(accounts, {
    ...accountFeatures(session, networks),
    ...signingFeatures(session, networks),
    // AIP-62 has no word for an account that went: a change to no accounts says it.
    ...eventFeature(accounts),
  });
}
