/** Transactions as a node's JSON has them. Source: aptos-core `api/types/src/{transaction,convert}.rs`. */
import { sha3_256 } from '@noble/hashes/sha3.js';
import { toHex } from '../../../src/chains/hex';
import {
  type AptosEvent,
  type AptosOutcome,
  type AptosStatus,
  type EntryFunction,
  encodeStateKey,
  executionOf,
  hashPrefix,
  type RawTransaction,
  type Script,
  type StateChange,
} from '../../../src/vm-preview/move/aptos';
import { moduleId } from '../../../src/vm-preview/move/core/loader';
import { addressText, typeTagText } from '../../../src/vm-preview/move/core/types';
import type { Json } from '../../json';
import type { BlockStart, Executed, Pending } from '../chain';
import { moduleJson } from './abi';
import { resourcesOf, type StateReader } from './reader';
import { signatureJson } from './signature';
import { valueJson } from './value';

const hex = (bytes: Uint8Array): string => `0x${toHex(bytes)}`;
/** This chain keeps no Merkle trees. */
const NO_HASH = `0x${'0'.repeat(64)}`;

export function pendingJson({ hash, signed }: Pending, reader: StateReader): Json {
  return {
    type: 'pending_transaction',
    hash,
    ...requestJson(signed.raw, reader),
    signature: signatureJson(signed.authenticator),
  };
}

export function userJson(executed: Executed, reader: StateReader): Json {
  const { hash, outcome, signed, timestampMicros, version } = executed;
  return {
    type: 'user_transaction',
    ...infoJson(version, hash, outcome, reader),
    ...requestJson(signed.raw, reader),
    signature: signatureJson(signed.authenticator),
    events: outcome.events.map((event) => eventJson(event, reader)),
    timestamp: timestampMicros.toString(),
  };
}

export function blockStartJson({ height, timestampMicros, version }: BlockStart): Json {
  const hash = hex(sha3_256(new TextEncoder().encode(`localnet block ${height}`)));
  return {
    type: 'block_metadata_transaction',
    version: String(version),
    hash,
    state_change_hash: NO_HASH,
    event_root_hash: NO_HASH,
    state_checkpoint_hash: null,
    gas_used: '0',
    success: true,
    vm_status: 'Executed successfully',
    accumulator_root_hash: NO_HASH,
    changes: [],
    id: hash,
    epoch: '1',
    round: String(height),
    events: [],
    previous_block_votes_bitvec: [],
    proposer: '0x0',
    failed_proposer_indices: [],
    timestamp: timestampMicros.toString(),
  };
}

function infoJson(version: number, hash: string, outcome: AptosOutcome, reader: StateReader) {
  return {
    version: String(version),
    hash,
    state_change_hash: NO_HASH,
    event_root_hash: NO_HASH,
    state_checkpoint_hash: null,
    gas_used: outcome.fee.gasUsed.toString(),
    success: outcome.status.kind === 'success',
    vm_status: statusText(outcome.status),
    accumulator_root_hash: NO_HASH,
    changes: outcome.changes.flatMap((change) => changeJson(change, reader)),
  };
}

/** `explain_vm_status`. */
export function statusText(status: AptosStatus): string {
  switch (status.kind) {
    case 'success':
      return 'Executed successfully';
    case 'outOfGas':
      return 'Out of gas';
    case 'abort': {
      const { description, module, name } = status;
      const code = `0x${status.code.toString(16)}`;
      if (module === undefined) return `Move abort: code ${code}`;
      return name === undefined
        ? `Move abort in ${module}: ${code}`
        : `Move abort in ${module}: ${name}(${code}): ${description ?? ''}`;
    }
    case 'executionFailure': {
      const { function: name, module, offset } = status;
      return `Execution failed in ${module === undefined ? 'script' : `${module}::${name}`} at code offset ${offset}`;
    }
    case 'failure':
    case 'discarded':
      return status.code;
  }
}

