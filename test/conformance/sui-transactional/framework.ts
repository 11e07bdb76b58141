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

/** What every package sees without naming it, besides the standard library. */
const ALWAYS = 'sui::object sui::transfer sui::tx_context';
const STD = 'sources/0x1/';
const COMMENTS = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
/** A module with its address, or several in braces. */
const NAMED = /\b([a-z_]+)::(?:(\w+)|\{([^;]*)\})/g;
const MODULE = /(#\[test_only\]\s*)?\bmodule\s+(\w+)::(\w+)/g;

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
  const take = (path: string, source: string): void => {
    left.delete(path);
    needed[path] = source;
    queue.push(source);
  };
  const queue = [`${text} ${ALWAYS}`];
  for (const [path, source] of left) if (path.startsWith(STD)) take(path, source);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const named = namesIn(next);
    for (const [path, source] of left)
      if (modulesOf(source).some((module) => named.has(module))) take(path, source);
  }
  return Object.fromEntries(Object.entries(needed).sort());
}

/** `sui::coin` and the like, and maybe more than there are. */
function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [, address, module, group] of text.replace(COMMENTS, '').matchAll(NAMED))
    for (const name of module === undefined ? (group?.match(/\w+/g) ?? []) : [module])
      names.add(`${address}::${name}`);
  return names;
}

/** Without those for tests. */
const modulesOf = (source: string): string[] =>
  [...source.replace(COMMENTS, '').matchAll(MODULE)].flatMap(([, isTest, address, name]) =>
    isTest === undefined ? [`${address}::${name}`] : [],
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
