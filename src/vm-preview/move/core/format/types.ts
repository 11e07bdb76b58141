import type { Code } from './code';
import type { Flavour } from './config';

/** Bits of an ability set. */
export const ABILITY = { copy: 1, drop: 2, store: 4, key: 8 } as const;

/** A sum of `ABILITY` bits. */
export type AbilitySet = number;

export type PrimitiveKind =
  | 'bool'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u64'
  | 'u128'
  | 'u256'
  | 'i8'
  | 'i16'
  | 'i32'
  | 'i64'
  | 'i128'
  | 'i256'
  | 'address'
  | 'signer';

export type SignatureToken =
  | { readonly kind: PrimitiveKind }
  | { readonly kind: 'vector'; readonly element: SignatureToken }
  | { readonly kind: 'reference'; readonly mutable: boolean; readonly to: SignatureToken }
  | {
      readonly kind: 'datatype';
      /** Index into `datatypeHandles`. */
      readonly handle: number;
      /** Empty for a type without parameters. */
      readonly typeArguments: readonly SignatureToken[];
    }
  | { readonly kind: 'typeParameter'; readonly index: number }
  | {
      readonly kind: 'function';
      readonly parameters: readonly SignatureToken[];
      readonly results: readonly SignatureToken[];
      readonly abilities: AbilitySet;
    };

export type Signature = readonly SignatureToken[];

export interface ModuleHandle {
  readonly address: number;
  readonly name: number;
}

export interface DatatypeTypeParameter {
  readonly constraints: AbilitySet;
  readonly isPhantom: boolean;
}

/** Aptos calls it a struct handle. */
export interface DatatypeHandle {
  readonly module: number;
  readonly name: number;
  readonly abilities: AbilitySet;
  readonly typeParameters: readonly DatatypeTypeParameter[];
}

export interface FunctionHandle {
  readonly module: number;
  readonly name: number;
  readonly parameters: number;
  readonly returns: number;
  readonly typeParameters: readonly AbilitySet[];
  /** Aptos since version 7; undefined means that any access is allowed. */
  readonly accessSpecifiers: readonly AccessSpecifier[] | undefined;
  /** Aptos since version 8. */
  readonly attributes: readonly FunctionAttribute[];
}

export type FunctionAttribute =
  | { readonly kind: 'persistent' | 'moduleLock' | 'pack' | 'unpack' }
  | {
      readonly kind:
        | 'packVariant'
        | 'unpackVariant'
        | 'testVariant'
        | 'borrowFieldImmutable'
        | 'borrowFieldMutable';
      /** Of a variant or a field's offset. */
      readonly index: number;
    };

export interface AccessSpecifier {
  readonly kind: 'reads' | 'writes';
  readonly negated: boolean;
  readonly resource: ResourceSpecifier;
  readonly address: AddressSpecifier;
}

export type ResourceSpecifier =
  | { readonly kind: 'any' }
  | { readonly kind: 'declaredAtAddress'; readonly address: number }
  | { readonly kind: 'declaredInModule'; readonly module: number }
  | { readonly kind: 'resource'; readonly handle: number }
  | {
      readonly kind: 'resourceInstantiation';
      readonly handle: number;
      readonly typeArguments: number;
    };

export type AddressSpecifier =
  | { readonly kind: 'any' }
  | { readonly kind: 'literal'; readonly address: number }
  | {
      readonly kind: 'parameter';
      readonly local: number;
      /** A function instantiation that makes the address from the parameter. */
      readonly functionInstantiation: number | undefined;
    };

/** A generic thing (by index in its own table) with type arguments (a signature). */
export interface Instantiation {
  readonly generic: number;
  readonly typeArguments: number;
}

export interface Constant {
  readonly type: SignatureToken;
  /** BCS of the value. */
  readonly data: Uint8Array;
}

