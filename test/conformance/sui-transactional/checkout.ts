/** What the tests need of a checkout of Sui, or of a fork whose names are other. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ProtocolConfig } from '../../../src/vm-preview/move/sui';
import { withoutHeading } from '../shared/snapshot';

const TESTS = 'crates/sui-adapter-transactional-tests/tests';
const PACKAGES = 'crates/sui-framework/packages';
const COMPILED = 'crates/sui-framework/packages_compiled';
const PROTOCOL = 'crates/sui-protocol-config/src/lib.rs';
const ERRORS = 'crates/sui-types/src/error.rs';
const RUNNER = 'crates/sui-transactional-test-runner/src/test_adapter.rs';

/** Of an output that the second version of execution has another of. */
const V2 = '@v2.snap';
const stemOf = (path: string): string => path.replace(/\.(?:move|mvir)$/, '');

/** Addresses of the packages that a chain begins with. */
const SYSTEM = ['0x1', '0x2', '0x3', '0xb', '0xdee9'];

export interface FrameworkPackage {
  /** `0x2` */
  readonly address: string;
  /** Move sources by path. */
  readonly sources: Readonly<Record<string, string>>;
}

export interface TestFile {
  /** Below the folder of the tests, e.g. `shared/re_share.move`. */
  readonly name: string;
  readonly path: string;
}

/** How what goes wrong is told, which has changed with time. */
export interface Telling {
  /** Refusals in words; in older nodes as Rust's `Debug` prints them. */
  readonly refusals: 'display' | 'debug';
  /** Whether an abort's code that names a constant of the module is taken apart. */
  readonly cleverCodes: boolean;
}

export class Checkout {
  readonly protocolVersion: number;
  readonly framework: readonly FrameworkPackage[];
  readonly tests: readonly TestFile[];
  readonly telling: Telling;
  /**
   * Whether outputs of both versions of programmable transactions' execution are recorded; where they are
   * not, the one that the protocol has.
   */
  readonly hasBothVersions: boolean;
  /** Whether the framework's modules and SUI have other names here. */
  readonly isRenamed: boolean;

  constructor(readonly root: string) {
    const protocol = readFileSync(join(root, PROTOCOL), 'utf8');
    const [, version] = /MAX_PROTOCOL_VERSION: u64 = (\d+)/.exec(protocol) ?? [];
    if (version === undefined) throw new Error(`${root} says no protocol version`);
    this.protocolVersion = Number(version);
    const folder = join(root, PACKAGES);
    const raw = readdirSync(folder).flatMap((name) => packageIn(join(folder, name)));
    this.isRenamed = raw.some(({ sources }) => 'sources/oct.move' in sources);
    this.framework = SYSTEM.flatMap((address) =>
      raw.filter((found) => found.address === address),
    ).map(({ address, sources }) => ({
      address,
      sources: Object.fromEntries(
        Object.entries(sources).map(([path, text]) => [path, this.text(text)]),
      ),
    }));
    this.tests = testsIn(join(root, TESTS));
    this.hasBothVersions = this.tests.some(({ path }) => existsSync(`${stemOf(path)}${V2}`));
    this.telling = {
      refusals: readFileSync(join(root, ERRORS), 'utf8').includes('input objects: {error}')
        ? 'display'
        : 'debug',
      cleverCodes: existsSync(join(root, RUNNER))
        ? readFileSync(join(root, RUNNER), 'utf8').includes('with clever code')
        : false,
    };
  }

  /** Whether its protocol runs the second version of programmable transactions' execution. */
  get runsV2(): boolean {
    const protocol = ProtocolConfig.ofVersion(this.protocolVersion, 'other');
    return protocol.feature('enable_ptb_execution_v2');
  }

  /** Folder of the framework as it was compiled, if there is one. */
  get compiled(): string | undefined {
    const folder = join(this.root, COMPILED);
    return existsSync(folder) ? folder : undefined;
  }

  /** A test or its output, which name packages by themselves too. */
  read(path: string): string {
    const text = this.text(readFileSync(path, 'utf8'));
    return this.isRenamed ? text.replace(/\bone(?=\s*[,\]])/g, 'sui') : text;
  }

  /** With the names that Sui has: a fork has renamed modules and the coin, to names as long. */
  text(text: string): string {
    if (!this.isRenamed) return text;
    return text
      .replace(/\b(?:one|oct)::/g, 'sui::')
      .replace(/\b(?:one|oct)_system\b/g, 'sui_system')
      .replace(/\boct\b/g, 'sui')
      .replace(/\bOCT\b/g, 'SUI');
  }
}

function packageIn(folder: string): FrameworkPackage[] {
  const manifest = join(folder, 'Move.toml');
  if (!existsSync(manifest)) return [];
  const [, address] =
    /^published-at\s*=\s*"(0x[0-9a-f]+)"/m.exec(readFileSync(manifest, 'utf8')) ?? [];
  if (address === undefined) return [];
  const files = readdirSync(join(folder, 'sources'), { recursive: true, encoding: 'utf8' });
  const sources = files
    .filter((file) => file.endsWith('.move'))
    .sort()
    .map((file) => [`sources/${file}`, readFileSync(join(folder, 'sources', file), 'utf8')]);
  return [{ address, sources: Object.fromEntries(sources) }];
}

function testsIn(folder: string): TestFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:move|mvir)$/.test(name))
    .sort()
    .map((name) => ({ name: relative('.', name), path: join(folder, name) }));
}

/**
 * What the test has printed on the chain's own VM; undefined where nothing is recorded.
 *
 * @param isV2 - with the second version of programmable transactions' execution
 */
export function expectedOutput(
  checkout: Checkout,
  { path }: TestFile,
  isV2: boolean,
): string | undefined {
  const stem = stemOf(path);
  const candidates = isV2 ? [`${stem}${V2}`, `${stem}.snap`] : [`${stem}.snap`];
  const found = [...candidates, `${stem}.exp`].find((candidate) => existsSync(candidate));
  if (found === undefined) return undefined;
  const text = checkout.read(found);
  return found.endsWith('.snap') ? withoutHeading(text) : text.trimEnd();
}
