/** Programs, put together command by command. */
import type { TypeTag } from '../../../src/vm-preview/move/core/types';
import {
  type Argument,
  type CallArg,
  type Command,
  type ObjectArg,
  objectDigest,
  type ProgrammableTransaction,
  type SuiObject,
  type TransactionData,
} from '../../../src/vm-preview/move/sui';

export class Program {
  readonly inputs: CallArg[] = [];
  readonly commands: Command[] = [];

  pure(bytes: Uint8Array): Argument {
    return this.#input({ kind: 'pure', bytes });
  }

  object(object: ObjectArg): Argument {
    return this.#input({ kind: 'object', object });
  }

  input(input: CallArg): Argument {
    return this.#input(input);
  }

  /** @returns its first result */
  call(
    id: Uint8Array,
    path: string,
    args: readonly Argument[],
    typeArguments: readonly TypeTag[] = [],
  ): Argument {
    const [module = '', name = ''] = path.split('::');
    return this.add({
      kind: 'moveCall',
      call: { package: id, module, function: name, typeArguments, args },
    });
  }

  add(command: Command): Argument {
    this.commands.push(command);
    return { kind: 'nestedResult', index: this.commands.length - 1, nested: 0 };
  }

  finish(): ProgrammableTransaction {
    return { inputs: this.inputs, commands: this.commands };
  }

  #input(input: CallArg): Argument {
    this.inputs.push(input);
    return { kind: 'input', index: this.inputs.length - 1 };
  }
}

/** As a transaction names it. */
export function objectArg(object: SuiObject, mutable = true): ObjectArg {
  const { owner, id, version } = object;
  if (owner.kind === 'shared')
    return { kind: 'shared', id, initialVersion: owner.initialVersion, mutable };
  if (owner.kind === 'consensusAddress')
    return { kind: 'shared', id, initialVersion: owner.startVersion, mutable };
  return { kind: 'immOrOwned', ref: { id, version, digest: objectDigest(object) } };
}

export const refOf = (object: SuiObject) => ({
  id: object.id,
  version: object.version,
  digest: objectDigest(object),
});

export const PRICE = 1000n;
export const BUDGET = 1_000_000_000n;

/** With nothing about it that the chain would mind. */
export function plainTransaction(
  programmable: ProgrammableTransaction,
  sender: Uint8Array,
  payment: readonly SuiObject[],
): TransactionData {
  return {
    kind: { kind: 'programmable', programmable },
    sender,
    gas: { payment: payment.map(refOf), owner: sender, price: PRICE, budget: BUDGET },
    expiration: { kind: 'none' },
  };
}
