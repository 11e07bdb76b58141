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
import { encodeObject, type TransactionData } from '../../vm-preview/move/sui/data';
import type { SuiObject } from '../../vm-preview/move/sui/state';
import type { SuiFailure, SuiGasSummary, SuiOutcome } from '../../vm-preview/move/sui/types';
import { encodeBase64 } from '../base64';
import { toHex } from '../hex';
import { fullAddress, typeText } from './address';
import type { MoveDecoder } from './decode/decoder';
import type { MoveJson } from './decode/json';
import type { ParsedSuiTransaction } from './transaction';

export function verdictOf({ status }: Pick<SuiOutcome, 'status'>): Verdict {
  switch (status.kind) {
    case 'success':
      return { kind: 'success' };
    case 'failure':
      return { kind: 'failure', error: failureError(status.failure) };
    case 'refused':
      return { kind: 'refused', error: { code: status.code, text: sentence(status.text) } };
  }
}

function failureError(failure: SuiFailure): ChainError {
  const { abort, code, command, text } = failure;
  const where = command === undefined ? {} : { at: command };
  if (abort === undefined) {
    // The chain's own text is for those who debug: raw amounts and names of checks.
    const words = (Object.hasOwn(FAILURES, code) ? FAILURES[code] : undefined) ?? text;
    return { code, text: sentence(words ?? code), ...where };
  }
  const place = abort.function === undefined ? abort.module : `${abort.module}::${abort.function}`;
  const named = abort.name ?? abort.code.toString();
  return {
    code: `MoveAbort in ${place}: ${named}`,
    text: sentence(abort.message ?? `${place} refused with ${named}`),
    program: abort.module,
    ...where,
  };
}

/** `ExecutionFailureStatus` by name. Source: sui-types `execution_status.rs`. */
const FAILURES: Readonly<Record<string, string>> = {
  InsufficientGas: 'the gas that the transaction allows does not suffice',
  InsufficientCoinBalance: 'a coin holds less than what is taken from it',
  CoinBalanceOverflow: 'a coin would hold more than any coin can',
  InsufficientBalanceForWithdraw: 'an account has less than what is withdrawn from it',
  FunctionNotFound: 'the package has no such function',
  NonEntryFunctionInvoked: 'the function is not one that transactions may call',
  CommandArgumentError: 'an argument does not fit the command',
  TypeArgumentError: 'a type argument does not fit the function',
  UnusedValueWithoutDrop: 'a result is left over that must be used',
  InvalidTransferObject: 'an object may not be transferred like this',
  CircularObjectOwnership: 'an object would own itself',
  EffectsTooLarge: 'the transaction changes more than one may',
  PackageUpgradeError: 'the package may not be upgraded like this',
  SharedObjectOperationNotAllowed: 'a shared object may not be used like this',
  InputObjectDeleted: 'an object that it uses was deleted',
  AddressDeniedForCoin: 'the coin’s issuer has barred the account',
  CoinTypeGlobalPause: 'the coin’s issuer has stopped all transfers of it',
};

const MAX_WORDS = 300;

export function sentence(text: string): string {
  const short = text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS)}…` : text;
  const capital = short.charAt(0).toUpperCase() + short.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}

/** MIST that the payer loses, less what comes back for objects that end. */
export function netFee({ computationCost, storageCost, storageRebate }: SuiGasSummary): bigint {
  return computationCost + storageCost - storageRebate;
}

export function feeOf({ gas }: SuiOutcome, payer: string, coin: Asset): Fee {
  const parts = [
    { label: 'gas', amount: gas.computationCost.toString() },
    { label: 'storage', amount: gas.storageCost.toString() },
    ...(gas.storageRebate === 0n
      ? []
      : [{ label: 'refund', amount: (-gas.storageRebate).toString() }]),
  ];
  return { payer, total: netFee(gas).toString(), parts, asset: coin };
}

/** Objects longer than this are shown by their length. */
const MAX_RAW_BYTES = 4_096;
const MAX_EVENTS = 200;
const MAX_EVENT_TEXT = 2_000;

export function rawOutcome(
  { changes, commandGas, events, gas }: SuiOutcome,
  { data }: ParsedSuiTransaction,
  decoder: MoveDecoder,
): RawOutcome {
  return {
    logs: [],
    events: events.slice(0, MAX_EVENTS).map(({ contents, type }): RawEvent => {
      const json = decoder.value(contents, type);
      return {
        type: typeText(type),
        untrustedData:
          json === undefined ? `0x${toHex(contents.subarray(0, 500))}` : jsonText(json),
      };
    }),
    units: {
      used: gas.computationCost.toString(),
      limit: data.gas.budget.toString(),
      parts: workParts(gas, commandCosts({ commandGas }, data)),
    },
    diff: [],
    values: changes.map(({ after, before, id }): ValueDiff => {
      return {
        address: fullAddress(id),
        kind: 'object',
        key: typeOf(after ?? before),
        before: rawValue(before),
        after: rawValue(after),
      };
    }),
  };
}

/** MIST for the gas of each command, before all of it is rounded up. */
export function commandCosts(
  { commandGas }: Pick<SuiOutcome, 'commandGas'>,
  { gas }: Pick<TransactionData, 'gas'>,
): bigint[] {
  return commandGas.map((thousandths) => (thousandths * gas.price) / 1_000n);
}

function workParts(
  { computationCost }: SuiGasSummary,
  costs: readonly bigint[],
): NonNullable<RawOutcome['units']['parts']> {
  const commands = costs.reduce((sum, cost) => sum + cost, 0n);
  const rest = computationCost - commands;
  return [
    { label: 'commands', used: commands.toString() },
    ...(rest > 0n ? [{ label: 'reading, and rounding up', used: rest.toString() }] : []),
  ];
}

function jsonText(json: MoveJson): string {
  const text = JSON.stringify(json);
  return text.length > MAX_EVENT_TEXT ? `${text.slice(0, MAX_EVENT_TEXT)}…` : text;
}

function typeOf(object: SuiObject | null): string {
  if (object === null) return 'object';
  return object.data.kind === 'package' ? 'package' : typeText(object.data.type);
}

function rawValue(object: SuiObject | null): RawValue | null {
  if (object === null) return null;
  const bytes = encodeObject(object);
  const { length } = bytes;
  return { length, ...(length > MAX_RAW_BYTES ? {} : { data: encodeBase64(bytes) }) };
}
