/** The packages that a chain begins with. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesToHex } from '@noble/hashes/utils.js';
import { BcsReader } from '../../../src/vm-preview/move/core/bcs';
import { decodeModule, SUI_FORMAT } from '../../../src/vm-preview/move/core/format';
import { dependencies } from '../../../src/vm-preview/move/core/loader';
import { at } from '../../../src/vm-preview/move/core/loader/at';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { SuiObject } from '../../../src/vm-preview/move/sui';
import { packageObject } from '../../support/sui-packages';
import type { Checkout } from './checkout';
import { compile } from './compile';

/** Named addresses that the runner knows. */
export const SYSTEM_NAMES: Readonly<Record<string, string>> = {
  bridge: '0xb',
  deepbook: '0xdee9',
  std: '0x1',
  sui: '0x2',
  sui_system: '0x3',
};

const EDITION = '2024.beta';

/** What every package sees without naming it. */
const ALWAYS = ['object', 'option', 'transfer', 'tx_context', 'vector'];
const COMMENTS = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

export function frameworkSources({ framework }: Checkout): Record<string, string> {
  return Object.fromEntries(
    framework.flatMap(({ address, sources }) =>
      Object.entries(sources).map(([path, text]) => [
        path.replace('sources/', `sources/${address}/`),
        text,
      ]),
    ),
  );
}

/** The sources that a text needs, to compile less: those whose modules are named in it, or in such. */
export function neededSources(checkout: Checkout, text: string): Record<string, string> {
  const left = new Map(Object.entries(frameworkSources(checkout)));
  const needed: Record<string, string> = {};
  const queue = [`${text} ${ALWAYS.join(' ')}`];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const words = new Set(next.replace(COMMENTS, '').match(/\w+/g));
    for (const [path, source] of left) {
      const name = path.split('/').at(-1)?.replace('.move', '') ?? '';
      if (!words.has(name) && !modulesOf(source).some((module) => words.has(module))) continue;
      left.delete(path);
      needed[path] = source;
      queue.push(source);
    }
  }
  return Object.fromEntries(Object.entries(needed).sort());
}

const modulesOf = (source: string): string[] =>
  [...source.replace(COMMENTS, '').matchAll(/\bmodule\s+\w+::(\w+)/g)].map(
    ([, name]) => name ?? '',
  );

/**
 * The compiled packages of the checkout, which the runner's chain begins with too. Where those have other
 * names than Sui's they are compiled here.
 */
export async function frameworkObjects(checkout: Checkout): Promise<readonly SuiObject[]> {
  const recorded = checkout.compiled === undefined ? [] : recordedModules(checkout.compiled);
  const modules = recorded.some((bytes) => idOf(bytes).endsWith('2::sui'))
    ? recorded
    : await compile({
        root: { sources: frameworkSources(checkout), edition: EDITION },
        dependencies: {},
        addresses: SYSTEM_NAMES,
      });
  const byPackage = new Map<string, Uint8Array[]>();
  for (const bytes of modules) {
    const [address = ''] = idOf(bytes).split('::');
    byPackage.set(address, [...(byPackage.get(address) ?? []), bytes]);
  }
  return [...byPackage].map(([address, own]) =>
    // System packages link to each other as of version 0.
    packageObject(Address.parse(address).bytes, own, linked(address, own), 0n),
  );
}

function recordedModules(folder: string): Uint8Array[] {
  return readdirSync(folder).flatMap((name) => {
    const reader = new BcsReader(new Uint8Array(readFileSync(join(folder, name))));
    return reader.list('modules', (inner) => inner.blob('module').slice());
  });
}

/** `0x…::module`, all 64 digits. */
export function idOf(bytes: Uint8Array): string {
  const module = decodeModule(bytes, SUI_FORMAT);
  const { address, name } = at(module.moduleHandles, module.selfModule);
  return `0x${Address.fromBytes(at(module.addresses, address)).hex}::${at(module.identifiers, name)}`;
}

function linked(self: string, modules: readonly Uint8Array[]): Uint8Array[] {
  const ids = new Set(
    modules.flatMap((bytes) =>
      dependencies(decodeModule(bytes, SUI_FORMAT)).map(({ address }) => address),
    ),
  );
  ids.delete(bytesToHex(Address.parse(self).bytes));
  return [...ids].sort().map((id) => Address.parse(id).bytes);
}
