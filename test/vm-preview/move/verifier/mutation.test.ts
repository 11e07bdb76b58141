/** Recorded modules with one thing broken: refused in one way, or so that the interpreter runs them. */
import fc from 'fast-check';
import { CannotPreview, LookaheadError } from '../../../../src/vm-preview/errors';
import {
  type CompiledModule,
  decodeModule,
  encode,
  FormatError,
} from '../../../../src/vm-preview/move/core/format';
import { freeGas } from '../../../../src/vm-preview/move/core/gas/gas';
import {
  Loader,
  type ModuleSource,
  primitive,
  type Type,
} from '../../../../src/vm-preview/move/core/loader';
import { moduleIdOf } from '../../../../src/vm-preview/move/core/loader/module-id';
import { CORE_NATIVES } from '../../../../src/vm-preview/move/core/natives';
import { GlobalCell, Interpreter } from '../../../../src/vm-preview/move/core/runtime';
import {
  Address,
  ByteVector,
  ItemVector,
  SlotReference,
  Struct,
  type Value,
} from '../../../../src/vm-preview/move/core/values';
import {
  VerificationError,
  verifyLinkage,
  verifyModule,
} from '../../../../src/vm-preview/move/core/verifier';
import { FORMATS } from '../../../conformance/move-modules';
import { VERIFIERS } from '../../../conformance/move-verifier';
import { moduleSources } from '../../../support/move-fixtures';
import { MUTATION_KINDS, type Mutation, mutate } from './mutate';

interface Seed {
  readonly key: string;
  readonly module: CompiledModule;
  readonly source: ModuleSource;
}

const SETS = [
  'aptos devnet',
  'sui framework/106/0x0000000000000000000000000000000000000000000000000000000000000001',
];
const SMALL = 4_000;

/** Small modules, with the others of their set for what they import. */
const SEEDS: readonly Seed[] = SETS.flatMap((name) => {
  const found = moduleSources().find((source) => source.name.startsWith(name));
  const modules = (found?.load() ?? []).map(({ bytes, flavour }) => ({
    size: bytes.length,
    module: decodeModule(bytes, FORMATS[flavour]),
  }));
  const byKey = new Map(modules.map(({ module }) => [keyOf(module), module]));
  const source: ModuleSource = { module: ({ key }) => byKey.get(key) ?? null };
  return modules
    .filter(({ size, module }) => size < SMALL && module.functionDefinitions.length > 0)
    .map(({ module }) => ({ key: keyOf(module), module, source }));
});

function keyOf(module: CompiledModule): string {
  const self = module.moduleHandles[module.selfModule];
  if (self === undefined) throw new Error('no self handle');
  return moduleIdOf(module, self).key;
}

type Outcome = 'malformed' | 'refused' | 'verified';

/** Everything but the verifier's own error is a failure. */
function verify({ source }: Seed, mutant: CompiledModule): Outcome {
  let decoded: CompiledModule;
  const { layout, ...bare } = mutant;
  try {
    decoded = decodeModule(encode(bare, FORMATS[mutant.flavour]), FORMATS[mutant.flavour]);
  } catch (error) {
    if (error instanceof FormatError) return 'malformed';
    throw error;
  }
  try {
    verifyModule(decoded, VERIFIERS[mutant.flavour]);
    verifyLinkage(decoded, source);
    return 'verified';
  } catch (error) {
    if (error instanceof VerificationError) return 'refused';
    throw error;
  }
}

