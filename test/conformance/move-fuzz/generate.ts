/**
 * Modules that the verifier takes, out of expressions of the types that are wanted: they reach every
 * instruction, in orders that no compiler gives them.
 */
import type {
  CompiledModule,
  Constant,
  Flavour,
  OpcodeName,
  PrimitiveKind,
  SignatureToken,
  VariantHandle,
} from '../../../src/vm-preview/move/core/format';
import {
  INTEGERS,
  type IntegerKind,
  isIntegerKind,
} from '../../../src/vm-preview/move/core/values';
import type { Line } from '../../vm-preview/move/format/samples';
import {
  ADDRESS,
  BOOL,
  ModuleBuilder,
  mut,
  param,
  plain,
  ref,
  SIGNER,
  U8,
  U64,
  vector,
} from '../../vm-preview/move/verifier/builder';
import type { Random } from '../svm-differential/random';
import { FunctionBody } from './generate-body';

export const UNSIGNED: readonly IntegerKind[] = ['u8', 'u16', 'u32', 'u64', 'u128', 'u256'];
const SIGNED: readonly IntegerKind[] = ['i8', 'i16', 'i32', 'i64', 'i128', 'i256'];
const KEY_DROP_STORE = 2 + 4 + 8;
const COPY_DROP_STORE = 7;

export interface StructOf {
  readonly type: SignatureToken;
  /** Of its definition, or of the instantiation of a generic one. */
  readonly index: number;
  readonly isGeneric: boolean;
  readonly fields: readonly SignatureToken[];
  /** Indices of what borrows each field. */
  readonly fieldIndices: readonly number[];
}

export interface FunctionOf {
  readonly handle: number;
  readonly parameters: readonly SignatureToken[];
  readonly result: SignatureToken;
  readonly acquires: boolean;
}

export const keyOfType = (type: SignatureToken): string => JSON.stringify(type);

/** What the functions of a module are made of. */
export class Declarations {
  readonly builder: ModuleBuilder;
  readonly constants: Constant[] = [];
  readonly variantHandles: VariantHandle[] = [];
  readonly structs: StructOf[] = [];
  readonly functions: FunctionOf[] = [];
  /** Types that values are made of. */
  readonly types: SignatureToken[] = [];
  readonly integers: readonly IntegerKind[];
  /** With `key`; undefined where there is no global storage. */
  readonly resource: StructOf | undefined;
  /** Its variants' fields. */
  readonly enumeration:
    | { readonly type: SignatureToken; readonly variants: readonly (readonly SignatureToken[])[] }
    | undefined;
  readonly closure: SignatureToken | undefined;

  constructor(
    readonly random: Random,
    readonly flavour: Flavour,
  ) {
    const isAptos = flavour === 'aptos';
    this.builder = new ModuleBuilder(flavour, isAptos ? 10 : 6);
    this.integers = isAptos ? [...UNSIGNED, ...SIGNED] : UNSIGNED;
    const pick = (): SignatureToken =>
      plain(random.pick<PrimitiveKind>([...this.integers, 'bool']));
    this.types.push(BOOL, ADDRESS, U64, U8, pick(), pick(), vector(U8), vector(U64));
    const first = this.#struct('First', [U64, BOOL, pick()]);
    const second = this.#struct('Second', [U8, vector(U8), first.type]);
    this.types.push(first.type, second.type, vector(first.type), vector(vector(U64)));
    this.#generic(random.pick([U64, first.type, vector(U8)]));
    if (isAptos) {
      this.resource = this.#struct('Resource', [U64, second.type], KEY_DROP_STORE);
      this.enumeration = this.#enum([[U64], [U64, first.type], []]);
      this.closure = { kind: 'function', parameters: [U64], results: [U64], abilities: 3 };
      this.types.push(this.enumeration.type, this.closure);
    }
  }

  constant(type: SignatureToken, data: Uint8Array): number {
    const text = data.join();
    const known = this.constants.findIndex(
      (constant) => keyOfType(constant.type) === keyOfType(type) && constant.data.join() === text,
    );
    return known < 0 ? this.constants.push({ type, data }) - 1 : known;
  }

