/** Modules that cost a verifier too much, after the chain's security advisories (bytecode-verifier-tests). */
import type { CompiledModule } from '../../../../src/vm-preview/move/core/format';
import {
  APTOS_VERIFIER,
  SUI_VERIFIER,
  type VerifierConfig,
} from '../../../../src/vm-preview/move/core/verifier';
import type { Line } from '../format/samples';
import { BOOL, ModuleBuilder, ref, repeat, statusOf, U8, U64, vector } from './builder';

/** The chain's `VerifierConfig::production()`. */
const PRODUCTION: VerifierConfig = {
  ...APTOS_VERIFIER,
  maxBasicBlocksInScript: 1024,
  maxDatatypeDefinitions: 200,
  maxFieldsInStruct: 30,
  maxVariants: 90,
  maxFunctionDefinitions: 1000,
  maxUnitsPerFunction: 8_000_000,
  maxUnitsPerModule: 8_000_000,
};

/** Many references that may all borrow from each other. */
function bicliques(): CompiledModule {
  const builder = new ModuleBuilder();
  const refs = repeat(128, () => ref(U64));
  const pass = builder.function('take_and_return', {
    parameters: refs,
    returns: refs,
    code: [...repeat(128, (i): Line => ['MoveLoc', i]), ['Ret']],
  });
  const swallow = builder.function('swallow', { parameters: refs, code: [['Ret']] });
  builder.function('f1', {
    parameters: refs,
    code: [
      ...repeat(128, (i): Line => ['CopyLoc', i]),
      ...repeat(76, (): Line => ['Call', pass]),
      ['Call', swallow],
      ['Ret'],
    ],
  });
  return builder.module();
}

/** Large graphs, merged at many jumps back. */
function largeGraphs(): CompiledModule {
  const builder = new ModuleBuilder();
  const refs = repeat(127, () => ref(U8));
  const make = builder.function('return_refs', {
    returns: refs,
    code: [['Call', 0], ['Ret']],
  });
  const pass = builder.function('pass', {
    parameters: refs,
    returns: refs,
    code: [['Call', make], ['Ret']],
  });
  for (const i of repeat(18, (n) => n))
    builder.function(`f${i}`, {
      parameters: refs,
      locals: refs,
      code: [
        ...repeat(127, (local): Line => ['CopyLoc', local]),
        ['Call', pass],
        ...repeat(127, (local): Line => ['StLoc', 127 + local]),
        ...repeat(950, (): Line[] => [['LdTrue'], ['BrTrue', 0]]).flat(),
        ['Ret'],
      ],
    });
  return builder.module();
}

/** A long path in the graph, merged at many jumps back. */
function longPaths(): CompiledModule {
  const builder = new ModuleBuilder();
  const locals = repeat(31, () => ref(U8));
  for (const i of repeat(21, (n) => n))
    builder.function(`f${i}`, {
      parameters: [ref(U8)],
      locals,
      code: [
        ['CopyLoc', 0],
        ['StLoc', 1],
        ...repeat(30, (j): Line[] => [
          ['CopyLoc', 1],
          ['StLoc', j + 2],
        ]).flat(),
        ...repeat(965, (): Line[] => [['LdTrue'], ['BrTrue', 0]]).flat(),
        ['Ret'],
      ],
    });
  return builder.module();
}

/** Very many copies of a reference that has many children. */
function copies(): CompiledModule {
  const builder = new ModuleBuilder();
  const bytes = builder.signature(U8);
  for (const i of repeat(2, (n) => n))
    builder.function(`f${i}`, {
      parameters: [ref(vector(U8))],
      locals: [ref(vector(U8)), U8],
      code: [
        ['CopyLoc', 0],
        ['StLoc', 1],
        ...repeat(1020, (): Line[] => [
          ['CopyLoc', 1],
          ['LdU64', 0, 0n],
          ['VecImmBorrow', bytes],
        ]).flat(),
        ...repeat(1880, (): Line[] => [['CopyLoc', 1], ['Pop']]).flat(),
        ...repeat(1020, (): Line => ['Pop']),
        ['Ret'],
      ],
    });
  return builder.module();
}

/** Locals that become available one by one, each time around the loop. */
function manyBackEdges(): CompiledModule {
  const builder = new ModuleBuilder();
  const both = builder.function('both', {
    returns: [BOOL, U8],
    code: [['LdTrue'], ['LdU8', 0, 0n], ['Ret']],
  });
  for (const i of repeat(16, (n) => n))
    builder.function(`f${i}`, {
      locals: repeat(255, () => U8),
      code: [
        ...repeat(1024 - 255 - 2, (): Line[] => [['LdTrue'], ['BrTrue', 0]]).flat(),
        ...repeat(255, (local): Line[] => [
          ['Call', both],
          ['StLoc', local],
          ['BrTrue', 0],
        ]).flat(),
        ['Ret'],
      ],
    });
  return builder.module();
}

describe('a module that costs too much', () => {
  const cases: readonly [string, () => CompiledModule][] = [
    ['bicliques', bicliques],
    ['large graphs', largeGraphs],
    ['long paths', longPaths],
    ['copies of a reference', copies],
    ['many jumps back', manyBackEdges],
  ];

  it.each(cases)('of %s is refused with the chain’s status, in little time', (_, make) => {
    const module = make();
    const start = performance.now();
    expect(statusOf(module, PRODUCTION)).toBe('CONSTRAINT_NOT_SATISFIED');
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it.each(cases)('of %s ends on Sui too', (_, make) => {
    const module: CompiledModule = { ...make(), version: 6 };
    const { flavour, ...tables } = module;
    const start = performance.now();
    const status = statusOf({ ...tables, flavour: 'sui' }, SUI_VERIFIER);
    expect([flavour, status]).toEqual(['aptos', 'CONSTRAINT_NOT_SATISFIED']);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it.each(cases)('of %s ends with the limits that the chain has now', (_, make) => {
    const module = make();
    const start = performance.now();
    expect(['CONSTRAINT_NOT_SATISFIED', 'ok']).toContain(statusOf(module, APTOS_VERIFIER));
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe('large types', () => {
  it('are refused before anything is done with them', () => {
    let deep = BOOL;
    for (let i = 0; i < 64; i++) deep = vector(deep);
    const builder = new ModuleBuilder();
    builder.function('f', { returns: repeat(64, () => ref(deep)), code: [['Branch', 0]] });
    expect(statusOf(builder.module(), PRODUCTION)).toBe('TOO_MANY_TYPE_NODES');
  });

  it('of a generic struct are counted as they are written', () => {
    const builder = new ModuleBuilder('aptos', 5);
    const anything = { constraints: 0, isPhantom: false };
    const struct = builder.struct(
      'S',
      { kind: 'native' },
      15,
      repeat(5, () => anything),
    );
    let type = U8;
    for (let i = 0; i < 250; i++) type = vector(type);
    for (let i = 0; i < 3; i++) {
      const inner = type;
      type = builder.type(struct, ...repeat(5, () => inner));
    }
    builder.function('f', {
      parameters: [type],
      code: [
        ...repeat(7500, (): Line[] => [['ImmBorrowLoc', 0], ['ReadRef'], ['Pop']]).flat(),
        ['Ret'],
      ],
    });
    expect(statusOf(builder.module(), PRODUCTION)).toBe('TOO_MANY_TYPE_NODES');
  });
});
