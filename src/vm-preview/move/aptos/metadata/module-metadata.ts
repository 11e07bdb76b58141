/** What Aptos' compiler leaves in a module's metadata (types/src/vm/module_metadata.rs). */
import { MalformedError } from '../../../errors';
import { BcsError, BcsReader } from '../../core/bcs';
import type { CompiledModule, CompiledScript } from '../../core/format';
import { parseTypeTag, type StructTag } from '../../core/types';

const KEY_V0 = 'aptos::metadata_v0';
const KEY_V1 = 'aptos::metadata_v1';
/** Modules of this format could not have attributes yet. */
const WITHOUT_ATTRIBUTES = 5;

export interface ErrorDescription {
  /** Name of the constant, e.g. `EINSUFFICIENT_BALANCE`. */
  readonly name: string;
  /** Its comment in the source. */
  readonly description: string;
}

export type ResourceGroupScope = 'global' | 'address' | 'module';

/** An attribute of a struct or a function. */
export type Attribute =
  | { readonly kind: 'view' | 'event' }
  /** Undefined for a scope that there is not. */
  | { readonly kind: 'resourceGroup'; readonly scope: ResourceGroupScope | undefined }
  /** Undefined for a text that names no struct. */
  | { readonly kind: 'resourceGroupMember'; readonly group: StructTag | undefined }
  /** Gas units that were set aside, where the function says so. */
  | { readonly kind: 'randomness'; readonly maxGas: bigint | undefined }
  | { readonly kind: 'unknown'; readonly number: number };

export interface ModuleMetadata {
  readonly errors: ReadonlyMap<bigint, ErrorDescription>;
  readonly structs: ReadonlyMap<string, readonly Attribute[]>;
  readonly functions: ReadonlyMap<string, readonly Attribute[]>;
}

const NO_ATTRIBUTES: ReadonlyMap<string, readonly Attribute[]> = new Map();
const DECODER = new TextDecoder();

/** @returns undefined where there is none, or none that can be read */
export function moduleMetadata(unit: CompiledModule | CompiledScript): ModuleMetadata | undefined {
  const entry = (key: string): Uint8Array | undefined =>
    unit.metadata.find((found) => DECODER.decode(found.key) === key)?.value;
  const newer = entry(KEY_V1);
  const older = newer === undefined ? entry(KEY_V0) : undefined;
  try {
    if (newer !== undefined) {
      const metadata = readMetadata(newer, true);
      return unit.version === WITHOUT_ATTRIBUTES
        ? { ...metadata, structs: NO_ATTRIBUTES, functions: NO_ATTRIBUTES }
        : metadata;
    }
    return older === undefined ? undefined : readMetadata(older, false);
  } catch (error) {
    if (error instanceof BcsError) return undefined;
    throw error;
  }
}

/** @throws BcsError */
function readMetadata(bytes: Uint8Array, withAttributes: boolean): ModuleMetadata {
  const reader = new BcsReader(bytes);
  const errors = new Map(reader.list('errors', readError));
  const structs = withAttributes ? readAttributes(reader, 'structs') : NO_ATTRIBUTES;
  const functions = withAttributes ? readAttributes(reader, 'functions') : NO_ATTRIBUTES;
  reader.end('module metadata');
  return { errors, structs, functions };
}

function readError(reader: BcsReader): [bigint, ErrorDescription] {
  const code = reader.u64('code');
  const name = reader.string('name');
  return [code, { name, description: reader.string('description') }];
}

function readAttributes(reader: BcsReader, what: string): Map<string, readonly Attribute[]> {
  return new Map(
    reader.list(what, (inner): [string, readonly Attribute[]] => [
      inner.string('name'),
      inner.list('attributes', readAttribute),
    ]),
  );
}

function readAttribute(reader: BcsReader): Attribute {
  const number = reader.u8('kind');
  const [argument] = reader.list('arguments', (inner) => inner.string('argument'));
  switch (number) {
    // An old compiler's number.
    case 0:
    case 1:
      return { kind: 'view' };
    case 2:
      return { kind: 'resourceGroup', scope: scopeOf(argument) };
    case 3:
      return { kind: 'resourceGroupMember', group: groupOf(argument) };
    case 4:
      return { kind: 'event' };
    case 5:
      return { kind: 'randomness', maxGas: gasOf(argument) };
    default:
      return { kind: 'unknown', number };
  }
}

function scopeOf(text: string | undefined): ResourceGroupScope | undefined {
  if (text === 'global' || text === 'address') return text;
  return text === 'module_' ? 'module' : undefined;
}

function groupOf(text: string | undefined): StructTag | undefined {
  try {
    const tag = parseTypeTag(text ?? '');
    return tag.kind === 'struct' ? tag : undefined;
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

function gasOf(text: string | undefined): bigint | undefined {
  return text !== undefined && /^[0-9]{1,20}$/.test(text) ? BigInt(text) : undefined;
}
