import { FunctionInstance, StoredFunction } from '../../loader';
import { bitCount } from '../../loader/closure-codec';
import type { Call, PackClosure } from '../../loader/instruction';
import {
  asClosure,
  Closure,
  illTyped,
  type Layout,
  requireDepth,
  VALUE_DEPTH_MAX,
  type Value,
} from '../../values';
import { MoveError } from '../errors';
import type { Interpreter } from '../interpreter';
import type { Step } from '../program';

export function callStep({ site }: Call): Step {
  const count = site.parameters.length;
  return (machine, frame) => {
    const callee = frame.instance.callee(site);
    const args = machine.popMany(count);
    machine.gas.call(site, callee, args, frame.instance);
    machine.enter(callee, args, 'static');
  };
}

export function packClosureStep({ site, mask }: PackClosure): Step {
  const count = bitCount(mask);
  return (machine, frame) => {
    const captured = machine.popMany(count);
    const callee = frame.instance.callee(site);
    machine.gas.packClosure(site, callee, mask, captured);
    if (machine.loader.config.checksCapturedDepth)
      for (const value of captured) requireDepth(value, VALUE_DEPTH_MAX - 1);
    const layouts = capturedLayouts(machine, callee, mask);
    machine.push(
      layouts === undefined
        ? new Closure(callee, mask, captured)
        : new Closure(callee, mask, captured, layouts),
    );
  };
}

/** Of a function that can be stored; undefined for others (loader/function.rs, `new_resolved`). */
function capturedLayouts(
  { loader }: Interpreter,
  callee: FunctionInstance,
  mask: bigint,
): readonly Layout[] | undefined {
  const { definition, typeArguments } = callee;
  if (!definition.isPersistent) return undefined;
  return definition.parameters
    .filter((_, i) => isCaptured(mask, i))
    .map((parameter) => {
      const type = loader.types.instantiate(parameter, typeArguments);
      if (!loader.config.capturesOption && type.key.includes('0x1::option::Option'))
        throw new MoveError('UNABLE_TO_CAPTURE_OPTION_TYPE', {
          reason: 'Option type cannot be captured',
        });
      return loader.layouts.of(type);
    });
}

/** The closure is on top, its open arguments below. */
export function callClosureStep(): Step {
  return (machine) => {
    const { target, mask, captured } = asClosure(machine.pop());
    const callee = calleeOf(machine, target);
    const total = callee.definition.parameters.length;
    const open = machine.popMany(total - captured.length);
    const args = joined(total, mask, captured, open);
    machine.gas.callClosure(callee, args);
    machine.enter(callee, args, 'closure');
  };
}

function calleeOf({ loader }: Interpreter, target: Closure['target']): FunctionInstance {
  if (target instanceof FunctionInstance) return target;
  if (target instanceof StoredFunction) return target.resolve(loader);
  throw illTyped('calls what no loader made');
}

function joined(total: number, mask: bigint, captured: readonly Value[], open: Value[]): Value[] {
  let nextCaptured = 0;
  let nextOpen = 0;
  return Array.from({ length: total }, (_, i) => {
    const value = isCaptured(mask, i) ? captured[nextCaptured++] : open[nextOpen++];
    if (value === undefined) throw illTyped('calls a closure with too few arguments');
    return value;
  });
}

const isCaptured = (mask: bigint, parameter: number): boolean =>
  ((mask >> BigInt(parameter)) & 1n) === 1n;
