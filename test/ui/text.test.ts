import { count, groupThousands, sentence, visible, visibleLines } from '../../src/ui/text';

describe('foreign text', () => {
  it.each([
    ['a right-to-left override', 'pay \u202ekcab', 'pay \\u{202e}kcab'],
    ['an isolate', '\u2066a\u2069', '\\u{2066}a\\u{2069}'],
    ['a zero-width space', 'US\u200bDC', 'US\\u{200b}DC'],
    ['a byte order mark', '\ufeffUSDC', '\\u{feff}USDC'],
    ['a soft hyphen', 'US\u00adDC', 'US\\u{ad}DC'],
    ['a Hangul filler', 'a\u3164', 'a\\u{3164}'],
    ['a tag character', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a variation selector', 'a\ufe0f', 'a\\u{fe0f}'],
    ['a no-break space', 'a\u00a0b', 'a\\u{a0}b'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a line feed', 'a\nb', 'a\\u{a}b'],
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a null', 'a\0b', 'a\\u{0}b'],
    ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
    ['a private character', 'a\ue000', 'a\\u{e000}'],
  ])('shows %s instead of obeying it', (_, given, shown) => {
    expect(visible(given)).toBe(shown);
  });

  it.each(['Grüße, 世界 👋', 'مرحبا', '**bold** [a](https://b) `c` <b>d</b>'])(
    'leaves what can be read as it is: %s',
    (text) => {
      expect(visible(text)).toBe(text);
    },
  );

  it('does not let marks climb over other lines', () => {
    const stacked = visible(`a${'\u0301'.repeat(50)}b`);
    expect(stacked.length).toBeLessThan(10);
    expect(stacked).toContain('b');
  });

  it('cuts what is too long, and says how much', () => {
    expect(visible('abcdef', 4)).toBe('abcd… (2 more characters)');
    expect(visible('👋👋👋', 4)).toBe('👋👋… (1 more characters)');
    expect(visible('\u202e'.repeat(3), 16)).toBe('\\u{202e}\\u{202e}… (1 more characters)');
  });

  it('keeps the lines of a message apart', () => {
    expect(visibleLines('a\r\nb\n\nc\u202e', 100)).toEqual(['a', 'b', '', 'c\\u{202e}']);
  });
});

it('writes numbers and sentences as people do', () => {
  expect(groupThousands('1234567')).toBe('1,234,567');
  expect(groupThousands('123')).toBe('123');
  expect(count(1, 'block')).toBe('1 block');
  expect(count(1500, 'block')).toBe('1,500 blocks');
  expect(sentence('the node did not answer')).toBe('The node did not answer.');
  expect(sentence('Why?')).toBe('Why?');
});
