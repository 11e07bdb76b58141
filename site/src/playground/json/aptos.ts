/**
 * Aptos transactions as JSON: as nodes give and take them, as @aptos-labs/ts-sdk holds them, and the calls that
 * wallets are handed. Their arguments say nothing of their types: the node is asked for the function's.
 */
import { parseAddress } from '../../../../src/chains/aptos/address';
import { encodeRawTransaction } from '../../../../src/vm-preview/move/aptos/transaction';
import { parseTypeTag, type TypeTag } from '../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../src/vm-preview/move/core/values';
import { argumentBytes } from './aptos-arguments';
import {
  bigOf,
  bytesIn,
  field,
  has,
  isObject,
  type Json,
  listOf,
  textOf,
  unreadable,
  unresolved,
} from './read';

/** A call, and as much of the rest as the JSON says. */
export interface AptosJson {
  readonly form: string;
  readonly sender: string | undefined;
  readonly sequenceNumber: bigint | undefined;
  readonly maxGasAmount: bigint | undefined;
  readonly gasUnitPrice: bigint | undefined;
  /** Seconds since 1970. */
  readonly expiration: bigint | undefined;
  readonly chainId: number | undefined;
  readonly feePayer: string | undefined;
  readonly call: AptosCall;
}

interface AptosCall {
  /** 64 digits. */
  readonly address: string;
  readonly module: string;
  readonly function: string;
  readonly typeArguments: readonly TypeTag[];
  readonly args: readonly Json[];
}

/** What a node knows that the JSON does not say. */
export interface AptosFacts {
  readonly chainId: number;
  readonly sequenceNumber: bigint;
  readonly gasUnitPrice: bigint;
  /** Of the chain's clock, since 1970. */
  readonly seconds: bigint;
  /** Types of the function's parameters, those of signers left out. */
  readonly parameters: readonly string[];
}

/** As the SDK has them. */
const MAX_GAS = 200_000n;
const LIFETIME_SECONDS = 60n;

/** Undefined for JSON of something else. @throws MalformedError */
export function aptosJson(json: Json): AptosJson | undefined {
  const raw = field(json, 'rawTransaction');
  if (isObject(raw)) return sdkTransaction(raw, field(json, 'feePayerAddress'));
  if (has(json, 'sequence_number', 'payload')) {
    return has(field(json, 'payload'), 'type')
      ? nodeTransaction(json)
      : sdkTransaction(json, undefined);
  }
  const data = field(json, 'data') ?? field(json, 'payload');
  const call = isObject(data) ? data : json;
  if (typeof field(call, 'function') === 'string' && has(call, 'function'))
    return wanted(json, call);
  return undefined;
}

/** `POST /transactions` and `GET /transactions/by_hash/…` of a node. */
function nodeTransaction(json: Json): AptosJson {
  const payload = field(json, 'payload');
  const type = textOf(field(payload, 'type'), 'the kind of the payload');
  if (type !== 'entry_function_payload') {
    throw unresolved(
      'this JSON holds a script or another payload that is no call of an entry function: paste the transaction’s BCS bytes instead',
    );
  }
  return {
    form: 'JSON of an Aptos node',
    ...partsOf(json),
    feePayer: addressOf(field(field(json, 'signature'), 'fee_payer_address')),
    call: callOf(
      textOf(field(payload, 'function'), 'the function'),
      field(payload, 'type_arguments') ?? [],
      field(payload, 'arguments') ?? [],
    ),
  };
}

/** What wallets are handed: `{sender, data: {function, typeArguments, functionArguments}, options}`. */
function wanted(json: Json, call: Json): AptosJson {
  const options = field(json, 'options');
  return {
    form: 'JSON of a call for @aptos-labs/ts-sdk',
    sender: addressOf(field(json, 'sender')),
    sequenceNumber: optional(field(options, 'accountSequenceNumber'), 'the sequence number'),
    maxGasAmount: optional(field(options, 'maxGasAmount'), 'the maximal gas'),
    gasUnitPrice: optional(field(options, 'gasUnitPrice'), 'the gas price'),
    expiration: optional(field(options, 'expireTimestamp'), 'the expiration'),
    chainId: undefined,
    feePayer: undefined,
    call: callOf(
      textOf(field(call, 'function'), 'the function'),
      field(call, 'typeArguments') ?? field(call, 'type_arguments') ?? [],
      field(call, 'functionArguments') ?? field(call, 'arguments') ?? [],
    ),
  };
}

