import { aptosNatives, sessionNatives } from '../../../../../src/vm-preview/move/aptos/natives';
import { testNatives } from '../../../../support/aptos-native-context';

it('a session finds every native that there is, and no other', () => {
  const { context } = testNatives(aptosNatives);
  const all = [...aptosNatives(context).keys()];
  expect(all.length).toBeGreaterThan(180);
  // The second is made of parts that are made when they are asked for.
  for (const natives of [sessionNatives(context), sessionNatives(context)]) {
    expect(all.filter((name) => natives.get(name) === undefined)).toEqual([]);
    expect(natives.get('0x1::hash::sha2_257')).toBeUndefined();
    expect(natives.get('0x1::hash::sha2_256')).toBe(natives.get('0x1::hash::sha2_256'));
  }
});
