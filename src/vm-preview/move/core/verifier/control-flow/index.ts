/** Code ends in a jump, and its loops nest (control_flow.rs). */
import type { Code } from '../../format';
import { at } from '../../loader/at';
import type { VerifierConfig } from '../config';
import { VerificationError } from '../errors';
import type { Instruction } from '../instruction';
import { ControlFlow, isUnconditional } from './cfg';
import { checkLegacyLoops } from './legacy';
import { LoopPartition, summarize } from './loops';

export { ControlFlow } from './cfg';

/** @param version - of the binary: since 6 the shape of the loops decides, before it was their text */
export function checkControlFlow(
  code: Code,
  instructions: readonly Instruction[],
  version: number,
  definition: number,
  config: VerifierConfig,
): ControlFlow {
  const last = instructions.at(-1);
  if (last === undefined) throw new VerificationError('EMPTY_CODE_UNIT');
  if (!isUnconditional(last))
    throw new VerificationError('INVALID_FALL_THROUGH').atCode(definition, instructions.length - 1);
  if (version <= 5) {
    checkLegacyLoops(instructions, definition, config);
    return new ControlFlow(code, instructions);
  }
  const flow = new ControlFlow(code, instructions);
  // Most functions have no loop, and there is nothing to collapse.
  if (flow.backEdgeCount > 0) checkReducible(flow, definition, config);
  return flow;
}

/** Each loop is entered through its head only: inner loops are collapsed first. */
function checkReducible(flow: ControlFlow, definition: number, config: VerifierConfig): void {
  const summary = summarize(flow);
  const partition = new LoopPartition(summary.count);
  for (let head = summary.count - 1; head >= 0; head--) {
    const back = at(summary.back, head);
    if (back.length === 0) continue;
    const body = new Set<number>();
    for (const node of back) {
      const inner = partition.head(node);
      if (inner !== head) body.add(inner);
    }
    const frontier = [...body].sort((a, b) => a - b);
    for (let node = frontier.pop(); node !== undefined; node = frontier.pop())
      for (const source of at(summary.before, node)) {
        const before = partition.head(source);
        if (before < head || before > head + at(summary.descendants, head))
          throw new VerificationError('INVALID_LOOP_SPLIT').atCode(
            definition,
            at(summary.blocks, before),
          );
        if (before === head || body.has(before)) continue;
        body.add(before);
        frontier.push(before);
      }
    if (partition.collapse(head, body) > config.maxLoopDepth)
      throw new VerificationError('LOOP_MAX_DEPTH_REACHED').atCode(
        definition,
        at(summary.blocks, head),
      );
  }
}
