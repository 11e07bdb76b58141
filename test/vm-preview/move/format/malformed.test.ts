import { CannotPreview } from '../../../../src/vm-preview/errors';
import {
  APTOS_FORMAT,
  type CompiledModule,
  decodeModule,
  decodeScript,
  encode,
  type FormatConfig,
  FormatError,
  type FormatStatus,
  type SignatureToken,
  SUI_FORMAT,
} from '../../../../src/vm-preview/move/core/format';
import { assemble, type Line, moduleWith, newAptosModule, newSuiModule } from './samples';

function statusOf(
  bytes: Uint8Array,
  config: FormatConfig = APTOS_FORMAT,
): FormatStatus | undefined {
  try {
    decodeModule(bytes, config);
    return undefined;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.code).toBe(`move-${error.status.toLowerCase().replaceAll('_', '-')}`);
    return error.status;
  }
}

/** A module of one empty identifier table entry list: header, tables, self handle. */
function raw(tables: readonly number[], contents: readonly number[], version = 6): Uint8Array {
  return Uint8Array.of(0xa1, 0x1c, 0xeb, 0x0b, version, 0, 0, 0, ...tables, ...contents, 0);
}

describe('the header', () => {
  it.each([
    ['nothing', [], 'BAD_MAGIC'],
    ['another magic', [0xa1, 0x1c, 0xeb, 0x0c, 6, 0, 0, 0, 0], 'BAD_MAGIC'],
    ['no version', [0xa1, 0x1c, 0xeb, 0x0b, 6, 0], 'MALFORMED'],
    ['version 0', [0xa1, 0x1c, 0xeb, 0x0b, 0, 0, 0, 0, 0], 'UNKNOWN_VERSION'],
    ['version 11', [0xa1, 0x1c, 0xeb, 0x0b, 11, 0, 0, 0x0a, 0], 'UNKNOWN_VERSION'],
    ['another flavour', [0xa1, 0x1c, 0xeb, 0x0b, 7, 0, 0, 0x05, 0], 'UNKNOWN_VERSION'],
    ['no tables', [0xa1, 0x1c, 0xeb, 0x0b, 6, 0, 0, 0, 0, 0], 'NO_MODULE_HANDLES'],
  ] as const)('%s', (_, bytes, status) => {
    expect(statusOf(Uint8Array.from(bytes))).toBe(status);
  });

  it('of a version before 5 is what this VM cannot run, not what the chain refuses', () => {
    expect(() => decodeModule(raw([0], [], 4), APTOS_FORMAT)).toThrow(CannotPreview);
    expect(statusOf(raw([0], [], 4), SUI_FORMAT)).toBe('UNKNOWN_VERSION');
  });

  it('of Sui version 7 needs Sui’s flavour', () => {
    expect(statusOf(raw([0], [], 7), SUI_FORMAT)).toBe('UNKNOWN_VERSION');
    const aptos = Uint8Array.from(encode(newSuiModule(), SUI_FORMAT));
    aptos[7] = 0x0a;
    expect(statusOf(aptos, SUI_FORMAT)).toBe('UNKNOWN_VERSION');
  });
});

describe('the tables', () => {
  // Two identifiers: a length and a letter each.
  const NAMES = [1, 0x61, 1, 0x62];

  it.each([
    ['unknown kind', [1, 9, 0, 4], 'UNKNOWN_TABLE_TYPE'],
    ['a gap before', [1, 7, 1, 3], 'BAD_HEADER_TABLE'],
    ['a gap between', [2, 7, 0, 2, 6, 3, 1], 'BAD_HEADER_TABLE'],
    ['an overlap', [2, 7, 0, 4, 6, 2, 2], 'BAD_HEADER_TABLE'],
    ['an empty table', [1, 7, 0, 0], 'BAD_HEADER_TABLE'],
    ['twice the same', [2, 7, 0, 2, 7, 2, 2], 'DUPLICATE_TABLE'],
    ['longer than the binary', [1, 7, 0, 100], 'BAD_HEADER_TABLE'],
    ['longer than what is left', [1, 7, 0, 12], 'MALFORMED'],
    ['a padded offset', [1, 7, 0x80, 0, 4], 'MALFORMED'],
    ['a padded count', [0x81, 0, 7, 0, 4], 'MALFORMED'],
    ['an offset over 32 bits', [1, 7, 0xff, 0xff, 0xff, 0xff, 0x1f, 4], 'MALFORMED'],
    ['over 255 of them', [0x80, 2, 7, 0, 4], 'MALFORMED'],
    ['enums before version 7', [1, 0x11, 0, 4], 'MALFORMED'],
    ['an element cut off', [1, 7, 0, 3], 'MALFORMED'],
  ] as const)('%s', (_, tables, status) => {
    expect(statusOf(raw(tables, NAMES))).toBe(status);
  });

  it('of a script are fewer', () => {
    const bytes = encode(newAptosModule(), APTOS_FORMAT);
    expect(() => decodeScript(bytes, APTOS_FORMAT)).toThrow('in a script');
  });

  it('of Sui have limits, and no metadata', () => {
    const bytes = encode(newSuiModule(), SUI_FORMAT);
    expect(statusOf(bytes, { ...SUI_FORMAT, tableLimits: { identifiers: 2 } })).toBe('MALFORMED');
    const metadata = [{ key: new Uint8Array(), value: new Uint8Array() }];
    const noted = encode({ ...newSuiModule(), metadata }, SUI_FORMAT);
    expect(statusOf(noted, SUI_FORMAT)).toBe('MALFORMED');
    expect(statusOf(noted, { ...SUI_FORMAT, checkNoExtraneousBytes: false })).toBeUndefined();
  });
});

