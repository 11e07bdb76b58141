import type { Loader, ModuleId, MoveFunction } from '../../../core/loader';
import { moduleId } from '../../../core/loader/module-id';
import { aborted, MoveError, type NativeCall, nativesOf } from '../../../core/runtime';
import { asAddress, asBytes, asReference, type Struct, type Value } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { referred, stringBytes, utf8 } from '../values';
import { FEATURE } from '../versions';

const INVALID_IDENTIFIER = 1n;
const INVALID_FUNCTION = 2n;

/** identifier.rs; the last two are left from when scripts had such names. */
const IDENTIFIER = /^(?:[a-zA-Z][\w$]*|[_$][\w$]+|<SELF>|<SELF>_[0-9]+)$/;

interface FunctionName {
  readonly module: ModuleId;
  readonly name: string;
}

function identifier(string: Value | undefined): string {
  const text = utf8(stringBytes(string));
  if (text === undefined || !IDENTIFIER.test(text)) throw aborted(INVALID_IDENTIFIER);
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

/** Abilities that each type parameter must have. */
function typeParameterAbilities({ owner: { unit }, name }: MoveFunction): string {
  if (unit.kind === 'script') return '';
  const handle = unit.functionDefinitions
    .map((definition) => unit.functionHandles[definition.handle])
    .find((found) => found !== undefined && unit.identifiers[found.name] === name);
  return (handle?.typeParameters ?? []).join();
}

const sameTypes = (left: MoveFunction['results'], right: MoveFunction['results']): boolean =>
  left.length === right.length && left.every((type, i) => type === right[i]);

/** Whether `target` takes what `dispatcher` takes, but for its last parameter, and gives the same. */
function isCompatible(dispatcher: MoveFunction, target: MoveFunction): boolean {
  return (
    typeParameterAbilities(dispatcher) === typeParameterAbilities(target) &&
    sameTypes(dispatcher.results, target.results) &&
    sameTypes(dispatcher.parameters.slice(0, -1), target.parameters)
  );
}

const isIdentifierText = (bytes: Uint8Array): boolean => IDENTIFIER.test(utf8(bytes) ?? '');

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
      return [isIdentifierText(bytes)];
    },
    load_function_impl: ({ args: [info] }) => {
      base('function_info.load_function.base');
      context.modules.visit(functionName(referred(info)).module);
      return [];
    },
  });
};
