import { MoveError, type Native, nativesOf } from '../../../core/runtime';
import { asAddress, asBytes, asInteger, asStruct, type Value } from '../../../core/values';
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
    const named = (string: Value | undefined): { text: string; length: number } => {
      const bytes = stringBytes(string);
      const text = utf8(bytes);
      // A string read from BCS may hold any bytes; the chain finds out here, before it charges for it.
      if (text === undefined) throw new MoveError('INTERNAL_TYPE_ERROR');
      return { text, length: bytes.length };
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
      const { text, length } = named(module);
      const address = asAddress(account);
      if (!seen.has(address.hex)) perByte(ADDRESS_LENGTH);
      seen.add(address.hex);
      perByte(length);
      allowed.push({ address, module: text });
    }
    const owner = asAddress(destination);
    const names = asItems(expected).map((string) => {
      const { text, length } = named(string);
      perByte(length);
      return text;
    });
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
