/** Modules in assembly text, linked, with a way to call their functions and a storage of bytes. */
import type { CompiledModule } from '../../../../src/vm-preview/move/core/format';
import { freeGas } from '../../../../src/vm-preview/move/core/gas/gas';
import {
  type DatatypeType,
  Loader,
  moduleId,
  type Type,
} from '../../../../src/vm-preview/move/core/loader';
import { CORE_NATIVES } from '../../../../src/vm-preview/move/core/natives';
import {
  GlobalCell,
  type GlobalStorage,
  Interpreter,
  MoveError,
  type NativeRegistry,
  type VmConfig,
} from '../../../../src/vm-preview/move/core/runtime';
import { Address, type Value } from '../../../../src/vm-preview/move/core/values';
import {
  APTOS_VERIFIER,
  verifyLinkage,
  verifyModule,
} from '../../../../src/vm-preview/move/core/verifier';
import { assemble } from '../../../support/masm';

export class Assembled implements GlobalStorage {
  readonly modules = new Map<string, CompiledModule>();
  /** BCS by address and type, as the last call left them. */
  readonly resources = new Map<string, Uint8Array>();
  readonly #cells = new Map<string, { readonly cell: GlobalCell; readonly type: DatatypeType }>();
  loader: Loader;

  /** @param sources - each may name those before it; all pass the verifier */
  constructor(
    sources: readonly string[],
    private readonly natives: NativeRegistry = CORE_NATIVES,
    private readonly config?: VmConfig,
  ) {
    for (const source of sources) {
      const module = assemble(source, this.modules);
      if (module.kind !== 'module') throw new Error('not a module');
      verifyModule(module, APTOS_VERIFIER);
      verifyLinkage(module, this.#source);
      const { address, name } = module.moduleHandles[0] ?? { address: 0, name: 0 };
      const bytes = Buffer.from(module.addresses[address] ?? []).toString('hex');
      this.modules.set(`${bytes}::${module.identifiers[name]}`, module);
    }
    this.loader = this.#newLoader();
  }

  /** @param name - `0x66::m::f` */
  call(
    name: string,
    args: readonly Value[] = [],
    typeArguments: readonly Type[] = [],
  ): readonly Value[] {
    const [address = '', module = '', fn = ''] = name.split('::');
    const declared = this.loader.function(moduleId(Address.parse(address), module), fn);
    const interpreter = new Interpreter({
      loader: this.loader,
      natives: this.natives,
      gas: freeGas(),
      storage: this,
      maxInstructions: 1_000_000,
    });
    this.#cells.clear();
    const results = interpreter.run(declared.instance(typeArguments), args);
    for (const [key, { cell, type }] of this.#cells) {
      const { effect } = cell;
      if (effect.kind === 'delete') this.resources.delete(key);
      else if (effect.kind === 'create' || effect.kind === 'modify')
        this.resources.set(key, this.loader.codec.encode(effect.value, type));
    }
    return results;
  }

  /** What a call fails with; fails itself when it does not. */
  failure(
    name: string,
    args: readonly Value[] = [],
    typeArguments: readonly Type[] = [],
  ): MoveError {
    try {
      this.call(name, args, typeArguments);
    } catch (error) {
      if (error instanceof MoveError) return error;
      throw error;
    }
    throw new Error(`${name} did not fail`);
  }

  /** As another transaction: nothing is known any more but modules and resources. */
  restart(): void {
    this.loader = this.#newLoader();
  }

  cell(address: Address, type: DatatypeType): GlobalCell {
    const key = `${address} ${type.key}`;
    let known = this.#cells.get(key);
    if (known === undefined) {
      const bytes = this.resources.get(key);
      const value = bytes === undefined ? undefined : this.loader.codec.decode(bytes, type);
      known = { cell: new GlobalCell(value), type };
      this.#cells.set(key, known);
    }
    return known.cell;
  }

  #newLoader(): Loader {
    return this.config === undefined
      ? new Loader(this.#source)
      : new Loader(this.#source, this.config);
  }

  get #source() {
    return {
      module: ({ address, name }: { readonly address: string; readonly name: string }) =>
        this.modules.get(`${address}::${name}`) ?? null,
    };
  }
}
