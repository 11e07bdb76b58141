/** Fills the tables of a module or script, in the order of the chain's builder (move-asm, module_builder.rs). */
import {
  type AbilitySet,
  type Code,
  type CompiledModule,
  type CompiledScript,
  emptyTables,
  type FieldDefinition,
  type FunctionHandle,
  type Signature,
  type SignatureToken,
  type StructFields,
  type Tables,
  type Visibility,
} from '../../../src/vm-preview/move/core/format';
import type { ModuleName, PartialName } from './syntax';

/** What the chain's tools write: version 8 in print, version 9 when they publish (VERSION_MAX). */
const VERSION = 9;

/** A name that does not resolve; the assembler says where. */
export class NameError extends Error {}

export interface FunctionDeclared {
  readonly name: string;
  readonly visibility: Visibility;
  readonly isEntry: boolean;
  readonly attributes: FunctionHandle['attributes'];
  readonly parameters: number;
  readonly returns: number;
  readonly typeParameters: readonly AbilitySet[];
  readonly acquires: readonly number[];
}

export const addressText = (address: bigint): string => address.toString(16).padStart(64, '0');
export const moduleText = ({ address, name }: ModuleName): string =>
  `${addressText(address)}::${name}`;

export function addressBytes(address: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(addressText(address), 'hex'));
}

const addressValue = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** The module that a handle of a unit names. */
export function moduleNameAt(unit: Tables, handle: number): ModuleName {
  const { address, name } = entry(unit.moduleHandles, handle);
  return {
    address: addressValue(entry(unit.addresses, address)),
    name: entry(unit.identifiers, name),
  };
}

export function entry<T>(table: readonly T[], index: number): T {
  const found = table[index];
  if (found === undefined) throw new Error(`no entry ${index} in a table of ${table.length}`);
  return found;
}

export class UnitBuilder {
  readonly #tables = emptyTables();
  readonly #lookups = new Map<string, Map<string, number>>();
  readonly #addressAliases = new Map<string, bigint>();
  readonly #moduleAliases = new Map<string, ModuleName>();
  #main: FunctionDeclared | undefined;
  #mainCode: Code | undefined;

  /**
   * @param context - modules that can be named, by `moduleText`
   * @param self - undefined for a script
   */
  constructor(
    private readonly context: ReadonlyMap<string, CompiledModule>,
    private readonly self: ModuleName | undefined,
  ) {
    if (self !== undefined) this.module(self);
  }

  finishModule(): CompiledModule {
    return {
      ...this.#tables,
      kind: 'module',
      flavour: 'aptos',
      version: VERSION,
      selfModule: 0,
    };
  }