describe('what an index points at', () => {
  const RETURN = assemble('aptos', [['Ret']]);
  const withParts = (parts: Partial<CompiledModule>): FormatStatus | undefined =>
    statusOf(encode(moduleWith('aptos', 10, RETURN, parts), APTOS_FORMAT));
  const withType = (type: SignatureToken): FormatStatus | undefined =>
    withParts({ signatures: [[], [type]] });

  it.each<[string, Partial<CompiledModule>, FormatStatus]>([
    ['itself', { selfModule: 1 }, 'INDEX_OUT_OF_BOUNDS'],
    ['a name', { moduleHandles: [{ address: 0, name: 3 }] }, 'INDEX_OUT_OF_BOUNDS'],
    ['an address', { moduleHandles: [{ address: 1, name: 0 }] }, 'INDEX_OUT_OF_BOUNDS'],
    ['a friend', { friends: [{ address: 9, name: 0 }] }, 'INDEX_OUT_OF_BOUNDS'],
    ['no module', { moduleHandles: [] }, 'NO_MODULE_HANDLES'],
    ['a field', { fieldHandles: [{ owner: 0, field: 0 }] }, 'INDEX_OUT_OF_BOUNDS'],
    [
      'a field of a native struct',
      {
        structDefinitions: [{ handle: 0, fields: { kind: 'native' } }],
        fieldHandles: [{ owner: 0, field: 0 }],
      },
      'INDEX_OUT_OF_BOUNDS',
    ],
    [
      'no variant',
      { structDefinitions: [{ handle: 0, fields: { kind: 'variants', variants: [] } }] },
      'ZERO_VARIANTS_ERROR',
    ],
    [
      'a signature',
      { functionInstantiations: [{ generic: 0, typeArguments: 2 }] },
      'INDEX_OUT_OF_BOUNDS',
    ],
  ])('%s', (_, parts, status) => {
    expect(withParts(parts)).toBe(status);
  });

  it('is a datatype with its number of arguments', () => {
    expect(withType({ kind: 'datatype', handle: 0, typeArguments: [] })).toBeUndefined();
    expect(withType({ kind: 'datatype', handle: 1, typeArguments: [] })).toBe(
      'INDEX_OUT_OF_BOUNDS',
    );
    expect(withType({ kind: 'datatype', handle: 0, typeArguments: [{ kind: 'u8' }] })).toBe(
      'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH',
    );
  });

  it.each<[string, Line, FormatStatus]>([
    ['a constant', ['LdConst', 0], 'INDEX_OUT_OF_BOUNDS'],
    ['a local', ['CopyLoc', 0], 'INDEX_OUT_OF_BOUNDS'],
    ['code', ['Branch', 1], 'INDEX_OUT_OF_BOUNDS'],
    ['a function', ['Call', 1], 'INDEX_OUT_OF_BOUNDS'],
    ['an instantiation', ['CallGeneric', 0], 'INDEX_OUT_OF_BOUNDS'],
    ['a struct', ['MoveTo', 0], 'INDEX_OUT_OF_BOUNDS'],
    ['a type', ['VecLen', 2], 'INDEX_OUT_OF_BOUNDS'],
    ['a closure', ['PackClosure', 7, 0n], 'INDEX_OUT_OF_BOUNDS'],
  ])('%s, in code', (_, line, status) => {
    const module = moduleWith('aptos', 10, assemble('aptos', [line]));
    expect(statusOf(encode(module, APTOS_FORMAT))).toBe(status);
  });

  it('is a type parameter that the function has', () => {
    const generic = (index: number): FormatStatus | undefined => {
      const signatures = [[], [{ kind: 'typeParameter', index } as const]];
      const module = moduleWith('aptos', 10, assemble('aptos', [['VecLen', 1]]), { signatures });
      return statusOf(encode(module, APTOS_FORMAT));
    };
    expect([generic(0), generic(1)]).toEqual([undefined, 'INDEX_OUT_OF_BOUNDS']);
  });

  it('is a branch for each variant of a switch', () => {
    const module = newSuiModule();
    const [definition] = module.functionDefinitions;
    if (definition?.code === undefined) throw new Error('no code');
    for (const [offsets, status] of [
      [[1], 'INVALID_ENUM_SWITCH'],
      [[1, 4], 'INDEX_OUT_OF_BOUNDS'],
    ] as const) {
      const code = { ...definition.code, jumpTables: [{ enumDefinition: 0, offsets }] };
      const broken = { ...module, functionDefinitions: [{ ...definition, code }] };
      expect(statusOf(encode(broken, SUI_FORMAT), SUI_FORMAT)).toBe(status);
    }
  });
});

