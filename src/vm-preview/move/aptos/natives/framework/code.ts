import { type Native, nativesOf } from '../../../core/runtime';
import {
  asAddress,
  asBytes,
  asInteger,
  asStruct,
  illTyped,
  type Value,
} from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext, PublishRequest } from '../context';
import { asItems, stringBytes, utf8 } from '../values';

const ARBITRARY_POLICY = 0;
const ADDRESS_LENGTH = 32;

type Dependencies = NonNullable<PublishRequest['allowedDependencies']>;

/** Of 0x1::code; `owner, expected_modules, [allowed_deps,] bundle, policy` (code.rs). */
const requestPublish =
  (context: NativeContext, withDependencies: boolean): Native =>
  ({ args }) => {
    const { base, each } = pricesOf(context, 'aptos_framework');
    const perByte = (count: number): void => each('code.request_publish.per_byte', count);
    const name = (string: Value | undefined): string => {
      const bytes = stringBytes(string);
      perByte(bytes.length);
      const text = utf8(bytes);
      if (text === undefined) throw illTyped('makes a string that is no UTF-8');
      return text;
    };

    base('code.request_publish.base');
    const [destination, expected, ...rest] = args;
    const [dependencies, bundle, policy] = withDependencies ? rest : [undefined, ...rest];
    const modules = asItems(bundle).map((code) => {
      const bytes = asBytes(code);
      perByte(bytes.length);
      return bytes.slice();
    });
    const allowed: Dependencies[number][] = [];
    const seen = new Set<string>();
    for (const dependency of withDependencies ? asItems(dependencies) : []) {
      const [account, module] = asStruct(dependency).fields;
      const address = asAddress(account);
      if (!seen.has(address.hex)) perByte(ADDRESS_LENGTH);
      seen.add(address.hex);
      allowed.push({ address, module: name(module) });
    }
    const owner = asAddress(destination);
    const names = asItems(expected).map(name);
    const own = names.map((module) => ({ address: owner, module }));
    context.publishing.request({
      destination: owner,
      bundle: modules,
      expectedModules: [...new Set(names)],
      allowedDependencies: withDependencies ? [...allowed, ...own] : undefined,
      checkCompatibility: asInteger(policy) !== ARBITRARY_POLICY,
    });
    return [];
  };

export const codeNatives = (context: NativeContext) =>
  nativesOf('0x1::code', {
    request_publish: requestPublish(context, false),
    request_publish_with_allowed_deps: requestPublish(context, true),
  });
