import { type CompiledModule, emptyTables } from '../../../../../src/vm-preview/move/core/format';
import { cleverError } from '../../../../../src/vm-preview/move/sui/execution/clever-error';

const text = (words: string) => ({
  type: { kind: 'vector', element: { kind: 'u8' } } as const,
  data: Uint8Array.from([words.length, ...Buffer.from(words)]),
});

const compiled: CompiledModule = {
  ...emptyTables(),
  kind: 'module',
  flavour: 'sui',
  version: 6,
  selfModule: 0,
  constants: [
    text('ENotOwner'),
    text('Only the owner may do this.'),
    { type: { kind: 'u64' }, data: Uint8Array.of(1, 2, 0, 0, 0, 0, 0, 0) },
    { type: { kind: 'vector', element: { kind: 'u8' } }, data: Uint8Array.of(1, 0xff) },
  ],
};

/** As the compiler makes it: tag, line, constant of the name, constant of the value. */
const code = (line: bigint, name: bigint, value: bigint): bigint =>
  (1n << 63n) | (line << 32n) | (name << 16n) | value;

describe('abort codes that name constants', () => {
  it('say the name and the value', () => {
    expect(cleverError(compiled, code(12n, 0n, 1n))).toEqual({
      name: 'ENotOwner',
      message: 'Only the owner may do this.',
    });
    expect(cleverError(compiled, code(12n, 0n, 2n))).toEqual({ name: 'ENotOwner', message: '513' });
  });

  it('may have a number of their own', () => {
    const numbered = code(10n, 0n, 1n) | (1n << 62n) | (10n << 48n);
    expect(cleverError(compiled, numbered)?.name).toBe('ENotOwner');
  });

  it('say nothing where there is nothing to say', () => {
    // 0xffff stands for none.
    expect(cleverError(compiled, code(12n, 0xffffn, 0xffffn))).toEqual({});
    expect(cleverError(compiled, code(12n, 3n, 3n))).toEqual({});
    expect(cleverError(compiled, 65_537n)).toBeUndefined();
    // The largest number there is, which code may abort with, is no form of such a code.
    expect(cleverError(compiled, (1n << 64n) - 1n)).toBeUndefined();
  });
});
