import {
  APTOS_FORMAT,
  decodeModule,
  decodeScript,
  encode,
  FormatError,
  OPCODES,
  SUI_FORMAT,
} from '../../../../src/vm-preview/move/core/format';
import { aptosScript, assemble, moduleWith, newAptosModule, newSuiModule } from './samples';

describe('a module made by hand', () => {
  it.each([
    ['Aptos version 10', newAptosModule(), APTOS_FORMAT],
    ['Sui version 7', newSuiModule(), SUI_FORMAT],
  ])('%s reads back as it was', (_, module, config) => {
    const bytes = encode(module, config);
    const { layout, ...read } = decodeModule(bytes, config);
    expect(read).toEqual(module);
    expect(encode({ ...read, ...(layout && { layout }) }, config)).toEqual(bytes);
  });

  it.each([5, 6, 7, 8, 9, 10])('a script of version %d reads back', (version) => {
    const script = aptosScript(version);
    const bytes = encode(script, APTOS_FORMAT);
    expect(bytes[7]).toBe(version < 7 ? 0 : 0x0a);
    const { layout, ...read } = decodeScript(bytes, APTOS_FORMAT);
    expect(read).toEqual(script);
    expect(layout?.trailing).toHaveLength(0);
  });

  it('keeps bytes after the end on Aptos, which Sui refuses', () => {
    const aptos = Uint8Array.of(...encode(newAptosModule(), APTOS_FORMAT), 1, 2);
    expect(encode(decodeModule(aptos, APTOS_FORMAT), APTOS_FORMAT)).toEqual(aptos);
    const sui = Uint8Array.of(...encode(newSuiModule(), SUI_FORMAT), 1, 2);
    expect(() => decodeModule(sui, SUI_FORMAT)).toThrow(FormatError);
    const lenient = { ...SUI_FORMAT, checkNoExtraneousBytes: false };
    expect(encode(decodeModule(sui, lenient), lenient)).toEqual(sui);
  });

  it('keeps the order of tables, and a version whose flavour is written otherwise', () => {
    const module = newAptosModule();
    const { layout } = decodeModule(encode(module, APTOS_FORMAT), APTOS_FORMAT);
    if (layout === undefined) throw new Error('no layout');
    const other = {
      ...layout,
      versionWord: 10,
      headers: [...layout.headers].reverse(),
      contents: [...layout.contents.slice(3), ...layout.contents.slice(0, 3)],
    };
    const bytes = encode({ ...module, layout: other }, APTOS_FORMAT);
    const read = decodeModule(bytes, APTOS_FORMAT);
    expect(read.layout).toEqual(other);
    expect(encode(read, APTOS_FORMAT)).toEqual(bytes);
  });
});

describe('opcodes', () => {
  it('are 0x01 to 0x68 on Aptos and 0x01 to 0x56 on Sui, alike up to 0x4d', () => {
    const bytes = (flavour: 'aptos' | 'sui'): number[] =>
      OPCODES[flavour].flatMap((row, byte) => (row?.byte === byte ? [byte] : []));
    const upTo = (last: number): number[] => Array.from({ length: last }, (_, i) => i + 1);
    expect(bytes('aptos')).toEqual(upTo(0x68));
    expect(bytes('sui')).toEqual(upTo(0x56));
    expect(OPCODES.aptos.slice(0, 0x4e)).toEqual(OPCODES.sui.slice(0, 0x4e));
  });

  it('mean another thing on the other chain from 0x4e on', () => {
    expect([OPCODES.aptos[0x4e]?.name, OPCODES.sui[0x4e]?.name]).toEqual([
      'ImmBorrowVariantField',
      'PackVariant',
    ]);
    expect([OPCODES.aptos[0x56]?.name, OPCODES.sui[0x56]?.name]).toEqual([
      'TestVariant',
      'VariantSwitch',
    ]);
  });

  it.each([
    ['LdU16', 5, 6],
    ['CastI8', 8, 9],
    ['CallClosure', 7, 8],
    ['AbortMsg', 9, 10],
  ] as const)('%s is unknown in version %d and known in %d', (name, before, since) => {
    const code = assemble('aptos', [[name, 1, name === 'LdU16' ? 1n : undefined]]);
    const newer = encode(moduleWith('aptos', since, code), APTOS_FORMAT);
    expect(() => decodeModule(newer, APTOS_FORMAT)).not.toThrow();
    expect(() => encode(moduleWith('aptos', before, code), APTOS_FORMAT)).toThrow(FormatError);
    expect(() => decodeModule(newer, { ...APTOS_FORMAT, maxVersion: before })).toThrow('version');
  });
});
