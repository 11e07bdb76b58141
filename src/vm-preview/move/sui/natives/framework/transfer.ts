/** 0x2::transfer (sui-move-natives, transfer.rs). */
import {
  aborted,
  MoveError,
  type NativeCall,
  type NativeRegistry,
  nativesOf,
} from '../../../core/runtime';
import { asAddress, asInteger, asStruct, illTyped } from '../../../core/values';
import { abstractSize } from '../../gas/abstract-size';
import type { TransferResult } from '../../object-runtime';
import type { SuiOwner } from '../../state';
import { charger, optionalCharger, stdlibCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { asItems, asU64, structType, typeArgument } from '../values';

const SHARED_NON_NEW_OBJECT = 0n;
const RECEIVING_OBJECT_TYPE_MISMATCH = 2n;
/** It is not there, or not this parent's. */
const UNABLE_TO_RECEIVE_OBJECT = 3n;
const NOT_SUPPORTED = 5n;

/** The only party that the framework makes: one address that may do all. */
const ALL_PERMISSIONS = 0xf;

/** Filled in when the object is written. */
const DUMMY_VERSION = 0n;

export function transferNatives(context: SuiNativeContext): NativeRegistry {
  const charge = charger(context);
  const chargeSet = optionalCharger(context);
  /** Prices that receiving has had since version 119. */
  const chargeLater = stdlibCharger(context);

  function transfer(call: NativeCall, owner: SuiOwner): TransferResult {
    const [value] = call.args;
    if (value === undefined) throw illTyped('leaves out an argument');
    return context.objects.transfer({
      ...structType(context, call, typeArgument(call)),
      value,
      owner,
    });
  }

  return nativesOf('0x2::transfer', {
    transfer_impl: (call) => {
      charge({ transfer_transfer_internal_cost_base: 1 });
      transfer(call, { kind: 'address', address: asAddress(call.args[1]).bytes });
      return [];
    },
    party_transfer_impl: (call) => {
      if (!context.protocol.feature('enable_party_transfer')) throw aborted(NOT_SUPPORTED);
      chargeSet({ transfer_party_transfer_internal_cost_base: 1 });
      const [, ofOthers, addresses, permissions] = call.args;
      const [permission, ...morePermissions] = asItems(permissions);
      if (morePermissions.length > 0 || permission === undefined) throw onlyOneMember();
      if (permission !== ALL_PERMISSIONS || asInteger(ofOthers) !== 0)
        throw onlyOneMember(' with all permissions');
      const [address, ...more] = asItems(addresses);
      if (more.length > 0 || address === undefined) throw onlyOneMember();
      transfer(call, {
        kind: 'consensusAddress',
        address: asAddress(address).bytes,
        startVersion: DUMMY_VERSION,
      });
      return [];
    },
    freeze_object_impl: (call) => {
      charge({ transfer_freeze_object_cost_base: 1 });
      transfer(call, { kind: 'immutable' });
      return [];
    },
    share_object_impl: (call) => {
      charge({ transfer_share_object_cost_base: 1 });
      const result = transfer(call, { kind: 'shared', initialVersion: DUMMY_VERSION });
      if (result === 'ownerChanged') throw aborted(SHARED_NON_NEW_OBJECT);
      return [];
    },
    receive_impl: (call) => {
      charge({ transfer_receive_object_cost_base: 1 });
      const [parent, id, version] = call.args;
      const type = typeArgument(call);
      chargeLater({ transfer_receive_object_type_cost_per_byte: type.nodes });
      const typed = structType(context, call, type);
      call.loader.layouts.of(type);
      const received = context.objects.receive(
        asAddress(parent).hex,
        // `ID { bytes }`
        asAddress(asStruct(id).fields[0]).hex,
        asU64(version),
        typed,
      );
      if (received === undefined) throw aborted(UNABLE_TO_RECEIVE_OBJECT);
      if (received.kind === 'mismatchedType') throw aborted(RECEIVING_OBJECT_TYPE_MISMATCH);
      const size = abstractSize(received.value, type, call.loader, true);
      chargeLater({ transfer_receive_object_cost_per_byte: size });
      return [received.value];
    },
  });
}

const onlyOneMember = (what = ''): MoveError =>
  new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', {
    reason: `Party transfer only supports one party member${what}`,
  });
