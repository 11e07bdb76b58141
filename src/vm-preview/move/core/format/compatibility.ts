/** Whether a module may take the place of an older one (move-binary-format, compatibility.rs). */
import { LookaheadError } from '../../../errors';
import type {
  AbilitySet,
  CompiledModule,
  DatatypeTypeParameter,
  FieldDefinition,
  FunctionDefinition,
  FunctionHandle,
  ModuleHandle,
  SignatureToken,
  StructDefinition,
} from './types';

export interface CompatibilityOptions {
  /** Off: layouts may change, which breaks stored values. */
  readonly structLayout: boolean;
  /** Off: friend functions are as free as private ones. */
  readonly friendLinking: boolean;
  /** On: a friend function that is an entry must stay although friends need not. */
  readonly entryAsPublic: boolean;
}

/** The chain's BACKWARD_INCOMPATIBLE_MODULE_UPDATE. */
export class IncompatibleModuleError extends LookaheadError {
  override readonly name = 'IncompatibleModuleError';
  readonly status = 'BACKWARD_INCOMPATIBLE_MODULE_UPDATE';

  /** @param reason - the chain's words */
  constructor(readonly reason: string) {
    super('rejected', 'move-incompatible-module', reason);
  }
}

/** @throws IncompatibleModuleError with everything that `after` breaks */
export function requireCompatible(
  before: CompiledModule,
  after: CompiledModule,
  options: CompatibilityOptions,
): void {
  const [old, next] = [new View(before), new View(after)];
  const problems = [
    ...identityProblems(old, next),
    ...structProblems(old, next, options),
    ...functionProblems(old, next, options),
    ...(options.friendLinking ? friendProblems(old, next) : []),
  ];
  if (problems.length === 0) return;
  throw new IncompatibleModuleError(
    `Module update failure: new module not compatible with existing module in \`${old.id}\`: ${problems.join(', ')}`,
  );
}

interface NamedFunction {
  readonly name: string;
  readonly definition: FunctionDefinition;
  readonly handle: FunctionHandle;
}

/** A module's tables by name. */
class View {
  readonly functions: ReadonlyMap<string, NamedFunction>;
  readonly structs: ReadonlyMap<string, StructDefinition>;

  constructor(readonly module: CompiledModule) {
    this.functions = new Map(
      module.functionDefinitions.map((definition) => {
        const handle = get(module.functionHandles, definition.handle);
        const name = this.name(handle.name);
        return [name, { name, definition, handle }];
      }),
    );
    this.structs = new Map(
      module.structDefinitions.map((definition) => [
        this.name(this.handle(definition).name),
        definition,
      ]),
    );
  }

  get id(): string {
    return this.moduleId(get(this.module.moduleHandles, this.module.selfModule));
  }

  name(index: number): string {
    return get(this.module.identifiers, index);
  }

  handle({ handle }: StructDefinition) {
    return get(this.module.datatypeHandles, handle);
  }

  moduleId({ address, name }: ModuleHandle): string {
    return `${this.address(address)}::${this.name(name)}`;
  }

