import type { DatatypeType, FunctionInstance } from '../loader';
import { MoveError } from './errors';

/** How a function came to be called. */
export type CallKind = 'static' | 'closure' | 'native';

/** What stands for the module of a script. */
const SCRIPT = 'script';

const moduleOf = ({ module }: FunctionInstance): string => module?.key ?? SCRIPT;

/**
 * Modules that are being run, each as often as it was entered (reentrancy_checker.rs; AIP-73 and
 * AIP-122). What a module entered twice declares cannot be touched; while a lock is held no module can
 * be entered twice.
 */
export class ActiveModules {
  readonly #counts = new Map<string, number>();
  #locks = 0;

  /** @throws MoveError RUNTIME_DISPATCH_ERROR */
  enter(caller: FunctionInstance | undefined, callee: FunctionInstance, kind: CallKind): void {
    if (isPlain(caller, callee, kind)) return;
    if (isLocking(callee, kind)) this.#locks++;
    const module = moduleOf(callee);
    const count = this.#counts.get(module) ?? 0;
    if (caller === undefined || moduleOf(caller) !== module) {
      if (count > 0 && this.#locks > 0)
        throw new MoveError('RUNTIME_DISPATCH_ERROR', {
          reason: `Reentrancy disallowed: reentering \`${module}\` via function \`${callee.name}\` (module lock is active)`,
        });
      this.#counts.set(module, count + 1);
    } else if (kind === 'closure') this.#counts.set(module, count + 1);
  }

  leave(caller: FunctionInstance | undefined, callee: FunctionInstance, kind: CallKind): void {
    if (caller === undefined || isPlain(caller, callee, kind)) return;
    const module = moduleOf(callee);
    if (kind === 'closure' || moduleOf(caller) !== module) {
      const count = this.#counts.get(module) ?? 0;
      if (count > 1) this.#counts.set(module, count - 1);
      else this.#counts.delete(module);
    }
    if (isLocking(callee, kind)) this.#locks--;
  }

  /** @throws MoveError RUNTIME_DISPATCH_ERROR where the resource's module was entered again */
  requireAccess({ datatype }: DatatypeType): void {
    if ((this.#counts.get(datatype.module.key) ?? 0) <= 1) return;
    throw new MoveError('RUNTIME_DISPATCH_ERROR', {
      reason: `Resource \`${datatype.key}\` cannot be accessed because of active reentrancy of defining module.`,
    });
  }
}

/** A call within a module, which is most calls and changes nothing here. */
function isPlain(
  caller: FunctionInstance | undefined,
  { definition }: FunctionInstance,
  kind: CallKind,
): boolean {
  return (
    kind === 'static' &&
    caller !== undefined &&
    caller.definition.owner === definition.owner &&
    !definition.locksModules
  );
}

function isLocking({ definition }: FunctionInstance, kind: CallKind): boolean {
  return kind === 'native' || definition.locksModules;
}
