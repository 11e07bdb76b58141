import { CELLS } from './svm-matrix/cells';
import { type CellResult, cellName, runCell, table } from './svm-matrix/run';

const results: CellResult[] = [];

afterAll(() => {
  process.stdout.write(`${table(results)}\n`);
});

test('the matrix is as large as it claims, and no cell stands twice', () => {
  expect(CELLS.length).toBeGreaterThanOrEqual(90);
  expect(new Set(CELLS.map(cellName)).size).toBe(CELLS.length);
});

test.each(CELLS.map((cell) => [cellName(cell), cell] as const))('%s', (_, cell) => {
  const result = runCell(cell);
  results.push(result);
  expect(result.problems).toEqual([]);
});
