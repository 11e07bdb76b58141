/** Names of objects in tests: the task that made it and a count, or its own short id. */
const PAIR = /^(\d[\d_]*),(\d[\d_]*)$/;

/** `3,0`, or an id: `0x` and 64 digits. */
export type FakeId = string;

/** @throws Error for what names no object */
export function parseFakeId(text: string): FakeId {
  const [, task, count] = PAIR.exec(text) ?? [];
  if (task !== undefined && count !== undefined)
    return `${BigInt(task.replaceAll('_', ''))},${BigInt(count.replaceAll('_', ''))}`;
  return `0x${BigInt(text.replaceAll('_', '')).toString(16).padStart(64, '0')}`;
}

/** Known ids before counted ones, and what has no name before all. */
export function compareFakeIds(left: FakeId | undefined, right: FakeId | undefined): number {
  const [leftKey, rightKey] = [keyOf(left), keyOf(right)];
  for (const [i, part] of leftKey.entries()) {
    const other = rightKey[i] ?? 0n;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

function keyOf(id: FakeId | undefined): readonly [bigint, bigint, bigint] {
  if (id === undefined) return [0n, 0n, 0n];
  const [, task, count] = PAIR.exec(id) ?? [];
  if (task === undefined || count === undefined) return [1n, BigInt(id), 0n];
  return [2n, BigInt(task), BigInt(count)];
}
