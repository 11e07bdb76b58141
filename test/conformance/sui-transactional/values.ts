/** Arguments as tests write them (move-core-types, parsing/values.rs; sui-transactional-test-runner, args.rs). */
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import type { TypeTag } from '../../../src/vm-preview/move/core/types';
import { type FakeId, parseFakeId } from './fake-ids';
import { Syntax } from './syntax';
import { parseType } from './type-syntax';

/** A number's bytes. */
const WIDTHS: Readonly<Record<string, number>> = {
  u8: 1,
  u16: 2,
  u32: 4,
  u64: 8,
  u128: 16,
  u256: 32,
};
const U64_MAX = (1n << 64n) - 1n;

/** `object` is used as its owner lets it; the others as they say. */
const USES = ['object', 'receiving', 'owned', 'immshared', 'mutshared', 'nonexclusive'] as const;
export type ObjectUse = (typeof USES)[number];

export interface ObjectValue {
  readonly kind: 'object';
  readonly use: ObjectUse;
  readonly id: FakeId;
  readonly version: bigint | undefined;
}

export type TestValue =
  | { readonly kind: 'pure'; readonly bytes: Uint8Array }
  | ObjectValue
  | { readonly kind: 'objects'; readonly objects: readonly ObjectValue[] }
  /** From the sender's balance outside of objects. */
  | { readonly kind: 'withdrawal'; readonly amount: bigint; readonly type: TypeTag }
  /** Digest of a staged package. */
  | { readonly kind: 'digest'; readonly package: string };

const NUMBER =
  /(0x[0-9a-fA-F][0-9a-fA-F_]*?|[0-9][0-9_]*)(u8|u16|u32|u64|u128|u256)?(?![0-9a-zA-Z_])/y;
const DIGITS = /0x[0-9a-fA-F_]+|[0-9][0-9_]*/y;
const NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const BYTES = /b"([^"\\]*)"/y;
const HEX = /x"((?:[0-9a-fA-F]{2})*)"/y;
const TEXT = /"([^"\\]*)"/y;
const OBJECT = new RegExp(`(${USES.join('|')})\\(`, 'y');

/** @param address - 32 bytes of a named address */
export function parseValue(text: string, address: (name: string) => Uint8Array): TestValue {
  const syntax = new Syntax(text);
  const value = parse(syntax, address);
  if (!syntax.ended) throw new Error(`no argument: ${text}`);
  return value;
}

function parse(syntax: Syntax, address: (name: string) => Uint8Array): TestValue {
  const [, named] = syntax.take(OBJECT) ?? [];
  const use = USES.find((known) => known === named);
  if (use !== undefined) return object(syntax, use);
  if (syntax.accept('withdraw<')) return withdrawal(syntax, address);
  if (syntax.accept('digest(')) {
    const name = syntax.need(NAME);
    syntax.expect(')');
    return { kind: 'digest', package: name };
  }
  if (syntax.accept('vector[')) return vector(syntax.list(']', () => parse(syntax, address)));
  if (syntax.accept('struct('))
    return pure(join(syntax.list(')', () => bytesOf(parse(syntax, address)))));
  if (syntax.accept('@')) {
    const [digits] = syntax.take(DIGITS) ?? [];
    return pure(digits === undefined ? address(syntax.need(NAME)) : little(digits, 32).reverse());
  }
  const [, hex] = syntax.take(HEX) ?? [];
  if (hex !== undefined) return pure(blob(Buffer.from(hex, 'hex')));
  const string = syntax.take(BYTES) ?? syntax.take(TEXT);
  if (string !== undefined) return pure(blob(Buffer.from(string[1] ?? '', 'utf8')));
  const [, digits, kind] = syntax.take(NUMBER) ?? [];
  if (digits !== undefined) return pure(number(digits, kind));
  if (syntax.accept('true')) return pure(Uint8Array.of(1));
  if (syntax.accept('false')) return pure(Uint8Array.of(0));
  throw new Error(`no argument: ${syntax.rest}`);
}

function object(syntax: Syntax, use: ObjectUse): ObjectValue {
  const first = syntax.need(DIGITS);
  const id = parseFakeId(syntax.accept(',') ? `${first},${syntax.need(DIGITS)}` : first);
  syntax.expect(')');
  const version = syntax.accept('@') ? BigInt(syntax.need(DIGITS).replaceAll('_', '')) : undefined;
  return { kind: 'object', use, id, version };
}

function withdrawal(syntax: Syntax, address: (name: string) => Uint8Array): TestValue {
  const type = parseType(syntax, address);
  syntax.expect('>');
  syntax.expect('(');
  const amount = BigInt(syntax.need(DIGITS).replaceAll('_', ''));
  syntax.expect(')');
  return { kind: 'withdrawal', amount, type };
}

function vector(items: readonly TestValue[]): TestValue {
  const objects = items.filter((item) => item.kind === 'object');
  if (items[0]?.kind === 'object' && items[0].use === 'object') {
    if (objects.length < items.length) throw new Error('objects and values in a vector');
    return { kind: 'objects', objects };
  }
  return pure(join([new BcsWriter().uleb32(items.length).finish(), ...items.map(bytesOf)]));
}

/** Without a suffix as wide as needed: 64 bits or 256. */
function number(digits: string, kind: string | undefined): Uint8Array {
  const value = BigInt(digits.replaceAll('_', ''));
  const width = WIDTHS[kind ?? (value > U64_MAX ? 'u256' : 'u64')];
  if (width === undefined || value >= 1n << BigInt(8 * width))
    throw new Error(`no number: ${digits}`);
  return little(digits, width);
}

function little(digits: string, width: number): Uint8Array {
  let value = BigInt(digits.replaceAll('_', ''));
  return Uint8Array.from({ length: width }, () => {
    const byte = Number(value & 0xffn);
    value >>= 8n;
    return byte;
  });
}

function bytesOf(value: TestValue): Uint8Array {
  if (value.kind !== 'pure') throw new Error('an object inside of a value');
  return value.bytes;
}

const pure = (bytes: Uint8Array): TestValue => ({ kind: 'pure', bytes });
const blob = (bytes: Uint8Array): Uint8Array => new BcsWriter().blob(bytes).finish();
const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
