import { nativesOf } from '../runtime';
import { asReference } from '../values';

export const MEM = nativesOf('0x1::mem', {
  swap: ({ args: [left, right] }) => {
    const [first, second] = [asReference(left), asReference(right)];
    const kept = first.get();
    first.set(second.get());
    second.set(kept);
    return [];
  },
});
