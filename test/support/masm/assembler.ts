import {
  type Code,
  type CompiledModule,
  type CompiledScript,
  type FieldDefinition,
  OPCODES_BY_NAME,
  type PrimitiveKind,
  type Signature,
  type SignatureToken,
} from '../../../src/vm-preview/move/core/format';
import { NameError, UnitBuilder } from './builder';
import { AssemblyError, type Diagnostic, type Span } from './diagnostics';
import { type Assembled, assembleInstruction } from './instructions';
import { parse } from './parser';
import type {
  Declaration,
  FunctionDeclaration,
  StructDeclaration,
  TypeExpression,
  Unit,
} from './syntax';

const PRIMITIVES: ReadonlySet<string> = new Set<PrimitiveKind>([
  ...(['bool', 'address', 'signer', 'u8', 'u16', 'u32', 'u64', 'u128', 'u256'] as const),
  ...(['i8', 'i16', 'i32', 'i64', 'i128', 'i256'] as const),
]);

const isPrimitive = (name: string): name is PrimitiveKind => PRIMITIVES.has(name);

const NOWHERE: Span = { start: 0, end: 0 };

/**
 * Assembles the text of a module or a script.
 *
 * @param context - the modules that it may name, by address (64 digits) and name
 * @throws AssemblyError with everything that is wrong with it
 */
export function assemble(
  source: string,
  context: ReadonlyMap<string, CompiledModule>,
): CompiledModule | CompiledScript {
  const unit = parse(source);
  const assembler = new Assembler(unit, new UnitBuilder(context, unit.module));
  assembler.run();
  if (assembler.diagnostics.length > 0) throw new AssemblyError(source, assembler.diagnostics);
  return assembler.finish();
}

class Assembler {
  readonly diagnostics: Diagnostic[] = [];
  #typeParameters: readonly string[] = [];
  #locals: readonly Declaration[] = [];

  constructor(
    private readonly unit: Unit,
    private readonly builder: UnitBuilder,
  ) {}

  finish(): CompiledModule | CompiledScript {
    return this.unit.module === undefined
      ? this.builder.finishScript()
      : this.builder.finishModule();
  }

  run(): void {
    const { addressAliases, moduleAliases, friends, structs, functions } = this.unit;
    for (const [name, address] of addressAliases)
      this.#try(NOWHERE, () => this.builder.addressAlias(name, address));
    for (const [name, module] of moduleAliases)
      this.#try(NOWHERE, () => this.builder.moduleAlias(name, module));
    for (const module of friends) this.#try(NOWHERE, () => this.builder.friend(module));
    for (const struct of structs) this.#declareStruct(struct);
    for (const declared of functions) this.#declareFunction(declared);
    if (this.diagnostics.length > 0) return;
    for (const [i, struct] of structs.entries()) this.#defineStruct(i, struct);
    for (const [i, declared] of functions.entries()) this.#defineFunction(i, declared);
  }

