import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FIXTURES } from '../support/move-fixtures';
import { readRecordings, recordedState, runPayload, runWhole } from './aptos-replay/run';

const folder = join(FIXTURES, 'aptos/replay');
const recorded = existsSync(folder) ? describe : describe.skip;

recorded('recorded mainnet transactions (skipped: no fixtures)', () => {
  const recordings = readRecordings(folder);

  it('are three', () => {
    expect(recordings.map(({ version }) => version)).toEqual(['10000003', '10000006', '10000007']);
  });

  it.each(
    recordings.filter(({ version }) => version !== '10000007').map((each) => [each.version, each]),
  )('%s comes out as recorded, to the byte', (_, recording) => {
    const state = recordedState(recordings, recording, []);
    expect(runPayload(recording, state)).toBe(recording.expected.trim());
  });

  it('10000007 makes the same token store under its own, older framework', () => {
    const recording = recordings.find(({ version }) => version === '10000007');
    if (recording === undefined) throw new Error('it was not recorded');
    const output = runPayload(recording, recordedState(recordings, recording, []));
    const [, store] = /TokenStore\).*?Creation\(([0-9a-f]+)\)/.exec(output) ?? [];
    expect(store).toHaveLength(2 * (32 + 1 + 4 * 48));
    expect(recording.expected).toContain(store);
  });

  it.each(recordings.map((each) => [each.version, each]))(
    '%s runs whole: the sequence number goes up by one and the fee is taken',
    (_, recording) => {
      const outcome = runWhole(recording, recordedState(recordings, recording, []));
      expect(outcome.status).toEqual({ kind: 'success' });
      const { sender, sequenceNumber } = recording.transaction.raw;
      const account = outcome.changes.find(
        ({ key }) =>
          key.kind === 'resource' &&
          key.type.name === 'Account' &&
          Buffer.from(key.address).equals(Buffer.from(sender.bytes)),
      );
      const after = account?.after?.bytes ?? new Uint8Array();
      // The authentication key and its length come first.
      const view = new DataView(after.buffer, after.byteOffset);
      expect(view.getBigUint64(33, true)).toBe(sequenceNumber + 1n);
      expect(outcome.fee.gasUsed).toBeGreaterThan(0n);
    },
  );
});
