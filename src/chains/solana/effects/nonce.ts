/** Durable nonces. */
import type { Change } from '../../../vm-preview/model/preview';
import { equalBytes } from '../../hex';
import { authorityChange, type EffectReader, ownerOf } from './view';

export const nonceEffects: EffectReader = (view) => {
  const before = view.meaningBefore.nonce;
  const after = view.meaningAfter.nonce;
  const change = (action: 'created' | 'advanced' | 'closed'): Change => ({
    kind: 'nonce',
    address: view.address,
    ...ownerOf(view),
    action,
  });
  if (before === undefined) return after === undefined ? [] : [change('created')];
  if (after === undefined) return [change('closed')];
  return [
    ...(equalBytes(before.nonce, after.nonce) ? [] : [change('advanced')]),
    ...authorityChange(view, 'nonce', before.authority, after.authority),
  ];
};
