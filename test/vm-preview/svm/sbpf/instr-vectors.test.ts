import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runSvmInstr } from '../../../conformance/svm-instr';

const directory = join(
  process.env.LOOKAHEAD_FIXTURES ?? join(__dirname, '../../../../../shared/fixtures'),
  'svm/instr_test',
);

describe('instruction vectors of firedancer', () => {
  if (!existsSync(directory)) {
    it.skip('skipped: no fixtures', () => undefined);
    return;
  }

  it('gives what every line says', async () => {
    const { passed, failures } = await runSvmInstr(directory);
    expect(failures).toEqual([]);
    const lines = readdirSync(directory).flatMap((name) =>
      readFileSync(join(directory, name), 'utf8').split('\n'),
    );
    expect(passed).toBe(lines.filter((line) => line.startsWith('$')).length);
    expect(passed).toBeGreaterThan(2_800);
  }, 60_000);
});
