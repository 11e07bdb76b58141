import {
  APTOS_FORMAT,
  decodeModule,
  decodeScript,
  encode,
  OPCODES,
} from '../../../../src/vm-preview/move/core/format';
import { FORMATS, roundTrip } from '../../../conformance/move-modules';
import {
  moduleSources,
  type RecordedModule,
  transactionBinaries,
} from '../../../support/move-fixtures';

const SOURCES = moduleSources();
const RECORDED: readonly (readonly [string, number])[] = [
  ['aptos mainnet.blob', 70],
  ['aptos testnet.blob', 63],
  ['aptos devnet.blob', 190],
];

const describeRecorded = SOURCES.length > 0 ? describe : describe.skip;
if (SOURCES.length === 0) console.log('skipped: no fixtures');

describeRecorded('recorded modules', () => {
  const loaded = SOURCES.map(({ name, load }) => ({ name, modules: load() }));
  const all = loaded.flatMap(({ modules }) => modules);

  it('are written again to the bytes they were read from', () => {
    const problems = all.flatMap((module) => roundTrip(module) ?? []);
    const count = (flavour: RecordedModule['flavour']): number =>
      all.filter((module) => module.flavour === flavour).length;
    console.log(`${count('aptos')} Aptos and ${count('sui')} Sui modules`);
    expect(problems).toEqual([]);
    expect(count('sui')).toBeGreaterThan(800);
  });

  it.each(RECORDED)('%s holds %d of them', (name, count) => {
    expect(loaded.find((source) => source.name === name)?.modules).toHaveLength(count);
  });

  it('name themselves as the state key does', () => {
    const named = all.filter(({ flavour }) => flavour === 'aptos');
    for (const { name, bytes } of named) {
      const module = decodeModule(bytes, FORMATS.aptos);
      const self = module.moduleHandles[module.selfModule];
      expect(name.endsWith(` ${module.identifiers[self?.name ?? -1]}`)).toBe(true);
    }
  });

  it('are refused as the other chain’s from version 7 on', () => {
    for (const { flavour, bytes } of all.filter(({ bytes }) => (bytes[4] ?? 0) >= 7))
      expect(() => decodeModule(bytes, FORMATS[flavour === 'sui' ? 'aptos' : 'sui'])).toThrow(
        'version word',
      );
  });

  it('use most opcodes, so that the tables are exercised', () => {
    const used = { aptos: new Set<number>(), sui: new Set<number>() };
    for (const { flavour, bytes } of all)
      for (const { code } of decodeModule(bytes, FORMATS[flavour]).functionDefinitions)
        for (const op of code?.ops ?? []) used[flavour].add(op);
    const missing = (flavour: 'aptos' | 'sui'): string[] =>
      OPCODES[flavour].flatMap((row) =>
        row === undefined || used[flavour].has(row.byte) ? [] : [row.name],
      );
    console.log(`unused by Aptos: ${missing('aptos').join(' ')}`);
    console.log(`unused by Sui: ${missing('sui').join(' ')}`);
    expect(missing('aptos').length).toBeLessThan(20);
    // Sui's framework has no global storage: ten opcodes of that.
    expect(missing('sui').length).toBeLessThan(25);
  });
});

const BINARIES = transactionBinaries();
const describeTransactions = BINARIES.length > 0 ? describe : describe.skip;

describeTransactions('modules and scripts in recorded transactions', () => {
  it('are written again to the bytes they were read from', () => {
    const kinds = { module: 0, script: 0 };
    const used = new Set<string>();
    for (const { bytes } of BINARIES) {
      const unit = isModule(bytes)
        ? decodeModule(bytes, APTOS_FORMAT)
        : decodeScript(bytes, APTOS_FORMAT);
      kinds[unit.kind]++;
      expect(encode(unit, APTOS_FORMAT)).toEqual(bytes);
      const codes =
        unit.kind === 'script' ? [unit.code] : unit.functionDefinitions.map(({ code }) => code);
      for (const code of codes)
        for (const op of code?.ops ?? []) used.add(OPCODES.aptos[op]?.name ?? '');
    }
    console.log(`${kinds.module} modules and ${kinds.script} scripts`);
    expect(kinds.script).toBeGreaterThan(2);
    for (const name of ['LdI8', 'LdI64', 'LdI256', 'CastI128', 'Negate'])
      expect(used).toContain(name);
  });
});

/** Whether the headers name definitions, field handles or friends. */
function isModule(bytes: Uint8Array): boolean {
  let position = 9;
  const uleb = (): void => {
    while ((bytes[position++] ?? 0) >= 0x80);
  };
  for (let left = bytes[8] ?? 0; left > 0; left--) {
    const kind = bytes[position++] ?? 0;
    if (kind >= 0x0a && kind <= 0x0f) return true;
    uleb();
    uleb();
  }
  return false;
}
