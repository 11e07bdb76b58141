/** References that are there at once, which are bounded and paid for (metering/typing/live_references.rs). */
import { ExecutionError } from '../../execution/error';
import type { ProtocolConfig } from '../../protocol';
import { atCommand } from '../at-command';
import { isReference, txContextKind } from '../loading/ptb-type';
import { argumentsOf, type TypedArgument, type TypedTransaction } from '../typing/ast';

/**
 * @param pay - for what is left at the end of each command
 * @throws ExecutionError InsufficientGas, which stands for the limits; and what `pay` throws
 */
export function meterLiveReferences(
  { commands }: TypedTransaction,
  protocol: ProtocolConfig,
  pay: (live: number) => void,
): void {
  if (protocol.number('max_ptb_live_references') === undefined) return;
  const references = new LiveReferences(protocol);
  for (const [i, { operation, results, drops }] of commands.entries())
    atCommand(i, () => {
      const held = argumentsOf(operation).filter((argument) => references.take(argument)).length;
      references.returned(results.filter(isReference).length);
      references.live -= held;
      references.live -= results.filter((type, j) => isReference(type) && drops[j] === true).length;
      pay(references.live);
    });
}

class LiveReferences {
  live = 0;
  #returned = 0;

  constructor(private readonly protocol: ProtocolConfig) {}

  /** @returns whether the command holds one */
  take({ form, type }: TypedArgument): boolean {
    if (txContextKind(type) !== 'none') return false;
    if (form.kind === 'borrow') {
      this.#create(1);
      return true;
    }
    const ofReference =
      isReference(type) ||
      (form.kind === 'read' && this.protocol.feature('fix_ptb_generated_reads'));
    if (ofReference && form.usage.kind === 'copy') this.#create(1);
    if (form.kind === 'use') return isReference(type);
    this.live--;
    if (form.kind === 'read') return false;
    this.#create(1);
    return true;
  }

  returned(count: number): void {
    this.#requireAtMost('max_ptb_returned_references', count);
    this.#returned += count;
    this.#requireAtMost('max_ptb_total_returned_references', this.#returned);
    this.#create(count);
  }

  #create(count: number): void {
    this.live += count;
    this.#requireAtMost('max_ptb_live_references', this.live);
  }

  #requireAtMost(limit: string, count: number): void {
    const most = this.protocol.limit(limit);
    if (count > most)
      throw new ExecutionError(
        { kind: 'InsufficientGas' },
        `${count} references, exceeding the maximum of ${most}`,
      );
  }
}
