/** Harmed modules, as bytes: decoded, verified, linked, and run where they pass. */

import { LookaheadError } from '../../../src/vm-preview/errors';
import { EMPTY_CHANGE_SET } from '../../../src/vm-preview/move/aptos/storage';
import {
  type CompiledModule,
  decodeModule,
  encode,
  type Flavour,
} from '../../../src/vm-preview/move/core/format';
import { freeGas } from '../../../src/vm-preview/move/core/gas/gas';
import {
  type FunctionInstance,
  Loader,
  type ModuleSource,
  type MoveFunction,
  moduleId,
} from '../../../src/vm-preview/move/core/loader';
import { CORE_NATIVES } from '../../../src/vm-preview/move/core/natives';
import { Interpreter, SUI_VM } from '../../../src/vm-preview/move/core/runtime';
import { Address, type Value } from '../../../src/vm-preview/move/core/values';
import { verifyLinkage, verifyModule } from '../../../src/vm-preview/move/core/verifier';
import { verifySuiModule } from '../../../src/vm-preview/move/sui/verifier';
import type { Target } from '../fuzz/driver';
import { mutate } from '../fuzz/mutate';
import { FORMATS } from '../move-modules';
import { VERIFIERS } from '../move-verifier';
import type { Random } from '../svm-differential/random';
import { generateModule } from './generate';
import { harmModule } from './harm';
import { isIllTyped } from './ill-typed';
import { keyOf, type Seed } from './seeds';
import { randomSimpleType, randomValue } from './values';
import type { DevnetWorld } from './world';

const ABILITY_KEY = 8;
const FUNCTIONS_RUN = 3;
const SUI_INSTRUCTIONS = 1_000;
/** Gas units, of a thousand instructions or so each, and octas for one. */
const APTOS_GAS = 4n;
const GAS_PRICE = 100n;
const HASH = new Uint8Array(32);

/** Bytes of a module with harm done to what it declares, and now and then to the bytes themselves. */
export function harmedBytes(random: Random, module: CompiledModule): Uint8Array {
  let harmed = module;
  for (let count = random.pick([0, 1, 1, 1, 2, 3]); count > 0; count--)
    harmed = harmModule(random, harmed);
  const { layout, ...bare } = harmed;
  const bytes = encode(bare, FORMATS[module.flavour]);
  return random.chance(10) ? mutate(random, bytes) : bytes;
}

function argumentsOf(
  random: Random,
  loader: Loader,
  declared: MoveFunction,
): { readonly instance: FunctionInstance; readonly args: readonly Value[] } | undefined {
  if (declared.typeParameters.some((abilities) => (abilities & ABILITY_KEY) !== 0)) return;
  const instance = declared.instance(
    declared.typeParameters.map(() => randomSimpleType(random, loader)),
  );
  const args: Value[] = [];
  for (const parameter of declared.parameters) {
    const value = randomValue(random, loader, instance.type(parameter));
    if (value === undefined) return undefined;
    args.push(value);
  }
  return { instance, args };
}

type Run = (instance: FunctionInstance, args: readonly Value[], loader: Loader) => void;

function suiRun(instance: FunctionInstance, args: readonly Value[], loader: Loader): void {
  const maxInstructions = SUI_INSTRUCTIONS;
  const interpreter = new Interpreter({
    loader,
    natives: CORE_NATIVES,
    gas: freeGas(),
    maxInstructions,
  });
  interpreter.run(instance, args);
}

/** As a transaction's payload. */
function aptosRun({ run }: DevnetWorld): Run {
  const session = run.session(EMPTY_CHANGE_SET, HASH, HASH, undefined);
  return (instance, args, loader) => {
    const gas = run.gas(APTOS_GAS, GAS_PRICE);
    session.run(instance, args, { gas, natives: gas.natives }, loader);
    session.finish();
  };
}

/** Tries one module's bytes. @param passed - of the target */
export function tryModule(
  random: Random,
  bytes: Uint8Array,
  seed: Pick<Seed, 'flavour' | 'source'>,
  world: DevnetWorld,
  passed: (stage?: string) => void,
): void {
  const { flavour } = seed;
  const module = decodeModule(bytes, FORMATS[flavour]);
  passed();
  verifyModule(module, VERIFIERS[flavour]);
  const isSui = flavour === 'sui';
  if (isSui) verifySuiModule(module, VERIFIERS[flavour]);
  const key = keyOf(module);
  const source: ModuleSource = {
    module: (id) => (id.key === key ? module : seed.source.module(id)),
  };
  verifyLinkage(module, source);
  passed('past the verifier');
  // Nobody may publish natives, and those that there are rely on what they are declared as.
  if (module.functionDefinitions.some(({ code }) => code === undefined)) return;
  const loader = new Loader(source, isSui ? SUI_VM : world.run.vm);
  const run = isSui ? suiRun : aptosRun(world);
  const self = module.moduleHandles[module.selfModule];
  const address = module.addresses[self?.address ?? 0] ?? HASH;
  const id = moduleId(Address.fromBytes(address), module.identifiers[self?.name ?? 0] ?? '');
  const functions = loader.module(id).functions;
  if (functions.length === 0) return;
  for (let count = 0; count < FUNCTIONS_RUN; count++) {
    const made = argumentsOf(random, loader, random.pick(functions));
    if (made === undefined) continue;
    passed('runs');
    try {
      run(made.instance, made.args, loader);
      passed('returned');
    } catch (error) {
      // An abort says nothing of the other functions.
      if (!(error instanceof LookaheadError) || isIllTyped(error)) throw error;
    }
  }
}

export function recordedModuleTarget(seeds: readonly Seed[], world: DevnetWorld): Target {
  return {
    name: 'recorded module',
    share: 22,
    try(random, passed) {
      const seed = random.pick(seeds);
      tryModule(random, harmedBytes(random, seed.module), seed, world, passed);
    },
  };
}

/** Of modules that are made to pass: half of them as they are. */
export function generatedModuleTarget(seeds: readonly Seed[], world: DevnetWorld): Target {
  const sources = new Map(seeds.map(({ flavour, source }) => [flavour, source]));
  const source = (flavour: Flavour): ModuleSource => sources.get(flavour) ?? { module: () => null };
  return {
    name: 'generated module',
    share: 18,
    try(random, passed) {
      const flavour = random.chance(80) ? 'aptos' : 'sui';
      const module = generateModule(random, flavour);
      const bytes = random.chance(50)
        ? encode(module, FORMATS[flavour])
        : harmedBytes(random, module);
      tryModule(random, bytes, { flavour, source: source(flavour) }, world, passed);
    },
  };
}
