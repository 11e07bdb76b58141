/** What the rules of a protocol version are, on a network. */
import { CannotPreview } from '../../../errors';
import type { ProtocolView } from '../object-runtime/types';
import type { SuiEnvironment } from '../types';
import type { Reach } from './change';
import { CHANGES, NEWEST_IN_TABLE, NEWEST_KNOWN, VERSION_1 } from './versions';

export type Network = 'mainnet' | 'testnet' | 'other';

/** First bytes of the digests of the genesis checkpoints (sui-types, digests.rs). */
const CHAIN_PREFIXES: Readonly<Record<string, Network>> = {
  '35834a8a': 'mainnet',
  '4c78adac': 'testnet',
};

export function networkOf(chainIdentifier: Uint8Array): Network {
  let prefix = '';
  for (const byte of chainIdentifier.subarray(0, 4)) prefix += byte.toString(16).padStart(2, '0');
  return CHAIN_PREFIXES[prefix] ?? 'other';
}

const REACHES: Readonly<Record<Reach, (network: Network) => boolean>> = {
  all: () => true,
  mainnet: (network) => network === 'mainnet',
  notMainnet: (network) => network !== 'mainnet',
  neitherMainNorTestnet: (network) => network === 'other',
};

/** Made before; there are few. */
const TABLE = new Map<string, ProtocolConfig>();

/** Immutable. Made from the table, or from what the chain says of itself. */
export class ProtocolConfig implements ProtocolView {
  private constructor(
    readonly version: number,
    private readonly features: ReadonlyMap<string, boolean>,
    private readonly numbers: ReadonlyMap<string, bigint>,
    /** False where the version is newer than what this VM was written after. */
    readonly isKnown: boolean,
  ) {}

  /** @throws CannotPreview for a version that the table does not have */
  static ofVersion(version: number, network: Network): ProtocolConfig {
    const key = `${network} ${version}`;
    const made = TABLE.get(key) ?? ProtocolConfig.#ofTable(version, network);
    TABLE.set(key, made);
    return made;
  }

  static #ofTable(version: number, network: Network): ProtocolConfig {
    if (!Number.isInteger(version) || version < 1 || version > NEWEST_IN_TABLE)
      throw new CannotPreview('sui-protocol-version', 'a protocol version that is not known', {
        version,
      });
    const features = new Map<string, boolean>();
    const numbers = new Map(rows(VERSION_1));
    for (const change of CHANGES) {
      if (change.version > version || !REACHES[change.reach](network)) continue;
      for (const [name, value] of Object.entries(change.features ?? {})) features.set(name, value);
      for (const [name, value] of rows(change.numbers ?? {})) numbers.set(name, value);
    }
    return new ProtocolConfig(version, features, numbers, version <= NEWEST_KNOWN);
  }

  /** As the chain gives it, where it does; from the table else. */
  static of(environment: SuiEnvironment): ProtocolConfig {
    const { protocolVersion, protocolConfig } = environment;
    if (protocolConfig === undefined)
      return ProtocolConfig.ofVersion(protocolVersion, networkOf(environment.chainIdentifier));
    const { features, numbers } = protocolConfig;
    return new ProtocolConfig(protocolVersion, features, numbers, protocolVersion <= NEWEST_KNOWN);
  }

  feature(name: string): boolean {
    return this.features.get(name) ?? false;
  }

  number(name: string): bigint | undefined {
    return this.numbers.get(name);
  }

  /** @throws CannotPreview when this version of the protocol does not have it */
  required(name: string): bigint {
    const value = this.numbers.get(name);
    if (value === undefined)
      throw new CannotPreview('sui-protocol-attribute', `a rule that needs ${name}`, {
        attribute: name,
        version: this.version,
      });
    return value;
  }

  /** A number that is small enough to count with. */
  limit(name: string): number {
    return Number(this.required(name));
  }
}

function rows(table: Readonly<Record<string, number>>): [string, bigint][] {
  return Object.entries(table).map(([name, value]) => [name, BigInt(value)]);
}
