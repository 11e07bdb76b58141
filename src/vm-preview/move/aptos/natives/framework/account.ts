import { aborted, type Native, nativesOf } from '../../../core/runtime';
import { Address, asAddress, asBytes } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { signerValue } from '../values';

const UNABLE_TO_PARSE_ADDRESS = 2n;
const ADDRESS_LENGTH = 32;

const createSigner = (context: NativeContext): Native => {
  const { base } = pricesOf(context, 'aptos_framework');
  return ({ args: [address] }) => {
    base('account.create_signer.base');
    return [signerValue(asAddress(address))];
  };
};

/** `create_signer` stood in 0x1::account and 0x1::genesis before it had a module of its own. */
export const accountNatives = (context: NativeContext) => {
  const { base } = pricesOf(context, 'aptos_framework');
  return new Map([
    ...nativesOf('0x1::account', {
      create_address: ({ args: [bytes] }) => {
        base('account.create_address.base');
        const data = asBytes(bytes);
        if (data.length !== ADDRESS_LENGTH) throw aborted(UNABLE_TO_PARSE_ADDRESS);
        return [Address.fromBytes(data)];
      },
      create_signer: createSigner(context),
    }),
    ...nativesOf('0x1::create_signer', { create_signer: createSigner(context) }),
    ...nativesOf('0x1::genesis', { create_signer: createSigner(context) }),
  ]);
};
