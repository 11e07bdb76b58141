/** What went wrong, and what to do next: one of each, whatever failed. */
import {
  CannotPreviewError,
  MetaMaskMissingError,
  NodeError,
  NotConnectedError,
  SnapNotAllowedError,
  SnapsUnsupportedError,
  TooManyRequestsError,
  TransactionRefusedError,
  toWalletError,
  UnsupportedMethodError,
  type WalletError,
  WalletLockedError,
} from '../../provider';
import { plain } from '../parts/text';

export interface Advice {
  /** What happened. */
  readonly title: string;
  /** What to do about it. */
  readonly next: string;
  /** The visitor's own choice, and no failure. */
  readonly isChoice?: boolean;
}

/** What was being done. */
export type Doing = 'install' | 'connect' | 'fund' | 'send' | 'read' | 'disconnect';

type Told = (error: WalletError) => Advice;
type ErrorClass = new (code: number, message: string) => WalletError;

const REJECTED: Readonly<Record<Doing, Advice>> = {
  install: {
    title: 'You said no to the installation',
    next: 'Without the snap there are no accounts and no previews. Choose “Install” again when you are ready.',
  },
  connect: {
    title: 'You shared no account',
    next: 'This site sees only the addresses that you pick. Choose “Connect” again and pick at least one.',
  },
  send: {
    title: 'You rejected it, and nothing was sent',
    next: 'That is how it should be whenever a preview is not what you expected. Try again whenever you like.',
  },
  fund: { title: 'You said no in MetaMask', next: 'Try again when you are ready.' },
  read: { title: 'You said no in MetaMask', next: 'Try again when you are ready.' },
  disconnect: { title: 'You said no in MetaMask', next: 'The site is still connected.' },
};

const BY_CLASS: readonly (readonly [ErrorClass, Told])[] = [
  [
    WalletLockedError,
    () => ({
      title: 'MetaMask is locked',
      next: 'Click the fox in the browser’s toolbar, enter your password, then try again here.',
    }),
  ],
  [
    SnapNotAllowedError,
    () => ({
      title: 'This MetaMask does not install Lookahead',
      next: 'Ordinary MetaMask installs only snaps of its list, and Lookahead is not on it yet. Use MetaMask Flask, in a browser profile of its own.',
    }),
  ],
  [
    SnapsUnsupportedError,
    () => ({
      title: 'This MetaMask has no snaps',
      next: 'Update MetaMask Flask to its newest version, reload this page, and try again.',
    }),
  ],
  [
    UnsupportedMethodError,
    () => ({
      title: 'The installed Lookahead is too old for this site',
      next: 'Choose “Update” under “Get started”, and approve it in MetaMask.',
    }),
  ],
  [
    MetaMaskMissingError,
    () => ({
      title: 'No MetaMask answers in this browser',
      next: 'Install MetaMask Flask, or switch it on under the browser’s extensions, then reload this page.',
    }),
  ],
  [
    NotConnectedError,
    () => ({
      title: 'This site is not connected any more',
      next: 'It was disconnected in MetaMask. Connect again under “Get started”.',
    }),
  ],
  [
    TooManyRequestsError,
    () => ({
      title: 'MetaMask has other questions open',
      next: 'Click the fox in the browser’s toolbar, answer what is there, then try again.',
    }),
  ],
  [
    CannotPreviewError,
    ({ message }) => ({
      title: 'Lookahead cannot preview this, so it was not signed',
      next: sentence(message),
    }),
  ],
  [
    TransactionRefusedError,
    ({ message }) => ({
      title: 'The network would not take it, so nothing was sent',
      next: `${sentence(message)} Try again: it is then built anew.`,
    }),
  ],
  [
    NodeError,
    ({ message }) => ({
      title: 'The network’s node did not answer as it should',
      next: `${sentence(message)} See whether it is running, and try again.`,
    }),
  ],
];

/** What MetaMask itself says only in words. */
const BY_WORDS: readonly (readonly [RegExp, (error: WalletError) => Advice])[] = [
  [
    /already pending|already processing/i,
    () => ({
      title: 'MetaMask is asking you something already',
      next: 'Click the fox in the browser’s toolbar and answer what is there.',
    }),
  ],
  [
    /couldn't update to a version inside|is already installed/i,
    () => ({
      title: 'The installed Lookahead is too new for this site',
      next: 'Reload this page to get its newest version. If it runs on your machine, update it there first.',
    }),
  ],
  [
    /version mismatch|doesn't satisfy requested version/i,
    () => ({
      title: 'The snap that there is to install is too old for this site',
      next: 'If both run on your machine, stop “npm start” and start it again: it builds the snap anew.',
    }),
  ],
  [
    /failed to fetch|could not be fetched|fetch snap/i,
    () => ({
      title: 'MetaMask could not fetch the snap',
      next: 'See whether “npm start” is still running, then try again.',
    }),
  ],
  [
    /disconnected from metamask|context invalidated|reload/i,
    () => ({
      title: 'MetaMask lost touch with this page',
      next: 'It was probably updated. Reload this page and try again.',
    }),
  ],
];

/** @param thrown - by MetaMask, by the snap, by a node or by a local chain */
export function adviceFor(thrown: unknown, doing: Doing): Advice {
  if (isOfNode(thrown)) return nodeAdvice(thrown.message, doing);
  const error = toWalletError(thrown);
  if (error.isRejection) return { ...REJECTED[doing], isChoice: true };
  const told = BY_CLASS.find(([kind]) => error instanceof kind)?.[1];
  if (told !== undefined) return told(error);
  const worded = BY_WORDS.find(([words]) => words.test(error.message))?.[1];
  if (worded !== undefined) return worded(error);
  return { title: 'It did not work', next: `${sentence(error.message)} Try again.` };
}

/** Errors of the page's own requests, whose names they carry: their classes come with a chain's code. */
function isOfNode(thrown: unknown): thrown is Error {
  return thrown instanceof Error && ['LocalnetError', 'StateError'].includes(thrown.name);
}

function nodeAdvice(message: string, doing: Doing): Advice {
  if (/no local chain answers/i.test(message)) {
    return {
      title: 'The local chain does not answer',
      next: 'Start it with “npm start” on this machine, then try again.',
    };
  }
  if (doing === 'fund') {
    return {
      title: 'The faucet gave nothing',
      next: `${sentence(message)} If it is empty, stop “npm start” and start it again: the local chains then begin anew.`,
    };
  }
  const title = doing === 'read' ? 'The network does not answer' : 'The network’s node failed';
  return { title, next: `${sentence(message)} Try again, or choose another network.` };
}

/** Errors are worded to follow a colon. */
export function sentence(message: string): string {
  const text = plain(message, 300);
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
