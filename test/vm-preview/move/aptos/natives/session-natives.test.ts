import { aptosNatives, sessionNatives } from '../../../../../src/vm-preview/move/aptos/natives';
import { IDLE_CONTEXT } from '../../../../conformance/aptos-natives';

it('a session finds every native that there is, and no other', () => {
  const all = [...aptosNatives(IDLE_CONTEXT).keys()];
  expect(all.length).toBeGreaterThan(170);
  // The second is made of parts that are made when they are asked for.
  for (const natives of [sessionNatives(IDLE_CONTEXT), sessionNatives(IDLE_CONTEXT)]) {
    expect(all.filter((name) => natives.get(name) === undefined)).toEqual([]);
    expect(natives.get('0x1::hash::sha2_257')).toBeUndefined();
    expect(natives.get('0x1::hash::sha2_256')).toBe(natives.get('0x1::hash::sha2_256'));
  }
});
