const UNITS = [
  [60, 'second'],
  [60, 'minute'],
  [24, 'hour'],
  [365, 'day'],
] as const;

/** `just now`, `3 minutes ago`. @param time - milliseconds since 1970 */
export function ago(time: number, now: number = Date.now()): string {
  let left = Math.max(0, Math.round((now - time) / 1000));
  if (left < 10) return 'just now';
  for (const [size, unit] of UNITS) {
    if (left < size) return `${left} ${unit}${left === 1 ? '' : 's'} ago`;
    left = Math.floor(left / size);
  }
  return new Date(time).toISOString().slice(0, 10);
}
