/** The tasks of a test file (move-transactional-test-runner, tasks.rs). */
export interface Task {
  readonly number: number;
  /** The command lines, as the output echoes them. */
  readonly text: string;
  readonly startLine: number;
  readonly stopLine: number;
  /** Last line of the command itself. */
  readonly commandStop: number;
  readonly command: string;
  readonly options: Options;
  /** What stands below the command, on the lines that it has in the file; undefined where nothing does. */
  readonly data: string | undefined;
}

const COMMAND = /^\s*\/\/#\s*(.*)\s*$/;
const COMMENT = /^\s*\/\/(\s|[\x20-\x22]|[\x24-\x7e])/;
const BLANK = /^\s*$/;

/** Options that take nothing. */
const FLAGS: ReadonlySet<string> = new Set([
  ...['upgradeable', 'summarize', 'simulator', 'custom-validator-account', 'dev-inspect'],
  ...['dry-run', 'create-random-state', 'create-authenticator-state', 'create-deny-list-state'],
  ...['create-authenticator-state-expire', 'create-bridge-state', 'create-bridge-committee'],
  ...['show-usage', 'show-headers', 'show-service-version', 'hide-contents'],
  ...['enable-accumulators', 'enable-authenticated-event-streams', 'allow-references-in-ptbs'],
  'enable-non-exclusive-write-objects',
]);

/** Options that take all that stands before the next option. */
const LISTS: ReadonlySet<string> = new Set([
  ...['accounts', 'addresses', 'dependencies', 'inputs', 'args', 'type-args', 'signers', 'cursors'],
]);

interface Bucket {
  readonly commands: (readonly [line: number, text: string])[];
  readonly text: (readonly [line: number, text: string])[];
}

/** Words of a command by the option that they belong to. */
export class Options {
  readonly #values = new Map<string, string[]>();
  readonly positional: string[] = [];

  constructor(words: readonly string[]) {
    const rest = [...words];
    let list: string[] | undefined;
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
      const [, name, given] = /^--([^=]+)(?:=(.*))?$/.exec(word) ?? [];
      if (name === undefined) {
        (list ?? this.positional).push(word);
        continue;
      }
      const values = this.#values.get(name) ?? [];
      this.#values.set(name, values);
      list = undefined;
      if (given !== undefined) values.push(given);
      else if (LISTS.has(name)) list = values;
      else if (!FLAGS.has(name)) values.push(rest.shift() ?? '');
    }
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  one(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  number(name: string): bigint | undefined {
    const text = this.one(name);
    return text === undefined ? undefined : BigInt(text.replaceAll('_', ''));
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

export function tasksOf(file: string): Task[] {
  const lines = file.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const first = lines.findIndex((text) => !BLANK.test(text) && !COMMENT.test(text));
  const buckets: Bucket[] = [];
  let bucket: Bucket = { commands: [], text: [] };
  let inCommand = true;
  for (const [i, text] of lines.entries()) {
    if (first < 0 || i < first) continue;
    const command = COMMAND.exec(text)?.[1];
    if (command === undefined) {
      inCommand = false;
      if (!BLANK.test(text)) bucket.text.push([i + 1, text]);
      continue;
    }
    if (!inCommand) {
      buckets.push(bucket);
      bucket = { commands: [], text: [] };
      inCommand = true;
    }
    if (command !== '') bucket.commands.push([i + 1, command]);
  }
  buckets.push(bucket);
  return buckets.map(taskOf);
}

function taskOf({ commands, text }: Bucket, number: number): Task {
  const [first, last] = [commands[0], commands.at(-1)];
  if (first === undefined || last === undefined) throw new Error('a test without a command');
  const source = commands.map(([, command]) => ` ${command}`).join('');
  const [command = '', ...words] = source.trim().split(/[ \t]+/);
  const padding = new Array<string>(last[0]).fill('');
  return {
    number,
    text: `//#${source}`,
    startLine: first[0],
    stopLine: text.at(-1)?.[0] ?? last[0],
    commandStop: last[0],
    command,
    options: new Options(words),
    data:
      text.length === 0
        ? undefined
        : [...padding, ...text.map(([, content]) => content)].join('\n'),
  };
}
