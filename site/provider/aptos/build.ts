/** From a payload, as dapps hand it over, to a transaction. A node is asked for what it leaves open. */
import {
  AccountAddress,
  type AnyRawTransaction,
  AptosConfig,
  buildTransaction,
  generateTransactionPayload,
  type InputGenerateTransactionOptions,
  type InputGenerateTransactionPayloadData,
  Network,
  TransactionPayload,
  TransactionPayloadEntryFunction,
  TransactionPayloadMultiSig,
  TransactionPayloadScript,
} from '@aptos-labs/ts-sdk';
import type { AptosSignTransactionInputV1_1 } from '@aptos-labs/wallet-standard';
import { CODES, InvalidRequestError } from '../errors';

/** The network that a transaction is for. */
export interface Place {
  readonly name: Network;
  /** A node of it; the SDK's own choice where absent. */
  readonly url?: string;
}

/** @param sender - used where the input names none */
export async function build(
  input: AptosSignTransactionInputV1_1,
  sender: string,
  { name, url }: Place,
): Promise<AnyRawTransaction> {
  const aptosConfig = new AptosConfig({
    network: url === undefined ? name : Network.CUSTOM,
    ...(url === undefined ? {} : { fullnode: url }),
  });
  const { feePayer, payload, secondarySigners } = input;
  const common = {
    aptosConfig,
    sender: input.sender?.address ?? AccountAddress.from(sender),
    payload: await payloadOf(payload, aptosConfig),
    options: optionsOf(input),
    ...(feePayer === undefined ? {} : { feePayerAddress: feePayer.address }),
  };
  if (secondarySigners === undefined || secondarySigners.length === 0) {
    return buildTransaction(common);
  }
  const secondarySignerAddresses = secondarySigners.map(({ address }) => address);
  return buildTransaction({ ...common, secondarySignerAddresses });
}

type BuiltPayload = Parameters<typeof buildTransaction>[0]['payload'];

/** @throws InvalidRequestError for a payload of a kind that the SDK builds nothing from */
async function payloadOf(
  payload: TransactionPayload | InputGenerateTransactionPayloadData,
  aptosConfig: AptosConfig,
): Promise<BuiltPayload> {
  if (!(payload instanceof TransactionPayload)) {
    if ('bytecode' in payload) return generateTransactionPayload(payload);
    return generateTransactionPayload({ ...payload, aptosConfig });
  }
  if (
    payload instanceof TransactionPayloadEntryFunction ||
    payload instanceof TransactionPayloadScript ||
    payload instanceof TransactionPayloadMultiSig
  ) {
    return payload;
  }
  throw new InvalidRequestError(CODES.invalidParams, 'The payload is of a kind that is unknown.');
}

function optionsOf(input: AptosSignTransactionInputV1_1): InputGenerateTransactionOptions {
  const { expirationSecondsFromNow, gasUnitPrice, maxGasAmount, sequenceNumber } = input;
  const expireTimestamp =
    input.expirationTimestamp ??
    (expirationSecondsFromNow === undefined
      ? undefined
      : Math.floor(Date.now() / 1000) + expirationSecondsFromNow);
  return {
    ...(expireTimestamp === undefined ? {} : { expireTimestamp }),
    ...(gasUnitPrice === undefined ? {} : { gasUnitPrice }),
    ...(maxGasAmount === undefined ? {} : { maxGasAmount }),
    ...(sequenceNumber === undefined ? {} : { accountSequenceNumber: sequenceNumber }),
  };
}
