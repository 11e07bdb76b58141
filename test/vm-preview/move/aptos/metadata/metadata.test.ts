/** Names and attributes as they stand in aptos-framework's sources. */
import { explainAbort, moduleMetadata } from '../../../../../src/vm-preview/move/aptos/metadata';
import { BcsWriter } from '../../../../../src/vm-preview/move/core/bcs';
import type { CompiledModule } from '../../../../../src/vm-preview/move/core/format';
import { framework } from '../../runtime/framework';

const devnet = framework('aptos devnet');
const mainnet = framework('aptos mainnet');

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const moduleOf = (name: string): CompiledModule => {
  const found = devnet?.modules.get(name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};
const withMetadata = (key: string, value: Uint8Array): CompiledModule => ({
  ...moduleOf('0x1::coin'),
  metadata: [{ key: encode(key), value }],
});

(devnet === undefined ? describe.skip : describe)(
  devnet === undefined ? 'skipped: no fixtures' : 'metadata of modules',
  () => {
    it('names abort codes, with and without their category', () => {
      const insufficient = {
        name: 'EINSUFFICIENT_BALANCE',
        description: 'Not enough coins to complete transaction',
      };
      expect(explainAbort(moduleOf('0x1::coin'), 0x10006n)).toEqual(insufficient);
      expect(explainAbort(moduleOf('0x1::coin'), 6n)).toEqual(insufficient);
      expect(explainAbort(moduleOf('0x1::coin'), 0x10fffn)).toBeUndefined();
    });

    it('says of a recorded abort what the chain said', () => {
      // vmStatus of a recorded transaction: Move abort in 0x1::coin: ECOIN_STORE_NOT_PUBLISHED(0x60005): …
      expect(explainAbort(moduleOf('0x1::coin'), 0x60005n)).toEqual({
        name: 'ECOIN_STORE_NOT_PUBLISHED',
        description: "Account hasn't registered `CoinStore` for `CoinType`",
      });
    });

    it('names them in the older form too', () => {
      const coin = mainnet?.modules.get('0x1::coin');
      if (coin === undefined) throw new Error('no coin');
      expect(explainAbort(coin, 0x10006n)?.name).toBe('EINSUFFICIENT_BALANCE');
      expect(moduleMetadata(coin)?.structs.size).toBe(0);
    });

    it('knows resource groups, events and views', () => {
      const object = moduleMetadata(moduleOf('0x1::object'));
      expect(object?.structs.get('ObjectGroup')).toEqual([
        { kind: 'resourceGroup', scope: 'global' },
      ]);
      expect(object?.structs.get('ObjectCore')).toMatchObject([
        { kind: 'resourceGroupMember', group: { module: 'object', name: 'ObjectGroup' } },
      ]);
      expect(object?.structs.get('Transfer')).toEqual([{ kind: 'event' }]);
      expect(object?.functions.get('owner')).toEqual([{ kind: 'view' }]);
    });

    it('has an error map in most modules of every recorded framework', () => {
      for (const found of [devnet, mainnet]) {
        const maps = [...(found?.modules.values() ?? [])].map((unit) => moduleMetadata(unit));
        const named = maps.filter((map) => map !== undefined && map.errors.size > 0);
        expect(named.length).toBeGreaterThan(40);
      }
    });

    it('takes what cannot be read for none', () => {
      expect(moduleMetadata(withMetadata('aptos::metadata_v1', Uint8Array.of(9)))).toBeUndefined();
      expect(moduleMetadata(withMetadata('other', new Uint8Array(3)))).toBeUndefined();
      expect(
        explainAbort(withMetadata('aptos::metadata_v1', Uint8Array.of(9)), 6n),
      ).toBeUndefined();
    });

    it('reads all kinds of attributes, and has none of a module of format 5', () => {
      const writer = new BcsWriter().length(0);
      const attribute =
        (kind: number, ...texts: readonly string[]) =>
        (inner: BcsWriter) => {
          inner.u8(kind).list(texts, (out, text) => out.string(text));
        };
      const attributes = (name: string, list: readonly ((inner: BcsWriter) => unknown)[]) =>
        writer
          .length(1)
          .string(name)
          .list(list, (inner, write) => write(inner));
      attributes('S', [
        attribute(2, 'module_'),
        attribute(2, 'nowhere'),
        attribute(3, '0x1::object::ObjectGroup'),
        attribute(3, 'nothing'),
        attribute(9),
      ]);
      attributes('f', [attribute(0), attribute(5), attribute(5, '99999')]);
      const unit = withMetadata('aptos::metadata_v1', writer.finish());
      const metadata = moduleMetadata(unit);
      expect(metadata?.structs.get('S')).toMatchObject([
        { kind: 'resourceGroup', scope: 'module' },
        { kind: 'resourceGroup', scope: undefined },
        { kind: 'resourceGroupMember', group: { name: 'ObjectGroup' } },
        { kind: 'resourceGroupMember', group: undefined },
        { kind: 'unknown', number: 9 },
      ]);
      expect(metadata?.functions.get('f')).toEqual([
        { kind: 'view' },
        { kind: 'randomness', maxGas: undefined },
        { kind: 'randomness', maxGas: 99999n },
      ]);
      expect(moduleMetadata({ ...unit, version: 5 })?.structs.size).toBe(0);
    });
  },
);
