/** An entry whose index the bounds checker has seen. */
export function at<T>(table: ArrayLike<T>, index: number): T {
  const entry = table[index];
  if (entry === undefined) throw new RangeError(`no entry ${index} in a table of ${table.length}`);
  return entry;
}