  #declareStruct({ span, name, typeParameters, abilities }: StructDeclaration): void {
    this.#try(span, () => this.builder.declareStruct(name, typeParameters, abilities));
  }

  #defineStruct(definition: number, { typeParameters, layout }: StructDeclaration): void {
    this.#typeParameters = typeParameters.map(({ name }) => name);
    if (layout.kind === 'struct') {
      const fields = this.#fields(layout.fields);
      this.builder.defineStruct(definition, { kind: 'declared', fields });
      return;
    }
    const variants = layout.variants.map((variant) => {
      const name = this.builder.name(variant.name);
      return { name, fields: this.#fields(variant.fields) };
    });
    this.builder.defineStruct(definition, { kind: 'variants', variants });
  }

  #fields(declarations: readonly Declaration[]): FieldDefinition[] {
    return declarations.map(({ span, name, type }) => ({
      name: this.builder.name(name),
      type: this.#type(span, type),
    }));
  }

  #enter(declared: FunctionDeclaration): void {
    this.#typeParameters = declared.typeParameters.map(({ name }) => name);
    this.#locals = [...declared.parameters, ...declared.locals];
    // The chain's tool translates them here, which decides the order of what they name.
    for (const { span, type } of this.#locals) this.#type(span, type);
  }

  #declareFunction(declared: FunctionDeclaration): void {
    const { span, name, visibility, isEntry, attributes, typeParameters } = declared;
    this.#enter(declared);
    const signature = (types: readonly TypeExpression[]): number =>
      this.builder.signature(types.map((type) => this.#type(span, type)));
    const parameters = signature(declared.parameters.map(({ type }) => type));
    const returns = signature(declared.results);
    this.#try(span, () => {
      const acquires = declared.acquires.map((struct) => this.builder.structDefinition(struct));
      this.builder.declareFunction({
        name,
        visibility,
        isEntry,
        attributes: attributes.map((kind) => ({ kind })),
        parameters,
        returns,
        typeParameters: typeParameters.map(({ abilities }) => abilities),
        acquires,
      });
    });
  }

  #defineFunction(definition: number, declared: FunctionDeclaration): void {
    const { instructions, parameters } = declared;
    if (instructions.length === 0) return;
    this.#enter(declared);
    const errors = this.diagnostics.length;
    const labels = new Map<string, number>();
    const assembled: (Assembled & { readonly span: Span })[] = [];
    for (const [offset, text] of instructions.entries()) {
      if (text.label !== undefined) labels.set(text.label, offset);
      this.#try(text.span, () => {
        const context = {
          builder: this.builder,
          types: (types: readonly TypeExpression[]) =>
            types.map((type) => this.#type(text.span, type)),
          local: (name: string) => this.#local(name),
        };
        assembled.push({ ...assembleInstruction(text, context), span: text.span });
      });
    }
    if (this.diagnostics.length > errors) return;
    for (const { span, label } of assembled)
      if (label !== undefined && !labels.has(label))
        this.#report(span, `unbound branch label \`${label}\``);
    const locals = this.#locals
      .slice(parameters.length)
      .map(({ span, type }) => this.#type(span, type));
    const signature = this.builder.signature(locals);
    this.builder.defineFunction(definition, codeOf(assembled, labels, signature));
  }

  #local(name: string): number | undefined {
    const found = this.#locals.map((local) => local.name).lastIndexOf(name);
    return found < 0 ? undefined : found;
  }

  #type(span: Span, type: TypeExpression): SignatureToken {
    switch (type.kind) {
      case 'reference':
        return { kind: 'reference', mutable: type.mutable, to: this.#type(span, type.to) };
      case 'function':
        return {
          kind: 'function',
          parameters: type.parameters.map((parameter) => this.#type(span, parameter)),
          results: type.results.map((result) => this.#type(span, result)),
          abilities: type.abilities,
        };
      case 'named':
        return this.#namedType(span, type);
    }
  }

  #namedType(
    span: Span,
    { name, typeArguments }: Extract<TypeExpression, { kind: 'named' }>,
  ): SignatureToken {
    const [simple = '', ...rest] = name.parts;
    if (name.address === undefined && rest.length === 0) {
      const index = this.#typeParameters.indexOf(simple);
      if (index >= 0) return { kind: 'typeParameter', index };
      if (isPrimitive(simple)) {
        if (typeArguments !== undefined) this.#report(span, 'no type arguments expected');
        return { kind: simple };
      }
      if (simple === 'vector') {
        const [element, ...others] = typeArguments ?? [];
        if (element !== undefined && others.length === 0)
          return { kind: 'vector', element: this.#type(span, element) };
        this.#report(span, 'expected 1 type arguments');
        return { kind: 'bool' };
      }
    }
    const handle = this.#try(span, () => this.builder.struct(name));
    if (handle === undefined) return { kind: 'bool' };
    const types: Signature = (typeArguments ?? []).map((argument) => this.#type(span, argument));
    return { kind: 'datatype', handle, typeArguments: types };
  }

  #try<T>(span: Span, action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof NameError)) throw error;
      this.#report(span, error.message);
      return undefined;
    }
  }

  #report(span: Span, message: string): void {
    this.diagnostics.push({ span, message });
  }
}

function codeOf(
  assembled: readonly Assembled[],
  labels: ReadonlyMap<string, number>,
  locals: number,
): Code {
  const immediates = new Map<number, bigint>();
  for (const [pc, { immediate }] of assembled.entries())
    if (immediate !== undefined) immediates.set(pc, immediate);
  return {
    locals,
    ops: Uint8Array.from(assembled, ({ op }) => {
      const opcode = OPCODES_BY_NAME.aptos.get(op);
      if (opcode === undefined) throw new Error(`no opcode ${op}`);
      return opcode.byte;
    }),
    operands: Uint32Array.from(assembled, ({ operand, label }) =>
      label === undefined ? (operand ?? 0) : (labels.get(label) ?? 0),
    ),
    immediates,
    jumpTables: [],
  };
}
