/** What a suite is called with. */

/** The word after `--name`. */
export function optionOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

/** `DIR [--only TEXT]`, with other options that take no word. @throws Error without a DIR */
export function checkoutArguments(args: readonly string[]): {
  readonly directory: string;
  /** A part of the names of those tests that are to run; undefined for all. */
  readonly only: string | undefined;
} {
  const [directory] = args.filter((arg, i) => !arg.startsWith('--') && args[i - 1] !== '--only');
  if (directory === undefined) throw new Error('the suite needs a checkout of Sui');
  return { directory, only: optionOf(args, 'only') };
}
