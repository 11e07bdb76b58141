/**
 * Compiles Move sources as the test runner does, and remembers on disk what was compiled. Modules without
 * enums are written in version 6 of the format, as the compiler of the tests' time wrote them; today's writes version 7, which has one byte
 * more for each function.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  dumpMovePackage,
  getPinnedSuiMoveVersion,
  initMovePackageBuilder,
  MovePackageFetcher,
} from '@zktx.io/sui-move-builder';
import {
  type CompiledModule,
  decodeModule,
  encode,
  SUI_FORMAT,
} from '../../../src/vm-preview/move/core/format';

const CACHE = join(process.cwd(), 'node_modules/.cache/lookahead/sui-transactional');

export interface MovePackage {
  /** Sources by path. */
  readonly sources: Readonly<Record<string, string>>;
  readonly edition: string;
  /** `core` for Move without Sui's rules of what a module may declare; Sui's where absent. */
  readonly flavor?: 'core';
}

export interface Compilation {
  readonly root: MovePackage;
  /** Compiled along, by name. */
  readonly dependencies: Readonly<Record<string, MovePackage>>;
  /** Hexadecimal addresses by name. */
  readonly addresses: Readonly<Record<string, string>>;
}

export class CompileError extends Error {
  override readonly name = 'CompileError';
}

/** Modules in the order that the compiler gives. @throws CompileError */
export async function compile(compilation: Compilation): Promise<readonly Uint8Array[]> {
  const version = await ready();
  const key = createHash('sha256')
    .update(JSON.stringify([version, compilation]))
    .digest('hex');
  const path = join(CACHE, `${key}.json`);
  const known = existsSync(path)
    ? readFileSync(path, 'utf8')
    : await compileAnew(compilation, path);
  const result: { modules?: string[]; error?: string } = JSON.parse(known);
  if (result.modules === undefined) throw new CompileError(result.error);
  return result.modules.map((text) => asThen(new Uint8Array(Buffer.from(text, 'base64'))));
}

let version: Promise<string> | undefined;

function ready(): Promise<string> {
  version ??= initMovePackageBuilder().then(() => getPinnedSuiMoveVersion());
  return version;
}

async function compileAnew(compilation: Compilation, path: string): Promise<string> {
  const { root, dependencies } = compilation;
  const result = await dumpMovePackage({
    files: filesOf('Root', root, compilation, Object.keys(dependencies)),
    fetcher: new Neighbours(compilation),
    ansiColor: false,
    silenceWarnings: true,
  });
  const text = JSON.stringify(
    'error' in result ? { error: result.error } : { modules: result.modules },
  );
  mkdirSync(CACHE, { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, text);
  renameSync(partial, path);
  return text;
}

/** Dependencies are the other packages of the compilation, and nothing else. */
class Neighbours extends MovePackageFetcher {
  constructor(private readonly compilation: Compilation) {
    super();
  }

  override fetchLocal = async (path: string): Promise<Record<string, string>> => {
    const name = basename(path);
    const names = Object.keys(this.compilation.dependencies);
    const found = this.compilation.dependencies[name];
    if (found === undefined) throw new Error(`${path} is not there`);
    return filesOf(name, found, this.compilation, names.slice(names.indexOf(name) + 1));
  };

  override async fetch(url: string): Promise<Record<string, string>> {
    throw new Error(`${url} is not needed`);
  }
}

/** @param needs - names of packages that this one depends on */
function filesOf(
  name: string,
  { sources, edition, flavor }: MovePackage,
  { addresses }: Compilation,
  needs: readonly string[],
): Record<string, string> {
  const lines = [
    '[package]',
    `name = "${name}"`,
    `edition = "${edition}"`,
    ...(flavor === undefined ? [] : [`flavor = "${flavor}"`]),
    'implicit-dependencies = false',
    '[dependencies]',
    ...needs.map((other) => `${other} = { local = "../${other}" }`),
    '[addresses]',
    ...Object.entries(addresses).map(([address, value]) => `${address} = "${value}"`),
  ];
  return { 'Move.toml': `${lines.join('\n')}\n`, ...sources };
}

function asThen(bytes: Uint8Array): Uint8Array {
  const module = decodeModule(bytes, SUI_FORMAT);
  if (usesEnums(module)) return bytes;
  const { layout: _, ...older } = module;
  return encode({ ...older, version: 6 }, SUI_FORMAT);
}

function usesEnums(module: CompiledModule): boolean {
  return (
    module.enumDefinitions.length > 0 ||
    module.enumInstantiations.length > 0 ||
    module.variantHandles.length > 0 ||
    module.enumVariantInstantiations.length > 0
  );
}
