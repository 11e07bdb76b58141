/**
 * A transaction as clients hand it over to be completed: gRPC's `Transaction` in JSON, where inputs may be
 * named by their ids alone. Source: the `sui.rpc.v2` messages in `@mysten/sui/grpc`.
 */
import { GrpcTypes } from '@mysten/sui/grpc';
import { decodeBase64 } from '../../../src/chains/base64';
import { addressBytes, parseDigest } from '../../../src/chains/sui/address';
import type { MoveDecoder } from '../../../src/chains/sui/decode/decoder';
import { MalformedError } from '../../../src/vm-preview/errors';
import { parseTypeTag } from '../../../src/vm-preview/move/core/types';
import {
  type Argument,
  type CallArg,
  type Command,
  commandArguments,
  type Expiration,
  type ObjectRef,
  objectRef,
  parseTransaction,
  type TransactionData,
} from '../../../src/vm-preview/move/sui/data';
import { asRecord } from '../../json';
import { type Chain, GAS_PRICE, Refusal } from '../chain';
import { decoderOf } from '../graphql/answers';

const { Argument_ArgumentKind: ARGUMENT, Input_InputKind: INPUT } = GrpcTypes;
const RECEIVING = '0x2::transfer::Receiving';

/** Of each input, how it is used. */
interface Use {
  readonly mutable: boolean;
  readonly receiving: boolean;
}

/** With what is open of the gas left at zero. @throws MalformedError, Refusal */
export function openTransaction(chain: Chain, json: unknown): TransactionData {
  const { value } = asRecord(asRecord(json)['bcs']);
  if (typeof value === 'string') return parseTransaction(decodeBase64(value));
  const transaction = read(json);
  const { data } = transaction.kind ?? {};
  if (data?.oneofKind !== 'programmableTransaction') throw malformed('it is not programmable');
  const commands = data.programmableTransaction.commands.map(commandOf);
  const decoder = decoderOf(chain);
  const inputs = data.programmableTransaction.inputs.map((input, i) =>
    inputOf(chain, input, useOf(decoder, commands, i)),
  );
  const sender = addressBytes(transaction.sender ?? '0x0');
  const gas = transaction.gasPayment;
  return {
    kind: { kind: 'programmable', programmable: { inputs, commands } },
    sender,
    gas: {
      payment: (gas?.objects ?? []).map(refOf),
      owner: gas?.owner === undefined ? sender : addressBytes(gas.owner),
      price: gas?.price ?? GAS_PRICE,
      budget: gas?.budget ?? 0n,
    },
    expiration: expirationOf(transaction.expiration),
  };
}

function read(json: unknown): GrpcTypes.Transaction {
  try {
    return GrpcTypes.Transaction.fromJsonString(JSON.stringify(json));
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error));
  }
}

const malformed = (why: string): MalformedError =>
  new MalformedError('transaction-malformed', `Invalid transaction JSON: ${why.slice(0, 200)}`);

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw malformed(`${what} is missing`);
  return value;
}

function refOf(ref: {
  readonly objectId?: string;
  readonly version?: bigint;
  readonly digest?: string;
}): ObjectRef {
  return {
    id: addressBytes(required(ref.objectId, 'an object id')),
    version: required(ref.version, 'a version'),
    digest: required(parseDigest(ref.digest ?? ''), 'a digest'),
  };
}

function inputOf(chain: Chain, input: GrpcTypes.Input, use: Use): CallArg {
  switch (input.kind) {
    case INPUT.PURE:
      return { kind: 'pure', bytes: required(input.pure, 'a pure value') };
    case INPUT.IMMUTABLE_OR_OWNED:
      return { kind: 'object', object: { kind: 'immOrOwned', ref: refOf(input) } };
    case INPUT.RECEIVING:
      return { kind: 'object', object: { kind: 'receiving', ref: refOf(input) } };
    case INPUT.SHARED:
      return {
        kind: 'object',
        object: {
          kind: 'shared',
          id: addressBytes(required(input.objectId, 'an object id')),
          initialVersion: required(input.version, 'a version'),
          mutable: input.mutable ?? use.mutable,
        },
      };
    case undefined:
      return { kind: 'object', object: resolved(chain, input, use) };
    default:
      throw malformed('funds are not withdrawn here');
  }
}