function requestJson(raw: RawTransaction, reader: StateReader) {
  const { multisigAddress, replayProtectionNonce } = executionOf(raw.payload);
  return {
    sender: raw.sender.toString(),
    sequence_number: raw.sequenceNumber.toString(),
    max_gas_amount: raw.maxGasAmount.toString(),
    gas_unit_price: raw.gasUnitPrice.toString(),
    expiration_timestamp_secs: raw.expirationTimestampSecs.toString(),
    payload: payloadJson(raw, multisigAddress?.toString(), reader),
    replay_protection_nonce: replayProtectionNonce?.toString() ?? null,
  };
}

function payloadJson(raw: RawTransaction, multisig: string | undefined, reader: StateReader): Json {
  const { executable } = executionOf(raw.payload);
  const inner =
    executable.kind === 'script'
      ? scriptJson(executable.script)
      : executable.kind === 'entryFunction'
        ? callJson(executable.call, reader)
        : null;
  if (multisig === undefined) return inner;
  return {
    type: 'multisig_payload',
    multisig_address: multisig,
    ...(inner === null ? {} : { transaction_payload: inner }),
  };
}

function scriptJson({ args, code, typeArguments }: Script): Json {
  return {
    type: 'script_payload',
    code: { bytecode: hex(code) },
    type_arguments: typeArguments.map((tag) => typeTagText(tag)),
    arguments: args.map(({ bytes }) => hex(bytes)),
  };
}

function callJson(call: EntryFunction, reader: StateReader): Json {
  const { address, args, function: name, module, typeArguments } = call;
  return {
    type: 'entry_function_payload',
    function: `${address}::${module}::${name}`,
    type_arguments: typeArguments.map((tag) => typeTagText(tag)),
    arguments: argumentsJson(call, reader) ?? args.map(hex),
  };
}

/** Undefined where they are not what the function takes. */
function argumentsJson(call: EntryFunction, { loader }: StateReader): Json[] | undefined {
  try {
    const { parameters } = loader.function(moduleId(call.address, call.module), call.function);
    const taken = parameters.slice(parameters.length - call.args.length);
    const types = call.typeArguments.map((tag) => loader.typeOf(tag));
    return call.args.map((bytes, i) => {
      const parameter = taken[i];
      if (parameter === undefined) throw new TypeError('too many arguments');
      const type = loader.types.substitute(parameter, types);
      return valueJson(loader, loader.codec.decode(bytes, type), type);
    });
  } catch {
    // A call of what is not there, or with what it does not take, is shown as it was sent.
    return undefined;
  }
}

export function eventJson(event: AptosEvent, reader: StateReader): { [key: string]: Json } {
  const isV1 = event.kind === 'v1';
  return {
    guid: {
      creation_number: isV1 ? event.creationNumber.toString() : '0',
      account_address: isV1 ? addressText(event.creator) : '0x0',
    },
    sequence_number: isV1 ? event.sequenceNumber.toString() : '0',
    type: typeTagText(event.type),
    data: reader.json(event.data, event.type),
  };
}

function changeJson({ after, key }: StateChange, reader: StateReader): Json[] {
  const state_key_hash = hex(
    sha3_256(Uint8Array.from([...hashPrefix('StateKey'), ...encodeStateKey(key)])),
  );
  switch (key.kind) {
    case 'module': {
      const address = addressText(key.address);
      return after === null
        ? [{ type: 'delete_module', address, state_key_hash, module: `${address}::${key.name}` }]
        : [
            {
              type: 'write_module',
              address,
              state_key_hash,
              data: moduleJson(after.bytes, reader.module(after.bytes)),
            },
          ];
    }
    case 'resource':
    case 'group': {
      const address = addressText(key.address);
      if (after === null)
        return [
          { type: 'delete_resource', address, state_key_hash, resource: typeTagText(key.type) },
        ];
      return resourcesOf([key, after]).map(({ bytes, type }) => ({
        type: 'write_resource',
        address,
        state_key_hash,
        data: { type: typeTagText(type), data: reader.json(bytes, type) },
      }));
    }
    case 'tableItem': {
      const item = { state_key_hash, handle: hex(key.handle), key: hex(key.key) };
      return after === null
        ? [{ type: 'delete_table_item', ...item, data: null }]
        : [{ type: 'write_table_item', ...item, value: hex(after.bytes), data: null }];
    }
    case 'raw':
      return [];
  }
}
