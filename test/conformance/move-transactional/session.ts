/** Runs the tasks of one test against the VM (transactional-test-runner, vm_test_harness.rs). */
import {
  APTOS_FORMAT,
  type CompiledModule,
  type CompiledScript,
  decodeModule,
  decodeScript,
  encode,
  requireCompatible,
} from '../../../src/vm-preview/move/core/format';
import { freeGas } from '../../../src/vm-preview/move/core/gas/gas';
import {
  type DatatypeType,
  type FunctionInstance,
  Loader,
  type MoveFunction,
  moduleId,
} from '../../../src/vm-preview/move/core/loader';
import { CORE_NATIVES } from '../../../src/vm-preview/move/core/natives';
import {
  GlobalCell,
  type GlobalStorage,
  Interpreter,
  MoveError,
} from '../../../src/vm-preview/move/core/runtime';
import { Address, type Value } from '../../../src/vm-preview/move/core/values';
import {
  APTOS_VERIFIER,
  verifyLinkage,
  verifyModule,
  verifyScript,
} from '../../../src/vm-preview/move/core/verifier';
import { AssemblyError, assemble, disassemble } from '../../support/masm';
import { valueText } from '../shared/value-text';
import { vmErrorOf, vmErrorText } from '../shared/vm-error';
import type { Task } from './tasks';
import { RecordedTrace } from './trace';
import { parseArgument, signer } from './values';

const FORMAT = { ...APTOS_FORMAT, maxVersion: 9 };
const MAX_INSTRUCTIONS = 10_000_000;

/** What a task ends in without a VM error; printed after "Error: ". */
class TaskError extends Error {}

export class Session {
  /** By address of 64 digits and name. */
  readonly #modules = new Map<string, CompiledModule>([[SIGNER_ID, signerModule()]]);
  /** BCS of resources by address and type. */
  readonly #resources = new Map<string, Uint8Array>();

  /** What the task prints below its echo; undefined where it prints nothing. */
  run(task: Task): string | undefined {
    try {
      switch (task.command) {
        case 'publish':
          return this.#publish(task);
        case 'print-bytecode':
          return disassemble(this.#assembled(task, task.options.get('input')?.[0] ?? 'script'));
        case 'run':
          return task.name === undefined ? this.#runScript(task) : this.#runFunction(task);
        default:
          throw new Error(`a task ${task.command}`);
      }
    } catch (error) {
      if (error instanceof TaskError || error instanceof AssemblyError)
        return `Error: ${error.message}`;
      throw error;
    }
  }

  #publish(task: Task): string | undefined {
    const assembled = this.#assembled(task, 'module');
    if (assembled.kind !== 'module') throw new TaskError('expected a module');
    const module = decodeModule(encode(assembled, FORMAT), FORMAT);
    const id = idOf(module);
    const key = `${id.address}::${id.name}`;
    const { flags } = task;
    try {
      const before = this.#modules.get(key);
      if (before !== undefined && !flags.has('skip-check-struct-and-pub-function-linking'))
        requireCompatible(before, module, {
          structLayout: !flags.has('skip-check-struct-layout'),
          friendLinking: !flags.has('skip-check-friend-linking'),
          entryAsPublic: false,
        });
      verifyModule(module, APTOS_VERIFIER);
      verifyLinkage(module, this.#source(new Map([[key, module]])));
    } catch (error) {
      const text = vmErrorText(vmErrorOf(error, id.key), flags.has('verbose'));
      throw new TaskError(`Unable to publish module '${key}'. Got VMError: ${text}`);
    }
    this.#modules.set(key, module);
    if (!flags.has('print-bytecode')) return undefined;
    return `\n== BEGIN Bytecode ==\n${disassemble(assembled)}\n== END Bytecode ==`;
  }

  #runScript(task: Task): string | undefined {
    const assembled = this.#assembled(task, 'script');
    if (assembled.kind !== 'script') throw new TaskError('expected a script');
    const script = decodeScript(encode(assembled, FORMAT), FORMAT);
    const loader = this.#loader();
    const result = this.#execute(task, loader, 'Script', () => {
      verifyScript(script, APTOS_VERIFIER);
      verifyLinkage(script, this.#source());
      return function_(loader.script(script).function('main'));
    });
    if (!task.flags.has('print-bytecode')) return result;
    const printed = `\n== BEGIN Bytecode ==\n${disassemble(assembled)}\n== END Bytecode ==`;
    return (result ?? '') + printed;
  }

  #runFunction(task: Task): string | undefined {
    const [address = '', module = '', name = ''] = (task.name ?? '').split('::');
    const loader = this.#loader();
    return this.#execute(task, loader, 'Function', () => {
      try {
        return loader.function(moduleId(Address.parse(address), module), name);
      } catch (error) {
        // What is not there is nowhere.
        if (error instanceof MoveError) error.callers = undefined;
        throw error;
      }
    });
  }

  #execute(
    task: Task,
    loader: Loader,
    what: 'Script' | 'Function',
    load: () => MoveFunction,
  ): string | undefined {
    let trace: RecordedTrace | undefined;
    const traced = (): string => (task.flags.has('display-trace') ? (trace?.text ?? '') : '');
    try {
      const instance = load().instance([]);
      trace = new RecordedTrace(instance);
      const results = this.#call(instance, argumentsOf(task, instance), loader, trace);
      const shown = results.map((value) => valueText(value, 'aptos')).join(', ');
      const text = traced() + (shown === '' ? '' : `return values: ${shown}`);
      return text === '' ? undefined : text;
    } catch (error) {
      const text = vmErrorText(vmErrorOf(error, 'script'), task.flags.has('verbose'));
      return `${traced()}Error: ${what} execution failed with VMError: ${text}`;
    }
  }

  #call(
    instance: FunctionInstance,
    args: readonly Value[],
    loader: Loader,
    trace: RecordedTrace,
  ): readonly Value[] {
    const storage = new TestStorage(this.#resources, loader);
    const interpreter = new Interpreter({
      loader,
      natives: CORE_NATIVES,
      gas: freeGas(),
      storage,
      maxInstructions: MAX_INSTRUCTIONS,
      trace,
    });
    const results = interpreter.run(instance, args);
    storage.commit();
    return results;
  }

  #assembled({ data }: Task, wanted: string): CompiledModule | CompiledScript {
    const unit = assemble(data ?? '', this.#modules);
    if (unit.kind === wanted) return unit;
    throw new TaskError(`expected a ${wanted} but found a ${unit.kind}`);
  }

  #loader(): Loader {
    return new Loader(this.#source());
  }

  #source(staged: ReadonlyMap<string, CompiledModule> = new Map()) {
    return {
      module: ({ address, name }: { readonly address: string; readonly name: string }) => {
        const key = `${address}::${name}`;
        return staged.get(key) ?? this.#modules.get(key) ?? null;
      },
    };
  }
}

