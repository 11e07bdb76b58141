/** Which versions of packages fit together (linkage/resolution.rs). */
import { ExecutionError } from '../../execution/error';
import type { Id, SuiPackage } from '../../linkage';

/** One version and no other, or that one or a later. */
export type ConstraintKind = 'exact' | 'atLeast';

interface Constraint {
  readonly kind: ConstraintKind;
  readonly found: SuiPackage;
}

export class ResolutionTable {
  /** By original id. */
  readonly #constraints = new Map<Id, Constraint>();
  /** Every version that took part. */
  readonly #versions = new Set<Id>();

  /** @throws ExecutionError InvalidLinkage */
  add(found: SuiPackage, kind: ConstraintKind): void {
    const known = this.#constraints.get(found.originalId);
    const added: Constraint = { kind, found };
    this.#constraints.set(found.originalId, known === undefined ? added : unify(known, added));
    this.#versions.add(found.id);
  }

  /** A package that always takes part, in its one version. */
  note(id: Id): void {
    this.#versions.add(id);
  }

  /** Of packages that were added, whatever became of them. */
  get versionCount(): number {
    return this.#versions.size;
  }

  /** By original id, the versions that were chosen. */
  get packages(): ReadonlyMap<Id, SuiPackage> {
    return new Map([...this.#constraints].map(([original, { found }]) => [original, found]));
  }

  constraint(original: Id): Constraint | undefined {
    return this.#constraints.get(original);
  }
}

function unify(left: Constraint, right: Constraint): Constraint {
  if (left.kind === 'atLeast' && right.kind === 'atLeast')
    return left.found.version > right.found.version ? left : right;
  if (left.kind === 'exact' && right.kind === 'exact') {
    if (left.found.id !== right.found.id || left.found.version !== right.found.version)
      throw conflict(
        'exact/exact conflicting resolutions for package: linkage requires the same package ' +
          `at different versions. Linkage requires exactly ${named(left)} and ${named(right)} ` +
          'to be used in the same transaction',
      );
    return left;
  }
  const [exact, least] = left.kind === 'exact' ? [left, right] : [right, left];
  if (exact.found.version < least.found.version)
    throw conflict(
      'Exact/AtLeast conflicting resolutions for package: linkage requires exactly this ' +
        `package ${named(exact)} and also at least the following version of the package ` +
        `0x${least.found.id} at version ${least.found.version}. However 0x${exact.found.id} is ` +
        `at version ${exact.found.version} which is less than ${least.found.version}.`,
    );
  return exact;
}

const named = ({ found }: Constraint): string => `0x${found.id} (version ${found.version})`;

function conflict(text: string): ExecutionError {
  return new ExecutionError({ kind: 'InvalidLinkage' }, text);
}
