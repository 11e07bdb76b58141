import { sha3_256 } from '@noble/hashes/sha3.js';
import type { Warning } from '../../../vm-preview/model/preview';
import { toHex } from '../../hex';
import { evidence, type WarningCheck } from './context';

/** A module this young has hardly been looked at by anybody. */
const YOUNG_DAYS = 7n;
const DAY_MICROS = 86_400_000_000n;

/** Code under the user's address acts for the user whenever it is called. */
export const codePublished: WarningCheck = ({ effects }) => {
  const own = effects.own.filter(({ kind }) => kind === 'code');
  const others = effects.others.filter(({ kind }) => kind === 'code');
  const modules = (changes: typeof own) =>
    changes.flatMap((change) =>
      change.kind === 'code'
        ? [`${change.address}::${change.module ?? ''} (${change.action})`]
        : [],
    );
  const warnings: Warning[] = [];
  if (own.length > 0) {
    warnings.push({
      code: 'code-published',
      severity: 'high',
      text: 'Code would be published under your address.',
      evidence: modules(own)
        .slice(0, 20)
        .map((module) => evidence('module', module)),
    });
  }
  if (others.length > 0) {
    warnings.push({
      code: 'code-published-elsewhere',
      severity: 'medium',
      text: 'Code would be published under another address.',
      evidence: modules(others)
        .slice(0, 20)
        .map((module) => evidence('module', module)),
    });
  }
  return warnings;
};

/** A script is code that the site brings along: nobody has seen it before, and it may do anything. */
export const scriptPayload: WarningCheck = ({ transaction: { executable } }) =>
  executable.kind !== 'script'
    ? []
    : [
        {
          code: 'script',
          severity: 'high',
          text: 'The site brings its own code along, which acts with your full authority. Sign only if the changes shown are what you want.',
          evidence: [
            evidence('bytes of code', String(executable.script.code.length)),
            evidence('sha3-256 of the code', toHex(sha3_256(executable.script.code))),
          ],
        },
      ];

/** Code that we know nothing of, with what the chain knows. */
export const unknownModule: WarningCheck = ({ code, foreignModule, nowMicros }) => {
  if (foreignModule === undefined) return [];
  const warnings: Warning[] = [];
  const facts = [evidence('module', foreignModule)];
  if (code === undefined) facts.push(evidence('package', 'not known'));
  else {
    facts.push(
      evidence('package', code.untrustedName),
      evidence('upgrades so far', code.upgrades.toString()),
      evidence(
        'its owner may',
        code.policy === 'immutable' ? 'never change it' : 'replace it at any time',
      ),
      evidence('source on chain', code.hasSource ? 'yes, not verified' : 'no'),
    );
  }
  if (code?.upgradesBefore !== undefined && code.upgrades !== code.upgradesBefore) {
    warnings.push({
      code: 'module-upgraded',
      severity: 'high',
      text: 'The program has been replaced by another version since you last used it.',
      evidence: [...facts, evidence('upgrades then', code.upgradesBefore.toString())],
    });
  }
  const age = code?.createdMicros === undefined ? undefined : nowMicros - code.createdMicros;
  if (age !== undefined && age < YOUNG_DAYS * DAY_MICROS) {
    warnings.push({
      code: 'module-new',
      severity: 'high',
      text: `The program was published less than ${YOUNG_DAYS} days ago.`,
      evidence: [...facts, evidence('days ago', (age / DAY_MICROS).toString())],
    });
  }
  warnings.push({
    code: 'unknown-module',
    severity: 'medium',
    text: 'Lookahead does not know this program: only what it changes now is shown, not what it is for.',
    evidence: facts,
  });
  return warnings;
};

/** What is drawn at random when it lands cannot be known now. */
export const randomOutcome: WarningCheck = ({ outcome }) => {
  const isRandom = outcome.reads.some(
    (key) =>
      key.kind === 'resource' &&
      key.type.module === 'randomness' &&
      key.type.name === 'PerBlockRandomness',
  );
  return isRandom
    ? [
        {
          code: 'random-outcome',
          severity: 'high',
          text: 'The outcome is drawn at random when the transaction lands: it will likely be another than the one shown.',
          evidence: [],
        },
      ]
    : [];
};
