import {
  type Code,
  type CompiledModule,
  type CompiledScript,
  type FieldDefinition,
  OPCODES,
  type Opcode,
  type OpcodeName,
} from '../format';
import { at } from '../loader/at';
import { invariantViolated } from './errors';

export type Unit = CompiledModule | CompiledScript;

/** Names of instructions with the generic forms called like the others. */
export type Operation = Exclude<OpcodeName, `${string}Generic${string}`>;

/** A struct or enum as an instruction names it. */
export interface DatatypeTarget {
  /** Index of the struct or enum definition. */
  readonly definition: number;
  /** Index of the datatype handle. */
  readonly handle: number;
  readonly variant: number | undefined;
  /** Of the struct or the variant; undefined where the two do not fit. */
  readonly fields: readonly FieldDefinition[] | undefined;
}

export interface FieldTarget {
  /** Index of the field handle, or of the variant field handle. */
  readonly fieldHandle: number;
  readonly field: number;
  /** Definitions of the field: one in a struct, one for each variant. */
  readonly definitions: readonly (FieldDefinition | undefined)[];
}

/** An instruction with what its operand leads to. */
export interface Instruction {
  readonly operation: Operation;
  /** Has type arguments, by its opcode. */
  readonly generic: boolean;
  readonly operand: number;
  /** Count of elements, or mask of a closure; 0 for others. */
  readonly immediate: bigint;
  /** Index of the signature that has the type arguments, or the element type of a vector. */
  readonly typeArguments: number | undefined;
  readonly datatype: DatatypeTarget | undefined;
  readonly field: FieldTarget | undefined;
  /** Index of the function handle. */
  readonly functionHandle: number | undefined;
}

interface Form {
  readonly operation: Operation;
  readonly generic: boolean;
  readonly opcode: Opcode;
}

function isOperation(name: string): name is Operation {
  return !name.includes('Generic');
}

function formOf(opcode: Opcode | undefined): Form | undefined {
  if (opcode === undefined) return undefined;
  const operation = opcode.name.replace('Generic', '');
  if (!isOperation(operation)) throw new TypeError(`no operation ${opcode.name}`);
  return { operation, generic: opcode.name.includes('Generic'), opcode };
}

const FORMS = { aptos: OPCODES.aptos.map(formOf), sui: OPCODES.sui.map(formOf) };

/** Resolves the code of one unit; the same instruction with the same operand is resolved once. */
export class CodeReader {
  readonly #codes = new Map<Code, readonly Instruction[]>();
  readonly #instructions = new Map<number, Instruction>();

  constructor(private readonly unit: Unit) {}

  /** The bounds checker has seen the indices. */
  instructions(code: Code): readonly Instruction[] {
    let instructions = this.#codes.get(code);
    if (instructions === undefined) {
      instructions = this.#read(code);
      this.#codes.set(code, instructions);
    }
    return instructions;
  }

  #read({ ops, operands, immediates }: Code): readonly Instruction[] {
    const forms = FORMS[this.unit.flavour];
    const instructions: Instruction[] = [];
    for (let pc = 0; pc < ops.length; pc++) {
      const byte = at(ops, pc);
      const form = forms[byte];
      if (form === undefined) throw invariantViolated('an opcode that is none');
      const operand = at(operands, pc);
      if (COUNTED.has(form.opcode.operand)) {
        instructions.push(this.#resolve(form, operand, immediates.get(pc) ?? 0n));
        continue;
      }
      const key = byte * 0x1_0000 + operand;
      let instruction = this.#instructions.get(key);
      if (instruction === undefined) {
        instruction = this.#resolve(form, operand, 0n);
        this.#instructions.set(key, instruction);
      }
      instructions.push(instruction);
    }
    return instructions;
  }

  #resolve({ operation, generic, opcode }: Form, operand: number, immediate: bigint): Instruction {
    const target = RESOLVERS[opcode.operand]?.(this.unit, operand);
    return {
      operation,
      generic,
      operand,
      immediate,
      typeArguments: target?.typeArguments,
      datatype: target?.datatype,
      field: target?.field,
      functionHandle: target?.functionHandle,
    };
  }
}

