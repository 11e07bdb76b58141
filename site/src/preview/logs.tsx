import type { DecodedCall } from '../../../src/vm-preview/model/preview';
import { counted, plain } from '../parts/text';
import { Fold } from './fold';
import { type Line, nested } from './nesting';

/** Programs' own lines, each as far in as the call that wrote it. */
export function Logs({ logs, calls }: { logs: readonly string[]; calls: readonly DecodedCall[] }) {
  return (
    <Fold title="Logs" count={counted(logs.length, 'line')}>
      {() => <LogLines lines={nested(logs)} names={namesOf(calls)} />}
    </Fold>
  );
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
