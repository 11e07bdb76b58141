/** Makes modules for the verifier out of parts, by name and not by index. */
import {
  type AbilitySet,
  type CompiledModule,
  type CompiledScript,
  type DatatypeHandle,
  emptyTables,
  type FieldDefinition,
  type Flavour,
  type FunctionDefinition,
  type FunctionHandle,
  type Instantiation,
  type PrimitiveKind,
  type Signature,
  type SignatureToken,
  type StructDefinition,
  type StructFields,
} from '../../../../src/vm-preview/move/core/format';
import {
  VerificationError,
  type VerifierConfig,
  verifyModule,
  verifyScript,
} from '../../../../src/vm-preview/move/core/verifier';
import { assemble, type Line } from '../format/samples';

export const plain = (kind: PrimitiveKind): SignatureToken => ({ kind });
export const U64 = plain('u64');
export const U8 = plain('u8');
export const BOOL = plain('bool');
export const ADDRESS = plain('address');
export const SIGNER = plain('signer');
export const vector = (element: SignatureToken): SignatureToken => ({ kind: 'vector', element });
export const ref = (to: SignatureToken): SignatureToken => ({
  kind: 'reference',
  mutable: false,
  to,
});
export const mut = (to: SignatureToken): SignatureToken => ({
  kind: 'reference',
  mutable: true,
  to,
});
export const param = (index: number): SignatureToken => ({ kind: 'typeParameter', index });

export const repeat = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

export interface FunctionParts {
  readonly parameters?: Signature;
  readonly returns?: Signature;
  readonly locals?: Signature;
  readonly typeParameters?: readonly AbilitySet[];
  readonly acquires?: readonly number[];
  readonly visibility?: FunctionDefinition['visibility'];
  /** Undefined for a native. */
  readonly code: readonly Line[] | undefined;
}

const COPY_DROP_STORE = 7;

export class ModuleBuilder {
  readonly identifiers: string[] = ['M'];
  readonly signatures: Signature[] = [[]];
  readonly datatypeHandles: DatatypeHandle[] = [];
  readonly structDefinitions: StructDefinition[] = [];
  readonly functionHandles: FunctionHandle[] = [];
  readonly functionDefinitions: FunctionDefinition[] = [];
  readonly structInstantiations: Instantiation[] = [];
  readonly functionInstantiations: Instantiation[] = [];
  readonly fieldHandles: { owner: number; field: number }[] = [];
  readonly fieldInstantiations: Instantiation[] = [];

  constructor(
    readonly flavour: Flavour = 'aptos',
    readonly version: number = flavour === 'aptos' ? 9 : 6,
  ) {}

  name(text: string): number {
    const index = this.identifiers.indexOf(text);
    return index === -1 ? this.identifiers.push(text) - 1 : index;
  }

  signature(...types: SignatureToken[]): number {
    const key = JSON.stringify(types);
    const index = this.signatures.findIndex((known) => JSON.stringify(known) === key);
    return index === -1 ? this.signatures.push(types) - 1 : index;
  }

  /** @returns the definition's index, which is the handle's as well */
  struct(
    name: string,
    fields: Readonly<Record<string, SignatureToken>> | StructFields,
    abilities: AbilitySet = COPY_DROP_STORE,
    typeParameters: DatatypeHandle['typeParameters'] = [],
  ): number {
    const handle =
      this.datatypeHandles.push({ module: 0, name: this.name(name), abilities, typeParameters }) -
      1;
    const layout: StructFields = isLayout(fields)
      ? fields
      : { kind: 'declared', fields: this.fields(fields) };
    return this.structDefinitions.push({ handle, fields: layout }) - 1;
  }

  fields(types: Readonly<Record<string, SignatureToken>>): FieldDefinition[] {
    return Object.entries(types).map(([name, type]) => ({ name: this.name(name), type }));
  }

  type(struct: number, ...typeArguments: SignatureToken[]): SignatureToken {
    return { kind: 'datatype', handle: struct, typeArguments };
  }

  /** @returns the handle's index, which is the definition's as well */
  function(name: string, parts: FunctionParts): number {
    const handle =
      this.functionHandles.push({
        module: 0,
        name: this.name(name),
        parameters: this.signature(...(parts.parameters ?? [])),
        returns: this.signature(...(parts.returns ?? [])),
        typeParameters: parts.typeParameters ?? [],
        accessSpecifiers: undefined,
        attributes: [],
      }) - 1;
    const code =
      parts.code &&
      assemble(this.flavour, parts.code, { locals: this.signature(...(parts.locals ?? [])) });
    this.functionDefinitions.push({
      handle,
      visibility: parts.visibility ?? 'public',
      isEntry: false,
      acquires: parts.acquires ?? [],
      code,
    });
    return handle;
  }

  instantiate(
    table: 'structInstantiations' | 'functionInstantiations' | 'fieldInstantiations',
    generic: number,
    ...types: SignatureToken[]
  ): number {
    return this[table].push({ generic, typeArguments: this.signature(...types) }) - 1;
  }

  field(owner: number, field: number): number {
    return this.fieldHandles.push({ owner, field }) - 1;
  }

  module(parts: Partial<CompiledModule> = {}): CompiledModule {
    const address = new Uint8Array(32);
    return {
      ...emptyTables(),
      kind: 'module',
      flavour: this.flavour,
      version: this.version,
      selfModule: 0,
      moduleHandles: [{ address: 0, name: 0 }],
      addresses: [address],
      identifiers: this.identifiers,
      signatures: this.signatures,
      datatypeHandles: this.datatypeHandles,
      structDefinitions: this.structDefinitions,
      functionHandles: this.functionHandles,
      functionDefinitions: this.functionDefinitions,
      structInstantiations: this.structInstantiations,
      functionInstantiations: this.functionInstantiations,
      fieldHandles: this.fieldHandles,
      fieldInstantiations: this.fieldInstantiations,
      ...parts,
    };
  }
}

function isLayout(
  fields: Readonly<Record<string, SignatureToken>> | StructFields,
): fields is StructFields {
  return typeof fields.kind === 'string';
}

/** A module with one function. */
export function moduleOf(parts: FunctionParts, version?: number): CompiledModule {
  const builder = new ModuleBuilder('aptos', version);
  builder.function('f', parts);
  return builder.module();
}

/** A script without imports. */
export function scriptOf(parts: Partial<CompiledScript>, lines: readonly Line[]): CompiledScript {
  return {
    ...emptyTables(),
    kind: 'script',
    flavour: 'aptos',
    version: 9,
    typeParameters: [],
    parameters: 0,
    accessSpecifiers: undefined,
    signatures: [[]],
    code: assemble('aptos', lines),
    ...parts,
  };
}

/** What the verifier says: the chain's status, or `ok`. */
export function statusOf(unit: CompiledModule | CompiledScript, config: VerifierConfig): string {
  const error = errorOf(unit, config);
  return error === undefined ? 'ok' : error.status;
}

export function errorOf(
  unit: CompiledModule | CompiledScript,
  config: VerifierConfig,
): VerificationError | undefined {
  try {
    if (unit.kind === 'module') verifyModule(unit, config);
    else verifyScript(unit, config);
    return undefined;
  } catch (error) {
    if (error instanceof VerificationError) return error;
    throw error;
  }
}
