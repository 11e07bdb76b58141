import { nativesOf } from '../runtime';
import { asReference, asStruct, SlotReference } from '../values';

export const SIGNER = nativesOf('0x1::signer', {
  /** A signer holds its address as its field. */
  borrow_address: ({ args: [signer] }) => {
    const reference = asReference(signer);
    return [new SlotReference(asStruct(reference.get()).fields, 0, reference.root)];
  },
});
