/** What the chain says of the package that a transaction calls. Source: aptos-framework `code.move`. */
import { LookaheadError } from '../../vm-preview/errors';
import { BcsReader } from '../../vm-preview/move/core/bcs';

export interface PackageInfo {
  /** The author's own. */
  readonly untrustedName: string;
  /** `compatible`: later versions keep what is public; `immutable`: there are none. */
  readonly policy: 'arbitrary' | 'compatible' | 'immutable' | 'unknown';
  readonly upgrades: bigint;
  /** Whether its source is on the chain beside it; that it is the code's own, nobody checks. */
  readonly hasSource: boolean;
}

const POLICIES = ['arbitrary', 'compatible', 'immutable'] as const;

/** @returns undefined where the registry cannot be read or names no such module */
export function packageOf(registry: Uint8Array, module: string): PackageInfo | undefined {
  try {
    const reader = new BcsReader(registry);
    const packages = reader.list('packages', readPackage);
    reader.end('package registry');
    return packages.find(({ modules }) => modules.has(module))?.info;
  } catch (error) {
    if (error instanceof LookaheadError) return undefined;
    throw error;
  }
}

function readPackage(reader: BcsReader): { info: PackageInfo; modules: ReadonlySet<string> } {
  const untrustedName = reader.string('name');
  const policy = POLICIES[reader.u8('upgrade policy')] ?? 'unknown';
  const upgrades = reader.u64('upgrade number');
  reader.string('source digest');
  reader.blob('manifest');
  let hasSource = true;
  const names = reader.list('modules', (inner) => {
    const name = inner.string('name');
    if (inner.blob('source').length === 0) hasSource = false;
    inner.blob('source map');
    readExtension(inner);
    return name;
  });
  reader.list('dependencies', (inner) => {
    inner.take(32, 'account');
    inner.string('package');
  });
  readExtension(reader);
  const info: PackageInfo = {
    untrustedName: untrustedName.slice(0, 120),
    policy,
    upgrades,
    hasSource,
  };
  return { info, modules: new Set(names) };
}

/** `Option<copyable_any::Any>` */
function readExtension(reader: BcsReader): void {
  reader.option('extension', (inner) => {
    inner.string('type of an extension');
    inner.blob('extension');
  });
}