  finishScript(): CompiledScript {
    if (this.#main === undefined || this.#mainCode === undefined)
      throw new NameError('a script cannot be built from a module');
    const { typeParameters, parameters } = this.#main;
    return {
      ...this.#tables,
      functionDefinitions: [],
      kind: 'script',
      flavour: 'aptos',
      version: VERSION,
      typeParameters,
      parameters,
      accessSpecifiers: undefined,
      code: this.#mainCode,
    };
  }

  addressAlias(name: string, address: bigint): void {
    if (this.#addressAliases.has(name)) throw new NameError(`duplicate address alias \`${name}\``);
    this.#addressAliases.set(name, address);
  }

  moduleAlias(name: string, module: ModuleName): void {
    if (this.#moduleAliases.has(name)) throw new NameError(`duplicate module alias \`${name}\``);
    this.#moduleAliases.set(name, module);
  }

  friend(module: ModuleName): void {
    const handle = { address: this.#address(module.address), name: this.name(module.name) };
    const { friends } = this.#tables;
    if (friends.some(({ address, name }) => address === handle.address && name === handle.name))
      throw new NameError(
        `duplicate friend module \`0x${module.address.toString(16)}::${module.name}\``,
      );
    friends.push(handle);
  }

  declareStruct(
    name: string,
    typeParameters: readonly { abilities: AbilitySet; isPhantom: boolean }[],
    abilities: AbilitySet,
  ): void {
    if (this.self === undefined) throw new NameError('script cannot have struct definitions');
    if (this.#structDefinition(name) !== undefined)
      throw new NameError(`duplicate struct definition \`${name}\``);
    const handle = this.#index('datatypeHandles', this.#qualified(this.self, name), {
      module: 0,
      name: this.name(name),
      abilities,
      typeParameters: typeParameters.map((parameter) => ({
        constraints: parameter.abilities,
        isPhantom: parameter.isPhantom,
      })),
    });
    this.#tables.structDefinitions.push({ handle, fields: { kind: 'native' } });
  }

  defineStruct(definition: number, fields: StructFields): void {
    const { handle } = entry(this.#tables.structDefinitions, definition);
    this.#tables.structDefinitions[definition] = { handle, fields };
  }

  declareFunction(declared: FunctionDeclared): void {
    if (this.self === undefined) {
      if (this.#main !== undefined)
        throw new NameError('script can have only one function definition');
      this.name(declared.name);
      this.#main = declared;
      return;
    }
    if (this.#hasFunction(declared.name))
      throw new NameError(`duplicate function definition \`${declared.name}\``);
    const { name, parameters, returns, typeParameters, attributes } = declared;
    const handle = this.#index('functionHandles', this.#qualified(this.self, name), {
      module: 0,
      name: this.name(name),
      parameters,
      returns,
      typeParameters,
      accessSpecifiers: undefined,
      attributes,
    });
    const { visibility, isEntry, acquires } = declared;
    this.#tables.functionDefinitions.push({
      handle,
      visibility,
      isEntry,
      acquires,
      code: undefined,
    });
  }

  defineFunction(definition: number, code: Code): void {
    if (this.self === undefined) {
      this.#mainCode = code;
      return;
    }
    const declared = entry(this.#tables.functionDefinitions, definition);
    this.#tables.functionDefinitions[definition] = { ...declared, code };
  }

  /** A function handle. */
  function(name: PartialName): number {
    const [last, module] = this.#resolve(name, 'function', (simple) => this.#hasFunction(simple));
    const key = this.#qualified(module, last);
    const known = this.#known('functionHandles', key);
    if (known !== undefined) return known;
    if (this.#isSelf(module))
      throw new NameError(`unknown function \`${last}\` in the current module`);
    const unit = this.#contextModule(module);
    const handle = unit.functionDefinitions
      .map((definition) => entry(unit.functionHandles, definition.handle))
      .find((candidate) => entry(unit.identifiers, candidate.name) === last);
    if (handle === undefined)
      throw new NameError(`unknown function \`${last}\` in module \`${moduleText(module)}\``);
    return this.#index('functionHandles', key, {
      module: this.module(moduleNameAt(unit, handle.module)),
      name: this.name(last),
      parameters: this.signature(this.#mapped(unit, entry(unit.signatures, handle.parameters))),
      returns: this.signature(this.#mapped(unit, entry(unit.signatures, handle.returns))),
      typeParameters: handle.typeParameters,
      accessSpecifiers: handle.accessSpecifiers,
      attributes: handle.attributes,
    });
  }

  /** A datatype handle. */
  struct(name: PartialName): number {
    const [last, module] = this.#resolve(
      name,
      'struct',
      (simple) => this.#structDefinition(simple) !== undefined,
    );
    return this.#structHandle(module, last);
  }

  /** A struct definition of this module. */
  structDefinition(name: string): number {
    const found = this.#structDefinition(name);
    if (found === undefined) throw new NameError(`undeclared struct \`${name}\` in current module`);
    return found;
  }

  variant(definition: number, name: string): number {
    const { fields } = entry(this.#tables.structDefinitions, definition);
    const variants = fields.kind === 'variants' ? fields.variants : [];
    const found = variants.findIndex(
      (variant) => entry(this.#tables.identifiers, variant.name) === name,
    );
    if (found < 0) throw new NameError(`undeclared variant \`${name}\``);
    return found;
  }

  field(definition: number, variant: number | undefined, name: string): number {
    const { fields } = entry(this.#tables.structDefinitions, definition);
    const declared = declaredFields(fields, variant);
    if (declared === undefined)
      throw new NameError(
        variant === undefined
          ? 'invalid variant for field selection of struct'
          : 'need variant for field selection of enum',
      );
    const found = declared.findIndex(
      (field) => entry(this.#tables.identifiers, field.name) === name,
    );
    if (found < 0) throw new NameError(`undeclared field \`${name}\``);
    return found;
  }

  functionInstantiation(generic: number, typeArguments: Signature): number {
    return this.#instantiation('functionInstantiations', generic, typeArguments);
  }

  structInstantiation(generic: number, typeArguments: Signature): number {
    return this.#instantiation('structInstantiations', generic, typeArguments);
  }

  fieldHandle(owner: number, field: number): number {
    return this.#index('fieldHandles', `${owner} ${field}`, { owner, field });
  }

  fieldInstantiation(generic: number, typeArguments: Signature): number {
    return this.#instantiation('fieldInstantiations', generic, typeArguments);
  }

  variantHandle(owner: number, variant: number): number {
    return this.#index('variantHandles', `${owner} ${variant}`, { owner, variant });
  }

  variantInstantiation(generic: number, typeArguments: Signature): number {
    return this.#instantiation('variantInstantiations', generic, typeArguments);
  }

  variantFieldHandle(owner: number, variants: readonly number[], field: number): number {
    const key = `${owner} ${variants.join()} ${field}`;
    return this.#index('variantFieldHandles', key, { owner, field, variants });
  }

  variantFieldInstantiation(generic: number, typeArguments: Signature): number {
    return this.#instantiation('variantFieldInstantiations', generic, typeArguments);
  }

  signature(tokens: Signature): number {
    return this.#index('signatures', JSON.stringify(tokens), tokens);
  }

  constant(data: Uint8Array, type: SignatureToken): number {
    const key = `${Buffer.from(data).toString('hex')} ${JSON.stringify(type)}`;
    return this.#index('constants', key, { type, data });
  }

  name(text: string): number {
    return this.#index('identifiers', text, text);
  }

  module(module: ModuleName): number {
    const key = moduleText(module);
    const known = this.#known('moduleHandles', key);
    if (known !== undefined) return known;
    const name = this.name(module.name);
    return this.#index('moduleHandles', key, { address: this.#address(module.address), name });
  }

  #address(address: bigint): number {
    return this.#index('addresses', addressText(address), addressBytes(address));
  }

  #structHandle(module: ModuleName, name: string): number {
    const key = this.#qualified(module, name);
    const known = this.#known('datatypeHandles', key);
    if (known !== undefined) return known;
    if (this.#isSelf(module))
      throw new NameError(`unknown struct \`${name}\` in the current module`);
    const unit = this.#contextModule(module);
    const handle = unit.structDefinitions
      .map((definition) => entry(unit.datatypeHandles, definition.handle))
      .find((candidate) => entry(unit.identifiers, candidate.name) === name);
    if (handle === undefined)
      throw new NameError(`unknown struct \`${name}\` in module \`${moduleText(module)}\``);
    return this.#index('datatypeHandles', key, {
      module: this.module(moduleNameAt(unit, handle.module)),
      name: this.name(name),
      abilities: handle.abilities,
      typeParameters: handle.typeParameters,
    });
  }

  #resolve(
    { address, parts }: PartialName,
    what: 'function' | 'struct',
    isDeclared: (name: string) => boolean,
  ): readonly [name: string, module: ModuleName] {
    const last = parts.at(-1) ?? '';
    if (address === undefined && parts.length === 1) {
      const self = this.self ?? SCRIPT;
      if (!isDeclared(last))
        throw new NameError(`undeclared ${what} \`${last}\` in \`${moduleText(self)}\``);
      return [last, self];
    }
    return [last, this.#resolveModule(address, parts.slice(0, -1))];
  }

  #resolveModule(address: bigint | undefined, parts: readonly string[]): ModuleName {
    const module = this.#moduleNamed(address, parts);
    if (!this.context.has(moduleText(module)) && !this.#isSelf(module))
      throw new NameError(`unknown module \`${moduleText(module)}\``);
    return module;
  }

  #moduleNamed(address: bigint | undefined, [first = '', second]: readonly string[]): ModuleName {
    if (address !== undefined) {
      if (second !== undefined || first === '')
        throw new NameError('expected one name part after address');
      return { address, name: first };
    }
    if (second === undefined) {
      const module = this.#moduleAliases.get(first);
      if (module === undefined) throw new NameError(`undeclared module alias \`${first}\``);
      return module;
    }
    const aliased = this.#addressAliases.get(first);
    if (aliased === undefined) throw new NameError(`undeclared address alias \`${first}\``);
    return { address: aliased, name: second };
  }

  #contextModule(module: ModuleName): CompiledModule {
    const unit = this.context.get(moduleText(module));
    if (unit === undefined) throw new NameError(`unknown module \`${moduleText(module)}\``);
    return unit;
  }

  /** A signature of another module in terms of this one's handles. */
  #mapped(unit: CompiledModule, tokens: Signature): Signature {
    return tokens.map((token) => this.#mappedToken(unit, token));
  }

  #mappedToken(unit: CompiledModule, token: SignatureToken): SignatureToken {
    switch (token.kind) {
      case 'vector':
        return { kind: 'vector', element: this.#mappedToken(unit, token.element) };
      case 'reference':
        return { ...token, to: this.#mappedToken(unit, token.to) };
      case 'datatype': {
        const { module, name } = entry(unit.datatypeHandles, token.handle);
        const handle = this.#structHandle(
          moduleNameAt(unit, module),
          entry(unit.identifiers, name),
        );
        return { kind: 'datatype', handle, typeArguments: this.#mapped(unit, token.typeArguments) };
      }
      case 'function':
        return {
          ...token,
          parameters: this.#mapped(unit, token.parameters),
          results: this.#mapped(unit, token.results),
        };
      default:
        return token;
    }
  }

  #structDefinition(name: string): number | undefined {
    const { structDefinitions, datatypeHandles, identifiers } = this.#tables;
    const found = structDefinitions.findIndex(
      ({ handle }) => entry(identifiers, entry(datatypeHandles, handle).name) === name,
    );
    return found < 0 ? undefined : found;
  }

  #hasFunction(name: string): boolean {
    const { functionDefinitions, functionHandles, identifiers } = this.#tables;
    return functionDefinitions.some(
      ({ handle }) => entry(identifiers, entry(functionHandles, handle).name) === name,
    );
  }

  #isSelf(module: ModuleName): boolean {
    return moduleText(module) === moduleText(this.self ?? SCRIPT);
  }

