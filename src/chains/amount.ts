import type { Asset } from '../vm-preview/model/preview';

/** An amount in whole coins with its symbol, for a sentence: `1.5 SOL`. Exact, never rounded. */
export function amountText(amount: bigint, asset: Asset): string {
  const negative = amount < 0n;
  const digits = (negative ? -amount : amount).toString().padStart(asset.decimals + 1, '0');
  const whole = digits.slice(0, digits.length - asset.decimals);
  const fraction = digits.slice(digits.length - asset.decimals).replace(/0+$/, '');
  const number = `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  return asset.symbol === undefined ? number : `${number} ${asset.symbol}`;
}
