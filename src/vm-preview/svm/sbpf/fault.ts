import type { AccessType } from './types';

/** The variants of sbpf's `EbpfError` (`src/error.rs`) that running a program can end in. */
const TEXTS = {
  CallDepthExceeded: 'exceeded max BPF to BPF call depth',
  DivideByZero: 'divide by zero at BPF instruction',
  DivideOverflow: 'division overflow at BPF instruction',
  ExecutionOverrun: 'attempted to execute past the end of the text segment at BPF instruction',
  CallOutsideTextSegment: 'callx attempted to call outside of the text segment',
  ExceededMaxInstructions: 'exceeded CUs meter at BPF instruction',
  InvalidInstruction: 'invalid BPF instruction',
  UnsupportedInstruction: 'unsupported BPF instruction',
} as const;

export type PlainFault = keyof typeof TEXTS;
export type FaultKind =
  | PlainFault
  | 'InvalidMemoryRegion'
  | 'AccessViolation'
  | 'StackAccessViolation'
  | 'SyscallError';

/** What a program tried to reach. */
export interface FaultyAccess {
  readonly type: AccessType;
  readonly address: bigint;
  /** In bytes. */
  readonly length: bigint;
}

/** Why the machine stopped a program, in sbpf's names and words. */
export class VmFault extends Error {
  override readonly name = 'VmFault';

  constructor(
    readonly kind: FaultKind,
    message: string,
    /** For AccessViolation and StackAccessViolation. */
    readonly access?: FaultyAccess,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function plainFault(kind: PlainFault): VmFault {
  return new VmFault(kind, TEXTS[kind]);
}

export function invalidMemoryRegion(index: number): VmFault {
  return new VmFault('InvalidMemoryRegion', `Invalid memory region at index ${index}`);
}

/** @param region - `unallocated`, `program`, `stack`, `heap`, `input` or `allocated` */
export function accessViolation(access: FaultyAccess, region: string): VmFault {
  const verb = access.type === 'load' ? 'reading' : 'writing';
  return new VmFault(
    'AccessViolation',
    `Access violation ${verb} ${access.length} bytes at address 0x${access.address.toString(16)} (in ${region} region)`,
    access,
  );
}

/** @param frame - index of the stack frame that the address falls in, by sbpf's division */
export function stackAccessViolation(access: FaultyAccess, frame: bigint): VmFault {
  return new VmFault(
    'StackAccessViolation',
    `Access violation in stack frame ${frame} at address 0x${access.address.toString(16)} of size ${access.length}`,
    access,
  );
}

/** `EbpfError::SyscallError`: `cause` is what the syscall failed with. */
export function syscallError(cause: Error): VmFault {
  return new VmFault('SyscallError', `Syscall error: ${cause.message}`, undefined, { cause });
}
