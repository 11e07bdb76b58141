import type { Loader, ModuleId, MoveFunction } from '../../../core/loader';
import { moduleId } from '../../../core/loader/module-id';
import { aborted, MoveError, type NativeCall, nativesOf } from '../../../core/runtime';
import { asAddress, asBytes, asReference, type Struct, type Value } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { isIdentifier } from '../identifier';
import { referred, stringBytes, utf8 } from '../values';
import { FEATURE } from '../versions';

const INVALID_IDENTIFIER = 1n;
const INVALID_FUNCTION = 2n;

interface FunctionName {
  readonly module: ModuleId;
  readonly name: string;
}

function identifier(string: Value | undefined): string {
  const text = utf8(stringBytes(string));
  if (!isIdentifier(text)) throw aborted(INVALID_IDENTIFIER);
  return text;
}

/** Of a 0x1::function_info::FunctionInfo. @throws MoveError for a name that is no identifier */
export function functionName({ fields: [address, module, name] }: Struct): FunctionName {
  const moduleName = identifier(module);
  return { module: moduleId(asAddress(address), moduleName), name: identifier(name) };
}

/** Special addresses, 0x0 to 0xf, count as paid for since account abstraction. */
export function isPaidFor(context: NativeContext, module: ModuleId): boolean {
  const { features } = context;
  const specialCount =
    features.isEnabled(FEATURE.accountAbstraction) ||
    features.isEnabled(FEATURE.derivableAccountAbstraction);
  return (specialCount && isSpecial(module)) || context.modules.isVisited(module);
}

export function isSpecial({ address }: ModuleId): boolean {
  return /^0{63}/.test(address);
}

/** @throws MoveError with `code` for a function that is not there; MissingModulesError */
function loadFunction(loader: Loader, { module, name }: FunctionName, code: bigint): MoveFunction {
  try {
    return loader.function(module, name);
  } catch (error) {
    throw error instanceof MoveError ? aborted(code) : error;
  }
}

const same = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left.length === right.length && left.every((entry, i) => entry === right[i]);

/** Whether `target` takes what `dispatcher` takes, but for its last parameter, and gives the same. */
function isCompatible(dispatcher: MoveFunction, target: MoveFunction): boolean {
  return (
    same(dispatcher.typeParameters, target.typeParameters) &&
    same(dispatcher.results, target.results) &&
    same(dispatcher.parameters.slice(0, -1), target.parameters)
  );
}

export const functionInfoNatives = (context: NativeContext) => {
  const { base, basePlus } = pricesOf(context, 'aptos_framework');
  const checkCompatibility = ({ args: [left, right], loader }: NativeCall): boolean => {
    base('function_info.check_dispatch_type_compatibility_impl.base');
    const targetName = functionName(referred(right));
    if (!isPaidFor(context, targetName.module)) throw aborted(INVALID_FUNCTION);
    const target = loadFunction(loader, targetName, INVALID_FUNCTION);
    const dispatcherName = functionName(referred(left));
    const dispatcher = loadFunction(loader, dispatcherName, INVALID_FUNCTION);
    if (dispatcher.parameters.length === 0) throw aborted(INVALID_FUNCTION);
    return (
      isCompatible(dispatcher, target) &&
      target.visibility === 'public' &&
      target.code !== undefined &&
      dispatcherName.module.key !== targetName.module.key
    );
  };
  return nativesOf('0x1::function_info', {
    check_dispatch_type_compatibility_impl: (call) => [checkCompatibility(call)],
    is_identifier: ({ args: [text] }) => {
      const bytes = asBytes(asReference(text).get());
      basePlus(
        'function_info.is_identifier.base',
        'function_info.is_identifier.per_byte',
        bytes.length,
      );
      return [isIdentifier(utf8(bytes))];
    },
    load_function_impl: ({ args: [info] }) => {
      base('function_info.load_function.base');
      context.modules.visit(functionName(referred(info)).module);
      return [];
    },
  });
};
