/** Compares what a test printed with what is recorded, task by task. */

/**
 * What each task that differs was to print and printed. A task that the recording has and the output has
 * not, or the other way, differs too.
 */
export function differences(expected: string, actual: string): string[] {
  const [wanted, found] = [sections(expected), sections(actual)];
  return [...new Set([...wanted.keys(), ...found.keys()])].flatMap((name) => {
    const [left, right] = [wanted.get(name), found.get(name)];
    if (left !== undefined && right !== undefined && canonical(left) === canonical(right))
      return [];
    return [`${name}\n  expected: ${left ?? 'nothing'}\n  found: ${right ?? 'nothing'}`];
  });
}

/** By heading: the first line of each. */
function sections(text: string): Map<string, string> {
  const parts = text.split(/\n\n(?=task \d+, lines? [\d-]+:|init:)/);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return end < 0 ? [part, ''] : [part.slice(0, end), part.slice(end + 1).trimEnd()];
    }),
  );
}

/** Without the `source` of an error: a text that the node has for its log, which is no part of the effects. */
function canonical(text: string): string {
  return text.replace(/, source: (?:None|Some\(.*\)), command: /g, ', source: …, command: ');
}
