import type { ProtocolConfig } from '../protocol';

/**
 * Whether static execution is as networks have run it, which is since protocol 104 when it came to all of
 * them at once. Before, the flag was only ever set by the chain's own tests; what they expect of
 * protocol 92 is kept, for nothing else says so much about the rules. The charges for translation came
 * with the launch.
 */
export function isLaunched(protocol: ProtocolConfig): boolean {
  return protocol.number('translation_per_command_base_charge') !== undefined;
}

/** The virtual machine that links calls by what they need, and not by what their package links alone. */
const LINKING_VM = 4n;

/** Whether later versions of what a package links may take its place in a call (since protocol 119). */
export function linksByVisibility(protocol: ProtocolConfig): boolean {
  return (protocol.number('execution_version') ?? 0n) >= LINKING_VM;
}
