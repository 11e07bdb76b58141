/** Puts programmable transactions together, each input once (sui-types, programmable_transaction_builder.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import type {
  Argument,
  CallArg,
  Command,
  ObjectArg,
  ProgrammableTransaction,
} from '../../../src/vm-preview/move/sui';

export class TransactionBuilder {
  readonly #keys: string[] = [];
  readonly #inputs: CallArg[] = [];
  readonly #commands: Command[] = [];

  finish(): ProgrammableTransaction {
    return { inputs: this.#inputs, commands: this.#commands };
  }

  command(command: Command): Argument {
    this.#commands.push(command);
    return { kind: 'result', index: this.#commands.length - 1 };
  }

  pure(bytes: Uint8Array): Argument {
    return this.#put(`pure ${bytesToHex(bytes)}`, { kind: 'pure', bytes });
  }

  input(input: CallArg): Argument {
    if (input.kind === 'pure') return this.pure(input.bytes);
    if (input.kind === 'object') return this.object(input.object);
    throw new Error('no input of a test');
  }

  object(object: ObjectArg): Argument {
    const key = `object ${bytesToHex(object.kind === 'shared' ? object.id : object.ref.id)}`;
    const known = this.#inputs[this.#keys.indexOf(key)];
    return this.#put(key, {
      kind: 'object',
      object: known?.kind === 'object' ? joined(known.object, object) : object,
    });
  }

  call(framework: Uint8Array, module: string, name: string, args: readonly Argument[]): Argument {
    return this.command({
      kind: 'moveCall',
      call: { package: framework, module, function: name, typeArguments: [], args },
    });
  }

  #put(key: string, input: CallArg): Argument {
    const known = this.#keys.indexOf(key);
    const index = known < 0 ? this.#keys.length : known;
    this.#keys[index] = key;
    this.#inputs[index] = input;
    return { kind: 'input', index };
  }
}

function joined(old: ObjectArg, other: ObjectArg): ObjectArg {
  if (old.kind === 'shared' && other.kind === 'shared')
    return { ...other, mutable: old.mutable || other.mutable };
  if (old.kind !== other.kind) throw new Error('Mismatched Object argument kind for object');
  return other;
}
