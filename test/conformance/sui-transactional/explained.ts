/** Tests whose output differs, each with the reason: what the VM or this harness has no part for. */
export const EXPLAINED: ReadonlyMap<string, string> = new Map([]);
