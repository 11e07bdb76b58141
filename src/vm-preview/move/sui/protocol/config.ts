/** What the rules of a protocol version are, on a network. */
import { CannotPreview } from '../../../errors';
import type { ProtocolView } from '../object-runtime/types';
import type { SuiEnvironment } from '../types';
import type { Reach } from './change';
import { ELSEWHERE } from './elsewhere';
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
    readonly features: ReadonlyMap<string, boolean>,
    readonly numbers: ReadonlyMap<string, bigint>,
    /** False where the version is newer than what this VM was written after. */
    readonly isKnown: boolean,
    /** Names of what the chain says otherwise than the table has it, or that nothing is known of here. */
    readonly surprises: readonly string[] = [],
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

  /**
   * As the table has it for mainnet and testnet, whose versions are the same for all; as the chain gives it
   * for other networks and for newer versions.
   *
   * @throws CannotPreview for a version that neither has
   */
  static of(environment: SuiEnvironment): ProtocolConfig {
    const { protocolVersion: version, protocolConfig: given } = environment;
    const network = networkOf(environment.chainIdentifier);
    if (given === undefined) return ProtocolConfig.ofVersion(version, network);
    const isKnown = version <= NEWEST_KNOWN;
    const known =
      isKnown && network !== 'other' ? ProtocolConfig.ofVersion(version, network) : undefined;
    const { features, numbers } = known ?? given;
    return new ProtocolConfig(version, features, numbers, isKnown, surprisesOf(given, known));
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

  /** All that this version sets. */
  get settings(): {
    readonly features: ReadonlyMap<string, boolean>;
    readonly numbers: ReadonlyMap<string, bigint>;
  } {
    const { features, numbers } = this;
    return { features, numbers };
  }

  /** A number that is small enough to count with. */
  limit(name: string): number {
    return Number(this.required(name));
  }
}

function rows(table: Readonly<Record<string, number>>): [string, bigint][] {
  return Object.entries(table).map(([name, value]) => [name, BigInt(value)]);
}

type Settings = NonNullable<SuiEnvironment['protocolConfig']>;

/** Names that versions in the table have. */
const IN_TABLE: ReadonlySet<string> = new Set([
  ...Object.keys(VERSION_1),
  ...CHANGES.flatMap(({ features, numbers }) => [
    ...Object.keys(features ?? {}),
    ...Object.keys(numbers ?? {}),
  ]),
]);

/** @param known - undefined where the table does not tell */
function surprisesOf(given: Settings, known: Settings | undefined): string[] {
  const surprises = new Set<string>();
  for (const [name, isOn] of given.features)
    if (isOn && !IN_TABLE.has(name) && !ELSEWHERE.has(name)) surprises.add(name);
  for (const name of given.numbers.keys())
    if (!IN_TABLE.has(name) && !ELSEWHERE.has(name)) surprises.add(name);
  if (known !== undefined)
    for (const name of IN_TABLE)
      if (
        (given.features.get(name) ?? false) !== (known.features.get(name) ?? false) ||
        given.numbers.get(name) !== known.numbers.get(name)
      )
        surprises.add(name);
  return [...surprises].sort();
}