  struct(type: SignatureToken): StructOf | undefined {
    const key = keyOfType(type);
    return this.structs.find((known) => keyOfType(known.type) === key);
  }

  module(): CompiledModule {
    const { constants, variantHandles } = this;
    const address = new Uint8Array(32).fill(0xca);
    return this.builder.module({ constants, variantHandles, addresses: [address] });
  }

  #struct(name: string, fields: readonly SignatureToken[], abilities = COPY_DROP_STORE): StructOf {
    const { builder } = this;
    const named = Object.fromEntries(fields.map((type, i) => [`f${i}`, type]));
    const index = builder.struct(name, named, abilities);
    const fieldIndices = fields.map((_, i) => builder.field(index, i));
    const made = { type: builder.type(index), index, isGeneric: false, fields, fieldIndices };
    this.structs.push(made);
    return made;
  }

  /** `Generic<T> { f0: T, f1: u64 }`, of one type. */
  #generic(argument: SignatureToken): void {
    const { builder } = this;
    const definition = builder.struct('Generic', { f0: param(0), f1: U64 }, COPY_DROP_STORE, [
      { constraints: 0, isPhantom: false },
    ]);
    const index = builder.instantiate('structInstantiations', definition, argument);
    const fieldIndices = [0, 1].map((field) =>
      builder.instantiate('fieldInstantiations', builder.field(definition, field), argument),
    );
    const type = builder.type(definition, argument);
    this.structs.push({ type, index, isGeneric: true, fields: [argument, U64], fieldIndices });
    this.types.push(type);
  }

  #enum(variants: readonly (readonly SignatureToken[])[]) {
    const { builder } = this;
    const definition = builder.struct('Choice', {
      kind: 'variants',
      variants: variants.map((fields, i) => ({
        name: builder.name(`V${i}`),
        fields: builder.fields(Object.fromEntries(fields.map((type, f) => [`f${f}`, type]))),
      })),
    });
    for (const variant of variants.keys()) this.variantHandles.push({ owner: definition, variant });
    return { type: builder.type(definition), variants };
  }
}

/** In the range of the kind. */
export function literal(random: Random, kind: IntegerKind): bigint {
  const { min, max } = INTEGERS[kind];
  return random.pick([min, max, 0n, 1n, 2n, BigInt(random.below(100))]);
}

const MAX_FUNCTIONS = 4;

/** @returns a module that should pass the verifier */
export function generateModule(random: Random, flavour: Flavour): CompiledModule {
  const declarations = new Declarations(random, flavour);
  const { builder, closure, functions, types } = declarations;
  if (closure !== undefined) {
    const parameters = [U64, U64];
    const operation = random.pick<OpcodeName>(['Add', 'Xor', 'Mul']);
    const code: readonly Line[] = [['CopyLoc', 0], ['CopyLoc', 1], [operation], ['Ret']];
    const handle = builder.function('mix', { parameters, returns: [U64], code });
    functions.push({ handle, parameters, result: U64, acquires: false });
  }
  for (let count = 1 + random.below(MAX_FUNCTIONS); count > 0; count--) {
    const values = Array.from({ length: random.below(3) }, () => random.pick(types));
    const references = Array.from({ length: random.below(2) }, () =>
      random.chance(50) ? ref(random.pick(types)) : mut(random.pick(types)),
    );
    const signer = declarations.resource !== undefined && random.chance(30) ? [ref(SIGNER)] : [];
    const parameters = [...values, ...references, ...signer];
    const result = random.pick(types);
    const body = new FunctionBody(declarations, parameters);
    const { code, locals, acquires } = body.finish(result);
    const handle = builder.function(`f${count}`, {
      parameters,
      returns: [result],
      locals,
      acquires: acquires ? [declarations.resource?.index ?? 0] : [],
      code,
    });
    // One that takes a signer is called from outside only.
    if (signer.length === 0) functions.push({ handle, parameters, result, acquires });
  }
  return declarations.module();
}

export const isInteger = (type: SignatureToken): type is { readonly kind: IntegerKind } =>
  isIntegerKind(type.kind);
