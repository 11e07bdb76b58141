/**
 * What the user is shown, the same shape for every chain, and plain JSON: amounts are decimal strings of
 * the smallest unit (lamports, octas, MIST), addresses are in the chain's own text form.
 *
 * Strings under a key named `untrusted…` come from the chain's data or from a dapp: show them as plain text.
 */
import type { ErrorKind } from '../errors';

export type ChainId = 'solana' | 'aptos' | 'sui';

export interface Preview {
  readonly chain: ChainId;
  readonly network: NetworkView;
  /** Whose wallet this is; absent in the playground. */
  readonly account?: string;
  readonly verdict: Verdict;
  /** What changes for the user: the first thing to read. */
  readonly changes: readonly Change[];
  /** What changes for others. */
  readonly othersChanges: readonly Change[];
  readonly fee: Fee;
  /** Most severe first. */
  readonly warnings: readonly Warning[];
  readonly request: readonly DecodedCall[];
  readonly provenance: Provenance;
  readonly raw: RawOutcome;
}

export interface NetworkView {
  readonly id: string;
  readonly name: string;
  /** Symbol and decimals of the coin that pays fees. */
  readonly coin: { readonly symbol: string; readonly decimals: number };
  /** Explorer page of a transaction, with `{id}` where it goes. */
  readonly explorer?: string;
  /** A network for trying things out: its coins have no value. */
  readonly isTest: boolean;
}

/** Would it succeed? */
export type Verdict =
  | { readonly kind: 'success' }
  /** It lands and fails; the fee is lost. */
  | { readonly kind: 'failure'; readonly error: ChainError }
  /** The chain would not take it at all. */
  | { readonly kind: 'refused'; readonly error: ChainError };

export interface ChainError {
  /** In the chain's own terms, e.g. `InstructionError: Custom(1)`. */
  readonly code: string;
  /** One sentence. */
  readonly text: string;
  /** Index of the failing instruction or command, from 0. */
  readonly at?: number;
  readonly program?: string;
}

export interface Asset {
  readonly kind: 'native' | 'token';
  /** The mint, coin type or metadata object; absent for the native coin. */
  readonly id?: string;
  readonly decimals: number;
  readonly symbol?: string;
  readonly untrustedName?: string;
  /** Where symbol and name come from: `list` is ours, `metadata` is the mint's own claim. */
  readonly named: 'builtin' | 'metadata' | 'none';
}

/** What every change carries. */
interface ChangeBase {
  /** The account on the chain that changed. */
  readonly address: string;
  /** The wallet that it belongs to, when that is another address. */
  readonly owner?: string;
}

