/** How much of the VM a search reaches, by V8's own block coverage. */
import { type Profiler, Session } from 'node:inspector/promises';

export interface Coverage {
  /** Branches that were taken at least once. */
  readonly taken: number;
  readonly branches: number;
}

/** Starts counting. @param folder - of the files that count @returns what stops it and tells the count */
export async function startCoverage(folder: string | RegExp): Promise<() => Promise<Coverage>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    session.disconnect();
    return count(result.filter(({ url }) => url.search(folder) >= 0));
  };
}

/** A function counts as a branch, and so does each block in it that ran more or less often than it. */
function count(scripts: readonly Profiler.ScriptCoverage[]): Coverage {
  const ranges = scripts.flatMap(({ functions }) => functions.flatMap((one) => one.ranges));
  return { taken: ranges.filter((range) => range.count > 0).length, branches: ranges.length };
}