function argumentsOf(task: Task, { definition }: FunctionInstance): Value[] {
  const signers = task.options.get('signers') ?? [];
  const texts = task.options.get('args') ?? [];
  const given = signers.length + texts.length;
  if (given !== definition.parameters.length)
    throw new Error(`${given} arguments for ${definition.key}`);
  return definition.parameters.map((type, i) => {
    const address = signers[i];
    return address === undefined
      ? parseArgument(texts[i - signers.length] ?? '', type)
      : signer(address, type);
  });
}

function function_(found: MoveFunction | undefined): MoveFunction {
  if (found === undefined) throw new Error('a script without its function');
  return found;
}

function idOf(module: CompiledModule) {
  const { address, name } = module.moduleHandles[module.selfModule] ?? { address: 0, name: 0 };
  const bytes = module.addresses[address] ?? new Uint8Array(32);
  return moduleId(Address.fromBytes(bytes), module.identifiers[name] ?? '');
}

const SIGNER_ID = `${'1'.padStart(64, '0')}::signer`;

/** All that the tests use of the standard library, which the chain's runner has at hand. */
function signerModule(): CompiledModule {
  const source = `module 0x1::signer
public fun borrow_address(s: &signer): &address
public fun address_of(s: &signer): address
    move_loc s
    call borrow_address
    read_ref
    ret
`;
  const module = assemble(source, new Map());
  if (module.kind !== 'module') throw new Error('a script for a module');
  return module;
}

class TestStorage implements GlobalStorage {
  readonly #cells = new Map<string, { readonly cell: GlobalCell; readonly type: DatatypeType }>();

  constructor(
    private readonly resources: Map<string, Uint8Array>,
    private readonly loader: Loader,
  ) {}

  cell(address: Address, type: DatatypeType): GlobalCell {
    const key = `${address.hex} ${type.key}`;
    let known = this.#cells.get(key);
    if (known === undefined) {
      const bytes = this.resources.get(key);
      const value = bytes === undefined ? undefined : this.loader.codec.decode(bytes, type);
      known = { cell: new GlobalCell(value), type };
      this.#cells.set(key, known);
    }
    return known.cell;
  }

  commit(): void {
    for (const [key, { cell, type }] of this.#cells) {
      const { effect } = cell;
      if (effect.kind === 'delete') this.resources.delete(key);
      else if (effect.kind === 'create' || effect.kind === 'modify')
        this.resources.set(key, this.loader.codec.encode(effect.value, type));
    }
  }
}
