/** The plain Move tests of a checkout of Sui, and what they need of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withoutHeading } from '../shared/snapshot';

const CRATES = 'external-crates/move/crates';
const FOLDERS = ['move-compiler-transactional-tests/tests', 'move-vm-transactional-tests/tests'];
/** The library that the runner has at hand: Sui's, before Sui adds to it. */
const STD = 'move-stdlib/sources';

export interface MoveTest {
  /** `move-vm-transactional-tests/tests/entry_points/call_native.move` */
  readonly name: string;
  readonly source: string;
  /** What the runner prints. */
  readonly recorded: string;
}

/** @returns the tests in Move, and how many there are in the intermediate representation */
export function testsOf(checkout: string): {
  readonly tests: readonly MoveTest[];
  readonly intermediate: number;
} {
  const root = join(checkout, CRATES);
  const paths = FOLDERS.flatMap((folder) => filesIn(join(root, folder))).sort();
  return {
    tests: paths
      .filter((path) => path.endsWith('.move'))
      .map((path) => ({
        name: relative(root, path),
        source: readFileSync(path, 'utf8'),
        recorded: withoutHeading(readFileSync(path.replace(/\.move$/, '.snap'), 'utf8')),
      })),
    intermediate: paths.filter((path) => path.endsWith('.mvir')).length,
  };
}

/** Sources by path, as a package of its own has them. */
export function standardLibrary(checkout: string): Record<string, string> {
  const root = join(checkout, CRATES, STD);
  return Object.fromEntries(
    filesIn(root)
      .filter((path) => path.endsWith('.move'))
      .sort()
      .map((path) => [`sources/${relative(root, path)}`, readFileSync(path, 'utf8')]),
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  );
}
