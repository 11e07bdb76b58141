import { signIn as aptosSignIn, signMessage as aptosSignMessage } from './methods/aptos-messages';
import {
  preview as aptosPreview,
  signTransaction as aptosSign,
  signAndSubmitTransaction as aptosSignAndSubmit,
} from './methods/aptos-transactions';
import { connect, disconnect, getAccounts } from './methods/connect';
import { addNetwork, getNetworks } from './methods/networks';
import type { Method } from './methods/row';
import { signIn, signMessage } from './methods/solana-messages';
import {
  preview,
  signAllTransactions,
  signAndSendTransaction,
  signTransaction,
} from './methods/solana-transactions';
import { signPersonalMessage } from './methods/sui-messages';
import {
  preview as suiPreview,
  signTransaction as suiSign,
  signAndExecuteTransaction as suiSignAndExecute,
} from './methods/sui-transactions';
import type { RpcMethodName } from './types';

/** Every method a page may call. What is not here does not exist. */
export const METHODS: { readonly [Name in RpcMethodName]: Method<Name> } = {
  wallet_connect: connect,
  wallet_getAccounts: getAccounts,
  wallet_disconnect: disconnect,
  wallet_getNetworks: getNetworks,
  wallet_addNetwork: addNetwork,
  solana_previewTransaction: preview,
  solana_signTransaction: signTransaction,
  solana_signAllTransactions: signAllTransactions,
  solana_signAndSendTransaction: signAndSendTransaction,
  solana_signMessage: signMessage,
  solana_signIn: signIn,
  aptos_previewTransaction: aptosPreview,
  aptos_signTransaction: aptosSign,
  aptos_signAndSubmitTransaction: aptosSignAndSubmit,
  aptos_signMessage: aptosSignMessage,
  aptos_signIn: aptosSignIn,
  sui_previewTransaction: suiPreview,
  sui_signTransaction: suiSign,
  sui_signAndExecuteTransaction: suiSignAndExecute,
  sui_signPersonalMessage: signPersonalMessage,
};
