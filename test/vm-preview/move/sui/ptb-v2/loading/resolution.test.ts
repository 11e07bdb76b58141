/** The chain's rules of fitting versions together (linkage/resolution.rs, `ConflictResolution::unify`). */
import type { PackageData } from '../../../../../../src/vm-preview/move/sui';
import { SuiPackage } from '../../../../../../src/vm-preview/move/sui/linkage';
import {
  type ConstraintKind,
  ResolutionTable,
} from '../../../../../../src/vm-preview/move/sui/ptb-v2/loading/resolution';

const ORIGINAL = 'aa'.repeat(32);

/** A version of one package. */
class Version extends SuiPackage {
  override get originalId(): string {
    return ORIGINAL;
  }
}

function version(number: number): SuiPackage {
  const data: PackageData = {
    kind: 'package',
    modules: new Map(),
    typeOrigins: [],
    linkage: new Map(),
  };
  const id = new Uint8Array(32).fill(number);
  const owner = { kind: 'immutable' } as const;
  const previousTransaction = new Uint8Array(32);
  return new Version(
    { id, version: BigInt(number), data, owner, previousTransaction, storageRebate: 0n },
    data,
  );
}

function chosen(
  ...constraints: readonly (readonly [number, ConstraintKind])[]
): bigint | undefined {
  const table = new ResolutionTable();
  for (const [number, kind] of constraints) table.add(version(number), kind);
  return table.packages.get(ORIGINAL)?.version;
}

const conflict = expect.objectContaining({ failure: { kind: 'InvalidLinkage' } });

describe('versions of a package', () => {
  it('takes the later of two that are asked for at least', () => {
    expect(chosen([1, 'atLeast'], [3, 'atLeast'], [2, 'atLeast'])).toBe(3n);
  });

  it('takes the one that is asked for exactly, if it is late enough', () => {
    expect(chosen([3, 'exact'], [2, 'atLeast'])).toBe(3n);
    expect(chosen([2, 'atLeast'], [3, 'exact'])).toBe(3n);
    expect(chosen([3, 'exact'], [3, 'exact'])).toBe(3n);
    expect(() => chosen([2, 'exact'], [3, 'atLeast'])).toThrow(conflict);
    expect(() => chosen([3, 'atLeast'], [2, 'exact'])).toThrow(conflict);
    expect(() => chosen([2, 'exact'], [3, 'exact'])).toThrow(conflict);
  });

  it('says what is in the way', () => {
    expect(() => chosen([1, 'exact'], [2, 'exact'])).toThrow(
      `exact/exact conflicting resolutions for package: linkage requires the same package at different ` +
        `versions. Linkage requires exactly 0x${'01'.repeat(32)} (version 1) and 0x${'02'.repeat(32)} ` +
        `(version 2) to be used in the same transaction`,
    );
  });

  it("counts every version that took part, the system's among them", () => {
    const table = new ResolutionTable();
    table.note('2'.padStart(64, '0'));
    for (const number of [1, 2, 2]) table.add(version(number), 'atLeast');
    expect(table.versionCount).toBe(3);
  });
});
