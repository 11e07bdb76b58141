import type { FunctionInstance } from '../loader';
import { MoveError } from './errors';

/**
 * What a native may hand over to: a public function of another module with the native's own signature,
 * but for its last parameter, which chose the function (interpreter.rs, `NativeResult::CallFunction`).
 *
 * @throws MoveError RUNTIME_DISPATCH_ERROR
 */
export function requireDispatchable(native: FunctionInstance, target: FunctionInstance): void {
  const [from, to] = [native.definition, target.definition];
  if (to.visibility !== 'public' || target.module?.key === native.module?.key)
    throw dispatchError('Invoking private or friend function during dispatch');
  if (to.code === undefined) throw dispatchError('Invoking native function during dispatch');
  const sameSignature =
    same(from.typeParameters, to.typeParameters) &&
    same(from.results, to.results) &&
    same(from.parameters.slice(0, -1), to.parameters);
  if (!sameSignature) throw dispatchError('Invoking function with incompatible type');
}

function same(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((entry, i) => entry === right[i]);
}

function dispatchError(reason: string): MoveError {
  return new MoveError('RUNTIME_DISPATCH_ERROR', { reason });
}
