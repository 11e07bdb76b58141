/** Recorded modules that harmed ones are made of. */
import {
  type CompiledModule,
  decodeModule,
  type Flavour,
} from '../../../src/vm-preview/move/core/format';
import type { ModuleSource } from '../../../src/vm-preview/move/core/loader';
import { moduleIdOf } from '../../../src/vm-preview/move/core/loader/module-id';
import { VerificationError, verifyLinkage } from '../../../src/vm-preview/move/core/verifier';
import { moduleSources } from '../../support/move-fixtures';
import { FORMATS } from '../move-modules';

export interface Seed {
  readonly flavour: Flavour;
  readonly module: CompiledModule;
  /** The modules that were recorded with it. */
  readonly source: ModuleSource;
}

/** Devnet's has the newest format, mainnet's an old one. */
const SETS = ['aptos devnet', 'aptos mainnet', 'sui framework/106/'];
/** Bytes: small ones, so that a change hits something and a try takes little time. */
const LARGEST = 2_500;

export function keyOf(module: CompiledModule): string {
  const self = module.moduleHandles[module.selfModule];
  if (self === undefined) throw new Error('no self handle');
  return moduleIdOf(module, self).key;
}

/** Without those of natives alone. */
export function recordedSeeds(): readonly Seed[] {
  return SETS.flatMap((name) => {
    const recorded = moduleSources()
      .filter((source) => source.name.startsWith(name))
      .flatMap(({ load }) => load());
    const modules = recorded.map(({ bytes, flavour }) => ({
      flavour,
      size: bytes.length,
      module: decodeModule(bytes, FORMATS[flavour]),
    }));
    const byKey = new Map(modules.map(({ module }) => [keyOf(module), module]));
    const source: ModuleSource = { module: ({ key }) => byKey.get(key) ?? null };
    return modules
      .filter(({ size, module }) => size < LARGEST && hasCode(module))
      .map(({ flavour, module }) => ({ flavour, module: moved(module), source }))
      .filter(({ module }) => links(module, source));
  });
}

const STRANGER = new Uint8Array(32).fill(0xca);

/** As somebody else would publish it: what is declared at the chain's own addresses, natives rely on. */
function moved(module: CompiledModule): CompiledModule {
  const { addresses, moduleHandles, selfModule } = module;
  return {
    ...module,
    addresses: [...addresses, STRANGER],
    friends: [],
    moduleHandles: moduleHandles.map((handle, i) =>
      i === selfModule ? { ...handle, address: addresses.length } : handle,
    ),
  };
}

const hasCode = (module: CompiledModule): boolean =>
  module.functionDefinitions.some(({ code }) => code !== undefined);

/** Without what only its friends may call. */
function links(module: CompiledModule, source: ModuleSource): boolean {
  try {
    verifyLinkage(module, source);
    return true;
  } catch (error) {
    if (error instanceof VerificationError) return false;
    throw error;
  }
}
