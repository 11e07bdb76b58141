/** What chains call the things that all of them have, for whoever draws a preview. */
import type { AccountKind, ChainId, Change } from './preview';

export interface ChainWords {
  /** What a height counts: one, and several. */
  readonly height: readonly [one: string, several: string];
  /** What the work of a transaction is measured in. */
  readonly units: string;
  /** One step of a transaction. */
  readonly step: string;
  /** Which machine of ours ran it. */
  readonly machine: string;
  /** What a token is known by. */
  readonly tokenId: string;
  readonly accountKinds: Readonly<Record<AccountKind, string>>;
}

const ACCOUNT_KINDS: ChainWords['accountKinds'] = {
  wallet: 'account',
  'token-account': 'token account',
  mint: 'token mint',
  nonce: 'nonce account',
  stake: 'stake account',
  program: 'program',
  'lookup-table': 'lookup table',
  data: 'data account',
};

export const CHAIN_WORDS: Readonly<Record<ChainId, ChainWords>> = {
  solana: {
    height: ['slot', 'slots'],
    units: 'compute units',
    step: 'instruction',
    machine: 'SVM',
    tokenId: 'mint',
    accountKinds: ACCOUNT_KINDS,
  },
  aptos: {
    height: ['ledger version', 'ledger versions'],
    units: 'gas units',
    step: 'call',
    machine: 'Move VM',
    tokenId: 'asset',
    accountKinds: { ...ACCOUNT_KINDS, 'token-account': 'token store' },
  },
  sui: {
    height: ['checkpoint', 'checkpoints'],
    units: 'MIST of gas',
    step: 'command',
    machine: 'Move VM',
    tokenId: 'coin',
    accountKinds: { ...ACCOUNT_KINDS, program: 'package' },
  },
};

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

/** A change as a clause without a stop, and what its two sides are called. */
export interface ChangeWords {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

interface AuthorityRow {
  readonly given: string;
  readonly replaced?: string;
  readonly taken: string;
  readonly from?: string;
  readonly to?: string;
}

/** Rights that are no authority in the sense of Solana's programs, by their role. */
const AUTHORITIES: Readonly<Record<string, AuthorityRow>> = {
  'authentication-key': {
    given: 'The key of this account is replaced by another',
    taken: 'The key of this account is removed',
    from: 'Key before',
    to: 'Key after',
  },
  'signer-capability': {
    given: 'Another account may act as this one',
    taken: 'Another account may no longer act as this one',
  },
  'rotation-capability': {
    given: 'Another account may replace the key of this one',
    taken: 'Another account may no longer replace the key of this one',
  },
  'authentication-function': {
    given: 'A function decides from now on who may sign for this account',
    taken: 'A function no longer decides who may sign for this account',
  },
  'multisig-owner': {
    given: 'An owner of a shared account is added',
    taken: 'An owner of a shared account is removed',
    from: 'Removed',
    to: 'Added',
  },
  'multisig-signatures-needed': {
    given: 'The number of owners that a shared account’s transactions need is set',
    replaced: 'The number of owners that a shared account’s transactions need changes',
    taken: 'A shared account needs no owners any more',
    from: 'Before',
    to: 'After',
  },
};

export function authorityWords({ role, before, after }: ChangeOf<'authority'>): ChangeWords {
  const row = Object.hasOwn(AUTHORITIES, role) ? AUTHORITIES[role] : undefined;
  const from = row?.from ?? 'From';
  const to = row?.to ?? 'To';
  if (row === undefined) {
    const name = `The ${role} authority`;
    return {
      text: `${name} ${after === null ? 'is given up' : 'goes to another account'}`,
      from,
      to,
    };
  }
  if (after === null) return { text: row.taken, from, to };
  return { text: before === null ? row.given : (row.replaced ?? row.given), from, to };
}

const NAME_ACTIONS: Readonly<Record<ChangeOf<'name'>['action'], string>> = {
  registered: 'is registered',
  renewed: 'is renewed',
  'points-elsewhere': 'points elsewhere',
  primary: 'is the primary name from now on',
  removed: 'is removed',
};

/** What happens to a name, to follow it: `is registered`. */
export function nameWords({ action, untrustedName }: ChangeOf<'name'>): string {
  // An account may also give up having one.
  if (action === 'primary' && untrustedName === '') return 'is no longer the primary one';
  return NAME_ACTIONS[action];
}

/** What happens to code, to follow its name: `is published`. */
export function codeWords({ action, module }: ChangeOf<'code'>): string {
  return `is ${action === 'deployed' && module !== undefined ? 'published' : action}`;
}

const OBJECT_STATES = {
  shared: 'shared with everybody',
  frozen: 'frozen: nobody can ever change it',
} as const;

/** What happens to an object, to follow its name: `goes to another owner`. */
export function objectWords({ action, after, before, state }: ChangeOf<'object'>): string {
  switch (action ?? (before === null ? 'made' : after === null ? 'destroyed' : 'moved')) {
    case 'made':
      return state === undefined ? 'is made' : `is made and ${OBJECT_STATES[state]}`;
    case 'moved':
      return state === undefined ? 'goes to another owner' : `is ${OBJECT_STATES[state]}`;
    case 'changed':
      return 'is changed';
    case 'wrapped':
      return 'goes into another object';
    case 'unwrapped':
      return 'comes out of another object';
    case 'destroyed':
      return 'is destroyed';
  }
}

const DURATIONS: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
];

/** `60 seconds`, `about 3 hours`: the largest unit of which there are at least two. */
export function durationWords(seconds: number): string {
  const fits = DURATIONS.find(([length]) => seconds >= 2 * length);
  if (fits === undefined) return `${seconds} second${seconds === 1 ? '' : 's'}`;
  const [length, name] = fits;
  return `about ${Math.floor(seconds / length)} ${name}s`;
}

/** Warnings that say no more than the verdict does. */
export const SAID_BY_VERDICT: ReadonlySet<string> = new Set(['would-fail', 'would-be-refused']);
