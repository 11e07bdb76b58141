/** Runs a function with serialized arguments (move-vm-runtime, runtime.rs, `execute_function`). */
import { CannotPreview } from '../../../src/vm-preview/errors';
import { BcsError } from '../../../src/vm-preview/move/core/bcs';
import { freeGas, type Gas } from '../../../src/vm-preview/move/core/gas/gas';
import {
  Loader,
  type ModuleId,
  type ModuleSource,
  type Type,
} from '../../../src/vm-preview/move/core/loader';
import { Interpreter, MoveError } from '../../../src/vm-preview/move/core/runtime';
import { SUI_VM, type VmConfig } from '../../../src/vm-preview/move/core/runtime/config';
import type { TypeTag } from '../../../src/vm-preview/move/core/types';
import {
  Address,
  Reference,
  SlotReference,
  Struct,
  type Value,
} from '../../../src/vm-preview/move/core/values';
import { newestNatives } from '../shared/newest-protocol';
import { valueText } from '../shared/value-text';
import { type VmError, vmErrorNowhere, vmErrorOf } from '../shared/vm-error';

const MAX_INSTRUCTIONS = 50_000_000;

/**
 * The runner's VM (`VMConfig::default()`, move-vm-config): a layout's nodes are counted as the newest protocols do,
 * and a vector may be longer than on the chain.
 */
const RUNNER_VM: VmConfig = {
  ...SUI_VM,
  maxVectorLength: 1024 * 1024,
  maxLayoutNodes: 512,
  countsVariants: true,
};

export interface Call {
  readonly module: ModuleId;
  readonly name: string;
  readonly typeArguments: readonly TypeTag[];
  /** BCS, signers first. */
  readonly args: readonly Uint8Array[];
  /** In the runner's units; undefined for no end. */
  readonly budget: bigint | undefined;
}

/** What is printed; undefined for nothing. */
export type CallOutcome = { readonly text: string | undefined } | { readonly error: VmError };

export function call(wanted: Call, source: ModuleSource): CallOutcome {
  try {
    return { text: outputOf(wanted, source) };
  } catch (error) {
    if (error instanceof Refused) return { error: vmErrorNowhere(error.message) };
    return { error: vmErrorOf(error, '') };
  }
}

/** A status that only running from outside ends in. */
class Refused extends Error {}

function outputOf(wanted: Call, source: ModuleSource): string | undefined {
  const loader = new Loader(source, RUNNER_VM);
  const typeArguments = wanted.typeArguments.map((tag) => loader.typeOf(tag));
  const definition = loader.function(wanted.module, wanted.name);
  if (typeArguments.length !== definition.typeParameterCount)
    throw new Error(`${typeArguments.length} type arguments for ${definition.key}`);
  const concrete = (type: Type): Type => loader.types.instantiate(type, typeArguments);
  const parameters = definition.parameters.map(concrete);
  if (parameters.length !== wanted.args.length) throw new Refused('NUMBER_OF_ARGUMENTS_MISMATCH');
  const args = parameters.map((type, i) => argument(wanted.args[i], type, loader));
  const machine = new Interpreter({
    loader,
    // The runner has those of the standard library alone, which are the same.
    natives: newestNatives(source).natives,
    gas: gasOf(wanted.budget),
    maxInstructions: MAX_INSTRUCTIONS,
  });
  const values = machine.run(definition.instance(typeArguments), args);
  const results = definition.results.map((type, i) =>
    resultText(values[i], concrete(type), loader),
  );
  const changed = parameters.flatMap((type, i) =>
    type.kind === 'reference' && type.mutable
      ? [`local#${i}: ${resultText(args[i], type, loader)}`]
      : [],
  );
  const lines = [
    ...(changed.length === 0 ? [] : [`mutable inputs after call: ${changed.join(', ')}`]),
    ...(results.length === 0 ? [] : [`return values: ${results.join(', ')}`]),
  ];
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** A reference is to a place of the argument's own. */
function argument(bytes: Uint8Array | undefined, type: Type, loader: Loader): Value {
  if (bytes === undefined) throw new Error('an argument that is not there');
  if (type.kind === 'reference')
    return new SlotReference([argument(bytes, type.to, loader)], 0, undefined);
  if (type.kind === 'signer') return new Struct([addressOf(bytes)]);
  layoutOf(type, loader, 'INVALID_PARAM_TYPE_FOR_DESERIALIZATION');
  try {
    return loader.codec.decode(bytes, type);
  } catch (error) {
    if (error instanceof BcsError) throw new Refused('FAILED_TO_DESERIALIZE_ARGUMENT');
    throw error;
  }
}

function addressOf(bytes: Uint8Array): Address {
  if (bytes.length !== 32) throw new Refused('FAILED_TO_DESERIALIZE_ARGUMENT');
  return Address.fromBytes(bytes);
}

/** Results are serialized and read again to be printed. */
function resultText(value: Value | undefined, type: Type, loader: Loader): string {
  if (value === undefined) throw new Error('a result that is not there');
  if (type.kind === 'reference') {
    if (!(value instanceof Reference)) throw new Error('a reference that is none');
    return resultText(value.get(), type.to, loader);
  }
  layoutOf(type, loader, 'VERIFICATION_ERROR');
  const { codec } = loader;
  return valueText(codec.decode(codec.encode(value, type), type), 'sui');
}

/** @param status - what the runner's VM makes of any reason to have none; the chain's keeps the reason by now */
function layoutOf(type: Type, loader: Loader, status: string): void {
  try {
    loader.layouts.of(type);
  } catch (error) {
    if (error instanceof MoveError) throw new Refused(status);
    throw error;
  }
}

const UNITS = 1000n;

/**
 * Without a budget nothing is charged. With one every instruction costs one internal unit, and nothing else anything:
 * the runner has a table of prices of its own, which no chain has.
 */
function gasOf(budget: bigint | undefined): Gas {
  if (budget === undefined) return freeGas();
  let left = budget * UNITS;
  if (left > BigInt(MAX_INSTRUCTIONS))
    throw new CannotPreview('conformance-budget', `a budget of ${budget}`);
  return {
    ...freeGas(),
    instruction: () => {
      if (left === 0n) throw new MoveError('OUT_OF_GAS');
      left--;
    },
  };
}
