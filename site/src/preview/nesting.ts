/** Lines of a program's log, by the depth of the call that wrote them. */

export interface Line {
  readonly depth: number;
  readonly text: string;
}

const INVOKE = /^Program \S+ invoke \[(\d+)\]$/;
const END = /^Program \S+ (?:success$|failed: )/;

/** How deep in calls each line is, from 0. */
export function nested(logs: readonly string[]): Line[] {
  let depth = 0;
  return logs.map((text) => {
    const invoked = INVOKE.exec(text);
    if (invoked !== null) {
      depth = Number(invoked[1]);
      return { depth: depth - 1, text };
    }
    if (!END.test(text)) return { depth, text };
    depth = Math.max(0, depth - 1);
    return { depth, text };
  });
}
