import { LogCollector } from '../../../../src/vm-preview/svm/runtime/log-collector';

describe('log collector', () => {
  it('keeps less than 10,000 bytes, as agave tests it', () => {
    const logs = new LogCollector();
    for (let index = 0; index < 20_000; index++) logs.log('x');
    expect(logs.messages).toHaveLength(10_000);
    expect(logs.messages.at(-1)).toBe('Log truncated');
    expect(logs.messages.at(-2)).toBe('x');
  });

  it('counts bytes, not characters, and still takes what fits', () => {
    const logs = new LogCollector();
    logs.log('é'.repeat(4_990));
    logs.log('€'.repeat(7));
    logs.log('😀😀😀😀');
    logs.log('123');
    logs.log('45');
    expect(logs.messages.slice(1)).toEqual(['Log truncated', '😀😀😀😀', '123']);
    expect(new TextEncoder().encode(`${'é'.repeat(4_990)}😀😀😀😀123`)).toHaveLength(9_999);
  });
});
