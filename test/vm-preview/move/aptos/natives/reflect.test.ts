/** Functions by name, as tests of aptos-core's reflect.move have it: each outcome once. */
import type { Type } from '../../../../../src/vm-preview/move/core/loader';
import { Closure, Struct, type Value } from '../../../../../src/vm-preview/move/core/values';
import {
  ADDRESS,
  address,
  describeWithFramework,
  ref,
  string,
  U64,
} from '../../../../support/aptos-session';

const COPY_DROP_STORE = 7;

describeWithFramework('0x1::reflect', (session) => {
  const visited: string[] = [];
  const vm = session({
    parts: {
      modules: {
        isVisited: () => true,
        visit: ({ key }) => {
          visited.push(key);
        },
        visitType: () => undefined,
      },
    },
  });
  const { types } = vm.loader;
  const fn = (parameters: readonly Type[], results: readonly Type[]): Type =>
    types.function(parameters, results, COPY_DROP_STORE);
  const resolve = (module: string, name: string, type: Type): Value | undefined => {
    const args = [address('0x1'), ref(string(module)), ref(string(name))];
    return vm.call('reflect::native_resolve', args, [type])[0];
  };
  const error = (variant: number): Struct => new Struct([new Struct([], variant)], 1);
  const target = (result: Value | undefined): string | undefined => {
    const closure = result instanceof Struct && result.variant === 0 ? result.fields[0] : undefined;
    return closure instanceof Closure ? closure.target.key : undefined;
  };

  it('gives a function of the wanted type', () => {
    expect(target(resolve('math64', 'max', fn([U64, U64], [U64])))).toBe('0x1::math64::max');
    expect(visited).toEqual(['0x1::math64']);
    expect(vm.takeCharges()).toEqual(['aptos_framework.reflect.resolve_base']);
  });

  it('finds the type arguments in the wanted type', () => {
    const list = types.reference(types.vector(ADDRESS), false);
    expect(target(resolve('vector', 'is_empty', fn([list], [U64])))).toBeUndefined();
    const bool = fn([list], [vm.type('cmp::Ordering')]);
    expect(resolve('vector', 'is_empty', bool)).toEqual(error(3));
    const length = fn([types.reference(types.vector(ADDRESS), true)], []);
    expect(target(resolve('vector', 'reverse', length))).toBe('0x1::vector::reverse<address>');
  });

  it('says why there is none', () => {
    const type = fn([U64, U64], [U64]);
    expect(resolve('0math', 'max', type)).toEqual(error(0));
    expect(resolve('math64', 'ma x', type)).toEqual(error(0));
    expect(resolve('math64', 'no_such', type)).toEqual(error(1));
    expect(resolve('no_such', 'max', type)).toEqual(error(1));
    expect(resolve('string', 'internal_index_of', type)).toEqual(error(2));
    expect(resolve('math64', 'max', fn([U64], [U64]))).toEqual(error(3));
    expect(resolve('math64', 'max', U64)).toEqual(error(3));
    expect(resolve('vector', 'empty', fn([], [U64]))).toEqual(error(3));
    expect(resolve('type_info', 'type_of', fn([], [vm.type('type_info::TypeInfo')]))).toEqual(
      error(4),
    );
  });

  it('cannot tell whether a type argument may be one', () => {
    // fun destroy_with_default<Element: drop>(self: Option<Element>, default: Element): Element
    const type = fn([vm.type('option::Option', U64), U64], [U64]);
    expect(() => resolve('option', 'destroy_with_default', type)).toThrow('cannot preview');
  });
});
