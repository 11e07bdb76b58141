import type { DecodedCall } from '../../../src/vm-preview/model/preview';
import { counted, plain } from '../parts/text';
import { Fold } from './fold';

/** Programs' own lines, each as far in as the call that wrote it. */
export function Logs({ logs, calls }: { logs: readonly string[]; calls: readonly DecodedCall[] }) {
  return (
    <Fold title="Logs" count={counted(logs.length, 'line')}>
      {() => <LogLines lines={nested(logs)} names={namesOf(calls)} />}
    </Fold>
  );
}

interface Line {
  readonly depth: number;
  readonly text: string;
}

function LogLines({
  lines,
  names,
}: {
  lines: readonly Line[];
  names: ReadonlyMap<string, string>;
}) {
  return (
    // A box that scrolls is reached by the keyboard, too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <ol className="logs" tabIndex={0} aria-label="Logs">
      {lines.map(({ depth, text }, index) => (
        // A preview never changes: its lines keep their places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index} className={`depth-${Math.min(depth, 5)}`} title={programName(text, names)}>
          {plain(text, 400)}
        </li>
      ))}
    </ol>
  );
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

function programName(text: string, names: ReadonlyMap<string, string>): string | undefined {
  const [, address = ''] = /^Program (\w{32,44})/.exec(text) ?? [];
  return names.get(address);
}

function namesOf(
  calls: readonly DecodedCall[],
  names: Map<string, string> = new Map(),
): ReadonlyMap<string, string> {
  for (const { inner, program } of calls) {
    if (program.name !== undefined) names.set(program.address, program.name);
    namesOf(inner, names);
  }
  return names;
}
