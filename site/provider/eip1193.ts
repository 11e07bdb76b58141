/** The part of an EIP-1193 provider that is used. */
export interface Eip1193Provider {
  request(args: { readonly method: string; readonly params?: unknown }): Promise<unknown>;
}

/** What an EIP-6963 wallet says of itself. */
export interface WalletInfo {
  readonly uuid: string;
  readonly name: string;
  /** A data URI. */
  readonly icon: string;
  /** Reverse domain name, e.g. `io.metamask`. */
  readonly rdns: string;
}

export interface Wallet {
  readonly info: WalletInfo;
  readonly provider: Eip1193Provider;
}
