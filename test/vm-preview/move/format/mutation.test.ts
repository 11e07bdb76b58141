import fc from 'fast-check';
import {
  APTOS_FORMAT,
  type CompiledModule,
  type CompiledScript,
  decodeModule,
  decodeScript,
  encode,
  type FormatConfig,
  FormatError,
  SUI_FORMAT,
} from '../../../../src/vm-preview/move/core/format';
import { FORMATS } from '../../../conformance/move-modules';
import { moduleSources } from '../../../support/move-fixtures';
import { aptosScript, newAptosModule, newSuiModule } from './samples';

interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly decode: (bytes: Uint8Array) => CompiledModule | CompiledScript;
  readonly config: FormatConfig;
}

const seedOf = (name: string, bytes: Uint8Array, config: FormatConfig): Seed => ({
  name,
  bytes,
  config,
  decode: (input) => decodeModule(input, config),
});

const script: Seed = {
  ...seedOf('script', encode(aptosScript(10), APTOS_FORMAT), APTOS_FORMAT),
  decode: (input) => decodeScript(input, APTOS_FORMAT),
};
const SAMPLES: readonly Seed[] = [
  seedOf('Aptos sample', encode(newAptosModule(), APTOS_FORMAT), APTOS_FORMAT),
  seedOf('Sui sample', encode(newSuiModule(), SUI_FORMAT), SUI_FORMAT),
  script,
];

// Small ones, so that a change hits something; of each chain and version.
const RECORDED: readonly Seed[] = moduleSources()
  .filter(({ name }) => /devnet|mainnet|106|Operation/.test(name))
  .flatMap(({ load }) => load())
  .filter(({ bytes }) => bytes.length < 3000)
  .map(({ flavour, name, bytes }) => seedOf(name, bytes, FORMATS[flavour]));

/** Bytes decode to something that is written back to them, or are refused in one way. */
function survives({ decode, config }: Seed, bytes: Uint8Array): 'decoded' | 'refused' {
  let unit: CompiledModule | CompiledScript;
  try {
    unit = decode(bytes);
  } catch (error) {
    if (error instanceof FormatError || isLegacy(error)) return 'refused';
    throw error;
  }
  if (Buffer.compare(encode(unit, config), bytes) !== 0) throw new Error('written otherwise');
  return 'decoded';
}

function isLegacy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'move-legacy-format';
}

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(), value: fc.nat(8) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat(), value: fc.constant(0) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  let all = [...bytes];
  for (const { kind, at, value } of mutations) {
    const index = all.length === 0 ? 0 : at % all.length;
    if (kind === 'set') all[index] = value;
    else if (kind === 'insert') all.splice(index, 0, value);
    else if (kind === 'remove') all.splice(index, value);
    else all = all.slice(0, index);
  }
  return Uint8Array.from(all);
}

// Each bit flipped, one more, one less, and the values at which ULEB128 changes.
const CHANGES: readonly ((byte: number) => number)[] = [
  ...Array.from({ length: 8 }, (_, bit) => (byte: number) => byte ^ (1 << bit)),
  (byte) => byte + 1,
  (byte) => byte - 1,
  ...[0, 0x7f, 0x80, 0xff].map((value) => () => value),
];

describe.each(SAMPLES)('changes of each byte of the $name', (seed) => {
  it('gives the typed error or a decoding of just these bytes', () => {
    let decoded = 0;
    for (let at = 0; at < seed.bytes.length; at++)
      for (const change of CHANGES) {
        const changed = Uint8Array.from(seed.bytes);
        changed[at] = change(changed[at] ?? 0);
        if (survives(seed, changed) === 'decoded') decoded++;
      }
    expect(decoded).toBeGreaterThan(seed.bytes.length);
    expect(decoded).toBeLessThan(seed.bytes.length * CHANGES.length);
  });

  it('and every cut of it is refused', () => {
    for (let end = 0; end < seed.bytes.length; end++)
      expect(survives(seed, seed.bytes.slice(0, end))).toBe('refused');
  });
});

const seeds = RECORDED.length > 0 ? RECORDED : SAMPLES;

describe('changed modules', () => {
  if (RECORDED.length === 0) console.log('skipped: no fixtures');

  it('are refused or decode to just their bytes, each in little time', () => {
    const counts = { decoded: 0, refused: 0 };
    let slowest = 0;
    fc.assert(
      fc.property(
        fc.nat(seeds.length - 1),
        fc.array(mutation, { minLength: 1, maxLength: 2 }),
        (index, mutations) => {
          const seed = seeds[index];
          if (seed === undefined) throw new Error('no seed');
          const start = performance.now();
          counts[survives(seed, mutate(seed.bytes, mutations))]++;
          slowest = Math.max(slowest, performance.now() - start);
        },
      ),
      { numRuns: 6_000 },
    );
    console.log(`${counts.decoded} decoded, ${counts.refused} refused, ${slowest.toFixed(1)} ms`);
    expect(counts.decoded).toBeGreaterThan(100);
    expect(slowest).toBeLessThan(1000);
  });

  it('of noise after a good header are refused or decode to just their bytes', () => {
    const config = APTOS_FORMAT;
    const header = [0xa1, 0x1c, 0xeb, 0x0b, 10, 0, 0, 0x0a];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        survives(seedOf('noise', noise, config), Uint8Array.of(...header, ...noise));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a module built to cost', () => {
  const timed = (bytes: Uint8Array): number => {
    const start = performance.now();
    survives(seedOf('large', bytes, APTOS_FORMAT), bytes);
    return performance.now() - start;
  };

  it('of a million empty signatures is read in little time', () => {
    const size = 1_000_000;
    const head = [0xa1, 0x1c, 0xeb, 0x0b, 10, 0, 0, 0x0a, 1, 5, 0, 0xc0, 0x84, 0x3d];
    const bytes = new Uint8Array(head.length + size + 1);
    bytes.set(head);
    expect(timed(bytes)).toBeLessThan(1000);
  });

  it('of many wide function types is read in little time', () => {
    // A function of 255 functions of nothing, over and over: four bytes a type.
    const wide = [0x10, 0, 0xff, 1, 0, ...new Array<number[]>(255).fill([0x10, 0, 0, 0]).flat()];
    const contents = new Array<number[]>(900).fill([1, ...wide]).flat();
    const size = contents.length;
    const uleb = [(size & 0x7f) | 0x80, ((size >> 7) & 0x7f) | 0x80, size >> 14];
    const head = [0xa1, 0x1c, 0xeb, 0x0b, 10, 0, 0, 0x0a, 1, 5, 0, ...uleb];
    expect(timed(Uint8Array.from([...head, ...contents, 0]))).toBeLessThan(1000);
  });
});
