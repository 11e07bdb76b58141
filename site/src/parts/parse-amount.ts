/**
 * A decimal number that somebody typed, in smallest units.
 *
 * @returns undefined where it is no number, is not above zero, or has more decimals than the coin
 */
export function parseAmount(text: string, decimals: number): bigint | undefined {
  const found = /^(\d{0,20})(?:\.(\d*))?$/.exec(text.trim().replaceAll(',', ''));
  if (found === null) return undefined;
  const [, whole = '', fraction = ''] = found;
  if (whole + fraction === '' || fraction.length > decimals) return undefined;
  const amount = BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
  return amount > 0n ? amount : undefined;
}
