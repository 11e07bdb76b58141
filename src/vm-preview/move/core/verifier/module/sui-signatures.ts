/** Types are well formed and have the abilities that they need, as Sui checks it (signature.rs). */
import type {
  AbilitySet,
  Code,
  CompiledModule,
  FieldDefinition,
  SignatureToken,
} from '../../format';
import { at } from '../../loader/at';
import { has } from '../abilities';
import type { AbilityCache } from '../ability-cache';
import { VerificationError, within } from '../errors';
import type { CodeReader, Instruction } from '../instruction';
import { children, visit } from '../tokens';
import { checkPhantom } from './phantom';

export function checkSuiSignatures(
  module: CompiledModule,
  abilities: AbilityCache,
  reader: CodeReader,
): void {
  new SuiSignatures(module, abilities, reader).check();
}

class SuiSignatures {
  readonly #checked = new Set<string>();

  constructor(
    private readonly module: CompiledModule,
    private readonly abilities: AbilityCache,
    private readonly reader: CodeReader,
  ) {}

  check(): void {
    const { module } = this;
    for (const signature of module.signatures)
      for (const token of signature)
        refuseReferences(token.kind === 'reference' ? token.to : token);
    for (const [i, { typeParameters, parameters, returns }] of module.functionHandles.entries())
      within('FunctionHandle', i, () => {
        this.#signature(returns, typeParameters);
        this.#signature(parameters, typeParameters);
      });
    for (const [i, { handle, fields }] of module.structDefinitions.entries())
      if (fields.kind === 'declared')
        within('StructDefinition', i, () => this.#fields(handle, fields.fields));
    for (const [i, { handle, variants }] of module.enumDefinitions.entries())
      within('EnumDefinition', i, () => {
        for (const [tag, { fields }] of variants.entries())
          within('VariantTag', tag, () => this.#fields(handle, fields));
      });
    for (const [i, { handle, code }] of module.functionDefinitions.entries()) {
      if (code === undefined) continue;
      const { typeParameters } = at(module.functionHandles, handle);
      within('FunctionDefinition', i, () =>
        within('Signature', code.locals, () => this.#code(code, typeParameters)),
      );
    }
  }

  #fields(handle: number, fields: readonly FieldDefinition[]): void {
    const { typeParameters } = at(this.module.datatypeHandles, handle);
    const constraints = typeParameters.map((parameter) => parameter.constraints);
    for (const [i, { type }] of fields.entries())
      within('FieldDefinition', i, () => {
        refuseReferences(type);
        this.#type(type, constraints);
        checkPhantom(this.module, type, typeParameters, false);
      });
  }

  #code(code: Code, typeParameters: readonly AbilitySet[]): void {
    this.#signature(code.locals, typeParameters);
    // The same operand needs the same again, and the chain charges for what is new only.
    const seen = new Set<string>();
    for (const instruction of this.reader.instructions(code)) {
      if (instruction.typeArguments === undefined) continue;
      const key = `${instruction.operation} ${instruction.operand}`;
      if (seen.has(key)) continue;
      seen.add(key);
      this.#typeArguments(instruction, instruction.typeArguments, typeParameters);
    }
  }

  #typeArguments(
    { functionHandle, datatype, generic }: Instruction,
    signature: number,
    typeParameters: readonly AbilitySet[],
  ): void {
    const types = at(this.module.signatures, signature);
    if (!generic && types.length !== 1)
      throw new VerificationError(
        'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH',
        `expected 1 type token for vector operations, got ${types.length}`,
      );
    for (const type of types) refuseReferences(type);
    if (functionHandle !== undefined) {
      const handle = at(this.module.functionHandles, functionHandle);
      this.#instance(types, handle.typeParameters, typeParameters);
    } else if (datatype !== undefined)
      this.#instance(types, this.#constraints(datatype.handle), typeParameters);
  }

  #signature(index: number, typeParameters: readonly AbilitySet[]): void {
    const key = `${index} ${typeParameters.join(',')}`;
    if (this.#checked.has(key)) return;
    for (const type of at(this.module.signatures, index)) this.#type(type, typeParameters);
    this.#checked.add(key);
  }

  #type(type: SignatureToken, typeParameters: readonly AbilitySet[]): void {
    const check = (token: SignatureToken): void => {
      if (token.kind === 'datatype' && token.typeArguments.length > 0)
        this.#instance(token.typeArguments, this.#constraints(token.handle), typeParameters);
    };
    // Before version 6 the chain looked at the outermost type only, and left it so.
    if (this.module.version < 6) check(type);
    else visit(type, check);
  }

  #constraints(handle: number): readonly AbilitySet[] {
    return at(this.module.datatypeHandles, handle).typeParameters.map(
      ({ constraints }) => constraints,
    );
  }

  #instance(
    types: readonly SignatureToken[],
    constraints: readonly AbilitySet[],
    typeParameters: readonly AbilitySet[],
  ): void {
    if (types.length !== constraints.length)
      throw new VerificationError(
        'NUMBER_OF_TYPE_ARGUMENTS_MISMATCH',
        `expected ${constraints.length} type argument(s), got ${types.length}`,
      );
    for (const [i, type] of types.entries())
      if (!has(this.abilities.of(type, typeParameters, 'module'), at(constraints, i)))
        throw new VerificationError('CONSTRAINT_NOT_SATISFIED');
  }
}

function refuseReferences(token: SignatureToken): void {
  if (token.kind === 'reference')
    throw new VerificationError('INVALID_SIGNATURE_TOKEN', 'reference not allowed');
  for (const child of children(token)) refuseReferences(child);
}
