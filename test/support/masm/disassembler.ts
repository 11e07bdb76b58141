/** Prints a module or script as assembly text, as the chain's tools do (move-asm, disassembler.rs). */
import { BcsReader } from '../../../src/vm-preview/move/core/bcs';
import {
  abilityNames,
  type Code,
  type CompiledModule,
  type CompiledScript,
  type FieldDefinition,
  type FunctionDefinition,
  type FunctionHandle,
  OPCODES,
  type SignatureToken,
  type StructDefinition,
  type StructFields,
} from '../../../src/vm-preview/move/core/format';
import { INTEGERS, isIntegerKind } from '../../../src/vm-preview/move/core/values';
import { entry, moduleNameAt, moduleText } from './builder';
import { ASSEMBLY_NAMES } from './instructions';

/** What the chain's assembler puts on what it makes. */
const VERSION = 8;
/** The handle that stands for a script's function in the chain's tool comes without a name of its own. */
const SCRIPT_FUNCTION = 'main';

export function disassemble(unit: CompiledModule | CompiledScript): string {
  return new Disassembler(unit).text();
}

interface Printed {
  readonly head: string;
  /** Signature of the parameters. */
  readonly parameters: number;
  /** Absent of a native. */
  readonly code?: Code;
}

class Disassembler {
  /** Short names of other modules by handle. */
  readonly #aliases = new Map<number, string>();

  constructor(private readonly unit: CompiledModule | CompiledScript) {}

  text(): string {
    const { unit } = this;
    const lines = [`// Bytecode version v${VERSION}`];
    if (unit.kind === 'script') lines.push('script');
    else lines.push(`module ${this.#moduleText(unit.selfModule)}`);
    lines.push(...this.#uses());
    for (const { address, name } of unit.friends) {
      const bytes = Buffer.from(entry(unit.addresses, address)).toString('hex');
      lines.push(`friend 0x${bytes.replace(/^0+(?=.)/, '')}::${entry(unit.identifiers, name)}`);
    }
    for (const struct of unit.structDefinitions) lines.push(...this.#struct(struct), '');
    for (const [i, declared] of this.#functions().entries())
      lines.push(`// Function definition at index ${i}`, ...this.#function(declared), '');
    return `${lines.join('\n')}\n`;
  }

  #uses(): string[] {
    const { unit } = this;
    const taken = new Set<string>();
    const self = unit.kind === 'module' ? unit.selfModule : undefined;
    return unit.moduleHandles.flatMap((_, handle) => {
      if (handle === self) return [];
      const { name } = moduleNameAt(unit, handle);
      let alias = name;
      while (taken.has(alias)) alias = `${alias}_`;
      taken.add(alias);
      this.#aliases.set(handle, alias);
      return [`use ${this.#moduleText(handle)}${alias === name ? '' : ` as ${alias}`}`];
    });
  }

  #moduleText(handle: number): string {
    const [address = '', name = ''] = moduleText(moduleNameAt(this.unit, handle)).split('::');
    return `0x${address.replace(/^0+(?=.)/, '')}::${name}`;
  }

  #struct({ handle, fields }: StructDefinition): string[] {
    const { name, abilities, typeParameters } = entry(this.unit.datatypeHandles, handle);
    const keyword = fields.kind === 'variants' ? 'enum' : 'struct';
    const parameters = typeParameters.map(
      ({ isPhantom, constraints }, i) => (isPhantom ? 'phantom ' : '') + parameter(i, constraints),
    );
    const has = abilities === 0 ? '' : ` has ${abilityNames(abilities)}`;
    const head = `${keyword} ${this.#name(name)}${angled(parameters)}${has}`;
    if (fields.kind !== 'variants') return [head, ...this.#fields('  ', declaredFields(fields))];
    return [
      head,
      ...fields.variants.flatMap((variant) => [
        `  ${this.#name(variant.name)}`,
        ...this.#fields('    ', variant.fields),
      ]),
    ];
  }

  #fields(indent: string, fields: readonly FieldDefinition[]): string[] {
    return fields.map(({ name, type }) => `${indent}${this.#name(name)}: ${this.#type(type)}`);
  }

  #functions(): Printed[] {
    const { unit } = this;
    if (unit.kind === 'script') {
      const { typeParameters, parameters, code } = unit;
      const parts = angled(typeParameters.map((constraints, i) => parameter(i, constraints)));
      const head = `entry public fun ${SCRIPT_FUNCTION}${parts}(${this.#parameters(parameters)})`;
      return [{ head, parameters, code }];
    }
    return unit.functionDefinitions.map((definition) => {
      const handle = entry(unit.functionHandles, definition.handle);
      const head = this.#head(definition, handle);
      const { parameters } = handle;
      const { code } = definition;
      return code === undefined ? { head, parameters } : { head, parameters, code };
    });
  }

