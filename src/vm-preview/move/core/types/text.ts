import { MalformedError } from '../../../errors';
import { MAX_TYPE_TAG_NESTING, type PassedTag, type StructTag, type TypeTag } from './type-tag';

const PRIMITIVE = /^(?:bool|address|signer|u8|u16|u32|u64|u128|u256|i8|i16|i32|i64|i128|i256)$/;
const ABILITIES = ['copy', 'drop', 'store', 'key'];
const PASSING = { reference: '&', mutableReference: '&mut ', value: '' } as const;

/** `0x` and hex: without leading zeros as Aptos writes it in types, or all 64 digits. */
export function addressText(address: Uint8Array, form: 'short' | 'full' = 'short'): string {
  let hex = '';
  for (const byte of address) hex += byte.toString(16).padStart(2, '0');
  return `0x${form === 'full' ? hex : hex.replace(/^0+(?=.)/, '')}`;
}

/** Aptos' `to_canonical_string`, which `0x1::type_info` and `0x1::any` keep on chain. */
export function typeTagText(tag: TypeTag, addresses: 'short' | 'full' = 'short'): string {
  const text = (inner: TypeTag): string => typeTagText(inner, addresses);
  switch (tag.kind) {
    case 'vector':
      return `vector<${text(tag.element)}>`;
    case 'struct': {
      const name = `${addressText(tag.address, addresses)}::${tag.module}::${tag.name}`;
      return tag.typeArguments.length === 0
        ? name
        : `${name}<${tag.typeArguments.map(text).join(', ')}>`;
    }
    case 'function': {
      const list = (tags: readonly PassedTag[]): string =>
        tags.map(({ by, tag: inner }) => `${PASSING[by]}${text(inner)}`).join(', ');
      const has = ABILITIES.filter((_, bit) => (tag.abilities & (1 << bit)) !== 0);
      const abilities = has.length === 0 ? '' : ` has ${has.join(' + ')}`;
      return `|${list(tag.parameters)}|(${list(tag.results)})${abilities}`;
    }
    default:
      return tag.kind;
  }
}

const TOKEN = /\s*(0x[0-9a-fA-F]{1,64}|[A-Za-z_][A-Za-z0-9_$]*|::|[<>,])/y;

/**
 * Parses a type as it is written in transactions, e.g. `0x1::coin::Coin<0x1::a::B>`; function types
 * have no parser on either chain's wallets and are refused.
 *
 * @throws MalformedError
 */
export function parseTypeTag(text: string, levels = MAX_TYPE_TAG_NESTING): TypeTag {
  const tokens = tokensOf(text);
  let next = 0;
  const refuse = (): MalformedError =>
    new MalformedError('move-type-text', 'this is no Move type', { text: text.slice(0, 200) });
  const take = (accepts: (token: string) => boolean): string => {
    const token = tokens[next];
    if (token === undefined || !accepts(token)) throw refuse();
    next++;
    return token;
  };
  const expect = (wanted: string): string => take((token) => token === wanted);
  const name = (): string => take((token) => /^[A-Za-z_]/.test(token));

  const argumentsOf = (left: number): TypeTag[] => {
    expect('<');
    const found = [type(left)];
    while (tokens[next] === ',') {
      next++;
      found.push(type(left));
    }
    expect('>');
    return found;
  };
  const struct = (left: number): StructTag => {
    const address = take((token) => token.startsWith('0x'));
    expect('::');
    const module = name();
    expect('::');
    const typeName = name();
    const typeArguments = tokens[next] === '<' ? argumentsOf(left) : [];
    return { kind: 'struct', address: addressOf(address), module, name: typeName, typeArguments };
  };
  const type = (left: number): TypeTag => {
    const token = tokens[next];
    if (token !== undefined && isPrimitive(token)) {
      next++;
      return { kind: token };
    }
    if (left === 0) throw refuse();
    if (token !== 'vector') return struct(left - 1);
    next++;
    const [element, more] = argumentsOf(left - 1);
    if (element === undefined || more !== undefined) throw refuse();
    return { kind: 'vector', element };
  };

  if (tokens.length === 0) throw refuse();
  const tag = type(levels);
  if (next !== tokens.length) throw refuse();
  return tag;
}

type Primitive = Exclude<TypeTag['kind'], 'vector' | 'struct' | 'function'>;

function isPrimitive(token: string): token is Primitive {
  return PRIMITIVE.test(token);
}

/** Empty where the text has anything that is no token. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const [, token] = TOKEN.exec(trimmed) ?? [];
    if (token === undefined) return [];
    tokens.push(token);
  }
  return tokens;
}

function addressOf(text: string): Uint8Array {
  const hex = text.slice(2).padStart(64, '0');
  return Uint8Array.from({ length: 32 }, (_, i) =>
    Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16),
  );
}