/** An input of which the id is known. */
function resolved(chain: Chain, { mutable, objectId, version }: GrpcTypes.Input, use: Use) {
  const id = required(objectId, 'an object id');
  const found = chain.ledger.newest(addressBytes(id));
  if (found === null)
    throw new Refusal(`Could not find the referenced object ${id} at version None`);
  const { owner } = found;
  if (owner.kind === 'shared' || owner.kind === 'consensusAddress') {
    const initialVersion = owner.kind === 'shared' ? owner.initialVersion : owner.startVersion;
    return {
      kind: 'shared' as const,
      id: found.id,
      initialVersion,
      mutable: mutable ?? use.mutable,
    };
  }
  if (version !== undefined && version !== found.version)
    throw new Refusal(
      `Object ID ${id} Version ${version} is not available for consumption, current version: ${found.version}`,
    );
  return {
    kind: use.receiving ? ('receiving' as const) : ('immOrOwned' as const),
    ref: objectRef(found),
  };
}

function useOf(decoder: MoveDecoder, commands: readonly Command[], input: number): Use {
  const isIt = (argument: Argument): boolean =>
    argument.kind === 'input' && argument.index === input;
  let mutable = false;
  let receiving = false;
  for (const command of commands) {
    if (command.kind === 'moveCall') {
      const { call } = command;
      const types = decoder.parameters(call.package, call.module, call.function);
      for (const [i, argument] of call.args.entries()) {
        const type = types?.[i];
        if (!isIt(argument) || type === undefined) continue;
        mutable ||= type.kind !== 'reference' || type.mutable;
        receiving ||= type.kind === 'datatype' && type.datatype.key === RECEIVING;
      }
    } else if (commandArguments(command).some(isIt)) mutable = true;
  }
  return { mutable, receiving };
}

function argumentOf(argument: GrpcTypes.Argument | undefined): Argument {
  switch (argument?.kind) {
    case ARGUMENT.GAS:
      return { kind: 'gasCoin' };
    case ARGUMENT.INPUT:
      return { kind: 'input', index: required(argument.input, 'an input') };
    case ARGUMENT.RESULT: {
      const index = required(argument.result, 'a result');
      const nested = argument.subresult;
      return nested === undefined
        ? { kind: 'result', index }
        : { kind: 'nestedResult', index, nested };
    }
    default:
      throw malformed('an argument of no kind');
  }
}

function commandOf({ command }: GrpcTypes.Command): Command {
  switch (command.oneofKind) {
    case 'moveCall': {
      const { moveCall } = command;
      return {
        kind: 'moveCall',
        call: {
          package: addressBytes(required(moveCall.package, 'a package')),
          module: required(moveCall.module, 'a module'),
          function: required(moveCall.function, 'a function'),
          typeArguments: moveCall.typeArguments.map((text) => parseTypeTag(text)),
          args: moveCall.arguments.map(argumentOf),
        },
      };
    }
    case 'transferObjects':
      return {
        kind: 'transferObjects',
        objects: command.transferObjects.objects.map(argumentOf),
        address: argumentOf(command.transferObjects.address),
      };
    case 'splitCoins':
      return {
        kind: 'splitCoins',
        coin: argumentOf(command.splitCoins.coin),
        amounts: command.splitCoins.amounts.map(argumentOf),
      };
    case 'mergeCoins':
      return {
        kind: 'mergeCoins',
        destination: argumentOf(command.mergeCoins.coin),
        sources: command.mergeCoins.coinsToMerge.map(argumentOf),
      };
    case 'publish':
      return {
        kind: 'publish',
        modules: command.publish.modules,
        dependencies: command.publish.dependencies.map((id) => addressBytes(id)),
      };
    case 'makeMoveVector': {
      const { elements, elementType } = command.makeMoveVector;
      return {
        kind: 'makeMoveVec',
        type: elementType === undefined ? undefined : parseTypeTag(elementType),
        elements: elements.map(argumentOf),
      };
    }
    case 'upgrade':
      return {
        kind: 'upgrade',
        modules: command.upgrade.modules,
        dependencies: command.upgrade.dependencies.map((id) => addressBytes(id)),
        package: addressBytes(required(command.upgrade.package, 'a package')),
        ticket: argumentOf(command.upgrade.ticket),
      };
    default:
      throw malformed('a command of no kind');
  }
}

function expirationOf(expiration: GrpcTypes.TransactionExpiration | undefined): Expiration {
  const { TransactionExpiration_TransactionExpirationKind: KIND } = GrpcTypes;
  switch (expiration?.kind) {
    case undefined:
    case KIND.NONE:
      return { kind: 'none' };
    case KIND.EPOCH:
      return { kind: 'epoch', epoch: required(expiration?.epoch, 'an epoch') };
    case KIND.VALID_DURING:
      return {
        kind: 'validDuring',
        minEpoch: expiration?.minEpoch,
        maxEpoch: expiration?.epoch,
        minTimestamp: undefined,
        maxTimestamp: undefined,
        chain: required(parseDigest(expiration?.chain ?? ''), 'a chain'),
        nonce: expiration?.nonce ?? 0,
      };
    default:
      throw malformed('an expiration of another kind');
  }
}
