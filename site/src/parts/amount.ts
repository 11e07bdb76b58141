import type { Asset } from '../../../src/vm-preview/model/preview';
import { plain, thousands } from './text';

/** A decimal string of smallest units as people write it, exactly: `-1234500`, 3 → `−1,234.5`. */
export function units(value: string, decimals: number): string {
  const negative = value.startsWith('-');
  const digits = (negative ? value.slice(1) : value).padStart(decimals + 1, '0');
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const whole = thousands(digits.slice(0, digits.length - decimals));
  return `${negative ? '−' : ''}${whole}${decimals === 0 || fraction === '' ? '' : `.${fraction}`}`;
}

/** A token without a name is told by its mint, which stands beside it. */
export function symbolOf(asset: Asset): string {
  if (asset.symbol !== undefined && asset.symbol !== '') return plain(asset.symbol, 16);
  return asset.kind === 'native' ? 'coins' : 'tokens';
}

export function amount(value: string, asset: Asset): string {
  return `${units(value, asset.decimals)} ${symbolOf(asset)}`;
}

/** With a sign in front, also where it is a plus. */
export function difference(delta: string, asset: Asset): string {
  return delta.startsWith('-') ? amount(delta, asset) : `+${amount(delta, asset)}`;
}
