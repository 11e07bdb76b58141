/** Loader v3's own instructions. Source: agave `programs/bpf_loader/src/lib.rs`. */
import type { BuiltinProgram } from '../../runtime/types';
import { setAuthority, setAuthorityChecked } from './authority';
import { initializeBuffer, writeBuffer } from './buffer';
import { close } from './close';
import { deploy, upgrade } from './deploy';
import { extendProgram } from './extend';
import { decodeLoaderInstruction } from './instruction';

const COMPUTE_UNITS = 2_370;

export const loaderV3Program: BuiltinProgram = (invoke) => {
  invoke.meter.consume(COMPUTE_UNITS);
  const instruction = invoke.transaction.currentInstruction();
  const parsed = decodeLoaderInstruction(instruction.data);
  switch (parsed.kind) {
    case 'InitializeBuffer':
      return initializeBuffer(invoke, instruction);
    case 'Write':
      return writeBuffer(invoke, instruction, parsed.offset, parsed.bytes);
    case 'DeployWithMaxDataLen':
      return deploy(invoke, instruction, parsed.maxDataLength);
    case 'Upgrade':
      return upgrade(invoke, instruction);
    case 'SetAuthority':
      return setAuthority(invoke, instruction);
    case 'SetAuthorityChecked':
      return setAuthorityChecked(invoke, instruction);
    case 'Close':
      return close(invoke, instruction);
    case 'ExtendProgram':
      return extendProgram(invoke, instruction, parsed.additionalBytes);
  }
};
