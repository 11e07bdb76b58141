import type { Warning } from '../../../vm-preview/model/preview';
import { evidence, type WarningCheck } from './context';

const DAY_MS = 86_400_000n;
const YOUNG_DAYS = 7n;
const FIRST_VERSION = 1n;

/** Packages that we know nothing of, with what the chain knows. */
export const unknownPackage: WarningCheck = ({ extras, nowMs, packages }) =>
  packages.flatMap(({ id, lastUsed, version }): Warning[] => {
    const facts = [
      evidence('package', id),
      ...(version === undefined ? [] : [evidence('version', version.toString())]),
    ];
    const warnings: Warning[] = [];
    if (lastUsed !== undefined && lastUsed !== id) {
      warnings.push({
        code: 'package-upgraded',
        severity: 'high',
        text: 'The program is another version than the one that you last used.',
        evidence: [...facts, evidence('last used', lastUsed)],
      });
    }
    const published = extras.publishedMs(id);
    const age = published === undefined ? undefined : nowMs - published;
    if (age !== undefined && age < YOUNG_DAYS * DAY_MS) {
      const isUpgrade = version !== undefined && version > FIRST_VERSION;
      warnings.push({
        code: 'package-new',
        severity: 'high',
        text: `The program was ${isUpgrade ? 'upgraded to this version' : 'published'} less than ${YOUNG_DAYS} days ago.`,
        evidence: [...facts, evidence('days ago', (age / DAY_MS).toString())],
      });
    }
    warnings.push({
      code: 'unknown-package',
      severity: 'medium',
      text: 'Lookahead does not know this program: only what it changes now is shown, not what it is for.',
      evidence: facts,
    });
    return warnings;
  });

export const codePublished: WarningCheck = ({ effects }) =>
  effects.own.flatMap((change): Warning[] =>
    change.kind !== 'code'
      ? []
      : [
          {
            code: change.action === 'deployed' ? 'code-published' : 'code-upgraded',
            severity: 'medium',
            text: `You would publish ${change.action === 'deployed' ? 'a package' : 'a new version of a package'}.`,
            evidence: [evidence('package', change.address)],
          },
        ],
  );
