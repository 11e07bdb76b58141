/** The small framework: its bytecode is that of its sources, and code that the chain would take. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FrameworkModule,
  frameworkModules,
  ownGenesis,
} from '../../../localnet/aptos/framework';
import { metadataOf } from '../../../localnet/aptos/framework/metadata';
import { addressBytes } from '../../../src/chains/aptos/address';
import { type AptosState, moduleMetadata } from '../../../src/vm-preview/move/aptos';
import { APTOS_FORMAT, decodeModule, encode } from '../../../src/vm-preview/move/core/format';
import { Loader, type ModuleSource, moduleId } from '../../../src/vm-preview/move/core/loader';
import { Address } from '../../../src/vm-preview/move/core/values';
import {
  APTOS_VERIFIER,
  verifyLinkage,
  verifyModule,
} from '../../../src/vm-preview/move/core/verifier';
import { genesisState } from '../../support/aptos-genesis';
import { hasFixtures } from '../../support/aptos-localnet';
import { FIXTURES } from '../../support/move-fixtures';
import { abiOf } from './abi';

jest.setTimeout(60_000);

const FOLDER = join(__dirname, '../../../localnet/aptos/framework');
const modules = frameworkModules();
const keyOf = ({ module }: FrameworkModule): string => {
  const self = module.moduleHandles[module.selfModule];
  const address = module.addresses[self?.address ?? -1] ?? new Uint8Array(32);
  return moduleId(Address.fromBytes(address), module.identifiers[self?.name ?? -1] ?? '').key;
};
const byKey = new Map(modules.map((one) => [keyOf(one), one.module]));
const source: ModuleSource = { module: (id) => byKey.get(id.key) ?? null };

test('each source is compiled, and as it is now', () => {
  const files = readdirSync(join(FOLDER, 'sources')).sort();
  const hash = (file: string) =>
    createHash('sha256')
      .update(readFileSync(join(FOLDER, 'sources', file)))
      .digest('hex');
  expect(modules.map(({ name, source: compiled }) => [`${name}.move`, compiled])).toEqual(
    files.map((file) => [file, hash(file)]),
  );
});

test.each(modules.map((one) => [one.name, one] as const))('%s verifies and links', (name, one) => {
  const { bytes, module } = one;
  expect(keyOf(one).split('::')[1]).toBe(name);
  expect(encode(decodeModule(bytes, APTOS_FORMAT), APTOS_FORMAT)).toEqual(bytes);
  verifyModule(module, APTOS_VERIFIER);
  verifyLinkage(module, source);
  const loader = new Loader(source);
  const [address = '', own = ''] = keyOf(one).split('::');
  for (const definition of module.functionDefinitions) {
    const handle = module.functionHandles[definition.handle];
    const found = loader.function(
      moduleId(Address.parse(address), own),
      module.identifiers[handle?.name ?? -1] ?? '',
    );
    expect(found.parameters.length).toBe(module.signatures[handle?.parameters ?? -1]?.length);
  }
});

test('metadata has the attributes and the names of abort codes', () => {
  const read = (name: string) => {
    const found = modules.find((one) => one.name === name);
    return found === undefined ? undefined : moduleMetadata(found.module);
  };
  expect(read('object')?.structs.get('ObjectCore')).toMatchObject([
    { kind: 'resourceGroupMember', group: { module: 'object', name: 'ObjectGroup' } },
  ]);
  expect(read('object')?.structs.get('Untransferable')).toMatchObject([
    { kind: 'resourceGroupMember' },
  ]);
  expect(read('object')?.structs.get('ObjectGroup')).toEqual([
    { kind: 'resourceGroup', scope: 'global' },
  ]);
  expect(read('fungible_asset')?.structs.get('Withdraw')).toEqual([{ kind: 'event' }]);
  expect(read('account')?.functions.get('exists_at')).toEqual([{ kind: 'view' }]);
  expect(read('ticket')?.functions.get('address_of')).toEqual([{ kind: 'view' }]);
  expect(read('lessons')?.errors.get(2n)?.name).toBe('EASKED_FOR');
  expect(metadataOf('module a::b { fun c() {} }')).toEqual([]);
});

test('genesis makes the same chain each time', () => {
  const bytes = () =>
    ownGenesis().map(([, value]) => Buffer.from(value?.bytes ?? []).toString('hex'));
  expect(bytes()).toEqual(bytes());
});

(hasFixtures ? describe : describe.skip)('the chain’s own framework', () => {
  if (!hasFixtures) test('skipped: no fixtures', () => undefined);

  test('has every public function, struct and view of the small one, with the same types', () => {
    const devnet: AptosState = genesisState('devnet', FIXTURES);
    const differences: string[] = [];
    let compared = 0;
    for (const one of modules) {
      const [address = '', name = ''] = keyOf(one).split('::');
      if (address.length > 4) continue;
      const found = devnet.read({ kind: 'module', address: addressBytes(address), name });
      if (found === null) {
        differences.push(`no ${address}::${name}`);
        continue;
      }
      const theirs = abiOf(decodeModule(found.bytes, APTOS_FORMAT));
      for (const [item, text] of abiOf(one.module)) {
        compared += 1;
        if (theirs.get(item) !== text)
          differences.push(`${address}::${name}::${item}: ${text} | ${theirs.get(item)}`);
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(200);
  });
});
