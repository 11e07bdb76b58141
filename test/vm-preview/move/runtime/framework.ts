/** The recorded frameworks, linked, with a way to call any function of theirs. */
import { type CompiledModule, decodeModule } from '../../../../src/vm-preview/move/core/format';
import { freeGas } from '../../../../src/vm-preview/move/core/gas/gas';
import {
  Loader,
  type ModuleSource,
  moduleId,
  type Type,
} from '../../../../src/vm-preview/move/core/loader';
import { moduleIdOf } from '../../../../src/vm-preview/move/core/loader/module-id';
import { CORE_NATIVES } from '../../../../src/vm-preview/move/core/natives';
import {
  type GlobalStorage,
  Interpreter,
  MoveError,
} from '../../../../src/vm-preview/move/core/runtime';
import {
  Address,
  ByteVector,
  integer,
  type Value,
} from '../../../../src/vm-preview/move/core/values';
import { FORMATS } from '../../../conformance/move-modules';
import { moduleSources } from '../../../support/move-fixtures';

export class Framework {
  readonly loader: Loader;

  constructor(readonly modules: ReadonlyMap<string, CompiledModule>) {
    const source: ModuleSource = { module: ({ key }) => modules.get(key) ?? null };
    this.loader = new Loader(source);
  }

  /** @param name - `math64::pow`, of 0x1 */
  call(
    name: string,
    args: readonly Value[],
    typeArguments: readonly Type[] = [],
    storage?: GlobalStorage,
  ): readonly Value[] {
    const [module = '', fn = ''] = name.split('::');
    const declared = this.loader.function(moduleId(Address.parse('1'), module), fn);
    const interpreter = new Interpreter({
      loader: this.loader,
      natives: CORE_NATIVES,
      gas: freeGas(),
      maxInstructions: 10_000_000,
      ...(storage === undefined ? {} : { storage }),
    });
    return interpreter.run(declared.instance(typeArguments), args);
  }

  /** What a call fails with; fails itself when it does not. */
  failure(name: string, args: readonly Value[], typeArguments: readonly Type[] = []): MoveError {
    try {
      this.call(name, args, typeArguments);
    } catch (error) {
      if (error instanceof MoveError) return error;
      throw error;
    }
    throw new Error(`${name} did not fail`);
  }
}

/** @param source - `aptos devnet.blob`, `sui framework/99/1`; undefined without fixtures */
export function framework(source: string): Framework | undefined {
  const found = moduleSources().find(({ name }) => name.startsWith(source));
  if (found === undefined) return undefined;
  const modules = new Map<string, CompiledModule>();
  for (const { bytes, flavour } of found.load()) {
    const module = decodeModule(bytes, FORMATS[flavour]);
    const self = module.moduleHandles[module.selfModule];
    if (self !== undefined) modules.set(moduleIdOf(module, self).key, module);
  }
  return new Framework(modules);
}

export const text = (value: string): ByteVector => new ByteVector(new TextEncoder().encode(value));

export const int = (value: bigint): Value => integer(value);
