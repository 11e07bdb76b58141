/** A checkpoint of mainnet (15 December 2023), with the digests that its validators signed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import {
  CHECKPOINT_DATA,
  encode,
  executeTransaction,
} from '../../../../../src/vm-preview/move/sui';
import { RecordedState } from '../../../../conformance/sui-checkpoint/recording';
import {
  checkCheckpoint,
  environmentOf,
  readCheckpoint,
} from '../../../../conformance/sui-checkpoint/run';
import { FIXTURES } from '../../../../support/move-fixtures';

const FILE = join(FIXTURES, 'sui/checkpoints/20958462.chk');
const suite = existsSync(FILE) ? describe : describe.skip;
if (!existsSync(FILE)) it('skipped: no fixtures', () => expect(existsSync(FILE)).toBe(false));

suite('a recorded checkpoint', () => {
  const checkpoint = readCheckpoint(FILE);

  it('reproduces every digest, and the effects of all that can be run', () => {
    const report = checkCheckpoint(checkpoint);
    expect(report.digests.wrong).toEqual([]);
    expect(report.digests.right).toBe(590);
    expect(report.different).toEqual([]);
    expect(report.equal).toHaveLength(109);
    // Fourteen call a package that is not recorded, one names a type of another.
    expect(report.missing).toHaveLength(15);
  });

  it('writes the same bytes again', () => {
    const bytes = encode(CHECKPOINT_DATA, checkpoint);
    expect(encode(CHECKPOINT_DATA, readCheckpoint(FILE))).toEqual(bytes);
    expect(bytes).toHaveLength(312_825);
  });

  it('has other effects when an object, the price or the rules are other', () => {
    const minted = checkpoint.transactions.find(
      ({ transaction }) =>
        transaction.data.kind.kind === 'programmable' &&
        transaction.data.kind.programmable.commands.some(
          (command) => command.kind === 'moveCall' && command.call.function === 'mint',
        ),
    );
    if (minted === undefined) throw new Error('nothing is minted');
    const environment = environmentOf(checkpoint);
    const state = new RecordedState(minted, 32);
    const digest = (change: object): string | undefined => {
      const { effects } = executeTransaction(minted.transaction.data, state, {
        ...environment,
        ...change,
      });
      return effects && bytesToHex(effects.digest);
    };
    const right = digest({});
    expect(right).toBe(digest({ protocolVersion: 31 }));
    expect(right).not.toBe(digest({ epoch: 247n }));
    // Effects of version 2.
    expect(right).not.toBe(digest({ protocolVersion: 33 }));
    expect(digest({ referenceGasPrice: 10_000n })).toBeUndefined();
  });
});
