/** Move assembly text as a tree (move-asm, syntax.rs). */
import type { AbilitySet, Visibility } from '../../../src/vm-preview/move/core/format';
import type { Span } from './diagnostics';

export interface ModuleName {
  readonly address: bigint;
  readonly name: string;
}

/** `0x66::m::f`, `m::f` or `f`. */
export interface PartialName {
  readonly address: bigint | undefined;
  readonly parts: readonly string[];
}

export type TypeExpression =
  | {
      readonly kind: 'named';
      readonly name: PartialName;
      readonly typeArguments: readonly TypeExpression[] | undefined;
    }
  | {
      readonly kind: 'function';
      readonly parameters: readonly TypeExpression[];
      readonly results: readonly TypeExpression[];
      readonly abilities: AbilitySet;
    }
  | { readonly kind: 'reference'; readonly mutable: boolean; readonly to: TypeExpression };

export type Literal =
  | { readonly kind: 'number'; readonly negative: boolean; readonly value: bigint }
  | { readonly kind: 'vector'; readonly elements: readonly Literal[] };

export type Argument =
  | { readonly kind: 'literal'; readonly literal: Literal }
  | {
      readonly kind: 'name';
      readonly name: PartialName;
      readonly typeArguments: readonly TypeExpression[] | undefined;
    }
  | { readonly kind: 'type'; readonly type: TypeExpression };

export interface Declaration {
  readonly span: Span;
  readonly name: string;
  readonly type: TypeExpression;
}

export interface TypeParameterDeclaration {
  readonly name: string;
  readonly abilities: AbilitySet;
  readonly isPhantom: boolean;
}

export interface VariantDeclaration {
  readonly span: Span;
  readonly name: string;
  readonly fields: readonly Declaration[];
}

export interface StructDeclaration {
  readonly span: Span;
  readonly name: string;
  readonly typeParameters: readonly TypeParameterDeclaration[];
  readonly abilities: AbilitySet;
  readonly layout:
    | { readonly kind: 'struct'; readonly fields: readonly Declaration[] }
    | { readonly kind: 'enum'; readonly variants: readonly VariantDeclaration[] };
}

export interface InstructionText {
  readonly span: Span;
  readonly label: string | undefined;
  readonly name: string;
  readonly arguments: readonly Argument[];
}

export interface FunctionDeclaration {
  readonly span: Span;
  readonly name: string;
  readonly visibility: Visibility;
  readonly isEntry: boolean;
  readonly attributes: readonly ('persistent' | 'moduleLock')[];
  readonly typeParameters: readonly TypeParameterDeclaration[];
  readonly parameters: readonly Declaration[];
  readonly locals: readonly Declaration[];
  readonly results: readonly TypeExpression[];
  readonly acquires: readonly string[];
  readonly instructions: readonly InstructionText[];
}

export interface Unit {
  /** Undefined of a script. */
  readonly module: ModuleName | undefined;
  readonly addressAliases: readonly (readonly [string, bigint])[];
  readonly moduleAliases: readonly (readonly [string, ModuleName])[];
  readonly friends: readonly ModuleName[];
  readonly structs: readonly StructDeclaration[];
  readonly functions: readonly FunctionDeclaration[];
}
