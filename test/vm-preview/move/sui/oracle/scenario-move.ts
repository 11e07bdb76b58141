/** Scenarios as Move unit tests. */
import type { Scenario, ScenarioTransaction, Step, Use, Who } from './scenarios';

type Mode = 'value' | 'reference' | 'mutable' | 'receiving';

/** How the functions of `things` take objects, one after the other. */
export const OBJECT_PARAMETERS: Readonly<Record<string, readonly Mode[]>> = {
  make: [],
  set: ['mutable'],
  expect: ['reference'],
  destroy: ['value'],
  give: ['value'],
  share: ['value'],
  fix: ['value'],
  wrap: ['value'],
  unwrap: ['value'],
  expect_inside: ['reference'],
  send: ['value', 'reference'],
  receive: ['mutable', 'receiving'],
  put: ['mutable', 'value'],
  take: ['mutable'],
  set_child: ['mutable'],
  expect_child: ['reference'],
  note: ['mutable'],
  forget: ['mutable'],
  expect_note: ['reference'],
  tell: [],
  fail: [],
};

export const ACCOUNTS: Readonly<Record<Who, string>> = { alice: '0xa11ce', bob: '0xb0b' };

export const isAccount = (name: string): name is Who => Object.hasOwn(ACCOUNTS, name);

const CONTEXT = new Set(['make', 'wrap']);
const typeOf = (call: string): string => (call === 'wrap' ? 'Box' : 'Thing');

/** An abort code that no scenario has: the transaction with the number did something else. */
export const DIFFERS = 1000;

/** @param did - numbers of each transaction that ends well, as `test_scenario::next` gives them */
export function scenarioTest(
  { transactions }: Scenario,
  name: string,
  did: readonly (readonly number[] | undefined)[],
): string {
  const writer = new Writer();
  const lines = transactions.flatMap((one, i) =>
    writer.transaction(one, i, did[i], transactions[i + 1]),
  );
  const begin = `let mut scenario = sui::test_scenario::begin(@${ACCOUNTS[transactions[0]?.sender ?? 'alice']});`;
  return [`#[test] fun ${name}() {`, begin, ...lines, 'scenario.end();', '}'].join('\n  ');
}

class Writer {
  /** Of objects, by name. */
  readonly #types = new Map<string, string>();
  readonly #ids = new Map<string, string>();
  #variables = new Map<string, string>();

  transaction(
    { sender, uses = {}, steps }: ScenarioTransaction,
    index: number,
    did: readonly number[] | undefined,
    next: ScenarioTransaction | undefined,
  ): string[] {
    this.#variables = new Map();
    const held = new Map(Object.entries(uses));
    const lines = [...held].map(([name, use]) => this.#take(name, use, index, sender));
    for (const one of steps) lines.push(...this.#step(one, index, held));
    for (const [name, use] of held) lines.push(...this.#giveBack(name, use, sender));
    const told = `scenario.next(@${ACCOUNTS[next?.sender ?? 'alice']})`;
    lines.push(
      did === undefined
        ? `${told};`
        : `assert!(${told} == vector[${did.join(', ')}], ${DIFFERS + index});`,
    );
    return lines;
  }

  #take(name: string, use: Use, index: number, sender: Who): string {
    const [type, id, variable] = [this.#types.get(name), this.#ids.get(name), `${name}_${index}`];
    this.#variables.set(name, variable);
    const object = `oracle::things::${type}`;
    const from = {
      owned: `scenario.take_from_address_by_id<${object}>(@${ACCOUNTS[sender]}, ${id})`,
      shared: `scenario.take_shared_by_id<${object}>(${id})`,
      immutable: `scenario.take_immutable_by_id<${object}>(${id})`,
      receiving: `sui::test_scenario::ticket<${object}>(${id})`,
    }[use];
    return `let mut ${variable} = ${from};`;
  }

  #giveBack(name: string, use: Use, sender: Who): string[] {
    const variable = this.#variables.get(name);
    switch (use) {
      case 'owned':
        return [`sui::test_scenario::give_back(@${ACCOUNTS[sender]}, ${variable});`];
      case 'shared':
        return [`sui::test_scenario::share_again(${variable});`];
      case 'immutable':
        return [`sui::test_scenario::freeze_again(${variable});`];
      case 'receiving':
        return [];
    }
  }

  #step({ args, as, call }: Step, index: number, held: Map<string, Use>): string[] {
    if (call === 'transfer') {
      const objects = args.slice(0, -1).map(String);
      const to = String(args.at(-1));
      for (const name of objects) held.delete(name);
      return objects.map(
        (name) =>
          `transfer::public_transfer(${this.#variables.get(name)}, @${isAccount(to) ? ACCOUNTS[to] : to});`,
      );
    }
    const modes = [...(OBJECT_PARAMETERS[call] ?? [])];
    const given = args.map((argument) => {
      if (typeof argument === 'number') return String(argument);
      if (isAccount(argument)) return `@${ACCOUNTS[argument]}`;
      const [mode, variable] = [modes.shift(), this.#variables.get(argument)];
      if (mode === 'value' || mode === 'receiving') held.delete(argument);
      return mode === 'mutable'
        ? `&mut ${variable}`
        : mode === 'reference'
          ? `&${variable}`
          : `${variable}`;
    });
    if (CONTEXT.has(call)) given.push('scenario.ctx()');
    const expression = `oracle::things::${call}(${given.join(', ')})`;
    if (as === undefined) return [`${expression};`];
    const variable = `${as}_${index}`;
    this.#variables.set(as, variable);
    this.#types.set(as, typeOf(call));
    const id = `id_${variable}`;
    this.#ids.set(as, id);
    return [`let mut ${variable} = ${expression};`, `let ${id} = object::id(&${variable});`];
  }
}
