/** Decodes every recorded module and writes it again: the bytes must be the same. */
import { LookaheadError } from '../../src/vm-preview/errors';
import {
  APTOS_FORMAT,
  type CompiledModule,
  decodeModule,
  encode,
  type FormatConfig,
  SUI_FORMAT,
} from '../../src/vm-preview/move/core/format';
import { moduleSources, type RecordedModule } from '../support/move-fixtures';

export const FORMATS: Readonly<Record<RecordedModule['flavour'], FormatConfig>> = {
  aptos: APTOS_FORMAT,
  sui: SUI_FORMAT,
};

/** @returns what is wrong with a module, or nothing */
export function roundTrip({ flavour, name, bytes }: RecordedModule): string | undefined {
  const config = FORMATS[flavour];
  let module: CompiledModule;
  try {
    module = decodeModule(bytes, config);
  } catch (error) {
    if (!(error instanceof LookaheadError)) throw error;
    return `${name}: ${error.message} ${JSON.stringify(error.context)}`;
  }
  if (!equal(encode(module, config), bytes)) return `${name}: written with other bytes`;
  const { layout, ...bare } = module;
  // The chain's own serializer wrote these, so its order of tables is ours.
  if (!equal(encode(bare, config), bytes)) return `${name}: laid out unlike the chain's serializer`;
  return undefined;
}

/** @returns how many modules came back as they were, and a sentence for each that did not */
export async function runMoveModules(
  fixtures?: string,
): Promise<{ passed: number; failures: string[] }> {
  let passed = 0;
  const failures: string[] = [];
  for (const source of moduleSources(fixtures)) {
    const modules = source.load();
    const problems = modules.flatMap((module) => roundTrip(module) ?? []);
    passed += modules.length - problems.length;
    failures.push(...problems);
    console.log(`${source.name}: ${modules.length - problems.length} of ${modules.length} modules`);
  }
  return { passed, failures };
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
