/**
 * Entry functions that are not public take nothing that an unfinished promise hangs on: a value that can be
 * neither dropped nor stored keeps hot whatever it was used together with, until it is used up
 * (verify/private_entry_arguments.rs).
 */
import { argumentError } from '../../execution/error';
import type { ProtocolConfig } from '../../protocol';
import { atCommand } from '../at-command';
import { DROP, hasAbility, type PtbType, STORE } from '../loading/ptb-type';
import {
  argumentsOf,
  type Location,
  locationKey,
  type Operation,
  type TypedArgument,
  type TypedCommand,
  type TypedTransaction,
} from '../typing/ast';

/** @throws ExecutionError CommandArgumentError with the command's index */
export function verifyPrivateEntries(
  { commands }: TypedTransaction,
  protocol: ProtocolConfig,
): void {
  const cliques = new Cliques(protocol.feature('restrict_hot_or_not_entry_functions'));
  for (const [i, command] of commands.entries()) atCommand(i, () => cliques.use(command, i));
}

interface Held {
  readonly clique: number;
  readonly isPromise: boolean;
}

interface Heat {
  /** Of a clique that gave up a shared object. */
  isForever: boolean;
  promises: number;
}

/** Values that were used together, and what came of them. */
class Cliques {
  /** The clique that one was merged into; itself while it was not. */
  readonly #merged: number[] = [];
  readonly #heat: Heat[] = [];
  readonly #held = new Map<string, Held>();

  /** @param friendsToo - whether functions for friends are held to it, too */
  constructor(private readonly friendsToo: boolean) {}

  use({ operation, results, drops, consumedShared }: TypedCommand, command: number): void {
    const used = argumentsOf(operation).flatMap((argument) => {
      const clique = this.#release(argument);
      return clique === undefined ? [] : [{ clique, place: argument.place }];
    });
    if (operation.kind === 'moveCall' && this.#isRestricted(operation)) {
      const hot = used.find(({ clique }) => this.#isHot(clique));
      if (hot !== undefined)
        throw argumentError({ kind: 'InvalidArgumentToPrivateEntryFunction' }, hot.place);
    }
    const clique = this.#merge(used.map((each) => each.clique));
    if (consumedShared.length > 0) this.#heatOf(clique).isForever = true;
    for (const [index, type] of results.entries()) {
      if (drops[index] === true) continue;
      const held = { clique, isPromise: isPromise(type) };
      if (held.isPromise) this.#heatOf(clique).promises++;
      this.#held.set(locationKey({ kind: 'result', command, index }), held);
    }
  }

  #isRestricted({ function: called }: Extract<Operation, { readonly kind: 'moveCall' }>): boolean {
    const { isEntry, visibility } = called.instance.definition;
    return isEntry && (this.friendsToo ? visibility !== 'public' : visibility === 'private');
  }

  /** Of a value as a command uses it; a promise that it takes is kept. Undefined for the context. */
  #release({ form }: TypedArgument): number | undefined {
    const location = form.kind === 'borrow' ? form.location : form.usage.location;
    if (location.kind === 'txContext') return undefined;
    const { clique, isPromise: wasPromise } = this.#at(location);
    if (form.kind !== 'borrow' && form.usage.kind === 'move' && wasPromise)
      this.#heatOf(clique).promises--;
    return clique;
  }

  #at(location: Location): Held {
    const key = locationKey(location);
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    const held = { clique: this.#new(), isPromise: false };
    this.#held.set(key, held);
    return held;
  }

  #new(): number {
    const clique = this.#merged.length;
    this.#merged.push(clique);
    this.#heat.push({ isForever: false, promises: 0 });
    return clique;
  }

  #root(clique: number): number {
    let root = clique;
    for (let next = this.#merged[root]; next !== undefined && next !== root; ) {
      root = next;
      next = this.#merged[root];
    }
    this.#merged[clique] = root;
    return root;
  }

  #heatOf(clique: number): Heat {
    const heat = this.#heat[this.#root(clique)];
    if (heat === undefined) throw new TypeError(`no clique ${clique}`);
    return heat;
  }

  #isHot(clique: number): boolean {
    const { isForever, promises } = this.#heatOf(clique);
    return isForever || promises > 0;
  }

  #merge(cliques: readonly number[]): number {
    const [first, ...others] = new Set(cliques.map((clique) => this.#root(clique)));
    if (first === undefined) return this.#new();
    for (const other of others) {
      const heat = this.#heatOf(other);
      const into = this.#heatOf(first);
      into.isForever ||= heat.isForever;
      into.promises += heat.promises;
      this.#merged[other] = first;
    }
    return first;
  }
}

/** Only using it up ends it. */
function isPromise(type: PtbType): boolean {
  return !hasAbility(type, DROP) && !hasAbility(type, STORE);
}
