import { nativesOf } from '../runtime';
import { asReference, compareValues, Struct } from '../values';

/** Variants of `0x1::cmp::Ordering`. */
const LESS = 0;
const EQUAL = 1;
const GREATER = 2;

export const CMP = nativesOf('0x1::cmp', {
  compare: ({ args: [left, right] }) => {
    const order = compareValues(asReference(left).get(), asReference(right).get());
    return [new Struct([], order < 0 ? LESS : order > 0 ? GREATER : EQUAL)];
  },
});
