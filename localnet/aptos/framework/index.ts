import type { Change } from '../ledger';
export function ownGenesis(): Change[] {
  throw new Error('none');
}
