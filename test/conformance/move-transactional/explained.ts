/** Tests whose output differs, each with the reason; one that comes to pass is a failure too. */
export const EXPLAINED: ReadonlyMap<string, string> = new Map([
  [
    'move-vm/transactional-tests/tests/function_values_safety/dep_compatibility.masm',
    'publishes an incompatible upgrade with the check switched off, which no chain does, and expects ' +
      'the types of values to be checked while they run; here verified code runs without that',
  ],
]);
