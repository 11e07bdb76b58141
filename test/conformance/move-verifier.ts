/** Verifies every recorded module, and links the modules of each recorded set with one another. */
import { LookaheadError } from '../../src/vm-preview/errors';
import { type CompiledModule, decodeModule } from '../../src/vm-preview/move/core/format';
import { MissingModulesError, type ModuleSource } from '../../src/vm-preview/move/core/loader';
import { moduleIdOf } from '../../src/vm-preview/move/core/loader/module-id';
import {
  APTOS_VERIFIER,
  SUI_VERIFIER,
  VerificationError,
  type VerifierConfig,
  verifyLinkage,
  verifyModule,
  verifyNoCycles,
} from '../../src/vm-preview/move/core/verifier';
import { verifySuiModule } from '../../src/vm-preview/move/sui/verifier';
import { moduleSources } from '../support/move-fixtures';
import { FORMATS } from './move-modules';

export const VERIFIERS: Readonly<Record<'aptos' | 'sui', VerifierConfig>> = {
  aptos: APTOS_VERIFIER,
  sui: SUI_VERIFIER,
};

interface Named {
  readonly name: string;
  readonly module: CompiledModule;
}

/** @returns what is wrong, or nothing */
function problemOf(name: string, check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    // The set of modules may lack one that another chain package has.
    if (error instanceof MissingModulesError) return undefined;
    if (!(error instanceof LookaheadError)) throw error;
    const where =
      error instanceof VerificationError ? { at: error.indices, code: error.offsets } : {};
    return `${name}: ${error.message} ${JSON.stringify(where)}`;
  }
}

/** @returns how many modules pass, and a sentence for each that does not */
export async function runMoveVerifier(
  fixtures?: string,
  log: (line: string) => void = console.log,
): Promise<{ passed: number; failures: string[] }> {
  let passed = 0;
  const failures: string[] = [];
  for (const source of moduleSources(fixtures)) {
    const modules: Named[] = source.load().map(({ name, bytes, flavour }) => ({
      name,
      module: decodeModule(bytes, FORMATS[flavour]),
    }));
    const byId = new Map(modules.map(({ module }) => [selfKey(module), module]));
    const known: ModuleSource = { module: ({ key }) => byId.get(key) };
    const start = performance.now();
    const problems = modules.flatMap(
      ({ name, module }) =>
        problemOf(name, () => {
          verifyModule(module, VERIFIERS[module.flavour]);
          if (module.flavour === 'sui') verifySuiModule(module, SUI_VERIFIER);
        }) ?? [],
    );
    const took = performance.now() - start;
    problems.push(
      ...modules.flatMap(
        ({ name, module }) => problemOf(name, () => verifyLinkage(module, known)) ?? [],
      ),
      ...modules.flatMap(
        ({ name, module }) => problemOf(name, () => verifyNoCycles(module, known)) ?? [],
      ),
    );
    passed += Math.max(0, modules.length - problems.length);
    failures.push(...problems);
    const count = `${modules.length - problems.length} of ${modules.length} modules`;
    log(`${source.name}: ${count}, ${took.toFixed(0)} ms`);
  }
  return { passed, failures };
}

function selfKey(module: CompiledModule): string {
  const self = module.moduleHandles[module.selfModule];
  return self === undefined ? '' : moduleIdOf(module, self).key;
}
