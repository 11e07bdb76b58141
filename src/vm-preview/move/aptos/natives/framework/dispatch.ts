/** Natives that call the function which their last argument names (AIP-73). */
import {
  aborted,
  CallFunction,
  type Native,
  type NativeRegistry,
  nativesOf,
} from '../../../core/runtime';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { referred } from '../values';
import { functionName, isPaidFor, isSpecial } from './function-info';

const NOT_LOADED = 4n;
type IsPaidFor = typeof isPaidFor;

/** The interpreter holds the target to the native's signature. @param price - its whole name */
function dispatch(context: NativeContext, price: string, isPaid: IsPaidFor): Native {
  const { base } = pricesOf(context, 'aptos_framework');
  return ({ args, typeArguments, loader }) => {
    const { module, name } = functionName(referred(args.at(-1)));
    if (!isPaid(context, module)) throw aborted(NOT_LOADED);
    base(price);
    const callee = loader.function(module, name);
    return new CallFunction(callee.instance(typeArguments), args.slice(0, -1));
  };
}

export const dispatchableFungibleAssetNatives = (context: NativeContext): NativeRegistry => {
  const native = dispatch(context, 'dispatchable_fungible_asset.dispatch.base', isPaidFor);
  return nativesOf('0x1::dispatchable_fungible_asset', {
    dispatchable_withdraw: native,
    dispatchable_deposit: native,
    dispatchable_derived_balance: native,
    dispatchable_derived_supply: native,
  });
};

export const accountAbstractionNatives = (context: NativeContext): NativeRegistry => {
  const isPaid: IsPaidFor = ({ modules }, target) => isSpecial(target) || modules.isVisited(target);
  return nativesOf('0x1::account_abstraction', {
    dispatchable_authenticate: dispatch(context, 'dispatchable_authenticate.dispatch.base', isPaid),
  });
};
