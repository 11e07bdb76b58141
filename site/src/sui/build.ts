/** Unsigned transactions of Sui, made in the page. Who previews or signs them chooses their gas. */
import { base58 } from '@scure/base';
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

export const text = (value: string): CallArg => ({
  kind: 'pure',
  bytes: new BcsWriter().string(value).finish(),
});

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

/** An object that somebody owns. */
export interface OwnedObject {
  readonly id: string;
  readonly version: bigint;
  /** Base58. */
  readonly digest: string;
}

export function owned({ digest, id, version }: OwnedObject): CallArg {
  const ref = { id: addressBytes(id), version, digest: base58.decode(digest) };
  return { kind: 'object', object: { kind: 'immOrOwned', ref } };
}

/** @param initialVersion - at which it became shared */
export function shared(id: string, initialVersion: bigint): CallArg {
  const object = { kind: 'shared', id: addressBytes(id), initialVersion, mutable: true } as const;
  return { kind: 'object', object };
}

/**
 * `TransactionData` that says nothing of its gas, but perhaps who pays for it.
 *
 * @param payer - pays for gas in the sender's place
 */
export function buildTransaction(
  sender: string,
  inputs: readonly CallArg[],
  commands: readonly Command[],
  payer: string = sender,
): Uint8Array {
  const owner = addressBytes(payer);
  return encodeTransaction({
    kind: { kind: 'programmable', programmable: { inputs, commands } },
    sender: addressBytes(sender),
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
