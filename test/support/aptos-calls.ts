import {
  AccountAddress,
  EntryFunction,
  parseTypeTag,
  type TransactionPayload,
  TransactionPayloadEntryFunction,
  U64,
} from './aptos-sdk';

/** A call of an entry function. Addresses and u64s as they are; anything else as the SDK's values. */
export function entry(
  id: `${string}::${string}`,
  args: readonly (string | bigint | Parameters<typeof EntryFunction.build>[3][number])[],
  types: readonly string[] = [],
): TransactionPayload {
  const at = id.lastIndexOf('::');
  const module = id.slice(0, at) as `${string}::${string}`;
  return new TransactionPayloadEntryFunction(
    EntryFunction.build(
      module,
      id.slice(at + 2),
      types.map((type) => parseTypeTag(type)),
      args.map((argument) => {
        if (typeof argument === 'string') return AccountAddress.from(argument);
        return typeof argument === 'bigint' ? new U64(argument) : argument;
      }),
    ),
  );
}
