export { deriveAccount, type KeyringAccount, sign } from './accounts';
export { addressOf } from './address';
export { type EntropySource, type KeyLocation, listEntropySources } from './entropy';
export { KeyringError, type KeyringErrorCode } from './errors';
export { accountPath, KEYRING_CHAINS, type KeyringChain, MAX_ACCOUNT_INDEX } from './paths';
