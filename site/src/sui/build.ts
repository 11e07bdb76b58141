/** Unsigned transactions of Sui, made in the page. Who previews or signs them chooses their gas. */
import { addressBytes } from '../../../src/chains/sui/address';
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import { parseTypeTag } from '../../../src/vm-preview/move/core/types';
import {
  type Argument,
  type CallArg,
  type Command,
  encodeTransaction,
} from '../../../src/vm-preview/move/sui/data';

/** BCS of arguments. */
export const u64 = (value: bigint): CallArg => ({
  kind: 'pure',
  bytes: new BcsWriter().u64(value).finish(),
});
/** @param text - 0x and up to 64 digits */
export const address = (text: string): CallArg => ({ kind: 'pure', bytes: addressBytes(text) });

export const input = (index: number): Argument => ({ kind: 'input', index });
export const result = (index: number, nested?: number): Argument =>
  nested === undefined ? { kind: 'result', index } : { kind: 'nestedResult', index, nested };
export const GAS: Argument = { kind: 'gasCoin' };

/** @param id - e.g. `0x2::pay::split` */
export function call(
  id: string,
  args: readonly Argument[],
  types: readonly string[] = [],
): Command {
  const [at = '', module = '', name = ''] = id.split('::');
  return {
    kind: 'moveCall',
    call: {
      package: addressBytes(at),
      module,
      function: name,
      typeArguments: types.map((type) => parseTypeTag(type)),
      args,
    },
  };
}

/** `TransactionData` that says nothing of its gas. */
export function buildTransaction(
  sender: string,
  inputs: readonly CallArg[],
  commands: readonly Command[],
): Uint8Array {
  const owner = addressBytes(sender);
  return encodeTransaction({
    kind: { kind: 'programmable', programmable: { inputs, commands } },
    sender: owner,
    gas: { payment: [], owner, price: 0n, budget: 0n },
    expiration: { kind: 'none' },
  });
}

/** @param mist - taken from the coin that pays for gas */
export function transferSui(sender: string, to: string, mist: bigint): Uint8Array {
  return buildTransaction(
    sender,
    [u64(mist), address(to)],
    [
      { kind: 'splitCoins', coin: GAS, amounts: [input(0)] },
      { kind: 'transferObjects', objects: [result(0, 0)], address: input(1) },
    ],
  );
}
