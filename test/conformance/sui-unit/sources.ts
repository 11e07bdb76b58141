/**
 * Sources of the framework with its unit tests, as the compiler takes them for what a chain runs: attributes that
 * make something a test's are taken off, and kept beside as what is expected of the tests.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Address } from '../../../src/vm-preview/move/core/values';

/** How a test must end. */
export type Expectation =
  | { readonly kind: 'success' }
  | { readonly kind: 'failure' }
  /** @param code - undefined where the sources do not say it as a number */
  | { readonly kind: 'abort'; readonly code: bigint | undefined }
  | { readonly kind: 'status'; readonly status: string; readonly minor: bigint | undefined };

export interface UnitTest {
  /** Of its file. */
  readonly path: string;
  /** `0x2::bag_tests` */
  readonly module: string;
  readonly name: string;
  readonly expects: Expectation;
}

export interface TestSources {
  /** By path. */
  readonly sources: Readonly<Record<string, string>>;
  readonly tests: readonly UnitTest[];
}

/** @param names - hexadecimal addresses by name */
export function testSources(
  folder: string,
  root: string,
  names: Readonly<Record<string, string>>,
): TestSources {
  const raw = ['sources', 'tests'].flatMap((part) => filesIn(folder, part, root));
  const constants = constantsOf(raw.map(([, text]) => text));
  const tests = raw.flatMap(([path, text]) => testsIn(path, text, names, constants));
  return { sources: Object.fromEntries(raw.map(([path, text]) => [path, plain(text)])), tests };
}

function filesIn(folder: string, part: string, prefix: string): [path: string, text: string][] {
  const root = join(folder, part);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.move'))
    .sort()
    .map((file) => [`${prefix}/${part}/${file}`, readFileSync(join(root, file), 'utf8')]);
}

const ATTRIBUTE = /#\[((?:[^[\]]|\[[^[\]]*\])*)\]/g;
const OF_TESTS = /^\s*(?:test|test_only|random_test|expected_failure)\b/;

/** The parts of an attribute, which are between commas outside of brackets. */
function partsOf(attribute: string): string[] {
  return attribute.match(/(?:[^,(]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
}

/** Lines stay where they are. */
function plain(text: string): string {
  return text.replace(ATTRIBUTE, (whole, inside: string) => {
    const left = partsOf(inside).filter((part) => !OF_TESTS.test(part));
    if (left.length === partsOf(inside).length) return whole;
    const lines = '\n'.repeat(whole.split('\n').length - 1);
    return left.length === 0 ? lines : `#[${left.join(',')}]${lines}`;
  });
}

const MODULE = /^\s*module\s+(\w+)::(\w+)\s*[;{]/gm;
const TEST =
  /((?:#\[(?:[^[\]]|\[[^[\]]*\])*\]\s*)+)(?:public\s+|entry\s+)*fun\s+(\w+)\s*(?:<[^>]*>)?\(\s*\)/g;
const COMMENT = /\/\/[^\n]*/g;

interface Section {
  readonly address: string;
  readonly module: string;
  readonly text: string;
}

/** The modules of a file, without comments, which have examples in them. */
function sectionsOf(whole: string): Section[] {
  const text = whole.replace(COMMENT, '');
  const heads = [...text.matchAll(MODULE)];
  return heads.map(({ index, 1: address = '', 2: module = '' }, i) => ({
    address,
    module,
    text: text.slice(index, heads[i + 1]?.index),
  }));
}

function testsIn(
  path: string,
  text: string,
  names: Readonly<Record<string, string>>,
  constants: ReadonlyMap<string, bigint>,
): UnitTest[] {
  return sectionsOf(text).flatMap((section) => {
    const { address, module } = section;
    const named = names[address];
    if (named === undefined) return [];
    const id = `0x${Address.parse(named).hex}::${module}`;
    return [...section.text.matchAll(TEST)].flatMap(([, attributes = '', name = '']) => {
      const parts = [...attributes.matchAll(ATTRIBUTE)].flatMap(([, inside = '']) =>
        partsOf(inside).map((part) => part.trim()),
      );
      if (!parts.includes('test')) return [];
      const failure = parts.find((part) => part.startsWith('expected_failure'));
      return [{ path, module: id, name, expects: expectation(failure, module, constants) }];
    });
  });
}

function expectation(
  failure: string | undefined,
  module: string,
  constants: ReadonlyMap<string, bigint>,
): Expectation {
  if (failure === undefined) return { kind: 'success' };
  const [, code] = /abort_code\s*=\s*([\w:]+)/.exec(failure) ?? [];
  if (code !== undefined) {
    const known = /^\d+$/.test(code) ? BigInt(code) : constants.get(constantName(code, module));
    return { kind: 'abort', code: known };
  }
  const minor = /minor_status\s*=\s*(\d+)/.exec(failure)?.[1];
  const status = STATUSES.find(([word]) => failure.includes(word))?.[1];
  if (status === undefined) return { kind: 'failure' };
  return { kind: 'status', status, minor: minor === undefined ? undefined : BigInt(minor) };
}

const STATUSES: readonly (readonly [word: string, status: string])[] = [
  ['arithmetic_error', 'ARITHMETIC_ERROR'],
  ['vector_error', 'VECTOR_OPERATION_ERROR'],
  ['out_of_gas', 'OUT_OF_GAS'],
];

/** `bag::EMissing`, whose address is left out. */
function constantName(code: string, module: string): string {
  const parts = code.split('::').filter((part) => part !== '');
  return parts.length < 2 ? `${module}::${code}` : parts.slice(-2).join('::');
}

/** By `module::NAME`, those that are numbers. */
function constantsOf(texts: readonly string[]): ReadonlyMap<string, bigint> {
  const found = new Map<string, bigint>();
  // What is marked as an error has its line in its code.
  for (const { module, text } of texts.flatMap(sectionsOf))
    for (const [, attribute, name = '', value = ''] of text.matchAll(
      /(#\[error[^\]]*\]\s*)?\bconst\s+(\w+)\s*:\s*u64\s*=\s*(\d+)\s*;/g,
    ))
      if (attribute === undefined) found.set(`${module}::${name}`, BigInt(value));
  return found;
}
