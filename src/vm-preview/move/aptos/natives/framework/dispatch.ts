/** Natives that call the function which their last argument names (AIP-73). */
import { moduleId } from '../../../core/loader/module-id';
import {
  aborted,
  CallFunction,
  MoveError,
  type Native,
  type NativeRegistry,
  nativesOf,
} from '../../../core/runtime';
import { Address } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { referred } from '../values';
import { functionName, isCompatible, isPaidFor, isPublic, isSpecial } from './function-info';

const NOT_LOADED = 4n;
const FRAMEWORK = Address.parse('1');

type IsPaidFor = typeof isPaidFor;

const refused = (reason: string): MoveError => new MoveError('RUNTIME_DISPATCH_ERROR', { reason });

/** @param module - of 0x1; @param price - its whole name */
function dispatch(
  context: NativeContext,
  module: string,
  name: string,
  price: string,
  isPaid: IsPaidFor,
): Native {
  const { base } = pricesOf(context, 'aptos_framework');
  return ({ args, typeArguments, loader }) => {
    const target = functionName(referred(args.at(-1)));
    if (!isPaid(context, target.module)) throw aborted(NOT_LOADED);
    base(price);
    const dispatcher = loader.function(moduleId(FRAMEWORK, module), name);
    const callee = loader.function(target.module, target.name);
    if (!isPublic(callee) || callee.owner.id?.key === dispatcher.owner.id?.key)
      throw refused('Invoking private or friend function during dispatch');
    if (callee.code === undefined) throw refused('Invoking native function during dispatch');
    if (!isCompatible(dispatcher, callee))
      throw refused('Invoking function with incompatible type');
    return new CallFunction(callee.instance(typeArguments), args.slice(0, -1));
  };
}

export const dispatchableFungibleAssetNatives = (context: NativeContext): NativeRegistry => {
  const module = 'dispatchable_fungible_asset';
  const row = (name: string): [string, Native] => [
    name,
    dispatch(context, module, name, `${module}.dispatch.base`, isPaidFor),
  ];
  return nativesOf(
    `0x1::${module}`,
    Object.fromEntries([
      row('dispatchable_withdraw'),
      row('dispatchable_deposit'),
      row('dispatchable_derived_balance'),
      row('dispatchable_derived_supply'),
    ]),
  );
};

export const accountAbstractionNatives = (context: NativeContext): NativeRegistry => {
  const [module, name] = ['account_abstraction', 'dispatchable_authenticate'] as const;
  const isPaid: IsPaidFor = ({ modules }, target) => isSpecial(target) || modules.isVisited(target);
  return nativesOf(`0x1::${module}`, {
    [name]: dispatch(context, module, name, 'dispatchable_authenticate.dispatch.base', isPaid),
  });
};
