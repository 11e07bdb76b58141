/** Packages that a command sees (linkage/analysis.rs). */
import { CannotPreview, StateError } from '../../../../errors';
import type { TypeTag } from '../../../core/types';
import { ExecutionError } from '../../execution/error';
import type { ValueType } from '../../execution/value';
import { type Id, idOf, type Linkage, type SuiPackage } from '../../linkage';
import { type ConstraintKind, ResolutionTable } from './resolution';

/**
 * Packages that every command sees, in the one version there is of them. Code that uses them links them
 * itself, so they need not be loaded for it.
 */
const SYSTEM_PACKAGES: readonly Id[] = ['1', '2', '3'].map((id) => id.padStart(64, '0'));

export function systemTable(): ResolutionTable {
  const table = new ResolutionTable();
  for (const id of SYSTEM_PACKAGES) table.note(id);
  return table;
}

/** Up to execution version 3: what the called package links, and nothing for types. @throws as `addPackage` */
export function callLinkage(linkage: Linkage, called: SuiPackage): ResolutionTable {
  const table = systemTable();
  addPackage(linkage, table, called, 'exact', 'exact');
  return table;
}

/**
 * Since execution version 4: public functions run with later versions of what their package links, where
 * types that are given to them come from those.
 *
 * @throws as `addPackage`
 */
export function addCall(
  linkage: Linkage,
  table: ResolutionTable,
  called: SuiPackage,
  isPublic: boolean,
  typeArguments: readonly ValueType[],
): void {
  addPackage(linkage, table, called, 'exact', isPublic ? 'atLeast' : 'exact');
  for (const { tag } of typeArguments) addTypePackages(linkage, table, tag);
}

/** Packages that defined a type and its arguments. @param tag - with defining packages */
export function addTypePackages(linkage: Linkage, table: ResolutionTable, tag: TypeTag): void {
  for (const found of linkage.packages.findAll(definingIds(tag))) {
    if (found === null) throw new ExecutionError({ kind: 'InvalidLinkage' });
    addPackage(linkage, table, found, 'atLeast', 'atLeast');
  }
}

function definingIds(tag: TypeTag): readonly Id[] {
  if (tag.kind === 'vector') return definingIds(tag.element);
  if (tag.kind !== 'struct') return [];
  return [...new Set([idOf(tag.address), ...tag.typeArguments.flatMap(definingIds)])];
}

/** @throws ExecutionError InvalidLinkage; MissingObjectsError */
function addPackage(
  { packages }: Linkage,
  table: ResolutionTable,
  added: SuiPackage,
  self: ConstraintKind,
  dependencies: ConstraintKind,
): void {
  for (const found of packages.findAll(added.linkage.values())) {
    if (found === null)
      throw new StateError('sui-linked-package', 'a package that another links to is not there');
    table.add(found, dependencies);
  }
  table.add(added, self);
}

/**
 * Packages were published that do not link all they need, or too old a version of it. Mainnet and testnet
 * have a list of what to put right in each (sui-protocol-config, `*_amendments.json`), which is not here.
 *
 * @throws CannotPreview
 */
export function requireComplete(table: ResolutionTable): void {
  const { packages } = table;
  for (const { id, linkageVersions } of packages.values())
    for (const [original, version] of linkageVersions) {
      const chosen = packages.get(original);
      if (chosen === undefined || chosen.version < version)
        throw new CannotPreview(
          'sui-linkage-amended',
          'a package that does not link all it needs',
          {
            package: id,
            dependency: original,
          },
        );
    }
}

/** Of packages that a new one depends on. @throws ExecutionError InvalidLinkage; MissingObjectsError */
export function publicationLinkage(
  { packages }: Linkage,
  dependencies: readonly Id[],
): ResolutionTable {
  const table = systemTable();
  for (const found of packages.findAll(dependencies)) {
    if (found === null) throw new ExecutionError({ kind: 'InvalidLinkage' });
    table.add(found, 'exact');
  }
  return table;
}
