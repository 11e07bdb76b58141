import { readFileSync } from 'node:fs';
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

test('every departure from litesvm stands in the documentation, with its source', () => {
  const text = readFileSync('docs/litesvm-differences.md', 'utf8');
  for (const cell of CELLS) {
    if (cell.departure === undefined) continue;
    const row = text.split('\n').find((line) => line.includes(cellName(cell)));
    expect(row ?? `no row for ${cellName(cell)}`).toContain(cell.departure.source.split(' ')[0]);
  }
});

test.each(CELLS.map((cell) => [cellName(cell), cell] as const))('%s', (_, cell) => {
  const result = runCell(cell);
  results.push(result);
  expect(result.problems).toEqual([]);
});
