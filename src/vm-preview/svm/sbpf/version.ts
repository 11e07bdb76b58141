import type { SbpfVersion } from './types';

/** What a version changes. Source: sbpf `src/program.rs`, `SBPFVersion`. */
export interface VersionRules {
  /** SIMD-0166: programs move r10 themselves; the stack is one piece. */
  readonly manualStackFrameBump: boolean;
  readonly stackFrameGaps: boolean;
  /** SIMD-0174: product, quotient and remainder instructions; results extend explicitly. */
  readonly arithmetics: boolean;
  /** SIMD-0173: loads and stores move to the ALU classes; no lddw, no le. */
  readonly movedMemoryClasses: boolean;
  /** Which field of `callx` names the register. */
  readonly callxRegister: 'imm' | 'src' | 'dst';
  /** SIMD-0178: `call` says by its source field whether it is a syscall. */
  readonly staticSyscalls: boolean;
  /** SIMD-0189: strict headers, rodata at address zero. */
  readonly strictHeaders: boolean;
  /** SIMD-0377. */
  readonly jmp32: boolean;
}

const V0: VersionRules = {
  manualStackFrameBump: false,
  stackFrameGaps: true,
  arithmetics: false,
  movedMemoryClasses: false,
  callxRegister: 'imm',
  staticSyscalls: false,
  strictHeaders: false,
  jmp32: false,
};
const V1: VersionRules = { ...V0, manualStackFrameBump: true, stackFrameGaps: false };
const V2: VersionRules = {
  ...V1,
  arithmetics: true,
  movedMemoryClasses: true,
  callxRegister: 'src',
};
const V3: VersionRules = {
  ...V0,
  stackFrameGaps: false,
  callxRegister: 'dst',
  staticSyscalls: true,
  strictHeaders: true,
  jmp32: true,
};

export const VERSION_RULES: Readonly<Record<SbpfVersion, VersionRules>> = {
  0: V0,
  1: V1,
  2: V2,
  3: V3,
};