/** Operands with a number after them that matters here; the literals do not. */
const COUNTED: ReadonlySet<Opcode['operand']> = new Set<Opcode['operand']>([
  'signatureCount',
  'closure',
  'closureGeneric',
]);

type Target = Partial<Pick<Instruction, 'typeArguments' | 'datatype' | 'field' | 'functionHandle'>>;

/** By what the operand is; what is not here leads nowhere. */
const RESOLVERS: Partial<Record<Opcode['operand'], (unit: Unit, index: number) => Target>> = {
  functionHandle: (_, functionHandle) => ({ functionHandle }),
  closure: (_, functionHandle) => ({ functionHandle }),
  functionInstantiation,
  closureGeneric: functionInstantiation,
  signature: (_, typeArguments) => ({ typeArguments }),
  signatureCount: (_, typeArguments) => ({ typeArguments }),
  structDefinition: (unit, index) => ({ datatype: structTarget(unit, index) }),
  structInstantiation(unit, index) {
    const { generic, typeArguments } = at(unit.structInstantiations, index);
    return { datatype: structTarget(unit, generic), typeArguments };
  },
  fieldHandle: (unit, index) => fieldTarget(unit, index),
  fieldInstantiation(unit, index) {
    const { generic, typeArguments } = at(unit.fieldInstantiations, index);
    return { ...fieldTarget(unit, generic), typeArguments };
  },
  variantFieldHandle: (unit, index) => variantFieldTarget(unit, index),
  variantFieldInstantiation(unit, index) {
    const { generic, typeArguments } = at(unit.variantFieldInstantiations, index);
    return { ...variantFieldTarget(unit, generic), typeArguments };
  },
  variantHandle(unit, index) {
    const { owner, variant } = at(unit.variantHandles, index);
    return { datatype: structTarget(unit, owner, variant) };
  },
  variantInstantiation(unit, index) {
    const { generic, typeArguments } = at(unit.variantInstantiations, index);
    const { owner, variant } = at(unit.variantHandles, generic);
    return { datatype: structTarget(unit, owner, variant), typeArguments };
  },
  enumVariantHandle(unit, index) {
    const { owner, variant } = at(unit.variantHandles, index);
    return { datatype: enumTarget(unit, owner, variant) };
  },
  enumVariantInstantiation(unit, index) {
    const { owner, variant } = at(unit.enumVariantInstantiations, index);
    const { generic, typeArguments } = at(unit.enumInstantiations, owner);
    return { datatype: enumTarget(unit, generic, variant), typeArguments };
  },
};

function functionInstantiation(unit: Unit, index: number): Target {
  const { generic, typeArguments } = at(unit.functionInstantiations, index);
  return { functionHandle: generic, typeArguments };
}

function structTarget(unit: Unit, definition: number, variant?: number): DatatypeTarget {
  const { handle, fields } = at(unit.structDefinitions, definition);
  const found =
    fields.kind === 'variants' && variant !== undefined
      ? fields.variants[variant]?.fields
      : fields.kind === 'declared' && variant === undefined
        ? fields.fields
        : undefined;
  return { definition, handle, variant, fields: found };
}

function enumTarget(unit: Unit, definition: number, variant: number): DatatypeTarget {
  const { handle, variants } = at(unit.enumDefinitions, definition);
  return { definition, handle, variant, fields: variants[variant]?.fields };
}

function fieldTarget(unit: Unit, fieldHandle: number): Target {
  const { owner, field } = at(unit.fieldHandles, fieldHandle);
  const datatype = structTarget(unit, owner);
  const definitions = [datatype.fields?.[field]];
  return { datatype, field: { fieldHandle, field, definitions } };
}

function variantFieldTarget(unit: Unit, fieldHandle: number): Target {
  const { owner, field, variants } = at(unit.variantFieldHandles, fieldHandle);
  const definitions = variants.map((variant) => structTarget(unit, owner, variant).fields?.[field]);
  return { datatype: structTarget(unit, owner), field: { fieldHandle, field, definitions } };
}

/** The operand, for instructions that are known to have one. */
export function needed<T>(part: T | undefined): T {
  if (part === undefined) throw invariantViolated('an instruction without its operand');
  return part;
}
