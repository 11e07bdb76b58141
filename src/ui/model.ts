/** Plain views of accounts, networks and sites; what each dialog other than the transaction's draws. */

export interface AccountView {
  readonly chain: 'solana' | 'aptos' | 'sui';
  readonly address: string;
  /** e.g. `Solana account 1`. */
  readonly label: string;
}

/** What a user picks accounts from. */
export interface ConnectView {
  readonly origin: string;
  readonly choices: readonly (AccountView & { readonly checked: boolean })[];
  readonly problem?: string;
}

export interface MessageView {
  readonly origin: string;
  readonly account: string;
  /** The text, where the bytes are one. */
  readonly text?: string;
  /** Hex, where they are not. */
  readonly hex?: string;
  readonly bytes: number;
}

export interface SignInView {
  readonly origin: string;
  readonly account: string;
  readonly statement?: string;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** Exactly what is signed. */
  readonly text: string;
}

export type AddNetworkView =
  | { readonly stage: 'asking'; readonly origin: string | null; readonly host: string }
  | {
      readonly stage: 'answered';
      readonly origin: string | null;
      readonly host: string;
      readonly endpoint: string;
      readonly name: string;
      readonly coin: string;
      readonly genesis: string;
    }
  | {
      readonly stage: 'failed';
      readonly origin: string | null;
      readonly host: string;
      readonly text: string;
    };

export interface NetworkChoice {
  readonly id: string;
  readonly name: string;
  readonly isTest: boolean;
  readonly host: string;
  readonly endpoint: string;
  readonly builtin: boolean;
}

export interface HomeView {
  readonly accounts: readonly (AccountView & {
    /** Of the network in use, e.g. `1.5 SOL`; absent where it is not known (yet). */
    readonly balance?: string;
  })[];
  readonly sources: readonly { readonly id: string; readonly name: string }[];
  readonly sites: readonly { readonly origin: string; readonly accounts: readonly string[] }[];
  readonly networks: readonly NetworkChoice[];
  /** Id of the Solana network in use. */
  readonly network: string;
  readonly blindSigning: boolean;
  readonly toleranceBasisPoints: number;
  readonly problem?: string;
}

export type HomePage =
  | { readonly page: 'main'; readonly view: HomeView }
  | {
      readonly page: 'endpoint';
      readonly network: NetworkChoice;
      readonly problem?: string;
    }
  | { readonly page: 'add-network'; readonly problem?: string }
  | { readonly page: 'confirm-network'; readonly view: AddNetworkView & { stage: 'answered' } }
  | { readonly page: 'locked' }
  /** What is remembered cannot be read. */
  | { readonly page: 'broken'; readonly text: string }
  | { readonly page: 'confirm-reset' };
