/** Runs the tasks of one test (move-transactional-test-runner, vm_test_harness.rs and framework.rs). */
import type { CompiledModule } from '../../../src/vm-preview/move/core/format';
import { type ModuleId, moduleId } from '../../../src/vm-preview/move/core/loader';
import { at } from '../../../src/vm-preview/move/core/loader/at';
import { Address } from '../../../src/vm-preview/move/core/values';
import {
  SUI_UNLIMITED,
  verifyLinkage,
  verifyModule,
} from '../../../src/vm-preview/move/core/verifier';
import { fullNameOf, selfIdOf } from '../shared/self-id';
import { vmErrorOf, vmErrorText } from '../shared/vm-error';
import type { Options, Task } from '../sui-transactional/tasks';
import { parseTypeText } from '../sui-transactional/type-syntax';
import { TaskError, UnsupportedError } from '../sui-transactional/unsupported';
import { parseValue } from '../sui-transactional/values';
import { type Call, call } from './call';
import { OLDEST_EDITION, Sources } from './sources';

const STD = '1'.padStart(64, '0');

/** The standard library as sources by path, and compiled. */
export interface Library {
  readonly sources: Readonly<Record<string, string>>;
  readonly modules: readonly CompiledModule[];
}

export class Session {
  /** By address of 64 digits and name. */
  readonly #modules: Map<string, CompiledModule>;
  readonly #addresses = new Map([['std', STD]]);
  readonly #sources: Sources;

  constructor(library: Library, options: Options | undefined) {
    this.#modules = new Map(library.modules.map((module) => [fullNameOf(module), module]));
    for (const given of options?.all('addresses') ?? []) {
      const [name = '', value = ''] = given.split('=');
      this.#addresses.set(name, digits(value));
    }
    this.#sources = new Sources({
      library: library.sources,
      edition: options?.one('edition') ?? OLDEST_EDITION,
      addresses: this.#addresses,
    });
  }

  /**
   * What the task prints below its echo; undefined where it prints nothing.
   *
   * @throws CompileError; UnsupportedError for what there is no part for here
   */
  async run(task: Task): Promise<string | undefined> {
    try {
      switch (task.command) {
        case 'publish':
          await this.#publish(task);
          return undefined;
        case 'run':
          return this.#run(task, await this.#functionOf(task));
        default:
          throw new UnsupportedError(`the command ${task.command}`);
      }
    } catch (error) {
      if (error instanceof TaskError) return `Error: ${error.message}`;
      throw error;
    }
  }

  /** @throws TaskError for what the VM refuses */
  async #publish({ data, options }: Task): Promise<readonly CompiledModule[]> {
    if (options.one('syntax') === 'mvir')
      throw new UnsupportedError("Move's intermediate representation has no compiler here");
    if (data === undefined) throw new Error('nothing to publish');
    const modules = await this.#sources.compile(data);
    const [first] = modules;
    if (first === undefined) throw new Error('nothing to publish');
    const staged = new Map<string, CompiledModule>();
    for (const module of modules) {
      staged.set(fullNameOf(module), module);
      try {
        verifyModule(module, SUI_UNLIMITED);
        verifyLinkage(module, this.#source(staged));
      } catch (error) {
        const text = vmErrorText(vmErrorOf(error, selfIdOf(module).key), false);
        throw new TaskError(
          `Unable to publish module '${fullNameOf(first)}'. Got VMError: ${text}`,
        );
      }
    }
    for (const [key, module] of staged) this.#modules.set(key, module);
    this.#sources.store(data, modules);
    return modules;
  }

  async #functionOf(task: Task): Promise<{ readonly module: ModuleId; readonly name: string }> {
    const [named] = task.options.positional;
    if (named === undefined) return entryOf(await this.#publish(task));
    const [address = '', module = '', name = ''] = named.split('::');
    return { module: moduleId(Address.parse(`0x${this.#hex(address)}`), module), name };
  }

  #run({ options }: Task, target: { readonly module: ModuleId; readonly name: string }) {
    const named = (name: string): Uint8Array => Address.parse(`0x${this.#hex(name)}`).bytes;
    const signers = options.all('signers').map((text) => named(text.replace(/^@/, '')));
    const args = options.all('args').map((text) => {
      const value = parseValue(text, named);
      if (value.kind !== 'pure') throw new Error(`no argument: ${text}`);
      return value.bytes;
    });
    const wanted: Call = {
      ...target,
      typeArguments: options.all('type-args').map((text) => parseTypeText(text, named)),
      args: [...signers, ...args],
      budget: options.number('gas-budget'),
    };
    const outcome = call(wanted, this.#source(new Map()));
    if ('error' in outcome)
      throw new TaskError(
        `Function execution failed with VMError: ${vmErrorText(outcome.error, false)}`,
      );
    return outcome.text;
  }

  #hex(address: string): string {
    const found = /^[0-9]/.test(address) ? digits(address) : this.#addresses.get(address);
    if (found === undefined) throw new Error(`Failed to resolve named address '${address}'`);
    return found;
  }

  #source(staged: ReadonlyMap<string, CompiledModule>) {
    return {
      module: ({ address, name }: { readonly address: string; readonly name: string }) => {
        const key = `${address}::${name}`;
        return staged.get(key) ?? this.#modules.get(key) ?? null;
      },
    };
  }
}

/** 64 digits of a number. */
const digits = (number: string): string => BigInt(number).toString(16).padStart(64, '0');

/** What is run of a module that a task has below it: its one entry function, or the only one (framework.rs). */
export function entryOf(modules: readonly CompiledModule[]): {
  readonly module: ModuleId;
  readonly name: string;
} {
  const [module] = modules;
  if (module === undefined || modules.length > 1) throw new Error('Expected exactly one module');
  const { functionDefinitions } = module;
  const entries = functionDefinitions.filter(({ isEntry }) => isEntry);
  const [found, ...others] = entries.length === 1 ? entries : functionDefinitions;
  if (found === undefined || others.length > 0)
    throw new Error('Expected exactly one function or one entry function');
  const name = at(module.identifiers, at(module.functionHandles, found.handle).name);
  return { module: selfIdOf(module), name };
}
