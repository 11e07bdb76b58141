import { CannotPreview } from '../../../../src/vm-preview/errors';
import type { Account } from '../../../../src/vm-preview/svm/account';
import { FeatureSet } from '../../../../src/vm-preview/svm/features/feature-set';
import {
  LOADER_V1,
  LOADER_V2,
  LOADER_V3,
  LOADER_V4,
} from '../../../../src/vm-preview/svm/programs/ids';
import { Pubkey } from '../../../../src/vm-preview/svm/pubkey';
import {
  type LoadedProgram,
  loadProgram,
  verifyForDeployment,
} from '../../../../src/vm-preview/svm/runtime/load-program';
import { Executable } from '../../../../src/vm-preview/svm/sbpf/executable';
import { LoadedState, MissingStateError } from '../../../../src/vm-preview/svm/state';
import { puppetElf } from './puppet';

const PROGRAM = Pubkey.from(new Uint8Array(32).fill(1));
const DATA = Pubkey.from(new Uint8Array(32).fill(2));
const features = new FeatureSet([]);

function account(owner: Pubkey, data: Uint8Array): Account {
  return { lamports: 1n, data, owner, executable: true, rentEpoch: 0n };
}

function programAccount(): Account {
  const data = new Uint8Array(36);
  data[0] = 2;
  data.set(DATA.bytes, 4);
  return account(LOADER_V3, data);
}

function programData(elf: Uint8Array, slot: number): Account {
  const data = new Uint8Array(45 + elf.length);
  data.set([3, 0, 0, 0, slot]);
  data.set(elf, 45);
  return account(LOADER_V3, data);
}

function load(
  accounts: readonly (readonly [Pubkey, Account | null])[],
  options: { slot?: bigint; cache?: Map<string, object>; features?: FeatureSet } = {},
): LoadedProgram {
  return loadProgram(new LoadedState(accounts), PROGRAM, {
    features: options.features ?? features,
    slot: options.slot ?? 100n,
    cache: options.cache,
  });
}

describe('loading a program', () => {
  it('runs what is deployed, from the slot after', () => {
    const accounts = [
      [PROGRAM, programAccount()],
      [DATA, programData(puppetElf(), 50)],
    ] as const;
    expect(load(accounts)).toBeInstanceOf(Executable);
    expect(load(accounts, { slot: 51n })).toBeInstanceOf(Executable);
    expect(load(accounts, { slot: 50n })).toBe('delay-visibility');
  });

  it('knows each loader', () => {
    expect(load([[PROGRAM, account(LOADER_V1, puppetElf())]])).toBeInstanceOf(Executable);
    expect(load([[PROGRAM, account(LOADER_V2, puppetElf())]])).toBeInstanceOf(Executable);
    expect(() => load([[PROGRAM, account(LOADER_V4, puppetElf())]])).toThrow(CannotPreview);
    expect(load([[PROGRAM, account(PROGRAM, puppetElf())]])).toBeUndefined();
    expect(load([[PROGRAM, null]])).toBeUndefined();
  });

  it('asks for program data that was never loaded', () => {
    expect(() => load([[PROGRAM, programAccount()]])).toThrow(MissingStateError);
  });

  it('finds programs closed', () => {
    const elf = puppetElf();
    const program = programAccount();
    expect(
      load([
        [PROGRAM, program],
        [DATA, null],
      ]),
    ).toBe('closed');
    expect(
      load([
        [PROGRAM, program],
        [DATA, account(PROGRAM, elf)],
      ]),
    ).toBe('closed');
    expect(
      load([
        [PROGRAM, program],
        [DATA, account(LOADER_V3, new Uint8Array(4))],
      ]),
    ).toBe('closed');
    expect(load([[PROGRAM, account(LOADER_V3, new Uint8Array(36))]])).toBe('closed');
    expect(load([[PROGRAM, account(LOADER_V3, program.data.subarray(0, 35))]])).toBe('closed');
  });

  it('finds programs broken', () => {
    const broken = puppetElf();
    broken[broken.length - 8] = 0xff;
    const truncated = puppetElf().subarray(0, 100);
    for (const elf of [broken, truncated, new Uint8Array(0)]) {
      const accounts = [
        [PROGRAM, programAccount()],
        [DATA, programData(elf, 50)],
      ] as const;
      expect(load(accounts)).toBe('failed-verification');
      expect(() => verifyForDeployment(elf, features)).toThrow();
    }
    const short = account(LOADER_V3, programData(new Uint8Array(0), 50).data.subarray(0, 13));
    expect(
      load([
        [PROGRAM, programAccount()],
        [DATA, short],
      ]),
    ).toBe('failed-verification');
    expect(() => verifyForDeployment(puppetElf(), features)).not.toThrow();
  });

  it('keeps verified programs, but trusts no slot', () => {
    const cache = new Map<string, object>();
    const accounts = (elf: Uint8Array) =>
      [
        [PROGRAM, programAccount()],
        [DATA, programData(elf, 50)],
      ] as const;
    const first = load(accounts(puppetElf()), { cache });
    expect(load(accounts(puppetElf()), { cache })).toBe(first);
    const other = puppetElf();
    other[other.length - 16] = 0xb7;
    other[other.length - 15] = 0;
    expect(load(accounts(other), { cache })).not.toBe(first);
    const gated = new FeatureSet(['virtual_address_space_adjustments']);
    expect(load(accounts(other), { cache, features: gated })).not.toBe(
      load(accounts(other), { cache }),
    );
  });

  it('lets features decide which versions run', () => {
    const accounts = [
      [PROGRAM, programAccount()],
      [DATA, programData(puppetElf(), 50)],
    ] as const;
    const onlyV3 = new FeatureSet([
      'disable_sbpf_v0_execution',
      'disable_sbpf_v0_v1_v2_deployment',
    ]);
    expect(load(accounts, { features: onlyV3 })).toBeInstanceOf(Executable);
    const old = puppetElf();
    old[48] = 2;
    expect(() => verifyForDeployment(old, onlyV3)).toThrow();
    expect(load([[PROGRAM, account(LOADER_V2, old)]], { features: onlyV3 })).toBe(
      'failed-verification',
    );
  });
});
