/**
 * What Aptos' compiler would leave in a module's metadata, read from its source: the attributes that the
 * chain looks at, and what abort codes are called. Source: aptos-core `types/src/vm/module_metadata.rs`.
 */
import { BcsWriter } from '../../../src/vm-preview/move/core/bcs';
import type { Metadata } from '../../../src/vm-preview/move/core/format';

const KEY = new TextEncoder().encode('aptos::metadata_v1');

interface Attribute {
  readonly kind: number;
  readonly args: readonly string[];
}

type Named<T> = readonly (readonly [name: string, value: T])[];

export function metadataOf(source: string): Metadata[] {
  const errors = errorsOf(source);
  const structs = attributed(source, /(?:struct|enum)\s+(\w+)/);
  const functions = attributed(source, /fun\s+(\w+)/);
  if (errors.length + structs.length + functions.length === 0) return [];
  const writer = new BcsWriter();
  writer.list(errors, (inner, [code, name, description]) => {
    inner.u64(code).string(name).string(description);
  });
  writeAttributes(writer, structs);
  writeAttributes(writer, functions);
  return [{ key: KEY, value: writer.finish() }];
}

/** Constants whose names begin with an E, in the order of their codes. */
function errorsOf(source: string): [bigint, string, string][] {
  const found = [...source.matchAll(/((?:^ *\/\/\/.*\n)*)^ *const (E\w+): u64 = (\w+);/gm)];
  return found
    .map(([, comment = '', name = '', code = '']): [bigint, string, string] => [
      BigInt(code),
      name,
      comment.replace(/^ *\/\/\/ ?/gm, '').trim(),
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Comments may stand between attributes and what they are of. */
function attributed(source: string, declaration: RegExp): Named<readonly Attribute[]> {
  const pattern = new RegExp(
    `((?:^ *#\\[[^\\n]*\\]\\n(?: *///[^\\n]*\\n)*)+)^ *(?:public |entry |native |inline |\\(friend\\) |public\\(friend\\) )*${declaration.source}`,
    'gm',
  );
  return [...source.matchAll(pattern)]
    .map(
      ([, lines = '', name = '']) =>
        [
          name,
          [...lines.matchAll(/#\[(.*)\]/g)].flatMap(([, text = '']) => attribute(text)),
        ] as const,
    )
    .filter(([, attributes]) => attributes.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const FRAMEWORK = '0000000000000000000000000000000000000000000000000000000000000001';

function attribute(text: string): Attribute[] {
  if (text === 'view') return [{ kind: 1, args: [] }];
  if (text === 'event') return [{ kind: 4, args: [] }];
  const scope = /^resource_group\(scope = (\w+)\)$/.exec(text)?.[1];
  if (scope !== undefined) return [{ kind: 2, args: [scope] }];
  const group = /^resource_group_member\(group = aptos_framework::(.+)\)$/.exec(text)?.[1];
  return group === undefined ? [] : [{ kind: 3, args: [`0x${FRAMEWORK}::${group}`] }];
}

function writeAttributes(writer: BcsWriter, rows: Named<readonly Attribute[]>): void {
  writer.list(rows, (inner, [name, attributes]) => {
    inner.string(name).list(attributes, (one, { args, kind }) => {
      one.u8(kind).list(args, (argument, text) => argument.string(text));
    });
  });
}
