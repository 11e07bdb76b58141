/** 0x1::transaction_context: what the transaction says about itself (transaction_context.rs). */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { CannotPreview } from '../../../../errors';
import { aborted, type Native, nativesOf } from '../../../core/runtime';
import { Address, ByteVector, ItemVector, integer, Struct, type Value } from '../../../core/values';
import { pricesOf } from '../charge';
import type { EntryFunctionInfo, NativeContext, UserTransactionInfo } from '../context';
import { addressVector, optionValue, stringValue } from '../values';

/** `error::invalid_state` of each. */
const NOT_AVAILABLE = 0x3_0001n;
const COUNTER_OVERFLOW = 0x3_0002n;

/** `Scheme::DeriveAuid` (authenticator.rs). */
const DERIVED_UNIQUE = 0xfb;
const COUNTER_MAX = 0xffff;
const ADDRESS_LENGTH = 32;
const ENCODER = new TextEncoder();

const byteLength = (text: string): number => ENCODER.encode(text).length;

function payloadSize(call: EntryFunctionInfo): number {
  const texts = [call.module, call.function, ...call.typeArguments];
  const size = texts.reduce((sum, text) => sum + byteLength(text), ADDRESS_LENGTH);
  return call.args.reduce((sum, { length }) => sum + length, size);
}

/** A 0x1::transaction_context::EntryFunctionPayload. */
function entryFunctionPayload(call: EntryFunctionInfo): Struct {
  return new Struct([
    call.address,
    stringValue(call.module),
    stringValue(call.function),
    new ItemVector(call.typeArguments.map((text) => stringValue(text))),
    new ItemVector(call.args.map((bytes) => new ByteVector(bytes.slice()))),
  ]);
}

export const transactionContextNatives = (context: NativeContext) => {
  const { base, each } = pricesOf(context, 'aptos_framework');
  const { transaction } = context;
  const charge = (name: string): void => base(`transaction_context.${name}.base`);
  const user = (): UserTransactionInfo => {
    if (transaction.user === undefined) throw aborted(NOT_AVAILABLE);
    return transaction.user;
  };
  const getter =
    (name: string, get: (info: UserTransactionInfo) => Value): Native =>
    () => {
      charge(name);
      return [get(user())];
    };
  const payload = (name: string, call: EntryFunctionInfo): Struct => {
    each(`transaction_context.${name}.per_abstract_memory_unit`, payloadSize(call));
    return entryFunctionPayload(call);
  };

  let counter = 0;
  const count = (): number => {
    charge('monotonically_increasing_counter');
    if (counter === COUNTER_MAX) throw aborted(COUNTER_OVERFLOW);
    return ++counter;
  };

  return nativesOf('0x1::transaction_context', {
    get_txn_hash: () => {
      charge('get_txn_hash');
      return [new ByteVector(transaction.sessionHash.slice())];
    },
    get_script_hash: () => {
      charge('get_script_hash');
      return [new ByteVector(transaction.scriptHash.slice())];
    },
    generate_unique_address: () => {
      charge('generate_unique_address');
      transaction.uniqueAddresses++;
      const preimage = new Uint8Array(ADDRESS_LENGTH + 9);
      preimage.set(transaction.sessionHash);
      const view = new DataView(preimage.buffer);
      view.setBigUint64(ADDRESS_LENGTH, BigInt(transaction.uniqueAddresses), true);
      view.setUint8(ADDRESS_LENGTH + 8, DERIVED_UNIQUE);
      return [Address.fromBytes(sha3_256(preimage))];
    },
    /** It has the place in the block, which nobody knows beforehand. */
    monotonically_increasing_counter_internal: () => {
      count();
      user();
      throw new CannotPreview('aptos-transaction-index', 'its place in a block');
    },
    monotonically_increasing_counter_internal_for_test_only: () => [count()],
    sender_internal: getter('sender', ({ sender }) => sender),
    secondary_signers_internal: () => {
      charge('secondary_signers');
      const { secondarySigners } = user();
      each('transaction_context.secondary_signers.per_signer', secondarySigners.length);
      return [addressVector(secondarySigners)];
    },
    gas_payer_internal: getter('fee_payer', ({ gasPayer }) => gasPayer),
    max_gas_amount_internal: getter('max_gas_amount', ({ maxGasAmount }) => integer(maxGasAmount)),
    gas_unit_price_internal: getter('gas_unit_price', ({ gasUnitPrice }) => integer(gasUnitPrice)),
    chain_id_internal: getter('chain_id', () => transaction.chainId),
    /** Encrypted payloads are no transactions that this VM takes. */
    is_encrypted_txn_internal: getter('is_encrypted_txn', () => false),
    entry_function_payload_internal: () => {
      charge('entry_function_payload');
      const { payload: sent } = user();
      const call = sent.kind === 'entryFunction' ? sent.call : undefined;
      const value = call && payload('entry_function_payload', call);
      return [optionValue(context, value)];
    },
    multisig_payload_internal: () => {
      charge('multisig_payload');
      const { payload: sent } = user();
      if (sent.kind !== 'multisig') return [optionValue(context, undefined)];
      const call = sent.call && payload('multisig_payload', sent.call);
      const value = new Struct([sent.multisigAddress, optionValue(context, call)]);
      return [optionValue(context, value)];
    },
  });
};
