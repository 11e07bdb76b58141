import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OwnPackage, ownModules, SOURCES } from '../../../localnet/sui/framework';
import {
  type CompiledModule,
  decodeModule,
  encode,
  type SignatureToken,
  SUI_FORMAT,
} from '../../../src/vm-preview/move/core/format';
import { moduleIdOf } from '../../../src/vm-preview/move/core/loader/module-id';
import { addressText } from '../../../src/vm-preview/move/core/types';
import {
  SUI_VERIFIER,
  verifyLinkage,
  verifyModule,
} from '../../../src/vm-preview/move/core/verifier';
import { verifySuiModule } from '../../../src/vm-preview/move/sui/verifier';
import { FIXTURES, moduleSources } from '../../support/move-fixtures';

const FOLDER = 'localnet/sui/framework';
const PACKAGES: readonly OwnPackage[] = ['std', 'sui', 'demo'];
const modulesOf = (name: OwnPackage): CompiledModule[] =>
  ownModules(name).map((bytes) => decodeModule(bytes, SUI_FORMAT));

const at = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
};
const name = (module: CompiledModule, index: number): string => at(module.identifiers, index);
const moduleName = (module: CompiledModule, index: number): string => {
  const handle = at(module.moduleHandles, index);
  return `${addressText(at(module.addresses, handle.address), 'short')}::${name(module, handle.name)}`;
};

function tokenText(module: CompiledModule, token: SignatureToken): string {
  const text = (inner: SignatureToken): string => tokenText(module, inner);
  switch (token.kind) {
    case 'vector':
      return `vector<${text(token.element)}>`;
    case 'reference':
      return `&${token.mutable ? 'mut ' : ''}${text(token.to)}`;
    case 'typeParameter':
      return `T${token.index}`;
    case 'datatype': {
      const handle = at(module.datatypeHandles, token.handle);
      const type = `${moduleName(module, handle.module)}::${name(module, handle.name)}`;
      return `${type}<${token.typeArguments.map(text).join(', ')}>`;
    }
    default:
      return token.kind;
  }
}

/** What others rely on: structs with their fields, and what can be called, each as text. */
function interfaceOf(module: CompiledModule): Map<string, string> {
  const text = (token: SignatureToken): string => tokenText(module, token);
  const structs = module.structDefinitions.map(({ fields, handle }): [string, string] => {
    const { abilities, name: index, typeParameters } = at(module.datatypeHandles, handle);
    const members =
      fields.kind === 'declared'
        ? fields.fields.map((field) => `${name(module, field.name)}: ${text(field.type)}`)
        : [];
    const parameters = typeParameters.map((one) => `${one.isPhantom} ${one.constraints}`);
    return [
      `struct ${name(module, index)}`,
      `<${parameters.join('; ')}> ${abilities} { ${members.join(', ')} }`,
    ];
  });
  const functions = module.functionDefinitions.flatMap((definition): [string, string][] => {
    const { handle, isEntry, visibility } = definition;
    const isNative = definition.code === undefined;
    if (visibility === 'private' && !isEntry && !isNative) return [];
    const { name: index, parameters, returns, typeParameters } = at(module.functionHandles, handle);
    const list = (signature: number): string =>
      at(module.signatures, signature).map(text).join(', ');
    const how = `${visibility}${isEntry ? ' entry' : ''}${isNative ? ' native' : ''}`;
    return [
      [
        `fun ${name(module, index)}`,
        `${how} <${typeParameters.join('; ')}>(${list(parameters)}): ${list(returns)}`,
      ],
    ];
  });
  return new Map([...structs, ...functions]);
}

test('the bytecode was made of the sources that are there', () => {
  const found = PACKAGES.flatMap((folder) => [
    `${folder}/Move.toml`,
    ...readdirSync(join(FOLDER, folder, 'sources')).map((file) => `${folder}/sources/${file}`),
  ]);
  const hashes = found.map((path) => [
    path,
    createHash('sha256')
      .update(readFileSync(join(FOLDER, path)))
      .digest('hex'),
  ]);
  expect(Object.fromEntries(hashes)).toEqual(SOURCES);
});

test.each(PACKAGES)('%s decodes, and is written again to the same bytes', (folder) => {
  for (const bytes of ownModules(folder)) {
    expect(encode(decodeModule(bytes, SUI_FORMAT), SUI_FORMAT)).toEqual(bytes);
  }
});

test.each(PACKAGES)('%s passes the verifiers of Move and of Sui, and links', (folder) => {
  const all = new Map(
    PACKAGES.flatMap(modulesOf).map((module) => [
      moduleIdOf(module, at(module.moduleHandles, module.selfModule)).key,
      module,
    ]),
  );
  for (const module of modulesOf(folder)) {
    verifyModule(module, SUI_VERIFIER);
    verifySuiModule(module, SUI_VERIFIER);
    verifyLinkage(module, { module: ({ key }) => all.get(key) ?? null });
  }
});

const VERSIONS = existsSync(join(FIXTURES, 'sui/framework'))
  ? readdirSync(join(FIXTURES, 'sui/framework')).filter((entry) => /^\d+$/.test(entry))
  : [];

// Of each thing that has changed since, ours is as it was at one of the recorded versions.
(VERSIONS.length > 0 ? test : test.skip)(
  VERSIONS.length > 0
    ? 'modules, structs, natives and public functions are those of the chain'
    : 'skipped: no fixtures',
  () => {
    const recorded = new Map<string, Map<string, Set<string>>>();
    const sources = moduleSources().filter(({ name: source }) =>
      /^sui framework.*0[12]$/.test(source),
    );
    for (const { bytes } of sources.flatMap(({ load }) => load())) {
      const module = decodeModule(bytes, SUI_FORMAT);
      const id = moduleName(module, module.selfModule);
      const items = recorded.get(id) ?? new Map<string, Set<string>>();
      recorded.set(id, items);
      for (const [item, declaration] of interfaceOf(module))
        items.set(item, (items.get(item) ?? new Set()).add(declaration));
    }
    const compared: string[] = [];
    const strange: string[] = [];
    for (const own of [...modulesOf('std'), ...modulesOf('sui')]) {
      const id = moduleName(own, own.selfModule);
      for (const [item, declaration] of interfaceOf(own)) {
        compared.push(`${id} ${item}`);
        const theirs = recorded.get(id)?.get(item);
        if (theirs?.has(declaration) !== true)
          strange.push(`${id} ${item} ${declaration}, not ${[...(theirs ?? [])].join(' or ')}`);
      }
    }
    expect(strange).toEqual([]);
    expect(compared.length).toBeGreaterThan(200);
  },
);