/** A value of the type; undefined for what is not made here. */
function sampleOf(type: Type, n: number, depth = 0): Value | undefined {
  if (depth > 4) return undefined;
  switch (type.kind) {
    case 'bool':
      return n % 2 === 1;
    case 'address':
      return Address.parse('0x1');
    case 'signer':
      return new Struct([Address.parse('0x1')]);
    case 'vector': {
      if (type.element.kind === 'u8') return new ByteVector(Uint8Array.of(1, 2, n % 256));
      const item = sampleOf(type.element, n, depth + 1);
      return new ItemVector(n % 2 === 0 || item === undefined ? [] : [item]);
    }
    case 'reference': {
      const to = sampleOf(type.to, n, depth + 1);
      return to === undefined ? undefined : new SlotReference([to], 0, undefined);
    }
    case 'datatype': {
      const { shape } = type.datatype;
      if (shape.kind !== 'struct' || type.typeArguments.length > 0) return undefined;
      const fields = shape.fields.map((field) => sampleOf(field.type, n, depth + 1));
      return fields.includes(undefined) ? undefined : new Struct(fields);
    }
    case 'function':
    case 'typeParameter':
      return undefined;
    default:
      return n % 100;
  }
}

/** Runs the functions that take simple arguments. @returns how many ran */
function run(
  { key, source }: Seed,
  mutant: CompiledModule,
  definition: number | undefined,
): number {
  const loader = new Loader({
    module: (id) => (id.key === key ? mutant : source.module(id)),
  });
  const self = mutant.moduleHandles[mutant.selfModule];
  if (self === undefined) throw new Error('no self handle');
  const linked = loader.module(moduleIdOf(mutant, self));
  let ran = 0;
  for (const [i, { handle, code }] of mutant.functionDefinitions.entries()) {
    if (code === undefined || (definition !== undefined && i !== definition)) continue;
    const name = mutant.identifiers[mutant.functionHandles[handle]?.name ?? 0] ?? '';
    const found = linked.function(name);
    if (found === undefined) throw new Error(`no function ${name}`);
    const typeArguments = Array.from({ length: found.typeParameterCount }, () => primitive('u64'));
    for (const n of [0, 1, 7]) {
      const instance = found.instance(typeArguments);
      const args = found.parameters.map((type) => sampleOf(instance.type(type), n));
      const given = args.filter((value) => value !== undefined);
      if (given.length < args.length) break;
      ran++;
      const cells = new Map<string, GlobalCell>();
      const interpreter = new Interpreter({
        loader,
        natives: CORE_NATIVES,
        gas: freeGas(),
        maxInstructions: 5_000,
        storage: {
          cell(address, type) {
            const at = `${address} ${type.key}`;
            const cell = cells.get(at) ?? new GlobalCell(undefined);
            cells.set(at, cell);
            return cell;
          },
        },
      });
      try {
        interpreter.run(instance, given);
      } catch (error) {
        if (!(error instanceof LookaheadError)) throw error;
        if (error instanceof CannotPreview && error.code === 'move-unverified-code') throw error;
      }
    }
  }
  return ran;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...MUTATION_KINDS),
  at: fc.nat(),
  pc: fc.nat(),
  value: fc.nat(1000),
});

describe('a recorded module with one thing broken', () => {
  if (SEEDS.length === 0) {
    it('skipped: no fixtures', () => expect(SEEDS).toEqual([]));
    return;
  }

  it('is refused with the verifier’s error, or runs without an ill-typed value', () => {
    const counts = { malformed: 0, refused: 0, verified: 0, ran: 0 };
    let slowest = 0;
    fc.assert(
      fc.property(fc.nat(SEEDS.length - 1), mutation, (index, change) => {
        const seed = SEEDS[index];
        if (seed === undefined) throw new Error('no seed');
        const start = performance.now();
        const { module, definition } = mutate(seed.module, change);
        const outcome = verify(seed, module);
        counts[outcome]++;
        slowest = Math.max(slowest, performance.now() - start);
        if (outcome === 'verified') counts.ran += run(seed, module, definition);
      }),
      { numRuns: Number(process.env['LOOKAHEAD_MUTANTS'] ?? 1_500) },
    );
    const { malformed, refused, verified, ran } = counts;
    console.log(
      `${malformed} malformed, ${refused} refused, ${verified} verified, ${ran} runs, slowest ${slowest.toFixed(0)} ms`,
    );
    expect(refused).toBeGreaterThan(300);
    expect(verified).toBeGreaterThan(100);
    expect(ran).toBeGreaterThan(100);
    expect(slowest).toBeLessThan(1000);
  }, 120_000);
});
