/** Entry functions take what a transaction can give; `init` is the chain's to call (entry_points_verifier.rs). */
import {
  ABILITY,
  type AbilitySet,
  type CompiledModule,
  type FunctionDefinition,
  type FunctionHandle,
  type SignatureToken,
} from '../../core/format';
import { at } from '../../core/loader/at';
import { type CodeReader, needed } from '../../core/verifier/instruction';
import { abilitiesOf, CodeTypes } from '../../core/verifier/types';
import { SuiVerificationError } from './error';
import { datatypeName, definedName, isPlainDatatype } from './names';
import type { SuiRules } from './rules';

const INIT = 'init';
const TX_CONTEXT = '0x2::tx_context::TxContext';
/** Shared objects that only the system changes. */
const READ_ONLY = ['0x2::clock::Clock', '0x2::random::Random'];
const PRIMITIVE_STRUCTS = ['0x2::object::ID', '0x1::ascii::String', '0x1::string::String'];

export function checkEntryPoints(
  module: CompiledModule,
  reader: CodeReader,
  { boundsEntryFunctions }: SuiRules,
): void {
  const types = new CodeTypes(module);
  for (const [i, definition] of module.functionDefinitions.entries()) {
    const handle = at(module.functionHandles, definition.handle);
    const fail = (what: string): never => {
      throw new SuiVerificationError(what, definedName(module, i));
    };
    if (callsInit(module, definition, reader)) fail('a call of init');
    if (at(module.identifiers, handle.name) === INIT) {
      const problem = initProblem(module, definition, handle);
      if (problem !== undefined) fail(problem);
    } else if (definition.isEntry && boundsEntryFunctions) {
      const check = new EntryCheck(module, types, handle.typeParameters);
      const parameters = at(module.signatures, handle.parameters);
      const last = isTxContext(module, parameters.at(-1)) ? -1 : parameters.length;
      if (!parameters.slice(0, last).every((type) => check.isArgument(type)))
        fail('an entry function with a parameter that no transaction can give');
      if (!at(module.signatures, handle.returns).every((type) => check.isResult(type)))
        fail('an entry function with a result that cannot be dropped');
    }
  }
}

/** Of a function named so in any module. */
function callsInit(
  module: CompiledModule,
  { code }: FunctionDefinition,
  reader: CodeReader,
): boolean {
  return (
    code !== undefined &&
    reader.instructions(code).some(({ operation, functionHandle }) => {
      if (operation !== 'Call') return false;
      const { name } = at(module.functionHandles, needed(functionHandle));
      return at(module.identifiers, name) === INIT;
    })
  );
}

function initProblem(
  module: CompiledModule,
  { visibility, isEntry }: FunctionDefinition,
  handle: FunctionHandle,
): string | undefined {
  if (visibility !== 'private') return 'init that is not private';
  if (isEntry) return 'init that is an entry function';
  if (handle.typeParameters.length > 0) return 'init with type parameters';
  if (at(module.signatures, handle.returns).length > 0) return 'init with results';
  const parameters = at(module.signatures, handle.parameters);
  if (parameters.length < 1 || parameters.length > 2) return 'init without one or two parameters';
  return isTxContext(module, parameters.at(-1)) ? undefined : 'init without a TxContext';
}

function isTxContext(module: CompiledModule, type: SignatureToken | undefined): boolean {
  return type?.kind === 'reference' && isPlainDatatype(module, type.to, TX_CONTEXT);
}

class EntryCheck {
  constructor(
    private readonly module: CompiledModule,
    private readonly types: CodeTypes,
    private readonly typeParameters: readonly AbilitySet[],
  ) {}

  isResult(type: SignatureToken): boolean {
    return type.kind !== 'reference' && (this.#abilities(type) & ABILITY.drop) !== 0;
  }

  isArgument(type: SignatureToken): boolean {
    if (this.#isReadOnly(type)) return false;
    return (
      this.#isPrimitive(type) ||
      this.#isObject(type) ||
      this.#isObjects(type) ||
      this.#isReceiving(type)
    );
  }

  /** By value or mutably. */
  #isReadOnly(type: SignatureToken): boolean {
    if (type.kind === 'reference') return type.mutable && this.#isReadOnly(type.to);
    return READ_ONLY.some((name) => isPlainDatatype(this.module, type, name));
  }

  #isPrimitive(type: SignatureToken): boolean {
    switch (type.kind) {
      case 'signer':
      case 'reference':
      case 'function':
        return false;
      case 'typeParameter':
        return (at(this.typeParameters, type.index) & ABILITY.key) === 0;
      case 'vector':
        return this.#isPrimitive(type.element);
      case 'datatype': {
        const name = datatypeName(this.module, type.handle);
        const [argument] = type.typeArguments;
        if (argument === undefined) return PRIMITIVE_STRUCTS.includes(name);
        return name === '0x1::option::Option' && this.#isPrimitive(argument);
      }
      default:
        return true;
    }
  }

  #isObject(type: SignatureToken): boolean {
    if (type.kind === 'reference') return this.#isObject(type.to);
    const isStruct = type.kind === 'datatype' || type.kind === 'typeParameter';
    return isStruct && (this.#abilities(type) & ABILITY.key) !== 0;
  }

  #isObjects(type: SignatureToken): boolean {
    return (
      type.kind === 'vector' && type.element.kind !== 'reference' && this.#isObject(type.element)
    );
  }

  #isReceiving(type: SignatureToken): boolean {
    if (type.kind === 'reference') return this.#isReceiving(type.to);
    return (
      type.kind === 'datatype' &&
      type.typeArguments.length === 1 &&
      datatypeName(this.module, type.handle) === '0x2::transfer::Receiving'
    );
  }

  #abilities(type: SignatureToken): AbilitySet {
    return abilitiesOf(this.module, this.types.token(type), this.typeParameters);
  }
}
