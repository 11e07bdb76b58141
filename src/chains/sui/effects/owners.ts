/** Whose an object is, as the preview has it. */
import type { SuiObject, SuiOwner } from '../../../vm-preview/move/sui/state';
import { fullAddress } from '../address';

/** The account or object that owns it; null for what is everybody's or nobody's. */
export function holderOf(object: SuiObject | null): string | null {
  const owner = object?.owner;
  switch (owner?.kind) {
    case 'address':
    case 'consensusAddress':
      return fullAddress(owner.address);
    case 'object':
      return fullAddress(owner.parent);
    case 'shared':
    case 'immutable':
    case undefined:
      return null;
  }
}

export function sharing(owner: SuiOwner | undefined): 'shared' | 'frozen' | undefined {
  if (owner?.kind === 'shared') return 'shared';
  return owner?.kind === 'immutable' ? 'frozen' : undefined;
}
