/** Runs that are no transactions: the framework's own functions at genesis, and view functions. */

import { sha3_256 } from '@noble/hashes/sha3.js';
import { ModuleCache } from '../../src/vm-preview/move/aptos';
import { metadataOf } from '../../src/vm-preview/move/aptos/execution/groups';
import { TransactionRun } from '../../src/vm-preview/move/aptos/execution/run';
import type { Session, SystemArgument } from '../../src/vm-preview/move/aptos/execution/session';
import { voidSessionHash } from '../../src/vm-preview/move/aptos/execution/session-id';
import { typeArguments } from '../../src/vm-preview/move/aptos/execution/type-arguments';
import type { AptosState } from '../../src/vm-preview/move/aptos/state';
import { EMPTY_CHANGE_SET, valueAfter } from '../../src/vm-preview/move/aptos/storage';
import type { EntryFunction } from '../../src/vm-preview/move/aptos/transaction';
import { moduleId, type Type } from '../../src/vm-preview/move/core/loader';
import { Address, type Value } from '../../src/vm-preview/move/core/values';
import type { Change } from './ledger';

/** A session in which the system calls what it likes. */
export class SystemSession {
  readonly #run: TransactionRun;
  readonly #session: Session;

  /** @param name - what tables and addresses that are made in it follow from */
  constructor(state: AptosState, chainId: number, name: string) {
    this.#run = new TransactionRun(state, { chainId }, new ModuleCache());
    const hash = sha3_256(new TextEncoder().encode(name));
    this.#session = this.#run.session(EMPTY_CHANGE_SET, hash, new Uint8Array(), undefined);
  }

  call(address: string, module: string, name: string, args: readonly SystemArgument[]): void {
    const id = moduleId(Address.parse(address), module);
    this.#session.call(id, name, args, this.#run.free);
  }

  finish(): Change[] {
    const { writes } = this.#session.finish().own;
    return [...writes.values()].map((op) => [op.key, valueAfter(op)]);
  }
}

/** The function that is asked for is no view. */
export class NoViewError extends Error {
  override readonly name = 'NoViewError';
}

export interface Viewed {
  readonly run: TransactionRun;
  readonly values: readonly { readonly value: Value; readonly type: Type }[];
}

/** @throws NoViewError, and what the VM throws */
export function view(
  state: AptosState,
  chainId: number,
  cache: ModuleCache,
  call: (run: TransactionRun) => EntryFunction,
): Viewed {
  const run = new TransactionRun(state, { chainId }, cache);
  const session = run.session(EMPTY_CHANGE_SET, voidSessionHash(), new Uint8Array(), undefined);
  const { address, args, function: name, module, typeArguments: tags } = call(run);
  const { unit } = run.loader.module(moduleId(address, module));
  const attributes = unit.kind === 'module' ? metadataOf(unit)?.functions.get(name) : undefined;
  if (attributes?.some(({ kind }) => kind === 'view') !== true)
    throw new NoViewError(`${address}::${module}::${name}: function is not a view function`);
  const declared = run.loader.function(moduleId(address, module), name);
  const instance = declared.instance(typeArguments(run.loader, declared, tags));
  const parameters = declared.parameters.map((type) => instance.type(type));
  if (parameters.length !== args.length)
    throw new NoViewError(`${name} takes ${parameters.length} arguments`);
  // The chain also runs constructors on arguments, by which an object that is not there is refused here
  // already and not where the function looks at it.
  const values = parameters.map((type, i) =>
    run.loader.codec.decode(args[i] ?? new Uint8Array(), type),
  );
  const results = session.run(instance, values, run.free);
  return {
    run,
    values: instance.definition.results.map((type, i) => {
      const value = results[i];
      if (value === undefined) throw new TypeError(`${name} gave too few results`);
      return { value, type: instance.type(type) };
    }),
  };
}
