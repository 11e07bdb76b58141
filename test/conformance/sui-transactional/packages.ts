/** Publishing, staging and upgrading packages (test_adapter.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { decodeModule, SUI_FORMAT } from '../../../src/vm-preview/move/core/format';
import { at } from '../../../src/vm-preview/move/core/loader/at';
import { Address } from '../../../src/vm-preview/move/core/values';
import { upgradeDigest } from '../../../src/vm-preview/move/sui/execution/new-package';
import { idOf } from './framework';
import type { Session } from './session';
import type { Options, Task } from './tasks';
import type { CompiledPackage, TestSources } from './test-sources';
import { TransactionBuilder } from './transaction-builder';
import type { Gas } from './transactions';
import { TaskError, UnsupportedError } from './unsupported';
import type { ObjectId } from './world';

const ZERO = '0'.repeat(64);
const STD = Address.parse('0x1').bytes;
const SUI = Address.parse('0x2').bytes;

/** `UpgradePolicy` */
const POLICIES: Readonly<Record<string, number>> = { compatible: 0, additive: 128, dep_only: 192 };

interface Staged extends CompiledPackage {
  readonly text: string;
  readonly digest: Uint8Array;
}

export class Packages {
  readonly #staged = new Map<string, Staged>();
  /** Names of upgraded packages → the name that the first had. */
  readonly #originals = new Map<string, string>();

  constructor(
    private readonly session: Session,
    private readonly sources: TestSources,
  ) {}

  staged(name: string): readonly Uint8Array[] | undefined {
    return this.#staged.get(name)?.modules;
  }

  digestOf(name: string): Uint8Array | undefined {
    return this.#staged.get(name)?.digest;
  }

  async publish(task: Task): Promise<string> {
    const text = sourceOf(task);
    const compiled = await this.sources.compile(text);
    const output = this.#publish(compiled, task.options);
    if (!task.options.has('dry-run')) this.sources.store(text);
    return output;
  }

  /** A module without a name of its own, which is published to be called at once. */
  async publishToRun(task: Task): Promise<{ entry: string; output: string }> {
    const text = sourceOf(task);
    const compiled = await this.sources.compile(text);
    const [bytes] = compiled.modules;
    const { name } = compiled;
    if (bytes === undefined || name === undefined || compiled.modules.length > 1)
      throw new UnsupportedError('runs a module without a name');
    const module = decodeModule(bytes, SUI_FORMAT);
    const entries = module.functionDefinitions.filter(({ isEntry }) => isEntry);
    const [entry] = entries.length === 1 ? entries : module.functionDefinitions;
    if (entry === undefined) throw new UnsupportedError('runs a module without a function');
    const called = at(module.identifiers, at(module.functionHandles, entry.handle).name);
    const output = this.#publish(compiled, task.options);
    this.sources.store(text);
    return { entry: `${name}::${moduleName(bytes)}::${called}`, output };
  }

  async stage(task: Task): Promise<string | undefined> {
    const text = sourceOf(task);
    const compiled = await this.sources.compile(text);
    if (compiled.name === undefined)
      throw new TaskError('Staged modules must have a named address');
    const dependencies = this.#dependencies(task.options);
    const digest = upgradeDigest(compiled.modules, dependencies, true);
    this.#staged.set(compiled.name, { ...compiled, text, digest });
    return undefined;
  }

  setAddress(options: Options): undefined {
    const [name = '', given = ''] = options.positional;
    const value = this.session.value(given);
    if (value.kind === 'pure') {
      this.session.naming.addresses.set(name, Address.fromBytes(value.bytes).hex);
      return undefined;
    }
    if (value.kind !== 'object' || value.use !== 'object')
      throw new TaskError(`${value.kind} is not supported as an input`);
    const object = this.session.references.object(value);
    this.session.naming.addresses.set(name, bytesToHex(object.id));
    const staged = this.#staged.get(name);
    if (object.data.kind === 'package' && staged !== undefined) {
      this.#staged.delete(name);
      this.sources.store(staged.text);
    }
    return undefined;
  }

  async upgrade(task: Task): Promise<string> {
    const { options } = task;
    const { addresses } = this.session.naming;
    const name = options.one('package') ?? '';
    const before = addresses.get(name);
    if (before === undefined) throw new TaskError(`Unbound package '${name}' for upgrade`);
    addresses.set(name, ZERO);
    const restored = this.#pointAtOriginals(options);
    const text = sourceOf(task);
    try {
      const compiled = await this.sources.compile(text).finally(() => {
        for (const [dependency, address] of restored) addresses.set(dependency, address);
      });
      if (compiled.name === undefined) throw new TaskError('an upgrade without a named address');
      this.#originals.set(compiled.name, this.#originals.get(name) ?? name);
      const output = this.#upgrade(before, compiled, options);
      if (!options.has('dry-run')) this.sources.store(text);
      return output;
    } finally {
      if (addresses.get(name) === ZERO) addresses.set(name, before);
    }
  }

