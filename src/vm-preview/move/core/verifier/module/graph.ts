/**
 * Strongly connected components (Tarjan), without recursion: the graph comes from strangers.
 *
 * @param successors - of each node, 0 to `count - 1`
 * @returns for each node the number of its component
 */
export function components(
  count: number,
  successors: (node: number) => readonly number[],
): readonly number[] {
  const order: number[] = new Array<number>(count).fill(-1);
  const low: number[] = new Array<number>(count).fill(0);
  const component: number[] = new Array<number>(count).fill(-1);
  const open: number[] = [];
  let visited = 0;
  let found = 0;

  const enter = (node: number): { node: number; next: number } => {
    order[node] = visited;
    low[node] = visited;
    visited++;
    open.push(node);
    return { node, next: 0 };
  };

  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue;
    const calls = [enter(root)];
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { node } = call;
      const target = successors(node)[call.next++];
      if (target !== undefined) {
        if (order[target] === -1) calls.push(enter(target));
        else if (component[target] === -1) low[node] = Math.min(low[node] ?? 0, order[target] ?? 0);
        continue;
      }
      calls.pop();
      const parent = calls.at(-1);
      if (parent !== undefined) low[parent.node] = Math.min(low[parent.node] ?? 0, low[node] ?? 0);
      if (low[node] !== order[node]) continue;
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        component[member] = found;
        if (member === node) break;
      }
      found++;
    }
  }
  return component;
}
