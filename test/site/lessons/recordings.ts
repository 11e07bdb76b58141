/** On which frameworks a local chain can run here: the small one always, the real one where it was recorded. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../../support/move-fixtures';

/** @param file - without which there is nothing recorded */
export function recordingsAt(
  file: string,
): (readonly [framework: string, fixtures: string | undefined])[] {
  const recorded = existsSync(join(FIXTURES, file));
  return [
    ['the small framework', undefined],
    ...(recorded ? [['the recorded framework', FIXTURES] as const] : []),
  ];
}
