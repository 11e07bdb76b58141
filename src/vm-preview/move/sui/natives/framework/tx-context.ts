import { type Native, type NativeRegistry, nativesOf } from '../../../core/runtime';
import { Address, asBytes, ItemVector, integer, type Value } from '../../../core/values';
import { charger } from '../charge';
import type { SuiNativeContext } from '../context';
import { freshId } from '../object-id';
import { asU64 } from '../values';

/** Of a native that the protocol's version has no price for (lib.rs). */
const UNSET_PRICE = 10n;

/** 0x2::tx_context (sui-move-natives, tx_context.rs); at first it was all in a Move struct. */
export function txContextNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const { gas, objects, protocol, transaction } = context;

  const chargeOptional = (name: string): void =>
    gas.charge(protocol.number(`tx_context_${name}_cost_base`) ?? UNSET_PRICE);

  function made(digest: Uint8Array, count: bigint): Address {
    const id = Address.fromBytes(freshId(digest, count));
    objects.newId(id.hex);
    return id;
  }

  const read =
    (name: string, value: () => Value): Native =>
    () => {
      chargeOptional(name);
      return [value()];
    };

  return nativesOf('0x2::tx_context', {
    derive_id: ({ args: [digest, count] }) => {
      charge({ tx_context_derive_id_cost_base: 1 });
      return [made(asBytes(digest), asU64(count))];
    },
    fresh_id: () => {
      chargeOptional('fresh_id');
      return [made(transaction.digest, transaction.idsCreated++)];
    },
    native_sender: read('sender', () => transaction.sender),
    native_epoch: read('epoch', () => integer(transaction.epoch)),
    native_epoch_timestamp_ms: read('epoch_timestamp_ms', () =>
      integer(transaction.epochTimestampMs),
    ),
    native_sponsor: read('sponsor', () => {
      const { sponsor } = transaction;
      return new ItemVector(sponsor === undefined ? [] : [sponsor]);
    }),
    native_rgp: read('rgp', () => integer(transaction.referenceGasPrice)),
    native_gas_price: read('gas_price', () => integer(transaction.gasPrice)),
    native_gas_budget: read('gas_budget', () => integer(transaction.gasBudget)),
    native_ids_created: read('ids_created', () => integer(transaction.idsCreated)),
  });
}
