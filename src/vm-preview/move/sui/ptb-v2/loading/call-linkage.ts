/** Packages that a command sees (linkage/legacy_linkage.rs): each command by itself. */
import { StateError } from '../../../../errors';
import { ExecutionError } from '../../execution/error';
import type { Id, Linkage, SuiPackage } from '../../linkage';
import { ResolutionTable } from './resolution';

/**
 * Packages that every command sees, in the one version there is of them. Code that uses them links them
 * itself, so they need not be loaded for it.
 */
const SYSTEM_PACKAGES: readonly Id[] = ['1', '2', '3'].map((id) => id.padStart(64, '0'));

function systemTable(): ResolutionTable {
  const table = new ResolutionTable();
  for (const id of SYSTEM_PACKAGES) table.note(id);
  return table;
}

/** @throws ExecutionError InvalidLinkage; MissingObjectsError */
export function callLinkage({ packages }: Linkage, root: SuiPackage): ResolutionTable {
  const table = systemTable();
  for (const found of packages.findAll(root.linkage.values())) {
    if (found === null)
      throw new StateError('sui-linked-package', 'a package that another links to is not there');
    table.add(found, 'exact');
  }
  table.add(root, 'exact');
  return table;
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
