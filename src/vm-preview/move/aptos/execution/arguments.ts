/**
 * The values a transaction's function is called with.
 * Source: aptos-core `aptos-vm/src/verifier/transaction_arg_validation.rs`.
 */
import { BcsError, BcsReader } from '../../core/bcs';
import type { FunctionInstance, Type } from '../../core/loader';
import { aborted } from '../../core/runtime';
import {
  type Address,
  ByteVector,
  ItemVector,
  isIntegerKind,
  Struct,
  type Value,
} from '../../core/values';
import type { Meter } from './metering';
import { frameworkModule, type Session, signer, signerReference } from './session';
import { VmError } from './status';
import { requireAbilities } from './type-arguments';

/** Functions that make values of a struct type out of others; strings are checked without theirs. */
const CONSTRUCTORS: ReadonlyMap<string, readonly [module: string, name: string]> = new Map([
  ['0x1::object::Object', ['object', 'address_to_object']],
  ['0x1::option::Option', ['option', 'from_vec']],
  ['0x1::fixed_point32::FixedPoint32', ['fixed_point32', 'create_from_raw_value']],
  ['0x1::fixed_point64::FixedPoint64', ['fixed_point64', 'create_from_raw_value']],
]);

const STRING = '0x1::string::String';
const MAX_CONSTRUCTIONS = 10;
const INVALID_UTF8 = 1n;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export interface ArgumentRules {
  /** STRUCT_CONSTRUCTORS: more structs than strings. */
  readonly structConstructors: boolean;
}

const isSigner = (type: Type): boolean =>
  type.kind === 'signer' || (type.kind === 'reference' && type.to.kind === 'signer');

/**
 * @param signers - of the transaction: the sender first
 * @param args - BCS of the other arguments
 * @throws VmError, MoveError of a constructor
 */
export function transactionArguments(
  session: Session,
  callee: FunctionInstance,
  signers: readonly Address[],
  args: readonly Uint8Array[],
  rules: ArgumentRules,
  meter: Meter,
): readonly Value[] {
  const { definition } = callee;
  if (definition.results.length > 0) throw new VmError('INVALID_MAIN_FUNCTION_SIGNATURE');
  const parameters = definition.parameters.map((type) => callee.type(type));
  const signerCount = parameters.filter(isSigner).length;
  const others = parameters.slice(signerCount);
  for (const type of others)
    if (!isAllowed(type, rules)) throw new VmError('INVALID_MAIN_FUNCTION_SIGNATURE');
  if (others.length !== args.length) throw new VmError('NUMBER_OF_ARGUMENTS_MISMATCH');
  if (signerCount > 0 && signers.length !== signerCount)
    throw new VmError('NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH');
  const values = others.map((type, i) =>
    new ArgumentReader(session, meter, rules).read(args[i] ?? new Uint8Array(), type),
  );
  const signerValues = parameters.slice(0, signerCount).map((type, i) => {
    const address = signers[i];
    if (address === undefined) throw new VmError('NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH');
    return type.kind === 'reference' ? signerReference(address) : signer(address);
  });
  return [...signerValues, ...values];
}

function isAllowed(type: Type, rules: ArgumentRules): boolean {
  switch (type.kind) {
    case 'vector':
      return isAllowed(type.element, rules);
    case 'datatype':
      return (
        type.datatype.key === STRING ||
        (rules.structConstructors && CONSTRUCTORS.has(type.datatype.key))
      );
    case 'signer':
    case 'reference':
    case 'typeParameter':
    case 'function':
      return false;
    default:
      return true;
  }
}

/** Reads one argument, calling constructors on the way. */
class ArgumentReader {
  #constructionsLeft = MAX_CONSTRUCTIONS;

  constructor(
    private readonly session: Session,
    private readonly meter: Meter,
    private readonly rules: ArgumentRules,
  ) {}

  read(bytes: Uint8Array, type: Type): Value {
    const reader = new BcsReader(bytes);
    try {
      const value = this.#value(reader, type);
      reader.end('the argument');
      return value;
    } catch (error) {
      if (error instanceof BcsError) throw undecodable(error.message);
      throw error;
    }
  }

  #value(reader: BcsReader, type: Type): Value {
    switch (type.kind) {
      case 'vector': {
        const { element } = type;
        if (element.kind === 'u8') return new ByteVector(reader.blob(type.key).slice());
        const items = reader.list(type.key, (inner) => this.#value(inner, element));
        return isIntegerKind(element.kind)
          ? new ItemVector(items, element.kind)
          : new ItemVector(items);
      }
      case 'datatype':
        return type.datatype.key === STRING
          ? this.#string(reader)
          : this.#construct(reader, type, type.datatype.key);
      default:
        return this.#primitive(reader, type);
    }
  }

  #primitive(reader: BcsReader, type: Type): Value {
    const size = SIZES.get(type.kind);
    if (size === undefined) throw new VmError('INVALID_MAIN_FUNCTION_SIGNATURE');
    return this.session.loader.codec.decode(reader.take(size, type.key), type);
  }

  #string(reader: BcsReader): Struct {
    const bytes = reader.blob('string').slice();
    try {
      UTF8.decode(bytes);
    } catch {
      if (!this.rules.structConstructors) throw undecodable('no UTF-8');
      const error = aborted(INVALID_UTF8);
      error.location = { module: '0x1::string', function: 'utf8', definition: 0, offset: 0 };
      throw error;
    }
    return new Struct([new ByteVector(bytes)]);
  }

  #construct(reader: BcsReader, type: Type, key: string): Value {
    const [module, name] = CONSTRUCTORS.get(key) ?? [];
    if (module === undefined || name === undefined || type.kind !== 'datatype')
      throw new VmError('INVALID_MAIN_FUNCTION_SIGNATURE');
    if (this.#constructionsLeft === 0) throw undecodable();
    this.#constructionsLeft--;
    const declared = this.session.loader.function(frameworkModule(module), name);
    // Each of them has the type parameters of what it makes, in their order; they may ask for more.
    requireAbilities(this.session.loader, declared.typeParameters, type.typeArguments);
    const maker = declared.instance(type.typeArguments);
    const args = declared.parameters.map((parameter) => this.#value(reader, maker.type(parameter)));
    const [value] = this.session.run(maker, args, this.meter);
    if (value === undefined) throw new VmError('INVALID_MAIN_FUNCTION_SIGNATURE');
    return value;
  }
}

/** Bytes of primitive types in BCS. */
const SIZES: ReadonlyMap<Type['kind'], number> = new Map<Type['kind'], number>([
  ['bool', 1],
  ['u8', 1],
  ['i8', 1],
  ['u16', 2],
  ['i16', 2],
  ['u32', 4],
  ['i32', 4],
  ['u64', 8],
  ['i64', 8],
  ['u128', 16],
  ['i128', 16],
  ['u256', 32],
  ['i256', 32],
  ['address', 32],
]);

function undecodable(text?: string): VmError {
  return new VmError('FAILED_TO_DESERIALIZE_ARGUMENT', text);
}
