/** Runs a program on the instruction that was pushed. Source: agave `program-runtime/src/vm.rs`. */
import { InstructionFailure, instructionErrorFromStatus } from '../errors/instruction-error';
import { LOADER_V1 } from '../programs/ids';
import type { Executable } from '../sbpf/executable';
import { type FaultyAccess, VmFault } from '../sbpf/fault';
import type { Machine } from '../sbpf/machine';
import { MM_INPUT_START, type Syscall, type Vm } from '../sbpf/types';
import type { CallingContext } from './calling-context';
import { deserializeInput } from './deserialize';
import type { RuntimeInstructionContext } from './instruction-context';
import { inputLayout } from './program-input';
import { ProgramMemory } from './program-memory';
import { serializeInput } from './serialize';
import { programConsumed, programReturn } from './stable-log';

const HEAP_PAGE_BYTES = 32 * 1024;

/** What running a program takes besides its caller's context. */
export interface ProgramHost extends CallingContext {
  readonly machine: Machine;
  readonly syscalls: Pick<ReadonlyMap<number, Syscall>, 'get'>;
  /** Makes `memory` that of the program that runs. */
  enterMemory(memory: ProgramMemory): void;
}

/** Units for heap beyond the first 32 KiB. */
export function heapCost(heapSize: number, unitsPerPage: number): number {
  return Math.max(0, Math.ceil(heapSize / HEAP_PAGE_BYTES) - 1) * unitsPerPage;
}

/**
 * @throws InstructionFailure, or what else ended the program (VmFault, SyscallFailure), whose text is
 * logged and which fails the instruction with ProgramFailedToComplete
 */
export function executeProgram(host: ProgramHost, executable: Executable): void {
  const instruction = host.transaction.currentInstruction();
  const layout = inputLayout(host.features, instruction.programOwner.equals(LOADER_V1));
  const memory = new ProgramMemory(
    host.transaction.accounts,
    instruction,
    layout,
    serializeInput(instruction, layout),
    host.budget.heapSize,
  );
  host.enterMemory(memory);
  const available = host.meter.remaining;
  const vm = createVm(host, executable, memory);
  try {
    memory.attach(vm);
    run(host, instruction, memory, vm, available);
    deserializeInput(instruction, memory);
  } finally {
    vm.leave();
  }
}

function createVm(host: ProgramHost, executable: Executable, memory: ProgramMemory): Vm {
  try {
    host.meter.consume(heapCost(host.budget.heapSize, host.cost.heapCost));
    return host.machine.enter(executable, {
      heapSize: host.budget.heapSize,
      input: memory.input.regions,
      meter: host.meter,
      syscalls: host.syscalls,
      onAccessViolation: memory.onAccessViolation,
    });
  } catch (thrown) {
    if (!(thrown instanceof VmFault || thrown instanceof InstructionFailure)) throw thrown;
    host.log(`Failed to create SBF VM: ${thrown.message}`);
    throw new InstructionFailure('ProgramEnvironmentSetupFailure');
  }
}

function run(
  host: ProgramHost,
  instruction: RuntimeInstructionContext,
  memory: ProgramMemory,
  vm: Vm,
  available: number,
): void {
  const { programKey } = instruction;
  const before = host.meter.remaining;
  const result = vm.run(MM_INPUT_START, memory.input.instructionDataAddress);
  const consumed = before - host.meter.remaining;
  if (!result.ok && !(result.fault instanceof VmFault)) throw result.fault;

  host.log(programConsumed(programKey, consumed, available));
  const { data } = host.transaction.returnData;
  if (data.length > 0) host.log(programReturn(programKey, data));

  if (result.ok) {
    if (result.status !== 0n) {
      throw new InstructionFailure(instructionErrorFromStatus(result.status));
    }
    return;
  }
  throw failureOf(host, instruction, memory, result.fault);
}

/** What the instruction fails with; a fault that is no syscall's uses up all units. */
function failureOf(
  host: ProgramHost,
  instruction: RuntimeInstructionContext,
  memory: ProgramMemory,
  fault: Error,
): unknown {
  if (!(fault instanceof VmFault)) return fault;
  const isSyscall = fault.kind === 'SyscallError';
  if (!isSyscall && host.features.isActive('deplete_cu_meter_on_vm_failure')) {
    host.meter.consumeUnchecked(host.meter.remaining);
  }
  const error = isSyscall ? fault.cause : fault;
  if (
    memory.layout.isSpaceAdjusted &&
    error instanceof VmFault &&
    error.kind === 'AccessViolation' &&
    error.access !== undefined
  ) {
    return accountAccessFailure(instruction, memory, error.access) ?? error;
  }
  return error;
}

/** Why an access to an account's data failed, in terms of the account; undefined when it was elsewhere. */
function accountAccessFailure(
  instruction: RuntimeInstructionContext,
  memory: ProgramMemory,
  access: FaultyAccess,
): InstructionFailure | undefined {
  const position = memory.input.accounts.findIndex(({ dataAddress, reservedLength }) => {
    const offset = access.address - BigInt(dataAddress);
    return offset >= 0n && offset < BigInt(reservedLength);
  });
  if (position < 0) return undefined;
  const { dataAddress, reservedLength } = memory.account(position);
  if (access.address + access.length > BigInt(dataAddress + reservedLength)) return undefined;
  const account = instruction.borrow(position);
  try {
    if (account.canDataBeChanged) return new InstructionFailure('InvalidRealloc');
    if (access.type === 'load') return new InstructionFailure('AccountDataTooSmall');
    account.checkDataCanBeChanged();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof InstructionFailure) return thrown;
    throw thrown;
  } finally {
    account.release();
  }
}