  #qualified(module: ModuleName, name: string): string {
    return `${moduleText(module)}::${name}`;
  }

  #instantiation(
    table:
      | 'functionInstantiations'
      | 'structInstantiations'
      | 'fieldInstantiations'
      | 'variantInstantiations'
      | 'variantFieldInstantiations',
    generic: number,
    tokens: Signature,
  ): number {
    const typeArguments = this.signature(tokens);
    return this.#index(table, `${generic} ${typeArguments}`, { generic, typeArguments });
  }

  #known(table: keyof Tables, key: string): number | undefined {
    return this.#lookups.get(table)?.get(key);
  }

  #index<K extends keyof Tables>(table: K, key: string, value: Tables[K][number]): number {
    let lookup = this.#lookups.get(table);
    if (lookup === undefined) {
      lookup = new Map();
      this.#lookups.set(table, lookup);
    }
    const known = lookup.get(key);
    if (known !== undefined) return known;
    const entries: Tables[K][number][] = this.#tables[table];
    const index = entries.length;
    entries.push(value);
    lookup.set(key, index);
    return index;
  }
}

/** What stands for a script where a module is asked for. */
const SCRIPT: ModuleName = { address: (1n << 256n) - 1n, name: '<SELF>' };

function declaredFields(
  fields: StructFields,
  variant: number | undefined,
): readonly FieldDefinition[] | undefined {
  if (fields.kind === 'declared' && variant === undefined) return fields.fields;
  if (fields.kind === 'variants' && variant !== undefined) return fields.variants[variant]?.fields;
  return undefined;
}
