import { Loader, MissingModulesError, moduleId } from '../../../../src/vm-preview/move/core/loader';
import { Address } from '../../../../src/vm-preview/move/core/values';
import { framework } from '../runtime/framework';

const ONE = Address.parse('1');
const devnet = framework('aptos devnet.blob');
if (devnet === undefined) console.log('skipped: no fixtures');
const itRecorded = devnet === undefined ? it.skip : it;
const modules = devnet?.modules ?? new Map();

describe('the loader', () => {
  it.each(['aptos devnet.blob', 'aptos mainnet.blob', 'aptos testnet.blob', 'sui framework'])(
    'lowers every function of %s',
    (name) => {
      const vm = framework(name);
      if (vm === undefined) return;
      let instructions = 0;
      for (const key of vm.modules.keys()) {
        const [address = '', module = ''] = key.split('::');
        const linked = vm.loader.module(moduleId(Address.parse(address), module));
        for (const declared of linked.functions) {
          const { code } = declared;
          expect(declared.instructions).toHaveLength(code?.ops.length ?? 0);
          instructions += declared.instructions.length;
        }
      }
      expect(instructions).toBeGreaterThan(1000);
    },
  );

  itRecorded('names all missing modules at once', () => {
    const loader = new Loader({
      module: ({ key }) =>
        key === '0x1::coin' || key === '0x1::option' ? modules.get(key) : undefined,
    });
    const missing = (): readonly string[] => {
      try {
        loader.module(moduleId(ONE, 'coin'));
      } catch (error) {
        if (error instanceof MissingModulesError) return error.modules.map(({ key }) => key);
        throw error;
      }
      return [];
    };
    expect(missing()).toEqual(
      expect.arrayContaining(['0x1::string', '0x1::error', '0x1::account']),
    );
    expect(missing()).not.toContain('0x1::option');
  });

  itRecorded('a module that the chain does not have is the chain’s error', () => {
    const loader = new Loader({ module: () => null });
    expect(() => loader.module(moduleId(ONE, 'nothing'))).toThrow('LINKER_ERROR');
    expect(() => devnet?.loader.function(moduleId(ONE, 'coin'), 'nothing')).toThrow(
      'FUNCTION_RESOLUTION_FAILURE',
    );
  });

  it('equal types are one object', () => {
    const { types } = new Loader({ module: () => null });
    const parameter = types.parameter(0);
    const vector = types.vector(types.vector(parameter));
    const u8 = types.substitute(parameter, [types.vector(parameter)]);
    expect(types.substitute(vector, [u8])).toBe(types.vector(types.vector(u8)));
    expect(types.reference(u8, true)).not.toBe(types.reference(u8, false));
  });
});
