/**
 * What a page may ask of the snap, as types only: parameters and results of each method of
 * `wallet_invokeSnap`. Bytes are base64; addresses, blockhashes and signatures are in the chain's own text
 * form. An error carries `data` of the shape `RpcErrorData`.
 */
import type { Preview } from '../vm-preview/model/preview';

export type RpcChain = 'solana' | 'aptos' | 'sui';

export interface RpcAccount {
  readonly chain: RpcChain;
  readonly address: string;
  /** Hex of 32 bytes, ed25519. */
  readonly publicKey: string;
  /** What the wallet calls it. */
  readonly label: string;
}

export interface RpcNetwork {
  readonly chain: RpcChain;
  /** What other methods take as `network`. */
  readonly id: string;
  readonly name: string;
  readonly genesis: string;
  readonly isTest: boolean;
  /** Is it the one in use? */
  readonly current: boolean;
}

interface OnNetwork {
  /** Id or genesis hash; the network in use where absent. */
  readonly network?: string;
}

interface ByAccount {
  /** A connected address; where absent, the first connected one that fits. */
  readonly account?: string;
}

/** Fields of a sign-in as of Sign In With Solana; those absent are filled in or left out. */
export interface SignInInput extends ByAccount {
  readonly domain?: string;
  readonly address?: string;
  readonly statement?: string;
  readonly uri?: string;
  readonly version?: string;
  readonly chainId?: string;
  readonly nonce?: string;
  readonly issuedAt?: string;
  readonly expirationTime?: string;
  readonly notBefore?: string;
  readonly requestId?: string;
  readonly resources?: readonly string[];
}

export interface SignedMessage {
  readonly account: RpcAccount;
  /** Base64 of exactly what was signed. */
  readonly signedMessage: string;
  /** Base58 of 64 bytes. */
  readonly signature: string;
}

/** Site, network, account and nonce are always part of what is signed. */
export interface AptosSignedMessage {
  readonly account: RpcAccount;
  readonly prefix: 'APTOS';
  readonly address: string;
  readonly application: string;
  readonly chainId: number;
  readonly message: string;
  readonly nonce: string;
  /** Exactly what was signed. */
  readonly fullMessage: string;
  /** Hex of 64 bytes. */
  readonly signature: string;
}

/** Method name → parameters and result. */
export interface RpcMethods {
  /** Asks the user once; later calls answer at once while all `chains` have a connected account. */
  wallet_connect: {
    params: { readonly chains?: readonly RpcChain[] };
    result: { readonly accounts: readonly RpcAccount[] };
  };
  /** What the origin is connected to; never asks. */
  wallet_getAccounts: {
    params: Record<string, never>;
    result: { readonly accounts: readonly RpcAccount[] };
  };
  wallet_disconnect: { params: Record<string, never>; result: null };
  wallet_getNetworks: {
    params: Record<string, never>;
    result: { readonly networks: readonly RpcNetwork[] };
  };
  /** The user is shown the node's host and its genesis hash, and decides. */
  wallet_addNetwork: {
    params: {
      readonly chain: RpcChain;
      readonly name: string;
      /** https, or http on loopback. */
      readonly endpoint: string;
      readonly coin?: { readonly symbol: string; readonly decimals: number };
      readonly isTest?: boolean;
    };
    result: { readonly network: RpcNetwork };
  };
  /** The preview that the dialog would show; signs nothing. */
  solana_previewTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    result: { readonly preview: Preview };
  };
  solana_signTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    result: { readonly transaction: string };
  };
  /** Each is previewed on the state that the one before leaves. */
  solana_signAllTransactions: {
    params: OnNetwork & ByAccount & { readonly transactions: readonly string[] };
    result: { readonly transactions: readonly string[] };
  };
  /** Signs and submits; answers when a node has taken it, not when it is confirmed. */
  solana_signAndSendTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    result: { readonly signature: string };
  };
  solana_signMessage: {
    params: ByAccount & { readonly message: string };
    result: SignedMessage;
  };
  solana_signIn: { params: SignInInput; result: SignedMessage };
  /**
   * `transaction` of Aptos' methods: BCS of a raw transaction, or of the SDK's simple or multi-agent
   * transaction, which name the other signers.
   */
  aptos_previewTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    result: { readonly preview: Preview };
  };
  /** `authenticator`: BCS of the account's `AccountAuthenticator`. */
  aptos_signTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    result: { readonly authenticator: string };
  };
  /** Sequence number and expiry are set anew where nobody else signs. Answers when a node has taken it. */
  aptos_signAndSubmitTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    result: { readonly hash: string };
  };
  aptos_signMessage: {
    params: OnNetwork & ByAccount & { readonly message: string; readonly nonce: string };
    result: AptosSignedMessage;
  };
  aptos_signIn: {
    params: OnNetwork & SignInInput;
    result: {
      readonly account: RpcAccount;
      readonly input: Omit<SignInInput, 'account'>;
      /** The text that the user read. */
      readonly message: string;
      /** Hex of 64 bytes. */
      readonly signature: string;
    };
  };
  /**
   * `transaction` of Sui's methods: BCS of `TransactionData`, or of a `TransactionKind`. What is left open of
   * its gas is chosen before it is shown.
   */
  sui_previewTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    /** `transaction` is what was run: it has its gas. */
    result: { readonly preview: Preview; readonly transaction: string };
  };
  /** `transaction` is what was signed, `signature` has its scheme's flag and the public key. */
  sui_signTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    result: { readonly transaction: string; readonly signature: string };
  };
  /** Answers when the effects are certain. */
  sui_signAndExecuteTransaction: {
    params: OnNetwork & ByAccount & { readonly transaction: string };
    result: {
      readonly transaction: string;
      readonly signature: string;
      /** Of the transaction, base58. */
      readonly digest: string;
      /** BCS. */
      readonly effects: string;
      /** Whether it did exactly what was shown; absent where that was not certain beforehand. */
      readonly isAsShown?: boolean;
    };
  };
  /** `message` is what was signed, without the intent. */
  sui_signPersonalMessage: {
    params: ByAccount & { readonly message: string };
    result: { readonly message: string; readonly signature: string };
  };
}

export type RpcMethodName = keyof RpcMethods;

/** `data` of each error. */
export interface RpcErrorData {
  /** Stable, kebab-case, e.g. `transaction-truncated`. */
  readonly code: string;
  readonly kind: 'malformed' | 'rejected' | 'state' | 'unsupported' | 'request' | 'internal';
  readonly context: Readonly<Record<string, string | number | boolean>>;
}
