import fc from 'fast-check';
import { assetOrigin, formatAmount, formatDelta, formatUnits } from '../../src/ui/amount';
import { MINT, SOL, TOKEN } from '../support/previews';

it.each([
  ['0', 9, '0'],
  ['1', 9, '0.000000001'],
  ['1500000000', 9, '1.5'],
  ['1234567890000000', 6, '1,234,567,890'],
  ['-5', 0, '-5'],
  ['-1234500', 3, '-1,234.5'],
  ['18446744073709551615', 9, '18,446,744,073.709551615'],
])('writes %s units with %d decimals as %s', (value, decimals, text) => {
  expect(formatUnits(value, decimals)).toBe(text);
});

it('loses nothing', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), fc.nat(18), (value, decimals) => {
      const [whole = '', fraction = ''] = formatUnits(value.toString(), decimals)
        .replaceAll(',', '')
        .split('.');
      const back = BigInt(whole + fraction.padEnd(decimals, '0'));
      expect(back).toBe(value);
    }),
  );
});

it('names the asset and the direction', () => {
  expect(formatAmount('1500000', TOKEN)).toBe('1.5 USDC');
  expect(formatDelta('1500000', TOKEN)).toBe('+1.5 USDC');
  expect(formatDelta('-1500000', TOKEN)).toBe('−1.5 USDC');
});

it('says of a token’s own name that it is its own, and of which token', () => {
  expect(assetOrigin(TOKEN)).toContain(MINT);
  expect(assetOrigin(TOKEN)).toContain('It calls itself “USD Coin”; anyone can pick that name.');
  expect(assetOrigin(SOL)).toBeUndefined();
});

it('shows what hides in a symbol', () => {
  expect(formatAmount('1', { ...TOKEN, decimals: 0, symbol: 'US\u200bDC' })).toBe(
    '1 US\\u{200b}DC',
  );
});