export type Change =
  | (ChangeBase & {
      readonly kind: 'balance';
      readonly asset: Asset;
      readonly before: string;
      readonly after: string;
      /** Signed. */
      readonly delta: string;
      /**
       * Where an account keeps an asset in more than one way: what changes in each, signed; together the
       * delta, which is 0 where it only moves between them.
       */
      readonly parts?: readonly { readonly where: 'coins' | 'balance'; readonly delta: string }[];
    })
  /** Somebody may now take up to `after` of the asset. */
  | (ChangeBase & {
      readonly kind: 'allowance';
      readonly asset: Asset;
      readonly spender: string | null;
      readonly before: string;
      readonly after: string;
      readonly unlimited: boolean;
    })
  /** The account is handed to another owner: a program, or a token account's holder. */
  | (ChangeBase & {
      readonly kind: 'owner';
      readonly role: 'program' | 'holder';
      readonly before: string;
      readonly after: string;
    })
  | (ChangeBase & {
      readonly kind: 'authority';
      /** e.g. `mint`, `freeze`, `close`, `upgrade`, `stake`, `withdraw`, `nonce`. */
      readonly role: string;
      readonly before: string | null;
      readonly after: string | null;
    })
  | (ChangeBase & {
      readonly kind: 'opened' | 'closed';
      readonly what: AccountKind;
      readonly asset?: Asset;
    })
  | (ChangeBase & { readonly kind: 'frozen' | 'thawed'; readonly asset: Asset })
  | (ChangeBase & {
      readonly kind: 'stake';
      readonly action: string;
      readonly validator?: string;
      readonly amount?: string;
    })
  | (ChangeBase & { readonly kind: 'nonce'; readonly action: 'created' | 'advanced' | 'closed' })
  | (ChangeBase & {
      readonly kind: 'code';
      readonly action: 'deployed' | 'upgraded' | 'closed' | 'extended';
      /** Name of the module, where an address holds several. */
      readonly module?: string;
    })
  /** How much there is of the asset at all. */
  | (ChangeBase & {
      readonly kind: 'supply';
      readonly asset: Asset;
      readonly before: string;
      readonly after: string;
      /** Signed. */
      readonly delta: string;
    })
  /** An object or NFT changes hands; null before for one that is made, after for one that ends. */
  | (ChangeBase & {
      readonly kind: 'object';
      readonly before: string | null;
      readonly after: string | null;
      /** Where owners do not say it all. `wrapped`: it goes into another object and is found there only. */
      readonly action?: 'made' | 'moved' | 'changed' | 'wrapped' | 'unwrapped' | 'destroyed';
      /** What it is after: everybody's to use, or never to change again. It has no owner then. */
      readonly state?: 'shared' | 'frozen';
      readonly item: ObjectView;
    })
  /** Tokens that have no object of their own: a collection's creator, its name and the token's name. */
  | (ChangeBase & {
      readonly kind: 'collectible';
      readonly item: ObjectView;
      readonly before: string;
      readonly after: string;
      /** Signed. */
      readonly delta: string;
    })
  /** A name of the chain's name service. */
  | (ChangeBase & {
      readonly kind: 'name';
      readonly action: 'registered' | 'renewed' | 'points-elsewhere' | 'primary' | 'removed';
      readonly untrustedName: string;
      /** What it points to after; null for nothing. */
      readonly target?: string | null;
    })
  /** A value under a type, which we cannot read further. */
  | (ChangeBase & {
      readonly kind: 'resource';
      readonly action: 'created' | 'removed' | 'changed';
      /** As the chain writes it. */
      readonly type: string;
    })
  /** Data of an account that we cannot read further. */
  | (ChangeBase & { readonly kind: 'data'; readonly bytesChanged: number });

/** What an object or NFT is. */
export interface ObjectView {
  /** Its type as the chain writes it; absent where it is a plain object. */
  readonly type?: string;
  readonly untrustedName?: string;
  readonly untrustedCollection?: string;
}

export type AccountKind =
  | 'wallet'
  | 'token-account'
  | 'mint'
  | 'nonce'
  | 'stake'
  | 'program'
  | 'lookup-table'
  | 'data';

export interface Fee {
  readonly payer: string;
  /** Smallest units, all told. */
  readonly total: string;
  readonly parts: readonly { readonly label: string; readonly amount: string }[];
  readonly asset: Asset;
}

export type Severity = 'critical' | 'high' | 'medium' | 'info';

export interface Warning {
  /** Stable, kebab-case. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence for a worried user. */
  readonly text: string;
  /** Labelled facts: addresses, amounts, programs. */
  readonly evidence: readonly { readonly label: string; readonly value: string }[];
}

export interface DecodedCall {
  readonly index: number;
  readonly program: { readonly address: string; readonly name?: string };
  /** e.g. `Transfer`; absent when the program is not known. */
  readonly name?: string;
  readonly fields: readonly DecodedField[];
  /** Calls that programs made in turn; known after the run. */
  readonly inner: readonly DecodedCall[];
  /** Hex of the instruction's data. */
  readonly data: string;
  /** Compute units or gas units that it used, with its inner calls; known after a run that came to it. */
  readonly units?: string;
}

export type DecodedField =
  | { readonly kind: 'address'; readonly label: string; readonly value: string }
  | {
      readonly kind: 'amount';
      readonly label: string;
      readonly value: string;
      readonly asset: Asset;
    }
  | { readonly kind: 'text'; readonly label: string; readonly untrustedValue: string }
  /** In words of ours. */
  | { readonly kind: 'words'; readonly label: string; readonly value: string }
  | { readonly kind: 'number'; readonly label: string; readonly value: string };

