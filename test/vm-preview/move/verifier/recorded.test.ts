import { runMoveVerifier } from '../../../conformance/move-verifier';
import { moduleSources } from '../../../support/move-fixtures';

describe('recorded modules', () => {
  if (moduleSources().length === 0) {
    it('skipped: no fixtures', () => expect(moduleSources()).toEqual([]));
    return;
  }

  it('verify and link, all of them', async () => {
    const { passed, failures } = await runMoveVerifier(undefined, () => undefined);
    expect(failures).toEqual([]);
    expect(passed).toBeGreaterThan(1000);
  }, 60_000);
});