describe('bounds of the format', () => {
  const nested = (depth: number): SignatureToken =>
    depth === 1 ? { kind: 'u8' } : { kind: 'vector', element: nested(depth - 1) };
  const code = assemble('aptos', [['Ret']]);

  it('are 256 levels of a type', () => {
    const of = (depth: number): CompiledModule =>
      moduleWith('aptos', 10, code, { signatures: [[], [nested(depth)]] });
    const bytes = encode(of(256), APTOS_FORMAT);
    expect(statusOf(bytes)).toBeUndefined();
    expect(() => encode(of(257), APTOS_FORMAT)).toThrow(FormatError);
    // One more level in the bytes: 255 vectors in a row become 256, and the table's size grows.
    const deeper = raw([1, 5, 0, 0x82, 2], [1, ...new Array<number>(256).fill(0xa), 2]);
    expect(statusOf(deeper)).toBe('MALFORMED');
  });

  it('are 255 locals', () => {
    const of = (count: number): CompiledModule => {
      const many = new Array<SignatureToken>(count).fill({ kind: 'u8' });
      const locals = assemble('aptos', [['Ret']], { locals: 1 });
      return moduleWith('aptos', 10, locals, { signatures: [[], many] });
    };
    expect(statusOf(encode(of(255), APTOS_FORMAT))).toBeUndefined();
    expect(() => encode(of(256), APTOS_FORMAT)).toThrow(FormatError);
    const both = of(255);
    const functionHandles = both.functionHandles.map((handle) => ({ ...handle, parameters: 2 }));
    const signatures = [...both.signatures, [{ kind: 'u8' } as const]];
    const crowded = { ...both, functionHandles, signatures };
    expect(statusOf(encode(crowded, APTOS_FORMAT))).toBe('TOO_MANY_LOCALS');
  });

  it('are identifiers of letters, and $ only from version 9 on', () => {
    const of = (name: string, version: number): (() => Uint8Array) => {
      const identifiers = ['m', name, 'S'];
      return () => encode(moduleWith('aptos', version, code, { identifiers }), APTOS_FORMAT);
    };
    for (const name of ['', '_', '1a', 'a-b', 'é', 'a b', '<SELF>_', 'a'.repeat(256)])
      expect(of(name, 10)).toThrow(FormatError);
    expect(of('a$b', 8)).toThrow(FormatError);
    for (const name of ['a$b', '__', 'a'.repeat(255), '<SELF>', '<SELF>_12'])
      expect(statusOf(of(name, 9)())).toBeUndefined();
  });

  it('are numbers that fit their literal', () => {
    for (const [name, value] of [
      ['LdU8', 256n],
      ['LdU8', -1n],
      ['LdI8', 128n],
      ['LdI256', 2n ** 255n],
      ['LdU256', 2n ** 256n],
    ] as const) {
      const literal = assemble('aptos', [[name, 0, value]]);
      expect(() => encode(moduleWith('aptos', 10, literal), APTOS_FORMAT)).toThrow('does not fit');
    }
  });

  it('hold before memory is reserved: a count of 65,535 instructions in three bytes', () => {
    const bytes = raw([1, 0xc, 0, 7], [0, 0, 0, 0, 0xff, 0xff, 3]);
    expect(statusOf(bytes)).toBe('MALFORMED');
  });
});
