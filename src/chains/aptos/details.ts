/** What those see who want to check: values by their fields, and everything that was read. */
import type { DecodedDiff, RawOutcome, StateRead } from '../../vm-preview/model/preview';
import type { StateKey } from '../../vm-preview/move/aptos/state';
import type { AptosOutcome } from '../../vm-preview/move/aptos/types';
import { typeTagText } from '../../vm-preview/move/core/types';
import { toHex } from '../hex';
import { fullAddress } from './address';
import type { MoveJson } from './decode/json';
import type { ChangeViews } from './effects/view';

const MAX_READS = 1_000;

/** @param lengthOf - bytes of a value; undefined where there is none */
export function detailsOf(
  { reads }: AptosOutcome,
  { items, resources }: ChangeViews,
  lengthOf: (key: StateKey) => number | undefined,
): Pick<RawOutcome, 'decoded' | 'reads'> {
  return {
    decoded: [
      ...resources
        .filter(({ changed }) => changed)
        .map(({ address, type, ...view }) => ({ address, type, ...sides(view) })),
      ...items.map(({ handle, key, valueType, ...view }): DecodedDiff => {
        return {
          address: handle,
          type: valueType ?? 'item of a table',
          ...(key === undefined ? {} : { untrustedKey: key }),
          ...sides(view),
        };
      }),
    ],
    reads: reads.slice(0, MAX_READS).map((key) => readOf(key, lengthOf(key) ?? null)),
  };
}

function sides({
  after,
  before,
}: {
  readonly after: MoveJson | undefined;
  readonly before: MoveJson | undefined;
}): Pick<DecodedDiff, 'untrustedBefore' | 'untrustedAfter'> {
  return {
    ...(before === undefined ? {} : { untrustedBefore: before }),
    ...(after === undefined ? {} : { untrustedAfter: after }),
  };
}

function readOf(key: StateKey, length: number | null): StateRead {
  switch (key.kind) {
    case 'resource':
    case 'group':
      return {
        kind: key.kind,
        address: fullAddress(key.address),
        key: typeTagText(key.type),
        length,
      };
    case 'module':
      return { kind: 'module', address: fullAddress(key.address), key: key.name, length };
    case 'tableItem':
      return {
        kind: 'table-item',
        address: fullAddress(key.handle),
        key: `0x${toHex(key.key)}`,
        length,
      };
    case 'raw':
      return { kind: 'setting', address: '', key: `0x${toHex(key.key)}`, length };
  }
}
