/** Runs the tasks of one test as the chain's runner does (sui-transactional-test-runner, test_adapter.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { Address } from '../../../src/vm-preview/move/core/values';
import {
  type ProgrammableTransaction,
  ProtocolConfig,
  type SuiCache,
  type SuiEnvironment,
  type SuiObject,
} from '../../../src/vm-preview/move/sui';
import { type Account, type Accounts, makeAccounts } from './accounts';
import type { Checkout, Telling } from './checkout';
import { parseCommands } from './commands';
import { environmentOf } from './environment';
import type { Executed, ExecutionContext } from './executed';
import { parseFakeId } from './fake-ids';
import { systemObjects } from './genesis';
import { Naming } from './naming';
import { Packages } from './packages';
import { References } from './references';
import type { Options, Task } from './tasks';
import { TestSources } from './test-sources';
import { TransactionBuilder } from './transaction-builder';
import { type Gas, Transactions } from './transactions';
import { parseTypeText } from './type-syntax';
import { TaskError, UnsupportedError } from './unsupported';
import { parseValue, type TestValue } from './values';
import { viewObject, viewPackage } from './view-object';
import { World } from './world';

export class Session {
  readonly naming = new Naming();
  readonly world: World;
  /** What the tests print before the first task; undefined where that is nothing. */
  readonly heading: string | undefined;
  readonly #accounts: Accounts;
  readonly #transactions: Transactions;
  readonly #packages: Packages;
  readonly #references: References;
  readonly #telling: Telling;
  /** Whether there are checkpoints, which the test asks for. */
  readonly #isSimulator: boolean;
  #checkpoint = 0;
  #environment: SuiEnvironment;

  constructor(
    checkout: Checkout,
    framework: readonly SuiObject[],
    cache: SuiCache,
    options: Options | undefined,
    isV2: boolean,
  ) {
    this.#environment = environmentOf(options, checkout, isV2);
    this.#telling = checkout.telling;
    this.#isSimulator = options?.has('simulator') === true;
    this.#accounts = makeAccounts(options?.all('accounts') ?? []);
    const { named } = this.#accounts;
    const coins = [...named.values(), this.#accounts.default].map(({ gas }) => gas);
    this.world = new World([...framework, ...systemObjects(framework), ...coins], cache);
    for (const given of options?.all('addresses') ?? []) this.#nameAddress(given);
    for (const [name, { address }] of named)
      this.naming.addresses.set(name, Address.fromBytes(address).hex);
    const parts = [...named].map(
      ([name, { gas }]) => `${name}: object(${this.naming.enumerate(bytesToHex(gas.id))})`,
    );
    this.heading = parts.length === 0 ? undefined : parts.join(', ');
    for (const { id } of coins) this.naming.enumerate(bytesToHex(id));
    this.#packages = new Packages(this, new TestSources(checkout, this.naming));
    this.#references = new References(this.world, this.naming, (name) =>
      this.#packages.digestOf(name),
    );
    this.#transactions = new Transactions(
      (name) => this.account(name),
      (name) => this.object(name),
      options?.number('default-gas-price'),
    );
  }

  /** Output of the task; undefined where it has none. */
  async run(task: Task): Promise<string | undefined> {
    const { command, options } = task;
    switch (command) {
      case 'publish':
        return this.#packages.publish(task);
      case 'run':
      case 'bench':
        return this.#call(task);
      default:
        this.naming.nextTask();
    }
    switch (command) {
      case 'programmable':
        return this.#programmable(task);
      case 'view-object':
        return this.#view(task);
      case 'transfer-object':
        return this.#transfer(options);
      case 'upgrade':
        return this.#packages.upgrade(task);
      case 'stage-package':
        return this.#packages.stage(task);
      case 'set-address':
        return this.#packages.setAddress(options);
      case 'advance-epoch':
        return this.#advanceEpoch(options);
      case 'create-checkpoint':
        return this.#createCheckpoint(options);
      default:
        throw new UnsupportedError(`the command ${command}`);
    }
  }

  /** As the runner prints an error. */
  errorText(message: string): string {
    const accounts = new Map(
      [...this.#accounts.named].map(([name, { address }]) => [
        name,
        Address.fromBytes(address).hex,
      ]),
    );
    return `Error: ${this.naming.processError(message, accounts)}`;
  }

  account(name: string | undefined): Account {
    const found = name === undefined ? this.#accounts.default : this.#accounts.named.get(name);
    if (found === undefined) throw new TaskError(`Unbound account ${name}`);
    return found;
  }

  value(text: string): TestValue {
    return parseValue(text, (name) => this.naming.addressBytes(name));
  }

  object(text: string): SuiObject {
    return this.#references.object({ id: parseFakeId(text), version: undefined });
  }

  get references(): References {
    return this.#references;
  }

  /** Runs a transaction and says what it did. @throws TaskError where it fails or is refused */
  execute(
    programmable: ProgrammableTransaction,
    sender: string | undefined,
    gas: Gas,
    isShort = false,
  ): Executed {
    return this.#transactions.execute(this.#context, programmable, sender, gas, isShort);
  }

  get #context(): ExecutionContext {
    return {
      world: this.world,
      naming: this.naming,
      environment: this.#environment,
      telling: this.#telling,
    };
  }

  #nameAddress(given: string): void {
    const [name = '', value = ''] = given.split('=');
    this.naming.addresses.set(name, BigInt(value).toString(16).padStart(64, '0'));
  }

  async #call(task: Task): Promise<string | undefined> {
    const { options } = task;
    const named = options.positional[0];
    const published = named === undefined ? await this.#packages.publishToRun(task) : undefined;
    const [address = '', module = '', name = ''] = (named ?? published?.entry ?? '').split('::');
    this.naming.nextTask();
    const builder = new TransactionBuilder();
    const args = options
      .all('args')
      .map((text) => this.#references.argument(builder, this.value(text)));
    builder.command({
      kind: 'moveCall',
      call: {
        package: /^[0-9]/.test(address)
          ? Address.parse(BigInt(address).toString(16)).bytes
          : this.naming.addressBytes(address),
        module,
        function: name,
        typeArguments: options
          .all('type-args')
          .map((text) => parseTypeText(text, (known) => this.naming.addressBytes(known))),
        args,
      },
    });
    const { text } = this.execute(
      builder.finish(),
      options.one('sender'),
      { budget: options.number('gas-budget'), price: options.number('gas-price') },
      options.has('summarize'),
    );
    if (task.command === 'bench') return undefined;
    return `${text()}${published?.output ?? ''}`;
  }

  #programmable({ options, data }: Task): string {
    const inputs = options
      .all('inputs')
      .map((text) => this.value(text))
      .map((value) => this.#references.input(value));
    if (data === undefined) throw new TaskError('Missing commands for programmable transaction');
    const commands = parseCommands(data, {
      address: (name) => this.naming.addressBytes(name),
      staged: (name) => this.#packages.staged(name),
    });
    if (options.has('dev-inspect'))
      return this.#transactions.inspect(
        this.#context,
        { inputs, commands },
        options.one('sender'),
        options.number('gas-price'),
      );
    return this.execute({ inputs, commands }, options.one('sender'), {
      budget: options.number('gas-budget'),
      price: options.number('gas-price'),
      sponsor: options.one('sponsor'),
      payment: options.all('gas-payment'),
      expiration: options.number('expiration'),
      isDryRun: options.has('dry-run'),
    }).text();
  }

  #view({ number, startLine, commandStop, text, options }: Task): string {
    const fake = parseFakeId(options.positional[0] ?? '');
    const id = this.naming.idOf(fake);
    if (id === undefined)
      throw new TaskError(
        `task ${number}, lines ${startLine}-${commandStop}\n${text}\n. Unbound fake id ${fake}`,
      );
    const object = this.world.latest(id);
    if (object === null) return `No object at id ${fake}`;
    if (object.data.kind === 'package') return viewPackage(object, fake);
    const protocol = ProtocolConfig.of(this.#environment);
    const hides = options.has('hide-contents');
    return viewObject(object, hides, { state: this.world, protocol, naming: this.naming });
  }

  #transfer(options: Options): string {
    const builder = new TransactionBuilder();
    const value: TestValue = {
      kind: 'object',
      use: 'object',
      id: parseFakeId(options.positional[0] ?? ''),
      version: undefined,
    };
    const object = this.#references.argument(builder, value);
    const recipient = this.account(options.one('recipient')).address;
    const address = builder.pure(new BcsWriter().bytes(recipient).finish());
    builder.command({ kind: 'transferObjects', objects: [object], address });
    const gas = { budget: options.number('gas-budget'), price: options.number('gas-price') };
    return this.execute(builder.finish(), options.one('sender'), gas).text();
  }

  /** Balances of addresses are settled by a transaction of the validators' in it. */
  #createCheckpoint(options: Options): string {
    if (!this.#isSimulator) throw new UnsupportedError('checkpoints without a simulator');
    if (ProtocolConfig.of(this.#environment).feature('enable_accumulators')) this.world.settle();
    this.#checkpoint += Number(options.positional[0] ?? '1');
    return `Checkpoint created: ${this.#checkpoint}`;
  }

  /** The runner starts an epoch without a transaction of the system. */
  #advanceEpoch(options: Options): string {
    if (this.#isSimulator) throw new UnsupportedError('an epoch that a transaction ends');
    const count = BigInt(options.positional[0] ?? '1');
    this.#environment = { ...this.#environment, epoch: this.#environment.epoch + count };
    return `Epoch advanced: ${this.#environment.epoch}`;
  }
}
