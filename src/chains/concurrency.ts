/** Runs at most `width` of the tasks at a time; results are in their order. The first error ends it. */
export async function inParallel<In, Out>(
  inputs: readonly In[],
  width: number,
  task: (input: In) => Promise<Out>,
): Promise<Out[]> {
  const results: [number, Out][] = [];
  // One queue, from which each worker takes its next.
  const queue = inputs.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, input] of queue) {
      if (failed) return;
      try {
        results.push([index, await task(input)]);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, inputs.length) }, worker));
  return results.sort(([left], [right]) => left - right).map(([, result]) => result);
}
