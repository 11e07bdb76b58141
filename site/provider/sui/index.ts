/** The wallet by the Sui extension of the Wallet Standard. */
import type { SuiFeatures, SuiSignTransactionInput } from '@mysten/wallet-standard';
import type { IdentifierArray, Wallet } from '@wallet-standard/base';
import { base64Of } from '../bytes';
import { networkOf } from '../networks';
import type { Session } from '../session';
import { chainsOf, connectFeatures, eventFeature, StandardAccounts, walletOf } from '../standard';

const CHAINS = chainsOf('sui', ['mainnet', 'testnet', 'devnet', 'localnet']);
const FEATURES: IdentifierArray = [
  'sui:signTransaction',
  'sui:signAndExecuteTransaction',
  'sui:signPersonalMessage',
];
/** Before a key of ed25519, as Sui writes keys. */
const ED25519_FLAG = 0;

/** For `registerLookahead`: accounts on Sui. */
export function sui(session: Session): Wallet {
  const accounts = new StandardAccounts(session, {
    chain: 'sui',
    chains: CHAINS,
    features: FEATURES,
    publicKey: (bytes) => Uint8Array.of(ED25519_FLAG, ...bytes),
  });
  return walletOf(accounts, {
    ...connectFeatures(accounts),
    ...eventFeature(accounts),
    ...signing(session, accounts),
  });
}

function signing(session: Session, accounts: StandardAccounts): SuiFeatures {
  const requestOf = async ({ account, chain, signal, transaction }: SuiSignTransactionInput) => {
    signal?.throwIfAborted();
    const { address } = accounts.require(account);
    const network = await networkOf(session, 'sui', CHAINS, chain);
    // With the SDK, which whoever builds transactions has loaded already.
    const { buildTransaction } = await import('./build');
    const endpoint = session.options.endpoints?.[chain];
    const bytes = await buildTransaction(await transaction.toJSON(), address, chain, endpoint);
    signal?.throwIfAborted();
    return {
      account: address,
      transaction: base64Of(bytes),
      ...(network === undefined ? {} : { network }),
    };
  };

  return {
    'sui:signTransaction': {
      version: '2.0.0',
      signTransaction: async (input) => {
        const signed = await session.request('sui_signTransaction', await requestOf(input));
        return { bytes: signed.transaction, signature: signed.signature };
      },
    },
    'sui:signAndExecuteTransaction': {
      version: '2.0.0',
      signAndExecuteTransaction: async (input) => {
        const request = await requestOf(input);
        const done = await session.request('sui_signAndExecuteTransaction', request);
        const { digest, effects, signature } = done;
        return { bytes: done.transaction, digest, effects, signature };
      },
    },
    'sui:signPersonalMessage': {
      version: '1.1.0',
      signPersonalMessage: async ({ account, message }) => {
        const signed = await session.request('sui_signPersonalMessage', {
          account: accounts.require(account).address,
          message: base64Of(message),
        });
        return { bytes: signed.message, signature: signed.signature };
      },
    },
  };
}
