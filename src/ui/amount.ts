import type { Asset } from '../vm-preview/model/preview';
import { groupThousands, visible } from './text';

/**
 * A decimal string of smallest units, as people write amounts: `-1234500`, 3 → `-1,234.5`.
 *
 * Exact: nothing is rounded.
 */
export function formatUnits(value: string, decimals: number): string {
  const negative = value.startsWith('-');
  const digits = (negative ? value.slice(1) : value).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const text = groupThousands(whole) + (fraction === '' ? '' : `.${fraction}`);
  return negative ? `-${text}` : text;
}

/** What the asset is called: never more than the symbol, which may be the token's own claim. */
export function assetName(asset: Asset): string {
  if (asset.symbol !== undefined && asset.symbol !== '') return visible(asset.symbol, 16);
  return asset.kind === 'native' ? 'coins' : 'of an unnamed token';
}

export function formatAmount(value: string, asset: Asset): string {
  return `${formatUnits(value, asset.decimals)} ${assetName(asset)}`;
}

/** With its sign, also where it is a plus. */
export function formatDelta(delta: string, asset: Asset): string {
  const amount = formatAmount(delta, asset);
  return delta.startsWith('-') ? `−${amount.slice(1)}` : `+${amount}`;
}

/** Who says that the token is called so; nothing for the network's own coin. */
export function assetOrigin(asset: Asset): string | undefined {
  if (asset.kind === 'native' || asset.id === undefined) return undefined;
  switch (asset.named) {
    case 'builtin':
      return `Token ${asset.id}`;
    case 'metadata':
      return `Token ${asset.id}. ${claim(asset)}; anyone can pick that name.`;
    case 'none':
      return `Token ${asset.id}. It has no name.`;
  }
}

function claim({ untrustedName }: Asset): string {
  if (untrustedName === undefined) return 'It picked its symbol itself';
  return `It calls itself “${visible(untrustedName, 40)}”`;
}
