/**
 * What each protocol version sets on each network: `npm run conformance -- sui-protocol DIR`.
 *
 * DIR is a checkout of Sui. Its tests record the whole configuration of every version that it knows; each
 * flag and number of ours must be as recorded, and each recorded one must be known here. A recording that was
 * made while its version was still in development can differ from what the version became.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Network, ProtocolConfig } from '../../src/vm-preview/move/sui';
import { NEWEST_IN_TABLE } from '../../src/vm-preview/move/sui/protocol';
import { ELSEWHERE } from '../../src/vm-preview/move/sui/protocol/elsewhere';
import type { ConformanceResult } from './main';
import { withoutHeading } from './shared/snapshot';

const SNAPSHOTS = 'crates/sui-protocol-config/src/snapshots';
const NAME = /__(?:(Mainnet|Testnet)_)?version_(\d+)\.snap$/;

interface Recorded {
  readonly features: ReadonlyMap<string, boolean>;
  readonly numbers: ReadonlyMap<string, bigint>;
}

export async function runSuiProtocol(checkout: string): Promise<ConformanceResult> {
  const folder = join(checkout, SNAPSHOTS);
  const failures: string[] = [];
  let passed = 0;
  let values = 0;
  for (const file of readdirSync(folder).sort()) {
    const [, chain, version] = NAME.exec(file) ?? [];
    if (version === undefined) continue;
    const recorded = parse(readFileSync(join(folder, file), 'utf8'));
    const found = differences(recorded, Number(version), networkNamed(chain));
    values += recorded.features.size + recorded.numbers.size;
    if (found.length === 0) passed++;
    else failures.push(`${file}: ${found.join(', ')}`);
  }
  if (passed + failures.length === 0) failures.push(`${folder} has no recorded configuration`);
  console.log(`${values} recorded flags and numbers`);
  return { passed, failures };
}

function networkNamed(chain: string | undefined): Network {
  if (chain === undefined) return 'other';
  return chain === 'Mainnet' ? 'mainnet' : 'testnet';
}

/**
 * After a head between lines of dashes come lines `name: value`, those of flags with two spaces before. What is
 * neither yes or no nor a number is left out.
 */
function parse(text: string): Recorded {
  const features = new Map<string, boolean>();
  const numbers = new Map<string, bigint>();
  for (const [, indent, name = '', value = ''] of withoutHeading(text).matchAll(
    /^( {2})?(\w+): (true|\d+)$/gm,
  )) {
    if (name === 'version') continue;
    if (value === 'true') features.set(name, true);
    else if (indent === undefined) numbers.set(name, BigInt(value));
  }
  return { features, numbers };
}

function differences(recorded: Recorded, version: number, network: Network): string[] {
  if (version > NEWEST_IN_TABLE) return ['a version that is not in the table'];
  const { features, numbers } = ProtocolConfig.ofVersion(version, network).settings;
  const ours = {
    features: new Map([...features].filter(([, isOn]) => isOn)),
    numbers,
  };
  return [
    ...compared(ours.features, recorded.features),
    ...compared(ours.numbers, recorded.numbers),
  ];
}

function compared<V>(ours: ReadonlyMap<string, V>, theirs: ReadonlyMap<string, V>): string[] {
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  return [...names].flatMap((name) => {
    if (ELSEWHERE.has(name) || ours.get(name) === theirs.get(name)) return [];
    return [`${name} is ${ours.get(name)}, recorded ${theirs.get(name)}`];
  });
}
