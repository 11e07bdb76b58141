/** Whether the installed snap fits this site. */
import { SNAP_VERSION } from '../../provider';

export type Fit = 'fits' | 'too-old' | 'newer';

/**
 * Methods are added to the snap and not taken away, so that a newer one works; only a new line of versions
 * is worth a word.
 */
export function fitOf(installed: string, wanted: string = SNAP_VERSION): Fit {
  const [have, want] = [numbersOf(installed), numbersOf(wanted)];
  for (const place of [0, 1, 2]) {
    const difference = (have[place] ?? 0) - (want[place] ?? 0);
    if (difference < 0) return 'too-old';
    // Before 1.0.0 it is the second number that counts.
    if (difference > 0) return place === 0 || (place === 1 && want[0] === 0) ? 'newer' : 'fits';
  }
  return 'fits';
}

function numbersOf(version: string): number[] {
  return (version.split(/[-+]/)[0] ?? '').split('.').map(Number);
}
