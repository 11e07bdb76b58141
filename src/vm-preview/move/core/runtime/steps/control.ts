import type { OpcodeName } from '../../format';
import type { Branch, Switch } from '../../loader/instruction';
import { asBool, asBytes, asInteger, asReference, asStruct, illTyped } from '../../values';
import { aborted, MoveError } from '../errors';
import type { Interpreter } from '../interpreter';
import type { Step } from '../program';

/** Bytes of an abort's message (limits.rs of move-vm-types). */
const MESSAGE_SIZE_MAX = 1024;

function abort(machine: Interpreter): never {
  throw aborted(BigInt(asInteger(machine.pop())));
}

function abortWithMessage(machine: Interpreter): never {
  const bytes = asBytes(machine.pop());
  machine.gas.abortMessage(bytes.length);
  if (bytes.length > MESSAGE_SIZE_MAX)
    throw new MoveError('ABORT_MESSAGE_LIMIT_EXCEEDED', {
      reason: `Expected at most ${MESSAGE_SIZE_MAX} bytes, got ${bytes.length} bytes`,
    });
  const message = decodeUtf8(bytes);
  throw aborted(BigInt(asInteger(machine.pop())), message);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MoveError('INVALID_ABORT_MESSAGE', { reason: 'Invalid UTF-8 string' });
  }
}

export const CONTROL: ReadonlyMap<OpcodeName, Step> = new Map<OpcodeName, Step>([
  ['Ret', (machine) => machine.leave()],
  ['Abort', abort],
  ['AbortMsg', abortWithMessage],
]);

export function branchStep({ op, target }: Branch): Step {
  if (op === 'BrTrue')
    return (machine, frame) => {
      if (asBool(machine.pop())) frame.pc = target;
    };
  if (op === 'BrFalse')
    return (machine, frame) => {
      if (!asBool(machine.pop())) frame.pc = target;
    };
  return (_, frame) => {
    frame.pc = target;
  };
}

export function switchStep({ targets }: Switch): Step {
  return (machine, frame) => {
    const { variant } = asStruct(asReference(machine.pop()).get());
    const target = targets[variant ?? -1];
    if (target === undefined) throw illTyped('switches on a variant that it does not know');
    frame.pc = target;
  };
}
