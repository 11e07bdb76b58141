/** Natives that only unit tests have, as far as they need no objects of another transaction. */
import { aborted, type NativeRegistry, nativesOf } from '../../../src/vm-preview/move/core/runtime';
import {
  Address,
  asAddress,
  asBytes,
  asInteger,
  asVector,
  type Value,
} from '../../../src/vm-preview/move/core/values';
import type { SuiNativeContext } from '../../../src/vm-preview/move/sui/natives/context';
import { freshId } from '../../../src/vm-preview/move/sui/natives/object-id';

const NO_IDS_CREATED = 1n;

export function testNatives({ objects, transaction }: SuiNativeContext): NativeRegistry {
  const u64 = (value: Value | undefined): bigint => BigInt(asInteger(value));
  return new Map([
    ...nativesOf('0x1::unit_test', { destroy: () => [] }),
    ...nativesOf('0x2::event', { num_events: () => [objects.emittedEvents] }),
    ...nativesOf('0x2::tx_context', {
      replace: ({ args }) => {
        const [sender, digest, epoch, time, ids, referencePrice, price, budget, sponsors] = args;
        const sponsor = asVector(sponsors).get(0);
        Object.assign(transaction, {
          sender: asAddress(sender),
          sponsor: sponsor === undefined ? undefined : asAddress(sponsor),
          digest: asBytes(digest).slice(),
          epoch: u64(epoch),
          epochTimestampMs: u64(time),
          idsCreated: u64(ids),
          referenceGasPrice: u64(referencePrice),
          gasPrice: u64(price),
          gasBudget: u64(budget),
        });
        return [];
      },
      last_created_id: () => {
        if (transaction.idsCreated === 0n) throw aborted(NO_IDS_CREATED);
        return [Address.fromBytes(freshId(transaction.digest, transaction.idsCreated - 1n))];
      },
    }),
  ]);
}
