/** Expectations are those of the chain's crate (move-regex-borrow-graph, regex.rs and its tests). */
import {
  BorrowGraph,
  isSame,
  type Path,
  type Ref,
} from '../../../../../../src/vm-preview/move/sui/ptb-v2/verification/borrow-graph';

const text = ({ labels, open }: Path): string => `${labels.join('.')}${open ? '*' : ''}` || 'ε';

/** What extends a reference, and by what paths. */
function borrows(graph: BorrowGraph, ref: Ref): Record<number, string[]> {
  return Object.fromEntries(
    graph.borrowedBy(ref).map(([borrower, paths]) => [borrower, paths.map(text).sort()]),
  );
}

describe('what extends what', () => {
  it('knows aliases both ways', () => {
    const graph = new BorrowGraph();
    const root = graph.root(true);
    const alias = graph.alias(root, false);
    expect(borrows(graph, root)).toEqual({ [alias]: ['ε'] });
    expect(borrows(graph, alias)).toEqual({ [root]: ['ε'] });
    expect(graph.isMutable(alias)).toBe(false);
  });

  it('keeps parts apart, and takes two references to one part for aliases', () => {
    const graph = new BorrowGraph();
    const root = graph.root(true);
    const x = graph.part(root, true, 'x');
    const y = graph.part(root, true, 'y');
    const again = graph.part(root, true, 'x');
    expect(borrows(graph, root)).toEqual({ [x]: ['x'], [y]: ['y'], [again]: ['x'] });
    expect(borrows(graph, x)).toEqual({ [again]: ['ε'] });
    expect(borrows(graph, y)).toEqual({});
  });

  it('lets what a call returns be any part of what it was given', () => {
    const graph = new BorrowGraph();
    const root = graph.root(true);
    const x = graph.part(root, true, 'x');
    const [left, right] = graph.returned([x], [true, true]);
    if (left === undefined || right === undefined) throw new Error('a call returns two');
    expect(borrows(graph, root)).toEqual({ [x]: ['x'], [left]: ['x*'], [right]: ['x*'] });
    expect(borrows(graph, x)).toEqual({ [left]: ['*'], [right]: ['*'] });
    // It may also be the whole, which is extended by nothing from it then.
    expect(borrows(graph, left)).toEqual({ [x]: ['ε'] });
    expect(graph.borrowedBy(left).every(([, paths]) => paths.every(isSame))).toBe(true);
  });

  it('gives mutable references only from mutable ones', () => {
    const graph = new BorrowGraph();
    const root = graph.root(true);
    const fixed = graph.part(root, false, 'x');
    const [mutable, immutable] = graph.returned([fixed], [true, false]);
    if (mutable === undefined || immutable === undefined) throw new Error('a call returns two');
    expect(borrows(graph, fixed)).toEqual({ [immutable]: ['*'] });
    expect(borrows(graph, mutable)).toEqual({});
  });

  it('forgets what is released, and keeps what came through it', () => {
    const graph = new BorrowGraph();
    const root = graph.root(true);
    const x = graph.part(root, true, 'x');
    const [part] = graph.returned([x], [false]);
    graph.release(x);
    expect(borrows(graph, root)).toEqual({ [part ?? -1]: ['x*'] });
    expect(() => graph.isMutable(x)).toThrow(
      expect.objectContaining({ failure: { kind: 'InvariantViolation' } }),
    );
  });
});
