import { EpochRewards, StakeHistory, StakeHistoryEntry } from 'litesvm';
import { MissingStateError } from '../../../../src/vm-preview/svm';
import { LoadedState } from '../../../../src/vm-preview/svm/state';
import {
  decodeEpochRewards,
  decodeEpochSchedule,
  decodeLastRestartSlot,
  decodeStakeHistory,
} from '../../../../src/vm-preview/svm/sysvars/decode';
import { SYSVAR_IDS, SYSVAR_OWNER_ID } from '../../../../src/vm-preview/svm/sysvars/ids';
import {
  instructionsSysvarAccount,
  serializeInstructions,
  storeCurrentIndex,
} from '../../../../src/vm-preview/svm/sysvars/instructions';
import {
  decodeSysvars,
  rentExemptMinimum,
} from '../../../../src/vm-preview/svm/sysvars/sysvar-cache';
import { LitesvmWorld } from '../../../support/litesvm-world';
import { address } from '../../../support/solana-transaction';

const world = new LitesvmWorld();
const { native } = world;
const sysvars = decodeSysvars(world.dump(Object.values(SYSVAR_IDS)));
const dataOf = (id: keyof typeof SYSVAR_IDS) => world.get(SYSVAR_IDS[id])?.data ?? new Uint8Array();

test('clock, rent and schedule are what the native VM says they are', () => {
  const clock = native.getClock();
  expect(sysvars.clock).toEqual({
    slot: clock.slot,
    epochStartTimestamp: clock.epochStartTimestamp,
    epoch: clock.epoch,
    leaderScheduleEpoch: clock.leaderScheduleEpoch,
    unixTimestamp: clock.unixTimestamp,
  });
  expect(sysvars.rent).toEqual({
    lamportsPerByteYear: 5080n,
    exemptionThreshold: 1,
    burnPercent: 50,
  });
  const schedule = native.getEpochSchedule();
  expect(sysvars.epochSchedule).toEqual({
    slotsPerEpoch: schedule.slotsPerEpoch,
    leaderScheduleSlotOffset: schedule.leaderScheduleSlotOffset,
    warmup: schedule.warmup,
    firstNormalEpoch: schedule.firstNormalEpoch,
    firstNormalSlot: schedule.firstNormalSlot,
  });
});

test('hashes, rewards, history and the last restart are what was set', () => {
  const [recent] = sysvars.recentBlockhashes;
  expect(recent).toEqual(world.blockhash);
  native.setSlotHashes([
    { slot: 9n, hash: address(3).toBase58() },
    { slot: 7n, hash: address(4).toBase58() },
  ] as never);
  const state = world.dump([SYSVAR_IDS.slotHashes]);
  expect(decodeSysvars(state).slotHashes).toEqual([
    { slot: 9n, hash: address(3).bytes },
    { slot: 7n, hash: address(4).bytes },
  ]);
  native.setLastRestartSlot(77n);
  expect(decodeLastRestartSlot(dataOf('lastRestartSlot'))).toEqual({ slot: 77n });
  native.setEpochRewards(
    new EpochRewards(1n, 2n, address(5).toBase58(), 2n ** 100n + 3n, 4n, 5n, true),
  );
  expect(decodeEpochRewards(dataOf('epochRewards'))).toEqual({
    distributionStartingBlockHeight: 1n,
    numPartitions: 2n,
    parentBlockhash: address(5).bytes,
    totalPoints: 2n ** 100n + 3n,
    totalRewards: 4n,
    distributedRewards: 5n,
    active: true,
  });
  const history = new StakeHistory();
  history.add(6n, new StakeHistoryEntry(1n, 2n, 3n));
  native.setStakeHistory(history);
  expect(decodeStakeHistory(dataOf('stakeHistory'))).toEqual([
    { epoch: 6n, effective: 1n, activating: 2n, deactivating: 3n },
  ]);
});

test('a sysvar is read when it is asked for, and missing ones fail as on the chain', () => {
  const state = new LoadedState([[SYSVAR_IDS.rent, null]]);
  const lazy = decodeSysvars(state);
  expect(() => lazy.clock).toThrow(MissingStateError);
  expect(() => lazy.rent).toThrow('Unsupported sysvar');
  expect(lazy.bytesOf(SYSVAR_IDS.rent.bytes)).toBeUndefined();
});

test('only the sysvars that the chain caches are given as bytes, and only when they decode', () => {
  const { clock, fees, slotHistory, stakeHistory } = SYSVAR_IDS;
  expect(sysvars.bytesOf(clock.bytes)).toEqual(dataOf('clock'));
  expect(sysvars.bytesOf(fees.bytes)).toBeUndefined();
  expect(sysvars.bytesOf(slotHistory.bytes)).toBeUndefined();
  const broken = { lamports: 1n, owner: SYSVAR_OWNER_ID, executable: false, rentEpoch: 0n };
  const state = new LoadedState([
    [stakeHistory, { ...broken, data: Uint8Array.of(9, 0, 0, 0, 0, 0, 0, 0) }],
    [clock, { ...broken, data: new Uint8Array(39) }],
  ]);
  expect(decodeSysvars(state).bytesOf(stakeHistory.bytes)).toBeUndefined();
  expect(decodeSysvars(state).bytesOf(clock.bytes)).toBeUndefined();
  expect(decodeEpochSchedule(new Uint8Array(33).fill(2))).toBeUndefined();
});

test('the instructions sysvar is laid out as solana-sdk documents it', () => {
  const meta = (fill: number, isSigner: boolean, isWritable: boolean) => ({
    pubkey: address(fill),
    isSigner,
    isWritable,
  });
  const instructions = [
    {
      programId: address(1),
      accounts: [meta(2, true, true), meta(3, false, true)],
      data: Uint8Array.of(7, 8),
    },
    { programId: address(4), accounts: [], data: new Uint8Array() },
  ];
  const data = serializeInstructions(instructions) ?? new Uint8Array();
  const key = (fill: number) => Array<number>(32).fill(fill);
  const first = [2, 0, 3, ...key(2), 2, ...key(3), ...key(1), 2, 0, 7, 8];
  expect([...data]).toEqual([
    2,
    0,
    6,
    0,
    6 + first.length,
    0,
    ...first,
    0,
    0,
    ...key(4),
    0,
    0,
    0,
    0,
  ]);
  storeCurrentIndex(data, 1);
  expect([...data.slice(-2)]).toEqual([1, 0]);
  expect(instructionsSysvarAccount(instructions)).toMatchObject({
    lamports: 0n,
    owner: SYSVAR_OWNER_ID,
  });
  const large = { programId: address(1), accounts: [], data: new Uint8Array(40_000) };
  expect(serializeInstructions([large, large])).toBeDefined();
  expect(serializeInstructions([large, large, large])).toBeUndefined();
});

test.each([
  [Number.NaN, 0n],
  [-1, 0n],
  [Number.NEGATIVE_INFINITY, 0n],
  [Number.POSITIVE_INFINITY, 2n ** 64n - 1n],
  [1e300, 2n ** 64n - 1n],
  [2.5, 320n],
])('rent with a threshold of %d is cast as Rust casts', (exemptionThreshold, minimum) => {
  const rent = { lamportsPerByteYear: 1n, exemptionThreshold, burnPercent: 50 };
  expect(rentExemptMinimum(rent, 0)).toBe(minimum);
});
