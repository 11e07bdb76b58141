/** Gas of whole transactions, against what the chain took for them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EntryFunction,
  executeTransaction,
  systemResource,
} from '../../../../../src/vm-preview/move/aptos';
import { BcsReader, BcsWriter } from '../../../../../src/vm-preview/move/core/bcs';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import { readRecording } from '../../../../conformance/aptos-replay/recording';
import { genesisState, type MemoryState } from '../../../../support/aptos-genesis';
import { FIXTURES } from '../../../../support/move-fixtures';

const REPLAY = join(FIXTURES, 'aptos/replay');
const hasFixtures = existsSync(REPLAY) && existsSync(join(FIXTURES, 'aptos/genesis'));
const withFixtures = hasFixtures ? test : test.skip;

const recording = (version: string) => readRecording(join(REPLAY, `${version}.json`));

/** Item of the table that counts all APT there are. */
const SUPPLY = '0619dc29a0aac8fa146714058e8dd6d2d0f3bdf5f6331907bf91f3acd81e6935';

/** Octas, as the state before a recorded transaction has it: gas is burned. */
function supplyBefore(version: string): bigint {
  for (const [key, value] of recording(version).preState)
    if (key.kind === 'tableItem' && Buffer.from(key.key).toString('hex') === SUPPLY)
      return new BcsReader(value.bytes).u128('supply');
  throw new Error('the recording has no supply');
}

/** The state of mainnet that a recorded transaction read. */
function stateBefore(version: string): MemoryState {
  const state = genesisState('mainnet');
  // The framework's modules of that time are in one of the recordings.
  const framework = recording('10000006').preState.filter(([key]) => key.kind === 'module');
  for (const [key, value] of [...framework, ...recording(version).preState]) state.set(key, value);
  return state;
}

describe('on mainnet, at gas feature version 3', () => {
  // What lies between is no transaction of a user, so that only one burned gas.
  withFixtures.each([
    ['10000003', '10000006'],
    ['10000006', '10000007'],
  ])('%s took what all APT had lost by %s', (version, next) => {
    const { raw } = recording(version).transaction;
    const outcome = executeTransaction(
      { raw, secondarySigners: [], feePayer: undefined },
      stateBefore(version),
      {
        chainId: 1,
      },
    );
    expect(outcome.status).toEqual({ kind: 'success' });
    const burned = supplyBefore(version) - supplyBefore(next);
    expect(burned).toBeGreaterThan(400_000n);
    expect(outcome.fee.gasUsed * raw.gasUnitPrice).toBe(burned);
  });
});

/**
 * `create_account` of the chain's own end-to-end tests (aptos-move/e2e-tests/goldens, from March 2026 on):
 * a transfer of one octa at a price of one, which makes the receiver's store.
 */
describe('a first transfer on devnet', () => {
  const receiver = Address.parse(
    'f5b9d6f01a99e74c790e2f330c092fa05455a8193f1dfc1b113ecc54d067afe1',
  );
  const call: EntryFunction = {
    address: Address.parse('1'),
    module: 'aptos_account',
    function: 'fungible_transfer_only',
    typeArguments: [],
    args: [receiver.bytes, new BcsWriter().u64(1n).finish()],
  };

  withFixtures('takes the io and the storage fee that the chain recorded', () => {
    const state = genesisState('devnet');
    setPrice(state, 'txn.min_price_per_gas_unit', 1n);
    const chainId = state.read(systemResource('chain_id', 'ChainId'))?.bytes[0] ?? 0;
    const { status, fee } = executeTransaction(
      {
        raw: {
          sender: Address.parse('a550c18'),
          sequenceNumber: 0n,
          payload: { kind: 'entryFunction', call },
          maxGasAmount: 1_000_000n,
          gasUnitPrice: 1n,
          expirationTimestampSecs: 1n << 40n,
          chainId,
        },
        secondarySigners: [],
        feePayer: undefined,
      },
      state,
      { chainId },
    );
    expect(status).toEqual({ kind: 'success' });
    expect(fee).toMatchObject({
      ioGas: 0x37n,
      storageFeeOctas: 0x081fb0n,
      storageRefundOctas: 0n,
    });
    // Execution was 35 units there. The framework of July has calls inlined that were there then.
    expect(fee.executionGas).toBe(34n);
  });
});

/** Changes an entry of the gas schedule in the state. */
function setPrice(state: MemoryState, name: string, price: bigint): void {
  const key = systemResource('gas_schedule', 'GasScheduleV2');
  const bytes = Uint8Array.from(state.read(key)?.bytes ?? []);
  const at = Buffer.from(bytes).indexOf(name) + name.length;
  new DataView(bytes.buffer).setBigUint64(at, price, true);
  state.set(key, { bytes });
}
