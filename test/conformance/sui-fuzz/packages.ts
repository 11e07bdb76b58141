/** Programs that publish and upgrade packages. */
import { type CompiledModule, encode, SUI_FORMAT } from '../../../src/vm-preview/move/core/format';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { ProgrammableTransaction, SuiObject } from '../../../src/vm-preview/move/sui';
import { mutate } from '../fuzz/mutate';
import { generateModule } from '../move-fuzz/generate';
import { harmModule } from '../move-fuzz/harm';
import type { Random } from '../svm-differential/random';
import { DIGEST, decode, FUZZ, movedTo, publishedModules } from './package';
import { objectArg, Program } from './program';
import type { SuiWorld } from './world';

const FRAMEWORK = Address.parse('0x2').bytes;
const STDLIB = Address.parse('0x1').bytes;
const ZERO = new Uint8Array(32);

const MODULES = publishedModules().map(decode);

export function packageProgram(random: Random, world: SuiWorld): ProgrammableTransaction {
  const program = new Program();
  const modules = modulesOf(random);
  const dependencies = dependenciesOf(random);
  if (random.chance(60)) {
    const cap = program.add({ kind: 'publish', modules, dependencies });
    endCap(random, program, cap);
  } else upgrade(random, program, world, modules, dependencies);
  return program.finish();
}

/** The capability that comes of publishing: sent, given up for good, or left lying. */
function endCap(random: Random, program: Program, cap: ReturnType<Program['add']>): void {
  const end = random.below(10);
  if (end < 6)
    program.add({ kind: 'transferObjects', objects: [cap], address: program.pure(FUZZ.bytes) });
  else if (end < 9) program.call(FRAMEWORK, 'package::make_immutable', [cap]);
}

function upgrade(
  random: Random,
  program: Program,
  world: SuiWorld,
  modules: readonly Uint8Array[],
  dependencies: readonly Uint8Array[],
): void {
  const caps = world.inputs.filter(isUpgradeCap);
  const cap = program.object(objectArg(random.pick(caps)));
  const policy = program.pure(Uint8Array.of(random.pick([0, 0, 0, 128, 192, 5])));
  const digest = random.chance(90) ? DIGEST : random.bytes(random.pick([0, 31, 32, 33]));
  const ticket = program.call(FRAMEWORK, 'package::authorize_upgrade', [
    cap,
    policy,
    program.pure(Uint8Array.of(digest.length, ...digest)),
  ]);
  const receipt = program.add({
    kind: 'upgrade',
    modules,
    dependencies,
    package: random.chance(90) ? FUZZ.bytes : FRAMEWORK,
    ticket,
  });
  if (random.chance(90)) program.call(FRAMEWORK, 'package::commit_upgrade', [cap, receipt]);
}

const isUpgradeCap = ({ data, owner }: SuiObject): boolean =>
  data.kind === 'move' && data.type.name === 'UpgradeCap' && owner.kind === 'address';

function dependenciesOf(random: Random): readonly Uint8Array[] {
  switch (random.below(12)) {
    case 0:
      return [FRAMEWORK];
    case 1:
      return [];
    case 2:
      return [STDLIB, FRAMEWORK, FRAMEWORK];
    case 3:
      return [STDLIB, FRAMEWORK, FUZZ.bytes];
    case 4:
      return [STDLIB, FRAMEWORK, random.bytes(32)];
    default:
      return [STDLIB, FRAMEWORK];
  }
}

function modulesOf(random: Random): readonly Uint8Array[] {
  const bare = modulesBefore(random);
  const harm = random.pick([0, 0, 1, 1, 2, 3]);
  const list = bare.map((module, i) => {
    let harmed = module;
    if (i === 0) for (let count = 0; count < harm; count++) harmed = harmModule(random, harmed);
    const { layout, ...whole } = harmed;
    const bytes = encode(whole, SUI_FORMAT);
    return random.chance(4) ? mutate(random, bytes) : bytes;
  });
  return random.chance(4) ? [...list, ...list] : list;
}

function modulesBefore(random: Random): readonly CompiledModule[] {
  const kind = random.below(10);
  if (kind < 4) return MODULES;
  if (kind < 6) return [random.pick(MODULES)];
  const count = 1 + random.below(3);
  const generated = Array.from({ length: count }, (_, i) =>
    named(atZero(generateModule(random, 'sui')), `m${i}`),
  );
  return random.chance(20) ? [...generated, ...MODULES] : generated;
}

function named(module: CompiledModule, name: string): CompiledModule {
  const self = module.moduleHandles[module.selfModule];
  return {
    ...module,
    identifiers: module.identifiers.map((other, i) => (i === self?.name ? name : other)),
  };
}

function atZero(module: CompiledModule): CompiledModule {
  const self = module.moduleHandles[module.selfModule]?.address;
  const moved = {
    ...module,
    addresses: module.addresses.map((address, i) => (i === self ? ZERO : address)),
  };
  return movedTo(moved, ZERO);
}
