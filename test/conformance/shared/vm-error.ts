/**
 * Errors as the chains' test runners print them (Aptos: move-binary-format, errors.rs, `format_test_output`; Sui:
 * move-transactional-test-runner, vm_test_harness.rs, `format_vm_error`).
 */
import { FormatError, IncompatibleModuleError } from '../../../src/vm-preview/move/core/format';
import { type CodeLocation, MoveError } from '../../../src/vm-preview/move/core/runtime';
import { Address } from '../../../src/vm-preview/move/core/values';
import { VerificationError } from '../../../src/vm-preview/move/core/verifier';

export interface VmError {
  readonly message: string | undefined;
  readonly status: string;
  readonly subStatus: bigint | undefined;
  readonly location: string;
  readonly indices: string;
  readonly offsets: string;
  /** Undefined where the chain attaches no stack. */
  readonly stack: readonly string[] | undefined;
}

/** @param verbose - with the message and the stack, which only Aptos' runner prints */
export function vmErrorText(error: VmError, verbose: boolean): string {
  const { message, status, subStatus, location, indices, offsets, stack } = error;
  const lines = [
    `major_status: ${status}`,
    `sub_status: ${subStatus === undefined ? 'None' : `Some(${subStatus})`}`,
    `location: ${location}`,
    `indices: ${indices}`,
    `offsets: ${offsets}`,
  ];
  if (verbose) {
    lines.unshift(`message: ${message ?? 'None'}`);
    const state =
      stack === undefined ? 'None' : `Some(ExecutionState { stack_trace: [${stack.join(', ')}] })`;
    lines.push(`exec_state: ${state}`);
  }
  return `{\n${lines.map((line) => `    ${line},\n`).join('')}}`;
}

/** What a run ends in before any code of it does. */
export function vmErrorNowhere(status: string): VmError {
  return { ...NOWHERE, message: undefined, status, location: 'undefined' };
}

const NOWHERE = { subStatus: undefined, indices: '[]', offsets: '[]', stack: undefined };

/**
 * @param unit - `script` or `0x66::m`: what was being verified
 * @throws what is no error of the VM's
 */
export function vmErrorOf(error: unknown, unit: string): VmError {
  if (error instanceof MoveError) return moveError(error);
  if (error instanceof VerificationError)
    return {
      ...NOWHERE,
      message: error.reason,
      status: error.status,
      location: unit,
      indices: listText(error.indices.map(([kind, index]) => `(${kind}, ${index})`)),
      offsets: listText(error.offsets.map(([index, offset]) => offsetText(index, offset))),
    };
  if (error instanceof IncompatibleModuleError)
    return { ...vmErrorNowhere(error.status), message: error.reason };
  if (error instanceof FormatError) return vmErrorNowhere(error.status);
  throw error;
}

function moveError({ status, subStatus, reason, location, callers }: MoveError): VmError {
  const message =
    status === 'ABORTED' && location !== undefined && reason === undefined
      ? `${functionText(location)} at offset ${location.offset}`
      : reason;
  const offsets = location === undefined ? [] : [offsetText(location.definition, location.offset)];
  return {
    message,
    status,
    subStatus,
    location: location === undefined ? 'undefined' : (location.module ?? 'script'),
    indices: '[]',
    offsets: listText(offsets),
    stack: location === undefined ? undefined : callers?.map(frameText),
  };
}

const listText = (entries: readonly string[]): string => `[${entries.join(', ')}]`;
const offsetText = (definition: number, offset: number): string =>
  `(FunctionDefinitionIndex(${definition}), ${offset})`;

function frameText({ module, definition, offset }: CodeLocation): string {
  if (module === undefined) return `(None, FunctionDefinitionIndex(${definition}), ${offset})`;
  const [address = '', name = ''] = module.split('::');
  const id = `ModuleId { address: ${Address.parse(address).hex}, name: Identifier("${name}") }`;
  return `(Some(${id}), FunctionDefinitionIndex(${definition}), ${offset})`;
}

/** With all digits of the address. */
function functionText({ module, function: name }: CodeLocation): string {
  if (module === undefined) return 'script::main';
  const [address = '', moduleName = ''] = module.split('::');
  return `0x${Address.parse(address).hex}::${moduleName}::${name}`;
}
