/** How a program gives up. Source: agave `syscalls/src/lib.rs`. */
import type { InvokeContext } from '../runtime/types';
import { SyscallFailure } from './errors';
import { translateString } from './translate';

export function abort(): never {
  throw SyscallFailure.of('Abort');
}

export function panic(
  invoke: InvokeContext,
  file: bigint,
  length: bigint,
  line: bigint,
  column: bigint,
): never {
  invoke.meter.consume(length);
  throw SyscallFailure.panic(translateString(invoke, file, length), line, column);
}