/** How it is known. */
export interface Provenance {
  /** Host of the node that was believed; absent when the state was given. */
  readonly host?: string;
  /** The heights at which what can change was read; equal when it was one call. */
  readonly height: { readonly from: string; readonly to: string };
  /** `exact`: nothing else can change it. `conditional`: holds for the state that was read. */
  readonly certainty: 'exact' | 'conditional';
  /** What the outcome rests on, one sentence each (presumed signatures, say). */
  readonly assumptions: readonly string[];
  /** How long it stays valid. */
  readonly expiry: Expiry;
  readonly load?: LoadStatistics;
}

export type Expiry =
  | { readonly kind: 'blocks'; readonly remaining: number }
  | { readonly kind: 'seconds'; readonly remaining: number }
  | { readonly kind: 'never'; readonly reason: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

export interface LoadStatistics {
  readonly rounds: number;
  readonly requests: number;
  readonly bytes: number;
}

export interface RawOutcome {
  readonly logs: readonly string[];
  /** In the order they were emitted; absent where the chain has none. */
  readonly events?: readonly RawEvent[];
  /** Compute units or gas. */
  readonly units: {
    readonly used: string;
    readonly limit: string;
    /** Of what is used, where the chain tells kinds of work apart. */
    readonly parts?: readonly { readonly label: string; readonly used: string }[];
  };
  readonly returnData?: { readonly program: string; readonly hex: string };
  /** Accounts that differ. */
  readonly diff: readonly StateDiff[];
  /** Values that differ, where the chain keeps those and not accounts. */
  readonly values?: readonly ValueDiff[];
  /** What differs by its fields; where a detailed preview was asked for. */
  readonly decoded?: readonly DecodedDiff[];
  /** What the run read; where a detailed preview was asked for. */
  readonly reads?: readonly StateRead[];
}

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [field: string]: JsonValue };

/** A value by its fields: null where there is none on that side, absent where it cannot be read. */
export interface DecodedDiff {
  /** Of the account or object; the handle of a table. */
  readonly address: string;
  /** As the chain writes it, or what an account is (`token-account`). */
  readonly type: string;
  /** Of a table's item. */
  readonly untrustedKey?: JsonValue;
  readonly untrustedBefore?: JsonValue;
  readonly untrustedAfter?: JsonValue;
}

/** A piece of state that the run read. */
export interface StateRead {
  readonly kind: 'account' | 'package' | 'setting' | ValueDiff['kind'];
  readonly address: string;
  /** Type, name of a module, or key of a table's item in hex. */
  readonly key?: string;
  /** Of an object. */
  readonly version?: string;
  /** In bytes; null where there is nothing. */
  readonly length: number | null;
}

export interface RawEvent {
  /** As the chain writes it. */
  readonly type: string;
  /** The value as JSON, or hex where its type could not be had. */
  readonly untrustedData: string;
}

export interface StateDiff {
  readonly address: string;
  readonly before: RawAccount | null;
  readonly after: RawAccount | null;
}

export interface ValueDiff {
  /** Of the account; the handle of a table. */
  readonly address: string;
  readonly kind: 'resource' | 'group' | 'module' | 'table-item' | 'object';
  /** Type of a resource, group or object, name of a module, key of a table's item in hex. */
  readonly key: string;
  readonly before: RawValue | null;
  readonly after: RawValue | null;
}

export interface RawValue {
  readonly length: number;
  /** Base64; left out where it is long. */
  readonly data?: string;
}

export interface RawAccount {
  readonly lamports: string;
  readonly owner: string;
  readonly executable: boolean;
  readonly dataLength: number;
  /** Base64; long data is left out of the diff where it did not change. */
  readonly data?: string;
}

/** No preview could be made, and why. */
export interface PreviewFailure {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly text: string;
}
