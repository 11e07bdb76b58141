import { functionHash, murmur3, symbolHash } from '../../../../src/vm-preview/svm/sbpf/murmur3';

describe('murmur3', () => {
  // Published vectors of MurmurHash3_x86_32 with seed 0.
  it.each([
    ['', 0],
    ['test', 0xba6bd213],
    ['Hello, world!', 0xc0363e43],
    ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
  ])('hashes %j', (text, hash) => {
    expect(murmur3(new TextEncoder().encode(text))).toBe(hash);
  });

  // As the chain's programs call them.
  it.each([
    ['abort', 0xb6fc1a11],
    ['sol_log_', 0x207559bd],
    ['sol_memcpy_', 0x717cc4a3],
    ['sol_invoke_signed_rust', 0xd7449092],
    ['entrypoint', 0x71e3cf81],
  ])('names the syscall %s', (name, hash) => {
    expect(symbolHash(name)).toBe(hash);
  });

  it('names a function by its instruction', () => {
    for (const pc of [0, 1, 77, 123_456]) {
      const bytes = new Uint8Array(8);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(pc), true);
      expect(functionHash(pc)).toBe(murmur3(bytes));
    }
  });
});
