import { CannotPreview } from '../../../errors';
import { BcsReader } from '../../core/bcs';
import { PARAMETER_GROUPS, RENAMED } from './parameters';

/** Newest feature version whose rules are known here (node release 1.48). */
export const KNOWN_FEATURE_VERSION = 52;

/** Bits of an opcode's price and of all others: the interpreter counts in doubles. */
const MAX_PRICE = BigInt(Number.MAX_SAFE_INTEGER);

/** The price list of 0x1::gas_schedule, in force from the next transaction of its chain's state. */
export class GasSchedule {
  constructor(
    /** `feature_version`: which rules the prices are for. 0 in the first kind of schedule. */
    readonly version: number,
    private readonly entries: ReadonlyMap<string, bigint>,
  ) {
    for (const key of keysOf(version)) if (!entries.has(key)) throw unknownPrice(key, version);
  }

  /** Whether the rules are known; where not, what is computed by the newest known ones is an estimate. */
  get isKnownVersion(): boolean {
    return this.version <= KNOWN_FEATURE_VERSION;
  }

  /**
   * @param name - `table.parameter`, as the newest schedule that has it names it
   * @returns 0 for a parameter that this version does not have yet or any more, as the chain does
   * @throws CannotPreview for a name that no version has
   */
  price(name: string): bigint {
    const range = ranges().get(name);
    if (range === undefined) throw unknownPrice(name, this.version);
    const former = FORMER.get(name);
    const key = former !== undefined && this.version < former.since ? former.key : name;
    const bounds = key === name ? range : ranges().get(key);
    return bounds !== undefined && has(bounds, this.version) ? (this.entries.get(key) ?? 0n) : 0n;
  }

  /** As `price`, for what is counted in doubles. @throws CannotPreview also for a price over 2^53 */
  amount(name: string): number {
    const price = this.price(name);
    if (price > MAX_PRICE)
      throw new CannotPreview('aptos-gas-price', `a gas price as high as that of ${name}`, {
        name,
      });
    return Number(price);
  }
}

/**
 * @param bytes - BCS of the resource 0x1::gas_schedule::GasScheduleV2
 * @throws BcsError, CannotPreview when a price is missing that the version has
 */
export function parseGasSchedule(bytes: Uint8Array): GasSchedule {
  const reader = new BcsReader(bytes);
  const version = reader.u64('feature version');
  const entries = readEntries(reader);
  if (version > MAX_PRICE)
    throw new CannotPreview('aptos-gas-version', `gas feature version ${version}`);
  return new GasSchedule(Number(version), entries);
}

/** @param bytes - BCS of the resource 0x1::gas_schedule::GasSchedule. @throws as `parseGasSchedule` */
export function parseGasScheduleV1(bytes: Uint8Array): GasSchedule {
  return new GasSchedule(0, readEntries(new BcsReader(bytes)));
}

function readEntries(reader: BcsReader): ReadonlyMap<string, bigint> {
  const entries = reader.list(
    'gas entries',
    () => [reader.string('gas parameter'), reader.u64('gas price')] as const,
  );
  reader.end('the gas schedule');
  return new Map(entries);
}

interface VersionRange {
  readonly since: number;
  readonly until: number | undefined;
}

const has = ({ since, until }: VersionRange, version: number): boolean =>
  version >= since && (until === undefined || version <= until);

let knownRanges: ReadonlyMap<string, VersionRange> | undefined;

/** Spelt out when first asked for, since a snap must start before anybody asks for a price. */
function ranges(): ReadonlyMap<string, VersionRange> {
  knownRanges ??= new Map(
    PARAMETER_GROUPS.flatMap(({ table, since, until, names }) =>
      names
        .split(/\s+/)
        .flatMap(expand)
        .map((name) => [`${table}.${name}`, { since, until }] as const),
    ),
  );
  return knownRanges;
}

const FORMER: ReadonlyMap<string, { readonly key: string; readonly since: number }> = new Map(
  RENAMED.map(([name, key, since]) => [name, { key, since }]),
);

/** Keys that a schedule of the version has on the chain. */
export function keysOf(version: number): readonly string[] {
  return [...ranges()].flatMap(([key, range]) => (has(range, version) ? [key] : []));
}

/** `a.{b,c}` → `a.b`, `a.c`; the innermost braces first. */
function expand(pattern: string): string[] {
  const found = /^(.*)\{([^{}]*)\}(.*)$/.exec(pattern);
  if (found === null) return [pattern];
  const [, before = '', alternatives = '', after = ''] = found;
  return alternatives.split(',').flatMap((part) => expand(before + part + after));
}

function unknownPrice(name: string, version: number): CannotPreview {
  return new CannotPreview('aptos-gas-schedule', `a gas schedule without the price ${name}`, {
    name,
    version,
  });
}
