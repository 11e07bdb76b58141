/** Tests whose output differs, each with the reason; one that comes to pass is a failure too. */
export const EXPLAINED: ReadonlyMap<string, string> = new Map([]);
