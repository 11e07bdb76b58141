/** Programs, their data and buffers. */
import type { Change } from '../../../vm-preview/model/preview';
import { authorityChange, type EffectReader } from './view';

export const programEffects: EffectReader = (view) => {
  const before = view.meaningBefore.program;
  const after = view.meaningAfter.program;
  const code = (action: 'deployed' | 'upgraded' | 'closed' | 'extended'): Change => ({
    kind: 'code',
    address: view.address,
    action,
  });
  const isProgram = (kind: string | undefined) => kind === 'program' || kind === 'program-data';
  if (!isProgram(before?.kind) && after?.kind === 'program') return [code('deployed')];
  if (isProgram(before?.kind) && !isProgram(after?.kind)) return [code('closed')];
  const changes: Change[] = [];
  if (before?.kind === 'program-data' && after?.kind === 'program-data') {
    const grew = (view.after?.data.length ?? 0) > (view.before?.data.length ?? 0);
    // An upgrade stamps the slot; extending does too, and changes the length besides.
    if (before.slot !== after.slot) changes.push(code(grew ? 'extended' : 'upgraded'));
    changes.push(...authorityChange(view, 'upgrade', before.authority, after.authority));
  }
  if (before?.kind === 'buffer' && after?.kind === 'buffer') {
    changes.push(...authorityChange(view, 'buffer', before.authority, after.authority));
  }
  return changes;
};
