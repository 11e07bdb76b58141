/** What those see who want to check: objects by their fields, and everything that was read. */
import type { DecodedDiff, RawOutcome, StateRead } from '../../vm-preview/model/preview';
import type { SuiObject } from '../../vm-preview/move/sui/state';
import type { SuiOutcome } from '../../vm-preview/move/sui/types';
import { fullAddress, typeText } from './address';
import type { MoveDecoder } from './decode/decoder';
import type { MoveJson } from './decode/json';

/** Objects longer than this are shown by their length. */
const MAX_CONTENTS = 16_384;
const MAX_READS = 1_000;

export function detailsOf(
  { changes, reads }: SuiOutcome,
  decoder: MoveDecoder,
): Pick<RawOutcome, 'decoded' | 'reads'> {
  return {
    decoded: changes.flatMap(({ after, before, id }): DecodedDiff[] => {
      const shown = after ?? before;
      if (shown?.data.kind !== 'move') return [];
      return [
        {
          address: fullAddress(id),
          type: typeText(shown.data.type),
          ...(before === null
            ? { untrustedBefore: null }
            : side('untrustedBefore', fields(before, decoder))),
          ...(after === null
            ? { untrustedAfter: null }
            : side('untrustedAfter', fields(after, decoder))),
        },
      ];
    }),
    reads: reads.slice(0, MAX_READS).map(readOf),
  };
}

function side<Key extends string>(key: Key, value: MoveJson | undefined) {
  return value === undefined ? {} : { [key]: value };
}

/** Owner and version, then what its type has. */
function fields({ data, owner, version }: SuiObject, decoder: MoveDecoder): MoveJson | undefined {
  if (data.kind !== 'move' || data.contents.length > MAX_CONTENTS) return undefined;
  const value = decoder.value(data.contents, data.type);
  if (value === undefined) return undefined;
  const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  return { 'object owner': ownerText(owner), 'object version': version.toString(), ...inner };
}

function ownerText(owner: SuiObject['owner']): string {
  switch (owner.kind) {
    case 'immutable':
      return 'nobody: it is frozen';
    case 'shared':
      return 'everybody: it is shared';
    case 'consensusAddress':
      return fullAddress(owner.address);
    case 'address':
      return fullAddress(owner.address);
    case 'object':
      return `object ${fullAddress(owner.parent)}`;
  }
}

function readOf({ data, id, version }: SuiObject): StateRead {
  const place = { address: fullAddress(id), version: version.toString() };
  if (data.kind === 'package') {
    const length = [...data.modules.values()].reduce((sum, code) => sum + code.length, 0);
    return { kind: 'package', ...place, length };
  }
  return { kind: 'object', ...place, key: typeText(data.type), length: data.contents.length };
}
