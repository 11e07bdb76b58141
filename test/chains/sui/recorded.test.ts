/** Transactions of a recorded checkpoint, previewed on a node that has what they read. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { createSuiCache, previewTransaction, SUI_NETWORKS } from '../../../src/chains/sui';
import { fullAddress } from '../../../src/chains/sui/address';
import { coinIn } from '../../../src/chains/sui/effects/coins';
import {
  type CheckpointTransaction,
  effectsDigest,
  encodeTransaction,
  type SuiObject,
} from '../../../src/vm-preview/move/sui';
import { RecordedState } from '../../conformance/sui-checkpoint/recording';
import { environmentOf, readCheckpoint } from '../../conformance/sui-checkpoint/run';
import { FIXTURES } from '../../support/move-fixtures';
import { type FakeNode, fakeNode } from './node';

const CHECKPOINT = join(FIXTURES, 'sui/checkpoints/20958462.chk');
/** The rules of a protocol version differ by network; which one it is, the node must say. */
const MAINNET = found(SUI_NETWORKS.find(({ id }) => id === 'sui-mainnet'));
const test = existsSync(CHECKPOINT) ? it : it.skip;
const PACKAGES = [
  '0x1',
  '0x2',
  '0x3',
  `0x${'e09b37505173ae119a0ae3b1fdf9050a6b029391f9d9f10a3fff27e3f3115727'}`,
];

function mints(): {
  transactions: CheckpointTransaction[];
  node: (one: CheckpointTransaction) => FakeNode;
} {
  const checkpoint = readCheckpoint(CHECKPOINT);
  const environment = environmentOf(checkpoint);
  const transactions = checkpoint.transactions.filter(({ transaction: { data } }) => {
    if (data.kind.kind !== 'programmable') return false;
    const [first, second] = data.kind.programmable.commands;
    return (
      first?.kind === 'splitCoins' && second?.kind === 'moveCall' && second.call.function === 'mint'
    );
  });
  return {
    transactions,
    node: (recorded) => {
      const state = new RecordedState(recorded, environment.protocolVersion);
      const node = fakeNode(recorded.inputObjects);
      for (const id of PACKAGES) {
        const bytes = Uint8Array.from(Buffer.from(id.slice(2).padStart(64, '0'), 'hex'));
        const found = state.object({ id: bytes, bound: { kind: 'latest' } });
        if (found !== null) node.put(found);
      }
      Object.assign(node.service, {
        chain: MAINNET.genesis,
        epoch: Number(environment.epoch),
        protocolVersion: environment.protocolVersion,
        referenceGasPrice: environment.referenceGasPrice.toString(),
      });
      return node;
    },
  };
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not found');
  return value;
}

describe('a recorded mint', () => {
  test('is previewed as exact, with the effects that the chain recorded', async () => {
    const { node: nodeOf, transactions } = mints();
    expect(transactions).toHaveLength(109);
    for (const recorded of transactions.slice(0, 10)) {
      const { data } = recorded.transaction;
      const node = nodeOf(recorded);
      const account = fullAddress(data.sender);
      const { outcome, preview } = await previewTransaction({
        network: MAINNET,
        transaction: encodeTransaction(data),
        account,
        cache: createSuiCache(),
        fetch: node.fetch,
      });
      expect(bytesToHex(outcome.effects?.digest ?? new Uint8Array())).toBe(
        bytesToHex(effectsDigest(recorded.effects)),
      );
      const { computationCost, storageCost, storageRebate } = recorded.effects.gas;
      expect(preview.verdict).toEqual({ kind: 'success' });
      expect(preview.provenance.certainty).toBe('exact');
      expect(preview.fee).toMatchObject({
        payer: account,
        total: (computationCost + storageCost - storageRebate).toString(),
      });
      const held = (objects: readonly SuiObject[]) =>
        objects
          .filter(({ owner }) => owner.kind === 'address' && fullAddress(owner.address) === account)
          .reduce((sum, object) => sum + (coinIn(object)?.amount ?? 0n), 0n);
      const delta = held(recorded.outputObjects) - held(recorded.inputObjects);
      expect(preview.changes).toMatchObject([{ kind: 'balance', delta: delta.toString() }]);
      expect(preview.request.map(({ name }) => name)).toEqual(['Split coins', 'Operation::mint']);
      expect(preview.warnings.map(({ code }) => code)).toContain('unknown-package');
    }
  });

  test('takes four rounds, and two once the packages are known', async () => {
    const { node: nodeOf, transactions } = mints();
    const recorded = found(transactions[0]);
    const node = nodeOf(recorded);
    const cache = createSuiCache();
    const request = {
      network: MAINNET,
      transaction: encodeTransaction(recorded.transaction.data),
      cache,
      fetch: node.fetch,
    };
    await previewTransaction(request);
    expect(node.asked.filter((one) => one === 'Objects').length).toBeLessThanOrEqual(3);
    node.asked.length = 0;
    await previewTransaction(request);
    expect(node.asked.filter((one) => one === 'Objects')).toHaveLength(1);
  });
});
