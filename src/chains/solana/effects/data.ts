/** Data that is read no further: how much of it changed. */
import type { EffectReader } from './view';

export const dataEffects: EffectReader = ({
  address,
  after,
  before,
  meaningAfter,
  meaningBefore,
}) => {
  const isKnown = Object.keys(meaningBefore).length + Object.keys(meaningAfter).length > 0;
  if (isKnown || before === undefined || after === undefined) return [];
  const bytesChanged = differingBytes(before.data, after.data);
  return bytesChanged === 0 ? [] : [{ kind: 'data', address, bytesChanged }];
};

function differingBytes(before: Uint8Array, after: Uint8Array): number {
  const shared = Math.min(before.length, after.length);
  let count = Math.max(before.length, after.length) - shared;
  for (let index = 0; index < shared; index += 1) {
    if (before[index] !== after[index]) count += 1;
  }
  return count;
}