  #head(definition: FunctionDefinition, handle: FunctionHandle): string {
    const attributes = handle.attributes.map(({ kind }) =>
      kind === 'moduleLock' ? 'module_lock' : kind,
    );
    const words = [
      ...(attributes.length === 0 ? [] : [`#[${attributes.join(', ')}]`]),
      ...(definition.isEntry ? ['entry'] : []),
      ...(definition.visibility === 'private' ? [] : [definition.visibility]),
      'fun',
    ];
    const typeParameters = handle.typeParameters.map((constraints, i) => parameter(i, constraints));
    const results = entry(this.unit.signatures, handle.returns).map((type) => this.#type(type));
    const [result, ...others] = results;
    const given = others.length === 0 ? result : `(${results.join(', ')})`;
    const acquires = definition.acquires.map((index) => this.#structName(index)).join(', ');
    return [
      `${words.join(' ')} ${this.#name(handle.name)}${angled(typeParameters)}`,
      `(${this.#parameters(handle.parameters)})`,
      given === undefined ? '' : `: ${given}`,
      acquires === '' ? '' : ` acquires ${acquires}`,
    ].join('');
  }

  #parameters(signature: number): string {
    return entry(this.unit.signatures, signature)
      .map((type, i) => `l${i}: ${this.#type(type)}`)
      .join(', ');
  }