export interface Metadata {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export interface FieldDefinition {
  readonly name: number;
  readonly type: SignatureToken;
}

export interface VariantDefinition {
  readonly name: number;
  readonly fields: readonly FieldDefinition[];
}

export type StructFields =
  | { readonly kind: 'native' }
  | { readonly kind: 'declared'; readonly fields: readonly FieldDefinition[] }
  /** Aptos' enums, since version 7. */
  | { readonly kind: 'variants'; readonly variants: readonly VariantDefinition[] };

export interface StructDefinition {
  readonly handle: number;
  readonly fields: StructFields;
}

/** Sui's enums, since version 7. */
export interface EnumDefinition {
  readonly handle: number;
  readonly variants: readonly VariantDefinition[];
}

export interface FieldHandle {
  readonly owner: number;
  readonly field: number;
}

/** Aptos: a field that several variants have at the same place. */
export interface VariantFieldHandle {
  readonly owner: number;
  readonly field: number;
  readonly variants: readonly number[];
}

/** Aptos: a variant of a struct definition. Sui: of an enum definition, or of an instantiation of one. */
export interface VariantHandle {
  readonly owner: number;
  readonly variant: number;
}

export type Visibility = 'private' | 'public' | 'friend';

export interface FunctionDefinition {
  readonly handle: number;
  readonly visibility: Visibility;
  readonly isEntry: boolean;
  /** Indices of struct definitions. */
  readonly acquires: readonly number[];
  /** Absent for a native function. */
  readonly code: Code | undefined;
}

/** The tables by what they hold; Sui has no `variantField*`, Aptos no `enum*`. */
export interface Tables {
  readonly moduleHandles: readonly ModuleHandle[];
  readonly datatypeHandles: readonly DatatypeHandle[];
  readonly functionHandles: readonly FunctionHandle[];
  readonly functionInstantiations: readonly Instantiation[];
  readonly signatures: readonly Signature[];
  readonly constants: readonly Constant[];
  readonly identifiers: readonly string[];
  readonly addresses: readonly Uint8Array[];
  readonly metadata: readonly Metadata[];
  readonly structDefinitions: readonly StructDefinition[];
  readonly structInstantiations: readonly Instantiation[];
  readonly functionDefinitions: readonly FunctionDefinition[];
  readonly fieldHandles: readonly FieldHandle[];
  readonly fieldInstantiations: readonly Instantiation[];
  readonly friends: readonly ModuleHandle[];
  readonly enumDefinitions: readonly EnumDefinition[];
  readonly enumInstantiations: readonly Instantiation[];
  readonly variantHandles: readonly VariantHandle[];
  /** Aptos: `generic` is a variant handle. See `enumVariantInstantiations` for Sui's. */
  readonly variantInstantiations: readonly Instantiation[];
  /** Sui: `owner` is an enum instantiation. */
  readonly enumVariantInstantiations: readonly VariantHandle[];
  readonly variantFieldHandles: readonly VariantFieldHandle[];
  readonly variantFieldInstantiations: readonly Instantiation[];
}

export type TableName = keyof Tables;

/** How the bytes were laid out where the format leaves a choice, so that they can be written again. */
export interface Layout {
  /** The version with its flavour byte, as the header has it. */
  readonly versionWord: number;
  /** Tables in the order of the header's entries. */
  readonly headers: readonly TableName[];
  /** Tables in the order of their contents. */
  readonly contents: readonly TableName[];
  /** After the end; Aptos' deserializer does not look at them. */
  readonly trailing: Uint8Array;
}

interface CompiledUnit extends Tables {
  readonly flavour: Flavour;
  readonly version: number;
  /** Absent on what was not read from bytes: it is written the way the chain's serializer does. */
  readonly layout?: Layout;
}

export interface CompiledModule extends CompiledUnit {
  readonly kind: 'module';
  readonly selfModule: number;
}

/** Aptos only: Sui runs programmable transactions instead. */
export interface CompiledScript extends CompiledUnit {
  readonly kind: 'script';
  readonly typeParameters: readonly AbilitySet[];
  /** Index of a signature. */
  readonly parameters: number;
  /** Since version 8. */
  readonly accessSpecifiers: readonly AccessSpecifier[] | undefined;
  readonly code: Code;
}
