import { Machine } from './machine';

/**
 * In bytes. Between runs a machine keeps programs that it may soon run again, but no more than this;
 * one whose memory has grown further is let go, since a WebAssembly memory never shrinks.
 */
const MAX_KEPT_PROGRAMS = 24 * 1024 * 1024;
const MAX_KEPT_MEMORY = 64 * 1024 * 1024;

/** Making a machine costs more than most transactions take to run: one is kept. */
let idle: Machine | undefined;

/** A machine for one transaction, to be given back when that is over, however it ended. */
export function takeMachine(): Machine {
  const machine = idle ?? new Machine();
  // A run that starts while another one is under way gets a machine of its own.
  idle = undefined;
  return machine;
}

/** Keeps the machine for the next transaction, unless it was left in the middle of something. */
export function giveBackMachine(machine: Machine): void {
  if (!machine.isIdle || machine.arena.bytes.length > MAX_KEPT_MEMORY) return;
  machine.forgetPrograms(MAX_KEPT_PROGRAMS);
  idle = machine;
}
