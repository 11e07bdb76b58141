/** Every resource of the recorded genesis states is read by the layouts of their own modules. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fullAddress } from '../../../src/chains/aptos/address';
import { MoveDecoder } from '../../../src/chains/aptos/decode/decoder';
import { bigAt, optionAt, textAt } from '../../../src/chains/aptos/decode/json';
import { groupMembers } from '../../../src/chains/aptos/effects/view';
import { moduleKey } from '../../../src/chains/aptos/load/keys';
import { packageOf } from '../../../src/chains/aptos/package';
import { ModuleCache, stateKeyId } from '../../../src/vm-preview/move/aptos';
import { parseTypeTag, typeTagText } from '../../../src/vm-preview/move/core/types';
import { FIXTURES } from '../../support/move-fixtures';
import { type ChainState, genesisState } from './node';

const NETWORKS = ['mainnet', 'testnet', 'devnet']
  .map((name) => [name, join(FIXTURES, `aptos/genesis/${name}.blob`)] as const)
  .filter(([, path]) => existsSync(path));

function decoderOf(state: ChainState): MoveDecoder {
  return new MoveDecoder({
    code: ({ address, name }) =>
      state.get(stateKeyId(moduleKey(`0x${address}`, name)))?.value.bytes ?? null,
    decoded: new ModuleCache(),
  });
}

test('skipped: no fixtures', () => {
  expect(NETWORKS.length === 0 || NETWORKS.length === 3).toBe(true);
});

(NETWORKS.length > 0 ? describe : describe.skip)('the genesis', () => {
  test.each(NETWORKS)('of %s', (name, path) => {
    const state = genesisState(path);
    const decoder = decoderOf(state);
    let resources = 0;
    let coins = 0;
    for (const { key, value } of state.values()) {
      if (key.kind !== 'resource' && key.kind !== 'group') continue;
      const members =
        key.kind === 'group'
          ? [...groupMembers(value.bytes).values()]
          : [{ tag: key.type, bytes: value.bytes }];
      for (const { bytes, tag } of members) {
        const type = typeTagText(tag);
        const json = decoder.value(bytes, tag);
        expect([type, json]).not.toEqual([type, undefined]);
        resources += 1;
        if (type === '0x1::coin::CoinInfo<0x1::aptos_coin::AptosCoin>') {
          expect(json).toMatchObject({ name: 'Aptos Coin', symbol: 'APT', decimals: 8 });
          coins += 1;
        }
        if (type === '0x1::account::Account') {
          expect(textAt(json, 'authentication_key')).toMatch(/^0x[0-9a-f]{64}$/);
          expect(bigAt(json, 'guid_creation_num')).toBeGreaterThan(0n);
          expect(optionAt(json, 'signer_capability_offer.for')).toBeDefined();
        }
        if (type === '0x1::code::PackageRegistry') {
          const first = textAt(json, 'packages.0.name');
          const module = textAt(json, 'packages.0.modules.0.name') ?? '';
          expect(packageOf(bytes, module)).toMatchObject({
            untrustedName: first,
            upgrades: bigAt(json, 'packages.0.upgrade_number'),
          });
          expect(packageOf(bytes, 'no_such_module')).toBeUndefined();
        }
      }
    }
    expect(coins).toBe(1);
    process.stdout.write(`${name}: ${resources} resources read\n`);
  });

  test('values that do not fit are unreadable, not misread', () => {
    const [, path] = NETWORKS[0] ?? ['', ''];
    const decoder = decoderOf(genesisState(path));
    const account = parseTypeTag('0x1::account::Account');
    expect(decoder.value(Uint8Array.of(1, 2, 3), account)).toBeUndefined();
    expect(decoder.value(new Uint8Array(0), parseTypeTag('0x9::no::Such'))).toBeUndefined();
    expect(decoder.value(Uint8Array.of(5, 0), parseTypeTag('u8'))).toBeUndefined();
    expect(fullAddress(new Uint8Array(32))).toBe(`0x${'0'.repeat(64)}`);
  });
});
