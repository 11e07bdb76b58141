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
      /** What the network is known by, and what the chain calls that. */
      readonly genesis: string;
      readonly genesisLabel: string;
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

/** A chain's networks, and which of them is in use. */
export interface ChainChoice {
  readonly chain: AccountView['chain'];
  readonly name: string;
  readonly networks: readonly NetworkChoice[];
  /** Id of the one in use. */
  readonly network: string;
}

export interface HomeView {
  readonly accounts: readonly (AccountView & {
    /** Of the network in use, e.g. `1.5 SOL`; absent where it is not known (yet). */
    readonly balance?: string;
  })[];
  readonly sources: readonly { readonly id: string; readonly name: string }[];
  readonly sites: readonly { readonly origin: string; readonly accounts: readonly string[] }[];
  /** The chains that transactions are previewed on. */
  readonly chains: readonly ChainChoice[];
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
  | {
      readonly page: 'add-network';
      readonly chain: AccountView['chain'];
      readonly chainName: string;
      /** Symbol to begin with. */
      readonly coin: string;
      readonly problem?: string;
    }
  | {
      readonly page: 'confirm-network';
      readonly view: AddNetworkView & { stage: 'answered' } & { chain: AccountView['chain'] };
    }
  | { readonly page: 'locked' }
  /** What is remembered cannot be read. */
  | { readonly page: 'broken'; readonly text: string }
  | { readonly page: 'confirm-reset' };