/** A `RawTransaction` of the SDK, its big integers as digits. */
function sdkTransaction(raw: Json, feePayer: Json | undefined): AptosJson {
  const entry = field(field(raw, 'payload'), 'entryFunction');
  if (entry === undefined) {
    throw unresolved(
      'this transaction of the SDK calls no entry function: paste its bcsToHex() instead',
    );
  }
  const module = field(entry, 'module_name');
  const id = [
    addressOf(field(module, 'address')) ?? '',
    textOf(field(field(module, 'name'), 'identifier'), 'the module'),
    textOf(field(field(entry, 'function_name'), 'identifier'), 'the function'),
  ].join('::');
  const types = listOf(field(entry, 'type_args') ?? [], 'the list of types');
  if (types.length > 0) {
    throw unresolved(
      'this transaction of the SDK has type arguments, which its JSON does not tell: paste its bcsToHex() instead',
    );
  }
  return {
    form: 'JSON of a transaction of @aptos-labs/ts-sdk',
    ...partsOf(raw),
    feePayer: addressOf(feePayer),
    call: callOf(id, [], field(entry, 'args') ?? []),
  };
}

function partsOf(json: Json) {
  const chain = field(json, 'chain_id');
  const chainId = isObject(chain) ? field(chain, 'chainId') : chain;
  return {
    sender: addressOf(field(json, 'sender')),
    sequenceNumber: optional(field(json, 'sequence_number'), 'the sequence number'),
    maxGasAmount: optional(field(json, 'max_gas_amount'), 'the maximal gas'),
    gasUnitPrice: optional(field(json, 'gas_unit_price'), 'the gas price'),
    expiration: optional(field(json, 'expiration_timestamp_secs'), 'the expiration'),
    chainId: chainId === undefined ? undefined : Number(bigOf(chainId, 'the chain id')),
  };
}

function optional(json: Json | undefined, what: string): bigint | undefined {
  return json === undefined || json === null ? undefined : bigOf(json, what);
}

/** In text, or as the SDK holds one: `{data: {0: …}}`. */
function addressOf(json: Json | undefined): string | undefined {
  if (json === undefined || json === null) return undefined;
  const bytes = bytesIn(field(json, 'data'));
  if (bytes?.length === 32) return Address.fromBytes(bytes).toString();
  return parseAddress(textOf(json, 'an address'));
}

function callOf(id: string, types: Json, args: Json): AptosCall {
  const [at = '', module = '', name = '', more] = id.split('::');
  if (module === '' || name === '' || more !== undefined) {
    throw unreadable('the function is not written as address::module::name');
  }
  return {
    address: parseAddress(at),
    module,
    function: name,
    typeArguments: listOf(types, 'the list of types').map((type) =>
      parseTypeTag(textOf(type, 'a type argument')),
    ),
    args: listOf(args, 'the list of arguments'),
  };
}

/**
 * The transaction's bytes, with what the node knows where the JSON is silent.
 *
 * @param sender - of JSON that names none
 * @throws MalformedError
 */
export function aptosBytes(json: AptosJson, sender: string, facts: AptosFacts): Uint8Array {
  const { call } = json;
  const { parameters } = facts;
  if (parameters.length !== call.args.length) {
    throw unreadable(
      `${call.module}::${call.function} is given ${call.args.length} arguments and takes ${parameters.length}`,
    );
  }
  const raw = encodeRawTransaction({
    sender: Address.parse(json.sender ?? sender),
    sequenceNumber: json.sequenceNumber ?? facts.sequenceNumber,
    payload: {
      kind: 'entryFunction',
      call: {
        address: Address.parse(call.address),
        module: call.module,
        function: call.function,
        typeArguments: call.typeArguments,
        args: call.args.map((value, i) =>
          argumentBytes(value, parameters[i] ?? '', call.typeArguments),
        ),
      },
    },
    maxGasAmount: json.maxGasAmount ?? MAX_GAS,
    gasUnitPrice: json.gasUnitPrice ?? facts.gasUnitPrice,
    expirationTimestampSecs: json.expiration ?? facts.seconds + LIFETIME_SECONDS,
    chainId: json.chainId ?? facts.chainId,
  });
  const { feePayer } = json;
  return feePayer === undefined ? raw : Uint8Array.of(...raw, 1, ...Address.parse(feePayer).bytes);
}