  address(index: number): string {
    const bytes = get(this.module.addresses, index);
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  datatype(handle: number): string {
    const { module, name } = get(this.module.datatypeHandles, handle);
    return `${this.moduleId(get(this.module.moduleHandles, module))}::${this.name(name)}`;
  }
}

function* identityProblems(old: View, next: View): Iterable<string> {
  const [before, after] = [old, next].map(({ module }) =>
    get(module.moduleHandles, module.selfModule),
  );
  if (before === undefined || after === undefined) return;
  if (old.address(before.address) !== next.address(after.address))
    yield `module address changed to \`${next.address(after.address)}\``;
  if (old.name(before.name) !== next.name(after.name))
    yield `module name changed to \`${next.name(after.name)}\``;
}

function* structProblems(
  old: View,
  next: View,
  { structLayout }: CompatibilityOptions,
): Iterable<string> {
  for (const [name, before] of old.structs) {
    const after = next.structs.get(name);
    if (after === undefined) {
      yield `removed struct \`${name}\``;
      return;
    }
    const [was, is] = [old.handle(before), next.handle(after)];
    const lost = was.abilities & ~is.abilities;
    if (lost !== 0) yield `removed abilities \`${abilityNames(lost)}\` from struct \`${name}\``;
    if (!every(was.typeParameters, is.typeParameters, structParameterFits))
      yield `changed type parameters of struct \`${name}\``;
    if (structLayout && !sameLayout(old, before, next, after))
      yield `changed layout of struct \`${name}\``;
  }
}

function* functionProblems(old: View, next: View, options: CompatibilityOptions): Iterable<string> {
  for (const before of old.functions.values()) {
    const { visibility, isEntry } = before.definition;
    const persistent = isPersistent(before);
    if (visibility === 'private' && !isEntry && !persistent) continue;
    const freeFriend =
      !persistent &&
      visibility === 'friend' &&
      !options.friendLinking &&
      !(isEntry && options.entryAsPublic);
    if (freeFriend) continue;
    const after = next.functions.get(before.name);
    if (after === undefined) yield `removed function \`${before.name}\``;
    else {
      const problem = functionProblem(old, before, next, after);
      if (problem !== undefined) yield `${problem} of function \`${before.name}\``;
    }
  }
}

function functionProblem(
  old: View,
  before: NamedFunction,
  next: View,
  after: NamedFunction,
): string | undefined {
  const [was, is] = [before.definition.visibility, after.definition.visibility];
  const keepsVisibility = was === 'private' || is === 'public' || is === was;
  if (!keepsVisibility) return 'changed visibility';
  if (before.definition.isEntry && !after.definition.isEntry) return 'removed `entry` modifier';
  if (isPersistent(before) && !isPersistent(after)) return 'removed required attributes';
  const same = (first: number, second: number): boolean =>
    sameTypes(old, get(old.module.signatures, first), next, get(next.module.signatures, second));
  if (!same(before.handle.parameters, after.handle.parameters)) return 'changed parameter types';
  if (!same(before.handle.returns, after.handle.returns)) return 'changed return type';
  if (!every(before.handle.typeParameters, after.handle.typeParameters, constraintFits))
    return 'changed type parameters';
  return undefined;
}

function* friendProblems(old: View, next: View): Iterable<string> {
  const kept = new Set(next.module.friends.map((friend) => next.moduleId(friend)));
  const lost = old.module.friends
    .map((friend) => old.moduleId(friend))
    .filter((friend) => !kept.has(friend))
    .sort();
  if (lost.length > 0)
    yield `removed friend declaration ${lost.map((friend) => `\`${friend}\``).join(' and ')}`;
}

const isPersistent = ({ handle }: NamedFunction): boolean =>
  handle.attributes.some(({ kind }) => kind === 'persistent');

/** A constraint may only be taken away. */
const constraintFits = (before: AbilitySet, after: AbilitySet): boolean => (after & ~before) === 0;

const structParameterFits = (
  before: DatatypeTypeParameter,
  after: DatatypeTypeParameter,
): boolean =>
  (!before.isPhantom || after.isPhantom) && constraintFits(before.constraints, after.constraints);

function sameLayout(
  old: View,
  { fields: before }: StructDefinition,
  next: View,
  { fields: after }: StructDefinition,
): boolean {
  if (before.kind !== 'variants') {
    const declared = (fields: typeof before | typeof after): readonly FieldDefinition[] =>
      fields.kind === 'declared' ? fields.fields : [];
    return after.kind !== 'variants' && sameFields(old, declared(before), next, declared(after));
  }
  if (after.kind !== 'variants') return false;
  return every(
    before.variants,
    after.variants.slice(0, before.variants.length),
    (was, is) =>
      old.name(was.name) === next.name(is.name) && sameFields(old, was.fields, next, is.fields),
  );
}

function sameFields(
  old: View,
  before: readonly FieldDefinition[],
  next: View,
  after: readonly FieldDefinition[],
): boolean {
  return every(
    before,
    after,
    (was, is) =>
      old.name(was.name) === next.name(is.name) && sameType(old, was.type, next, is.type),
  );
}

function sameTypes(
  old: View,
  before: readonly SignatureToken[],
  next: View,
  after: readonly SignatureToken[],
): boolean {
  return every(before, after, (was, is) => sameType(old, was, next, is));
}

function sameType(old: View, before: SignatureToken, next: View, after: SignatureToken): boolean {
  switch (before.kind) {
    case 'vector':
      return after.kind === 'vector' && sameType(old, before.element, next, after.element);
    case 'reference':
      return (
        after.kind === 'reference' &&
        before.mutable === after.mutable &&
        sameType(old, before.to, next, after.to)
      );
    case 'typeParameter':
      return after.kind === 'typeParameter' && before.index === after.index;
    case 'datatype':
      return (
        after.kind === 'datatype' &&
        old.datatype(before.handle) === next.datatype(after.handle) &&
        sameTypes(old, before.typeArguments, next, after.typeArguments)
      );
    case 'function':
      return (
        after.kind === 'function' &&
        before.abilities === after.abilities &&
        sameTypes(old, before.parameters, next, after.parameters) &&
        sameTypes(old, before.results, next, after.results)
      );
    default:
      return before.kind === after.kind;
  }
}

function every<A, B>(
  before: readonly A[],
  after: readonly B[],
  fits: (was: A, is: B) => boolean,
): boolean {
  return before.length === after.length && before.every((was, i) => fits(was, get(after, i)));
}

const ABILITY_NAMES: readonly (readonly [number, string])[] = [
  [1, 'copy'],
  [2, 'drop'],
  [4, 'store'],
  [8, 'key'],
];

/** `copy + drop` */
export function abilityNames(abilities: AbilitySet): string {
  return ABILITY_NAMES.filter(([bit]) => (abilities & bit) !== 0)
    .map(([, name]) => name)
    .join(' + ');
}

function get<T>(table: readonly T[], index: number): T {
  const entry = table[index];
  if (entry === undefined) throw new RangeError(`no entry ${index} in a table of ${table.length}`);
  return entry;
}
