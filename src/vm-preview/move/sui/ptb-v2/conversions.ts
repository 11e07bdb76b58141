/**
 * Withdrawals that the transaction names as coins: each is redeemed before the first command, and what
 * nothing takes of it goes back after the last (typing/translate.rs and verify/drop_safety.rs,
 * `withdrawal_compatibility_conversions`).
 */

import { Address } from '../../core/values';
import type { Argument, MoveCall } from '../data';
import { invariantViolation } from '../execution/error';
import type { ValueType } from '../execution/value';
import type { Linkage } from '../linkage';
import { callLinkage } from './loading/call-linkage';
import { type LoadedFunction, loadFunction } from './loading/functions';
import { ADDRESS, byValue } from './loading/ptb-type';
import {
  argumentsOf,
  type Location,
  locationKey,
  TX_CONTEXT_LOCATION,
  type TypedArgument,
  type TypedCommand,
  type TypedTransaction,
  Usage,
} from './typing/ast';
import type { Places } from './typing/places';

/** Of an input that is a withdrawal, to a coin. */
export interface Conversion {
  /** That redeems it; its only result is the coin. */
  readonly command: number;
  readonly currency: ValueType;
  /** Where the address is that the rest goes back to. */
  readonly owner: Location;
}

/** What a transaction is made of besides its own commands. */
export interface Converting {
  readonly linkage: Linkage;
  /** Inputs that are withdrawals, in their order. */
  readonly inputs: readonly number[];
  /** Whose withdrawals they are, 32 bytes. */
  readonly owner: Uint8Array;
}

/** Commands that redeem, with whose results the inputs are the coins that they were named as. */
export function convert(
  places: Places,
  { inputs, linkage, owner }: Converting,
): { readonly commands: readonly TypedCommand[]; readonly conversions: readonly Conversion[] } {
  const commands: TypedCommand[] = [];
  const conversions: Conversion[] = [];
  for (const [command, input] of inputs.entries()) {
    const { location, withdrawal } = places.withdrawal(input);
    const { currency } = withdrawal;
    const redeem = coinFunction(linkage, 'redeem_funds', currency);
    const [coin] = redeem.results;
    const [, context] = redeem.parameters;
    if (coin === undefined || context === undefined)
      throw invariantViolation('redeem_funds takes a withdrawal and gives a coin');
    const args: readonly TypedArgument[] = [
      moved(0, location, byValue(withdrawal.type)),
      {
        place: 1,
        form: { kind: 'borrow', mutable: true, location: TX_CONTEXT_LOCATION },
        type: context,
      },
    ];
    commands.push({
      operation: { kind: 'moveCall', function: redeem, args },
      results: [coin],
      drops: [],
      consumedShared: [],
    });
    places.addResults([coin]);
    places.replace(input, { location: { kind: 'result', command, index: 0 }, type: coin });
    conversions.push({ command, currency, owner: places.addPure(owner, ADDRESS) });
  }
  places.shift = inputs.length;
  return { commands, conversions };
}

/** Adds commands that send back what was redeemed and nothing took. After the last uses are moves. */
export function returnUnused(transaction: TypedTransaction, linkage: Linkage): void {
  const taken = new Set(
    transaction.commands
      .flatMap(({ operation }) => argumentsOf(operation))
      .flatMap(({ form }) =>
        form.kind !== 'borrow' && form.usage.kind === 'move'
          ? [locationKey(form.usage.location)]
          : [],
      ),
  );
  for (const { command, currency, owner } of transaction.conversions) {
    const location: Location = { kind: 'result', command, index: 0 };
    if (taken.has(locationKey(location))) continue;
    const send = coinFunction(linkage, 'send_funds', currency);
    const [coin, recipient] = send.parameters;
    if (coin === undefined || recipient === undefined)
      throw invariantViolation('send_funds takes a coin and an address');
    const args = [moved(0, location, coin), moved(1, owner, recipient)];
    transaction.commands.push({
      operation: { kind: 'moveCall', function: send, args },
      results: [],
      drops: [],
      consumedShared: [],
    });
  }
}

function moved(place: number, location: Location, type: TypedArgument['type']): TypedArgument {
  return { place, form: { kind: 'use', usage: new Usage('move', location) }, type };
}

const FRAMEWORK = Address.parse('0x2');
const NO_ARGUMENTS: readonly Argument[] = [];

/** Of `0x2::coin`. */
function coinFunction(linkage: Linkage, name: string, currency: ValueType): LoadedFunction {
  const called = linkage.packages.find(FRAMEWORK.hex);
  if (called === null) throw invariantViolation('the framework is not there');
  const call: MoveCall = {
    package: FRAMEWORK.bytes,
    module: 'coin',
    function: name,
    typeArguments: [currency.tag],
    args: NO_ARGUMENTS,
  };
  return loadFunction(linkage, called, callLinkage(linkage, called), call, [currency]);
}
