/** An outcome in the preview's words: verdict, fee, raw results. */
import type {
  Asset,
  ChainError,
  Fee,
  RawEvent,
  RawOutcome,
  RawValue,
  ValueDiff,
  Verdict,
} from '../../vm-preview/model/preview';
import type { AptosOutcome, AptosStatus, StateChange } from '../../vm-preview/move/aptos/types';
import { typeTagText } from '../../vm-preview/move/core/types';
import { encodeBase64 } from '../base64';
import { equalBytes, toHex } from '../hex';
import { fullAddress } from './address';
import { jsonText } from './decode/call';
import type { MoveDecoder } from './decode/decoder';
import type { EventView } from './effects/context';
import type { ParsedAptosTransaction } from './transaction';

export function verdictOf({ status }: Pick<AptosOutcome, 'status'>): Verdict {
  if (status.kind === 'success') return { kind: 'success' };
  const error = chainError(status);
  return { kind: status.kind === 'discarded' ? 'refused' : 'failure', error };
}

const MAX_WORDS = 300;

function chainError(status: Exclude<AptosStatus, { kind: 'success' }>): ChainError {
  switch (status.kind) {
    case 'abort': {
      const { description, message, module, name } = status;
      const code = name ?? `0x${status.code.toString(16)}`;
      const words = message ?? description;
      return {
        code: `Move abort in ${module ?? 'the script'}: ${code}`,
        text: sentence(
          words === undefined ? `${module ?? 'the script'} refused with ${code}` : words,
        ),
        ...(module === undefined ? {} : { program: module }),
      };
    }
    case 'outOfGas':
      return { code: 'Out of gas', text: 'The gas that the transaction allows does not suffice.' };
    case 'executionFailure': {
      const { function: name, module, offset, reason } = status;
      return {
        code: `Execution failed in ${module ?? 'the script'}::${name} at code offset ${offset}: ${reason}`,
        text: sentence(`${module ?? 'the script'} failed in ${name}: ${reason}`),
        ...(module === undefined ? {} : { program: module }),
      };
    }
    case 'failure':
    case 'discarded': {
      const { code, text } = status;
      const words = text ?? (Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined);
      return { code, text: sentence(words ?? code) };
    }
  }
}

/** What the chain refuses with before any module has its say. Source: move-core-types `vm_status.rs`. */
const REFUSALS: Readonly<Record<string, string>> = {
  NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH: 'what is called takes another number of signers',
  NUMBER_OF_ARGUMENTS_MISMATCH: 'what is called takes another number of arguments',
  NUMBER_OF_TYPE_ARGUMENTS_MISMATCH: 'what is called takes another number of types',
  FAILED_TO_DESERIALIZE_ARGUMENT: 'an argument is not of the type that is called for',
  FUNCTION_RESOLUTION_FAILURE: 'there is no such function',
  LINKER_ERROR: 'there is no such module, or one that it needs is missing',
  SEQUENCE_NUMBER_TOO_OLD: 'the sequence number was used already',
  SEQUENCE_NUMBER_TOO_NEW: 'other transactions of the account must come first',
  SEQUENCE_NUMBER_TOO_BIG: 'the account has no sequence numbers left',
  INSUFFICIENT_BALANCE_FOR_TRANSACTION_FEE:
    'the account cannot pay the fee that the transaction allows',
  TRANSACTION_EXPIRED: 'the transaction has expired',
  SENDING_ACCOUNT_DOES_NOT_EXIST: 'the sending account does not exist',
  INVALID_AUTH_KEY: 'the key is not the one of the account',
  BAD_CHAIN_ID: 'the transaction is for another network',
  NONCE_ALREADY_USED: 'the nonce was used already',
  MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS:
    'the gas that it allows is less than any transaction costs',
  MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND: 'it allows more gas than the chain does',
  GAS_UNIT_PRICE_BELOW_MIN_BOUND: 'it offers less for gas than the chain takes',
  GAS_UNIT_PRICE_ABOVE_MAX_BOUND: 'it offers more for gas than the chain takes',
};

export function sentence(text: string): string {
  const short = text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text;
  const capital = short.charAt(0).toUpperCase() + short.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** Octas that the payer loses, less what comes back for state that is freed. */
export function feeOf(
  { fee, gasUnitPrice, status }: AptosOutcome,
  payer: string,
  coin: Asset,
): Fee {
  const isTaken = status.kind !== 'discarded';
  const charged = isTaken ? fee.gasUsed * gasUnitPrice : 0n;
  const stored = isTaken ? fee.storageFeeOctas : 0n;
  // Parts of gas are rounded each for itself: what storage did not take was gas.
  const gas = charged > stored ? charged - stored : 0n;
  const refund = isTaken ? fee.storageRefundOctas : 0n;
  const parts = [
    { label: 'gas', amount: gas.toString() },
    { label: 'storage', amount: (charged - gas).toString() },
    ...(refund === 0n ? [] : [{ label: 'refund', amount: (-refund).toString() }]),
  ];
  return { payer, total: (charged - refund).toString(), parts, asset: coin };
}

export function eventViews(outcome: AptosOutcome, decoder: MoveDecoder): EventView[] {
  return outcome.events.map((event) => ({
    type: typeTagText(event.type),
    ...(event.kind === 'v1' ? { creator: fullAddress(event.creator) } : {}),
    data: decoder.value(event.data, event.type),
  }));
}

/** Values longer than this are shown by their length. */
const MAX_RAW_BYTES = 4_096;
const MAX_EVENTS = 200;

export function rawOutcome(
  outcome: AptosOutcome,
  events: readonly EventView[],
  { raw }: ParsedAptosTransaction,
): RawOutcome {
  return {
    logs: [],
    events: events.slice(0, MAX_EVENTS).map(({ data, type }, i): RawEvent => {
      const bytes = outcome.events[i]?.data ?? new Uint8Array(0);
      return {
        type,
        untrustedData: data === undefined ? `0x${toHex(bytes.subarray(0, 500))}` : jsonText(data),
      };
    }),
    units: {
      used: outcome.fee.gasUsed.toString(),
      limit: raw.maxGasAmount.toString(),
      parts: [
        { label: 'execution', used: outcome.fee.executionGas.toString() },
        { label: 'reading and writing', used: outcome.fee.ioGas.toString() },
      ],
    },
    diff: [],
    values: outcome.changes.flatMap(valueDiff),
  };
}

function valueDiff({ after, before, key }: StateChange): ValueDiff[] {
  const values = { before: rawValue(before?.bytes), after: rawValue(after?.bytes) };
  if (before !== null && after !== null && equalBytes(before.bytes, after.bytes)) return [];
  switch (key.kind) {
    case 'resource':
    case 'group':
      return [
        {
          address: fullAddress(key.address),
          kind: key.kind,
          key: typeTagText(key.type),
          ...values,
        },
      ];
    case 'module':
      return [{ address: fullAddress(key.address), kind: 'module', key: key.name, ...values }];
    case 'tableItem':
      return [
        {
          address: fullAddress(key.handle),
          kind: 'table-item',
          key: `0x${toHex(key.key)}`,
          ...values,
        },
      ];
    case 'raw':
      return [];
  }
}

function rawValue(bytes: Uint8Array | undefined): RawValue | null {
  if (bytes === undefined) return null;
  const { length } = bytes;
  return { length, ...(length > MAX_RAW_BYTES ? {} : { data: encodeBase64(bytes) }) };
}
