/** What an upgrade may change of a module (move-binary-format, compatibility.rs and normalized.rs). */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { CompiledModule, DatatypeHandle, FieldDefinition } from '../../core/format';
import { type Instruction, type LinkedUnit, type MoveFunction, moduleId } from '../../core/loader';
import { at } from '../../core/loader/at';
import { Address } from '../../core/values';
import type { Id, LinkContext } from '../linkage';

export type UpgradePolicy = 'compatible' | 'additive' | 'depOnly';

/** A module by names, so that two versions of it can be compared. */
class Normalized {
  readonly unit: CompiledModule;

  constructor(
    private readonly linked: LinkedUnit,
    private readonly context: LinkContext,
  ) {
    if (linked.unit.kind !== 'module') throw new TypeError('a package has modules');
    this.unit = linked.unit;
  }

  /** Structs and enums: fields, or fields by variant, as text. */
  get datatypes(): ReadonlyMap<
    string,
    { readonly handle: DatatypeHandle; readonly shape: string }
  > {
    const entry = (handleIndex: number, shape: string) => {
      const handle = at(this.unit.datatypeHandles, handleIndex);
      return [at(this.unit.identifiers, handle.name), { handle, shape }] as const;
    };
    return new Map([
      ...this.unit.structDefinitions.map(({ handle, fields }) =>
        entry(
          handle,
          `struct ${fields.kind === 'declared' ? this.#fields(fields.fields) : fields.kind}`,
        ),
      ),
      ...this.unit.enumDefinitions.map(({ handle, variants }) =>
        entry(
          handle,
          `enum ${variants
            .map(
              ({ name, fields }) => `${at(this.unit.identifiers, name)}{${this.#fields(fields)}}`,
            )
            .join()}`,
        ),
      ),
    ]);
  }

  get functions(): ReadonlyMap<string, MoveFunction> {
    return new Map(this.linked.functions.map((declared) => [declared.name, declared]));
  }

  signature({ parameters, results }: MoveFunction): string {
    const keys = (types: MoveFunction['parameters']): string => types.map(({ key }) => key).join();
    return `(${keys(parameters)}): (${keys(results)})`;
  }

  code(declared: MoveFunction): string {
    if (declared.code === undefined) return 'native';
    return declared.instructions.map((instruction) => this.#instruction(instruction)).join('\n');
  }

  #fields(fields: readonly FieldDefinition[]): string {
    return fields
      .map(({ name, type }) => `${at(this.unit.identifiers, name)}: ${this.linked.type(type).key}`)
      .join();
  }

  #instruction(instruction: Instruction): string {
    const { op } = instruction;
    switch (instruction.form) {
      case 'plain':
        return op;
      case 'branch':
        return `${op} ${instruction.target}`;
      case 'switch':
        return `${op} ${instruction.targets.join()}`;
      case 'local':
        return `${op} ${instruction.index}`;
      case 'load': {
        const { type, value } = instruction;
        return `${op} ${type.key} ${bytesToHex(this.context.loader.codec.encode(value, type))}`;
      }
      case 'field':
        return `${op} ${instruction.type.key} ${instruction.index}`;
      case 'call':
        return `${op} ${instruction.site.resolve().key} ${instruction.site.typeArguments.map(({ key }) => key).join()}`;
      case 'datatype':
        return `${op} ${instruction.type.key} ${instruction.variant ?? ''}`;
      case 'vector':
        return `${op} ${instruction.element.key} ${instruction.count}`;
      default:
        // Sui has no closures.
        return op;
    }
  }
}

/** @param originalId - of the package, which its modules call themselves by */
export function isCompatible(
  policy: UpgradePolicy,
  before: LinkContext,
  after: LinkContext,
  originalId: Id,
  name: string,
): boolean {
  const id = moduleId(Address.parse(originalId), name);
  const old = new Normalized(before.loader.module(id), before);
  const next = new Normalized(after.loader.module(id), after);
  if (policy === 'compatible') return keepsTypes(old, next) && keepsFunctions(old, next);
  if (old.unit.version > next.unit.version) return false;
  const isSameSize =
    old.datatypes.size === next.datatypes.size &&
    old.unit.structDefinitions.length === next.unit.structDefinitions.length &&
    old.functions.size === next.functions.size &&
    old.unit.friends.length === next.unit.friends.length;
  return (policy === 'additive' || isSameSize) && keepsTypes(old, next) && keepsCode(old, next);
}

/** Types keep abilities, parameters and layout to the letter. */
function keepsTypes(old: Normalized, next: Normalized): boolean {
  const types = next.datatypes;
  return [...old.datatypes].every(([name, { handle, shape }]) => {
    const other = types.get(name);
    return (
      other !== undefined &&
      other.handle.abilities === handle.abilities &&
      JSON.stringify(other.handle.typeParameters) === JSON.stringify(handle.typeParameters) &&
      other.shape === shape
    );
  });
}

/**
 * Public functions stay callable as they were. All others are free, entries among them: the chain holds
 * those of its own packages only (compatibility_mode.rs, `upgrade_check`).
 */
function keepsFunctions(old: Normalized, next: Normalized): boolean {
  const functions = next.functions;
  return [...old.functions].every(([name, declared]) => {
    if (declared.visibility !== 'public') return true;
    const other = functions.get(name);
    return (
      other?.visibility === 'public' &&
      old.signature(declared) === next.signature(other) &&
      asksNoMore(declared.typeParameters, other.typeParameters)
    );
  });
}

function asksNoMore(old: readonly number[], next: readonly number[]): boolean {
  return old.length === next.length && next.every((asked, i) => (asked & ~(old[i] ?? 0)) === 0);
}

function keepsCode(old: Normalized, next: Normalized): boolean {
  const functions = next.functions;
  return [...old.functions].every(([name, declared]) => {
    const other = functions.get(name);
    return (
      other !== undefined &&
      other.visibility === declared.visibility &&
      other.isEntry === declared.isEntry &&
      old.signature(declared) === next.signature(other) &&
      other.typeParameters.join() === declared.typeParameters.join() &&
      old.code(declared) === next.code(other)
    );
  });
}
