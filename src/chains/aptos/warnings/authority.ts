import type { Severity, Warning } from '../../../vm-preview/model/preview';
import { evidence, type WarningCheck } from './context';

interface Row {
  readonly code: string;
  readonly severity: Severity;
  readonly text: string;
}

/** By the right that changes. */
const ROWS: Readonly<Record<string, Row>> = {
  'authentication-key': {
    code: 'key-rotated',
    severity: 'critical',
    text: 'Your account would be handed to another key: the keys in this wallet could no longer use it.',
  },
  'signer-capability': {
    code: 'signer-capability-offered',
    severity: 'critical',
    text: 'Somebody else could act as your account at any time, now and later.',
  },
  'rotation-capability': {
    code: 'rotation-capability-offered',
    severity: 'critical',
    text: 'Somebody else could replace the key of your account and so take it over.',
  },
  'authentication-function': {
    code: 'authentication-function-added',
    severity: 'critical',
    text: 'A program would decide who may sign for your account, besides your key.',
  },
  'multisig-owner': {
    code: 'multisig-changed',
    severity: 'high',
    text: 'Who may act for an account of several owners would change.',
  },
  'multisig-signatures-needed': {
    code: 'multisig-changed',
    severity: 'high',
    text: 'How many owners it takes to act for an account would change.',
  },
};

/** A right over the user's account that changes; one that is taken back is no danger. */
export const authorityChanged: WarningCheck = ({ effects, mine }) =>
  effects.own.flatMap((change): Warning[] => {
    if (change.kind !== 'authority') return [];
    const row = Object.hasOwn(ROWS, change.role) ? ROWS[change.role] : undefined;
    const { address, after, before, owner } = change;
    if (row === undefined || after === null || mine.has(after)) return [];
    // The user may found an account with others.
    if (change.role.startsWith('multisig') && before === null && change.role !== 'multisig-owner') {
      return [];
    }
    return [
      {
        ...row,
        evidence: [
          evidence('account', owner ?? address),
          evidence('before', before ?? 'nobody'),
          evidence('after', after),
        ],
      },
    ];
  });

/** Tokens of the user's that get another holder without being moved. */
export const storeHandedOver: WarningCheck = ({ effects, mine }) =>
  effects.own.flatMap((change): Warning[] => {
    if (change.kind !== 'owner' || !mine.has(change.before) || mine.has(change.after)) return [];
    return [
      {
        code: 'owner-changed',
        severity: 'critical',
        text: 'A store of yours would be handed to somebody else with all that is in it.',
        evidence: [evidence('store', change.address), evidence('new owner', change.after)],
      },
    ];
  });

export const votingPowerLeaves: WarningCheck = ({ effects }) =>
  effects.own.flatMap((change): Warning[] =>
    change.kind === 'stake' && change.action.startsWith('voting power')
      ? [
          {
            code: 'voting-power-handed-over',
            severity: 'medium',
            text: 'Somebody else would vote with your stake.',
            evidence: [evidence('pool', change.address), evidence('what', change.action)],
          },
        ]
      : [],
  );
