/** The tasks of a transactional test file (transactional-test-runner, tasks.rs). */
import { expand } from '../../support/masm';

export interface Task {
  readonly number: number;
  /** As the output echoes it. */
  readonly source: string;
  readonly startLine: number;
  readonly stopLine: number;
  readonly command: string;
  /** `0x66::m::f`, where the command has one. */
  readonly name: string | undefined;
  readonly flags: ReadonlySet<string>;
  /** Values of options: signers, args, type-args, input, gas-budget. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  /** The text below the command, on the lines it has in the file; undefined where there is none. */
  readonly data: string | undefined;
}

const COMMAND = /^\s*\/\/#\s*(.*?)\s*$/;
const COMMENT = /^\s*\/\/(\s|[\x20-\x22]|[\x24-\x7e])/;
const BLANK = /^\s*$/;

/** Options that take no value. */
const FLAGS: ReadonlySet<string> = new Set([
  ...['verbose', 'display-trace', 'print-bytecode'],
  ...[
    'skip-check-struct-and-pub-function-linking',
    'skip-check-struct-layout',
    'skip-check-friend-linking',
  ],
]);

interface Bucket {
  readonly commands: (readonly [line: number, text: string])[];
  readonly text: (readonly [line: number, text: string])[];
}

export function tasksOf(file: string): Task[] {
  const lines = expand(file).split('\n');
  if (lines.at(-1) === '') lines.pop();
  let line = lines.findIndex((text) => !BLANK.test(text) && !COMMENT.test(text));
  const buckets: Bucket[] = [];
  let bucket: Bucket = { commands: [], text: [] };
  let inCommand = true;
  for (const text of line < 0 ? [] : lines.slice(line)) {
    line += 1;
    const command = COMMAND.exec(text)?.[1];
    if (command !== undefined) {
      if (!inCommand) {
        buckets.push(bucket);
        bucket = { commands: [], text: [] };
        inCommand = true;
      }
      if (command !== '') bucket.commands.push([line, command]);
      continue;
    }
    inCommand = false;
    if (!BLANK.test(text)) bucket.text.push([line, text]);
  }
  buckets.push(bucket);
  return buckets.map(taskOf);
}

function taskOf({ commands, text }: Bucket, number: number): Task {
  const [first, last] = [commands[0], commands.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a test without a command');
  const words = commands
    .map(([, command]) => command)
    .join(' ')
    .split(/\s+/);
  const source = commands.map(([, command]) => ` ${command}`).join('');
  const [heading] = text;
  return {
    number,
    source: heading === undefined ? source : `${source} [${heading[1]}]`,
    startLine: first[0],
    stopLine: text.at(-1)?.[0] ?? last[0],
    ...argumentsOf(words),
    data:
      heading === undefined
        ? undefined
        : [...new Array<string>(last[0]).fill(''), ...text.map(([, content]) => content)].join(
            '\n',
          ),
  };
}

function argumentsOf([command = '', ...words]: readonly string[]): Pick<
  Task,
  'command' | 'name' | 'flags' | 'options'
> {
  let name: string | undefined;
  let values: string[] | undefined;
  const flags = new Set<string>();
  const options = new Map<string, string[]>();
  for (const word of words) {
    if (word.startsWith('--')) {
      const option = word.slice(2);
      if (FLAGS.has(option)) {
        flags.add(option);
        values = undefined;
      } else {
        values = [];
        options.set(option, values);
      }
    } else if (values !== undefined) values.push(word);
    else name = word;
  }
  return { command, name, flags, options };
}
