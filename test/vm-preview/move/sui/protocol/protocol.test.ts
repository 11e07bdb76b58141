import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hexToBytes } from '@noble/hashes/utils.js';
import { CannotPreview } from '../../../../../src/vm-preview/errors';
import { networkOf, ProtocolConfig } from '../../../../../src/vm-preview/move/sui';
import {
  NEWEST_IN_TABLE,
  UNREAD_FEATURES,
  unreadInPublishing,
} from '../../../../../src/vm-preview/move/sui/protocol';
import { ELSEWHERE } from '../../../../../src/vm-preview/move/sui/protocol/elsewhere';
import { CHANGES } from '../../../../../src/vm-preview/move/sui/protocol/versions';

const digest = (prefix: string): Uint8Array => hexToBytes(prefix.padEnd(64, '0'));

describe('protocol configuration', () => {
  it('knows the networks by their genesis', () => {
    // The chain identifiers that mainnet and testnet give.
    expect(networkOf(digest('35834a8a'))).toBe('mainnet');
    expect(networkOf(digest('4c78adac'))).toBe('testnet');
    expect(networkOf(digest('35834a8b'))).toBe('other');
  });

  it('changes from version to version as the chain announced it', () => {
    const since = (network: 'mainnet' | 'testnet' | 'other', feature: string): number => {
      for (let version = 1; version <= NEWEST_IN_TABLE; version++)
        if (ProtocolConfig.ofVersion(version, network).feature(feature)) return version;
      return Number.POSITIVE_INFINITY;
    };
    // From the list of versions at the head of the source.
    expect(since('mainnet', 'enable_effects_v2')).toBe(33);
    expect(since('testnet', 'enable_effects_v2')).toBe(30);
    expect(since('other', 'enable_effects_v2')).toBe(28);
    expect(since('mainnet', 'receive_objects')).toBe(33);
    expect(since('testnet', 'receive_objects')).toBe(32);
    expect(since('other', 'receive_objects')).toBe(26);
    expect(since('mainnet', 'shared_object_deletion')).toBe(36);
    expect(since('mainnet', 'reshare_at_same_initial_version')).toBe(46);
    expect(since('mainnet', 'resolve_abort_locations_to_package_id')).toBe(48);
    expect(since('mainnet', 'enable_coin_deny_list_v2')).toBe(52);
    expect(since('mainnet', 'relocate_event_module')).toBe(62);
  });

  it('has the numbers of a version', () => {
    const gasModel = [2, 3, 5, 13, 14, 26, 27, 69, 70].map((version) =>
      ProtocolConfig.ofVersion(version, 'mainnet').required('gas_model_version'),
    );
    expect(gasModel).toEqual([1n, 2n, 4n, 5n, 6n, 7n, 8n, 8n, 9n]);
    const format = (version: number, network: 'mainnet' | 'testnet'): bigint =>
      ProtocolConfig.ofVersion(version, network).required('move_binary_format_version');
    expect([format(52, 'mainnet'), format(52, 'testnet'), format(55, 'mainnet')]).toEqual([
      6n,
      7n,
      7n,
    ]);
    const config = ProtocolConfig.ofVersion(36, 'mainnet');
    expect(config.number('max_package_dependencies')).toBeUndefined();
    expect(() => config.required('max_package_dependencies')).toThrow(CannotPreview);
    expect(ProtocolConfig.ofVersion(38, 'mainnet').limit('max_package_dependencies')).toBe(32);
  });

  it('has as much of the later versions as Sui has recorded of them', () => {
    const extent = (network: 'mainnet' | 'testnet', version: number): readonly [number, bigint] => {
      const { features, numbers } = ProtocolConfig.ofVersion(version, network).settings;
      const kept = [...numbers].filter(([name]) => !ELSEWHERE.has(name));
      const flags = [...features].filter(([name, isOn]) => isOn && !ELSEWHERE.has(name));
      return [flags.length + kept.length, kept.reduce((sum, [, value]) => sum + value, 0n)];
    };
    // Counted in sui-protocol-config, src/snapshots, without what is in `elsewhere.ts`: how many flags are on
    // and numbers are set, and what the numbers come to.
    expect(extent('mainnet', 106)).toEqual([61 + 273, 50_050_190_667_553n]);
    expect(extent('mainnet', 117)).toEqual([75 + 285, 50_050_190_674_690n]);
    expect(extent('mainnet', 120)).toEqual([76 + 289, 50_050_190_674_727n]);
    expect(extent('mainnet', 125)).toEqual([87 + 294, 50_050_190_732_914n]);
    expect(extent('testnet', 126)).toEqual([88 + 294, 50_050_190_732_914n]);
    expect(extent('mainnet', 130)).toEqual([91 + 306, 50_050_191_248_076n]);
    expect(extent('mainnet', 135)).toEqual([94 + 310, 50_050_191_248_160n]);
    expect(extent('testnet', 138)).toEqual([106 + 318, 50_050_201_249_055n]);
    // Recorded before mainnet's rate of the rebate rose by 99 in this version, which testnet already ran.
    expect(extent('mainnet', 138)).toEqual([102 + 318, 50_050_201_249_055n + 99n]);
  });

  it('does not guess at a version it does not know, but takes what the chain says of itself', () => {
    for (const version of [0, 1.5, NEWEST_IN_TABLE + 1, 1240])
      expect(() => ProtocolConfig.ofVersion(version, 'mainnet')).toThrow(CannotPreview);
    const environment = {
      epoch: 1n,
      epochTimestampMs: 0n,
      protocolVersion: 1240,
      referenceGasPrice: 1000n,
      chainIdentifier: digest('35834a8a'),
    };
    expect(() => ProtocolConfig.of(environment)).toThrow(CannotPreview);
    const given = ProtocolConfig.of({
      ...environment,
      protocolConfig: {
        features: new Map([['enable_effects_v2', true]]),
        numbers: new Map([['max_tx_gas', 7n]]),
      },
    });
    expect([given.isKnown, given.version]).toEqual([false, 1240]);
    expect([given.feature('enable_effects_v2'), given.limit('max_tx_gas')]).toEqual([true, 7]);
  });

  it('runs a known network by what is known, and says where a node has it otherwise', () => {
    const at = (prefix: string, features: [string, boolean][], max = 1n): ProtocolConfig => {
      const known = ProtocolConfig.ofVersion(100, networkOf(digest(prefix)));
      return ProtocolConfig.of({
        epoch: 1n,
        epochTimestampMs: 0n,
        protocolVersion: 100,
        referenceGasPrice: 1000n,
        chainIdentifier: digest(prefix),
        protocolConfig: {
          features: new Map([...known.features, ...features]),
          numbers: new Map([...known.numbers, ['max_tx_gas', max]]),
        },
      });
    };
    const most = ProtocolConfig.ofVersion(100, 'mainnet').required('max_tx_gas');
    const mainnet = at('35834a8a', [
      ['of_later', true],
      ['of_later_and_off', false],
      ['consensus_zstd_compression', true],
    ]);
    expect(mainnet.required('max_tx_gas')).toBe(most);
    expect(mainnet.surprises).toEqual(['max_tx_gas', 'of_later']);
    expect(at('35834a8a', [['receive_objects', false]], most).surprises).toEqual([
      'receive_objects',
    ]);
    expect(at('35834a8a', [], most).surprises).toEqual([]);
    // Whoever runs a network of their own sets it as they like.
    const local = at('01020304', [['of_later', true]]);
    expect([local.required('max_tx_gas'), local.surprises]).toEqual([1n, ['of_later']]);
  });
});

describe('flags', () => {
  const FOLDER = 'src/vm-preview/move/sui';
  const sources = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('protocol/'))
    .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
    .join('\n');
  const names = [...new Set(CHANGES.flatMap(({ features }) => Object.keys(features ?? {})))];
  const read = names.filter((name) => new RegExp(`'${name}'`).test(sources));

  it('are looked at, or it is said why not', () => {
    const unread = names.filter((name) => !read.includes(name)).sort();
    expect(Object.keys(UNREAD_FEATURES).sort()).toEqual(unread);
    expect(read.length).toBeGreaterThan(60);
    for (const [name, { reason }] of Object.entries(UNREAD_FEATURES))
      expect([name, reason.length > 10]).toEqual([name, true]);
  });

  it('of what is published and not checked are named', () => {
    const named = (version: number): readonly string[] =>
      unreadInPublishing(ProtocolConfig.ofVersion(version, 'mainnet'));
    expect(named(70)).toEqual([]);
    expect(named(NEWEST_IN_TABLE)).toEqual(['additional_borrow_checks']);
  });
});