  #function({ head, parameters, code }: Printed): string[] {
    if (code === undefined) return [head];
    const first = entry(this.unit.signatures, parameters).length;
    const locals = entry(this.unit.signatures, code.locals).map(
      (type, i) => `    local l${first + i}: ${this.#type(type)}`,
    );
    const labels = new Map<number, string>();
    for (const [pc, byte] of code.ops.entries()) {
      const target = code.operands[pc] ?? 0;
      if (OPCODES.aptos[byte]?.operand === 'codeOffset' && !labels.has(target))
        labels.set(target, `l${labels.size}`);
    }
    const instructions = [...code.ops.keys()].flatMap((pc) => {
      const label = labels.get(pc);
      const margin = label === undefined ? '    ' : `${label.padStart(2)}: `;
      const line = margin + this.#instruction(code, pc, labels);
      return pc !== 0 && pc % 5 === 0 ? [`    // @${pc}`, line] : [line];
    });
    return [head, ...locals, ...instructions];
  }

  #instruction(code: Code, pc: number, labels: ReadonlyMap<number, string>): string {
    const { unit } = this;
    const opcode = OPCODES.aptos[code.ops[pc] ?? 0];
    if (opcode === undefined) throw new Error(`no opcode at ${pc}`);
    const name = ASSEMBLY_NAMES.get(opcode.name) ?? opcode.name;
    const operand = code.operands[pc] ?? 0;
    const immediate = code.immediates.get(pc);
    switch (opcode.operand) {
      case 'none':
        return name;
      case 'codeOffset':
        return `${name} ${labels.get(operand)}`;
      case 'local':
        return `${name} l${operand}`;
      case 'constant': {
        const { type, data } = entry(unit.constants, operand);
        return `${name}<${this.#type(type)}> ${constantText(new BcsReader(data), type)}`;
      }
      case 'signature':
        return `${name} ${this.#typeArguments(operand)}`;
      case 'signatureCount':
        return `${name} ${this.#typeArguments(operand)}, ${immediate}`;
      case 'functionHandle':
        return `${name} ${this.#functionName(operand)}`;
      case 'closure':
        return `${name} ${this.#functionName(operand)}, ${immediate?.toString(2)}`;
      case 'functionInstantiation':
      case 'closureGeneric': {
        const { generic, typeArguments } = entry(unit.functionInstantiations, operand);
        const mask = opcode.operand === 'closureGeneric' ? `, ${immediate?.toString(2)}` : '';
        return `${name} ${this.#functionName(generic)}${this.#typeArguments(typeArguments)}${mask}`;
      }
      case 'structDefinition':
        return `${name} ${this.#structName(operand)}`;
      case 'structInstantiation': {
        const { generic, typeArguments } = entry(unit.structInstantiations, operand);
        return `${name} ${this.#structName(generic)}${this.#typeArguments(typeArguments)}`;
      }
      case 'variantHandle':
        return `${name} ${this.#variant(operand, '')}`;
      case 'variantInstantiation': {
        const { generic, typeArguments } = entry(unit.variantInstantiations, operand);
        return `${name} ${this.#variant(generic, this.#typeArguments(typeArguments))}`;
      }
      case 'fieldHandle':
        return `${name} ${this.#field(operand, '')}`;
      case 'fieldInstantiation': {
        const { generic, typeArguments } = entry(unit.fieldInstantiations, operand);
        return `${name} ${this.#field(generic, this.#typeArguments(typeArguments))}`;
      }
      case 'variantFieldHandle':
        return `${name} ${this.#variantField(operand, '')}`;
      case 'variantFieldInstantiation': {
        const { generic, typeArguments } = entry(unit.variantFieldInstantiations, operand);
        return `${name} ${this.#variantField(generic, this.#typeArguments(typeArguments))}`;
      }
      default:
        return `${name} ${immediate}`;
    }
  }

  #variant(handle: number, typeArguments: string): string {
    const { owner, variant } = entry(this.unit.variantHandles, handle);
    const found = entry(variantsOf(entry(this.unit.structDefinitions, owner).fields), variant);
    return `${this.#structName(owner)}${typeArguments}, ${this.#name(found.name)}`;
  }

  #field(handle: number, typeArguments: string): string {
    const { owner, field } = entry(this.unit.fieldHandles, handle);
    const found = entry(declaredFields(entry(this.unit.structDefinitions, owner).fields), field);
    return `${this.#structName(owner)}${typeArguments}, ${this.#name(found.name)}`;
  }

  #variantField(handle: number, typeArguments: string): string {
    const { owner, field, variants } = entry(this.unit.variantFieldHandles, handle);
    const declared = variantsOf(entry(this.unit.structDefinitions, owner).fields);
    const places = variants.map((index) => {
      const { name, fields } = entry(declared, index);
      return `${this.#name(name)}::${this.#name(entry(fields, field).name)}`;
    });
    return `${this.#structName(owner)}${typeArguments}, ${places.join(', ')}`;
  }

  #structName(definition: number): string {
    const { handle } = entry(this.unit.structDefinitions, definition);
    return this.#name(entry(this.unit.datatypeHandles, handle).name);
  }

  #functionName(index: number): string {
    const handle = entry(this.unit.functionHandles, index);
    return this.#prefix(handle.module) + this.#name(handle.name);
  }

  #prefix(module: number): string {
    const alias = this.#aliases.get(module);
    return alias === undefined ? '' : `${alias}::`;
  }

  #name(index: number): string {
    return entry(this.unit.identifiers, index);
  }

  #typeArguments(signature: number): string {
    return `<${this.#types(entry(this.unit.signatures, signature))}>`;
  }

  #types(types: readonly SignatureToken[]): string {
    return types.map((type) => this.#type(type)).join(', ');
  }

  #type(type: SignatureToken): string {
    switch (type.kind) {
      case 'vector':
        return `vector<${this.#type(type.element)}>`;
      case 'reference':
        return `${type.mutable ? '&mut ' : '&'}${this.#type(type.to)}`;
      case 'typeParameter':
        return `T${type.index}`;
      case 'datatype': {
        const { module, name } = entry(this.unit.datatypeHandles, type.handle);
        const typeArguments = type.typeArguments.map((argument) => this.#type(argument));
        return `${this.#prefix(module)}${this.#name(name)}${angled(typeArguments)}`;
      }
      case 'function': {
        const parameters = type.parameters.map((taken) =>
          taken.kind === 'function' ? `(${this.#type(taken)})` : this.#type(taken),
        );
        const results = this.#types(type.results);
        const given = type.results.length > 1 ? `(${results})` : results;
        const has = type.abilities === 0 ? '' : ` has ${abilityNames(type.abilities)}`;
        return `|${parameters.join(', ')}|${given}${has}`;
      }
      default:
        return type.kind;
    }
  }
}

const angled = (parts: readonly string[]): string =>
  parts.length === 0 ? '' : `<${parts.join(', ')}>`;

function parameter(index: number, constraints: number): string {
  return constraints === 0 ? `T${index}` : `T${index}: ${abilityNames(constraints)}`;
}

function declaredFields(fields: StructFields): readonly FieldDefinition[] {
  return fields.kind === 'declared' ? fields.fields : [];
}

function variantsOf(fields: StructFields) {
  return fields.kind === 'variants' ? fields.variants : [];
}

function constantText(reader: BcsReader, type: SignatureToken): string {
  if (type.kind === 'vector')
    return `[${reader.list('constant', (inner) => constantText(inner, type.element)).join(', ')}]`;
  if (type.kind === 'bool') return reader.bool('constant') ? '1' : '0';
  if (type.kind === 'address')
    return BigInt(`0x${Buffer.from(reader.take(32, 'constant')).toString('hex')}`).toString();
  if (!isIntegerKind(type.kind)) throw new Error(`a constant ${type.kind}`);
  const { bits, signed } = INTEGERS[type.kind];
  const value = reader.signed(bits / 8, 'constant');
  return (signed ? value : BigInt.asUintN(bits, value)).toString();
}
