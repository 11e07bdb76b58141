import { amount, difference, units } from '../../site/src/parts/amount';
import { counted, plain, shortened } from '../../site/src/parts/text';

const USDL = { kind: 'token', id: 'x', decimals: 6, symbol: 'USDL', named: 'metadata' } as const;

it.each([
  ['0', 9, '0'],
  ['1', 9, '0.000000001'],
  ['1500000000', 9, '1.5'],
  ['-1234567891', 3, '−1,234,567.891'],
  ['18446744073709551615', 0, '18,446,744,073,709,551,615'],
])('%s at %i decimals is %s', (value, decimals, text) => {
  expect(units(value, decimals)).toBe(text);
});

it('names amounts, with their sign where they are differences', () => {
  expect(amount('5000000', USDL)).toBe('5 USDL');
  expect(difference('5000000', USDL)).toBe('+5 USDL');
  expect(difference('-5000000', USDL)).toBe('−5 USDL');
  const { symbol: _, ...unnamed } = USDL;
  expect(amount('5000000', unnamed)).toBe('5 tokens');
});

it('shows what would not be seen, or would turn the text around', () => {
  expect(plain('pay\u202Eecila\u200B\u0007')).toBe('pay\\u{202e}ecila\\u{200b}\\u{7}');
  expect(plain('a'.repeat(210))).toBe(`${'a'.repeat(200)}… (10 more characters)`);
  expect(amount('1', { ...USDL, symbol: 'US\u202EDC' })).toBe('0.000001 US\\u{202e}DC');
});

it('keeps both ends of an address', () => {
  expect(shortened('FGSEUoooHzBjKzeydScJ8w68dAVrr5pgJFGHgUxfC6Cu')).toBe('FGSE…C6Cu');
  expect(shortened('0x1')).toBe('0x1');
});

it('counts', () => {
  expect(counted(1, 'byte')).toBe('1 byte');
  expect(counted(20_480, 'byte')).toBe('20,480 bytes');
});