  /**
   * Code names the first version of a package, so while it is compiled the name of an upgraded dependency
   * stands for that.
   *
   * @returns what is to be restored, first to last
   */
  #pointAtOriginals(options: Options): (readonly [string, string])[] {
    const { addresses } = this.session.naming;
    const restored: (readonly [string, string])[] = [];
    for (const dependency of options.all('dependencies')) {
      const original = this.#originals.get(dependency);
      const address = original === undefined ? undefined : addresses.get(original);
      if (original === undefined || address === undefined) continue;
      addresses.set(original, ZERO);
      restored.push([original, address], [dependency, addresses.get(dependency) ?? ZERO]);
      addresses.set(dependency, address);
    }
    return restored;
  }

  #dependencies(options: Options): Uint8Array[] {
    const { naming } = this.session;
    const named = options.all('dependencies').map((name) => {
      if (!naming.addresses.has(name))
        throw new TaskError(
          `There is no published module address corresponding to name address ${name}`,
        );
      return naming.addressBytes(name);
    });
    return [...named, STD, SUI];
  }

  #publish({ modules, name }: CompiledPackage, options: Options): string {
    this.session.naming.nextTask();
    const dependencies = this.#dependencies(options);
    const builder = new TransactionBuilder();
    const cap = builder.command({ kind: 'publish', modules, dependencies });
    if (options.has('upgradeable')) {
      const { address } = this.session.account(options.one('sender'));
      const recipient = builder.pure(new BcsWriter().bytes(address).finish());
      builder.command({ kind: 'transferObjects', objects: [cap], address: recipient });
    } else builder.call(SUI, 'package', 'make_immutable', [cap]);
    const isDryRun = options.has('dry-run');
    const gas: Gas = {
      budget: options.number('gas-budget'),
      price: options.number('gas-price'),
      isDryRun,
    };
    const { text, created } = this.session.execute(builder.finish(), options.one('sender'), gas);
    if (!isDryRun) this.#name(name, created, modules);
    return text();
  }

  #upgrade(before: string, { modules, name }: CompiledPackage, options: Options): string {
    const dependencies = this.#dependencies(options);
    const builder = new TransactionBuilder();
    const cap = this.session.value(`object(${options.one('upgrade-capability')})`);
    this.session.references.argument(builder, cap);
    const input = { kind: 'input', index: 0 } as const;
    const policy = POLICIES[options.one('policy') ?? 'compatible'];
    if (policy === undefined) throw new TaskError('Invalid upgrade policy');
    const digest = new BcsWriter().blob(upgradeDigest(modules, dependencies, true)).finish();
    const policyArgument = builder.pure(Uint8Array.of(policy));
    const ticket = builder.call(SUI, 'package', 'authorize_upgrade', [
      input,
      policyArgument,
      builder.pure(digest),
    ]);
    const receipt = builder.command({
      kind: 'upgrade',
      modules,
      dependencies,
      package: Address.parse(before).bytes,
      ticket,
    });
    builder.call(SUI, 'package', 'commit_upgrade', [input, receipt]);
    const isDryRun = options.has('dry-run');
    const { text, created } = this.session.execute(builder.finish(), options.one('sender'), {
      budget: options.number('gas-budget'),
      price: options.number('gas-price'),
      isDryRun,
      // The runner names no coin for it.
      isMadeUp: isDryRun,
    });
    if (!isDryRun) this.#name(name, created, modules);
    return text();
  }

  /** Gives a package's name to what was published under it. */
  #name(
    name: string | undefined,
    created: readonly ObjectId[],
    [first]: readonly Uint8Array[],
  ): void {
    const wanted = first === undefined ? '' : moduleName(first);
    const found = created.find((id) => {
      const data = this.session.world.latest(id)?.data;
      return data?.kind === 'package' && data.modules.has(wanted);
    });
    if (found === undefined) throw new Error('a package that was published is not there');
    if (name !== undefined) this.session.naming.addresses.set(name, found);
  }
}

const moduleName = (bytes: Uint8Array): string => idOf(bytes).split('::')[1] ?? '';

function sourceOf({ data, options, command }: Task): string {
  if (options.one('syntax') === 'mvir')
    throw new UnsupportedError("Move's intermediate representation has no compiler here");
  if (data === undefined) throw new Error(`${command} without a module`);
  return data;
}
