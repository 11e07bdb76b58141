import { CannotPreview } from '../../../../errors';
import { FunctionInstance } from '../../loader';
import type { Call, PackClosure } from '../../loader/instruction';
import { asClosure, Closure, illTyped, type Value } from '../../values';
import type { Interpreter } from '../interpreter';
import type { Step } from '../program';

export function callStep({ site }: Call): Step {
  const count = site.parameters.length;
  return (machine, frame) => {
    const callee = frame.instance.callee(site);
    const args = machine.popMany(count);
    machine.gas.call(site, callee, args, frame.instance);
    machine.enter(callee, args);
  };
}

export function packClosureStep({ site, mask }: PackClosure): Step {
  const count = [...mask.toString(2)].filter((bit) => bit === '1').length;
  return (machine, frame) => {
    const captured = machine.popMany(count);
    const callee = frame.instance.callee(site);
    machine.gas.packClosure(site, callee, mask, captured);
    machine.push(new Closure(callee, mask, captured));
  };
}

/** The closure is on top, its open arguments below. */
export function callClosureStep(): Step {
  return (machine) => {
    const { target, mask, captured } = asClosure(machine.pop());
    if (!(target instanceof FunctionInstance)) throw illTyped('calls what no loader made');
    const total = target.definition.parameters.length;
    const open = machine.popMany(total - captured.length);
    const args = joined(total, mask, captured, open);
    requireNoReentry(machine, target);
    machine.gas.callClosure(target, args);
    machine.enter(target, args);
  };
}

function joined(total: number, mask: bigint, captured: readonly Value[], open: Value[]): Value[] {
  let nextCaptured = 0;
  let nextOpen = 0;
  return Array.from({ length: total }, (_, i) => {
    const isCaptured = ((mask >> BigInt(i)) & 1n) === 1n;
    const value = isCaptured ? captured[nextCaptured++] : open[nextOpen++];
    if (value === undefined) throw illTyped('calls a closure with too few arguments');
    return value;
  });
}

/**
 * The chain lets a closure come back into a module further up the stack and then refuses some of what
 * it does there (reentrancy_checker.rs), which is not done here. Within one module nothing is refused.
 */
function requireNoReentry(machine: Interpreter, target: FunctionInstance): void {
  const module = target.definition.owner.id?.key;
  if (module === undefined || machine.runningModule === module) return;
  if (machine.isActiveBelow(module))
    throw new CannotPreview('move-reentrancy', 'a closure that comes back into a running module', {
      module,
    });
}
