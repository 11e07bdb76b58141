import { APTOS_COIN, addressBytes, FRAMEWORK } from '../../../src/chains/aptos/address';
import type { EntryFunction } from '../../../src/vm-preview/move/aptos';
import { parseTypeTag } from '../../../src/vm-preview/move/core/types';
import { Address } from '../../../src/vm-preview/move/core/values';
import type { Chain } from '../chain';
import { view } from '../system';
import { invalidInput } from './answer';
import { address, type Scope, structTag } from './scope';

/**
 * Of a coin by its type, or of a fungible asset by its metadata's address, in smallest units: the framework
 * says.
 *
 * @throws ApiError `invalid_input`
 */
export function balanceOf(chain: Chain, at: string, asset: string, { reader }: Scope): bigint {
  const owner = addressBytes(at);
  const isCoin = asset.includes('::');
  const call: EntryFunction = {
    address: Address.parse(FRAMEWORK),
    module: isCoin ? 'coin' : 'primary_fungible_store',
    function: 'balance',
    typeArguments: [isCoin ? structTag(asset) : parseTypeTag('0x1::fungible_asset::Metadata')],
    args: isCoin ? [owner] : [owner, addressBytes(address(asset))],
  };
  if (isCoin && asset !== APTOS_COIN && reader.resource(...coinInfo(asset)) === undefined)
    throw invalidInput(`${asset} is no coin of this chain`);
  const [result] = view(reader.state, chain.chainId, chain.cache, () => call).values;
  return BigInt(String(result?.value));
}

function coinInfo(asset: string): [string, ReturnType<typeof structTag>] {
  const [issuer] = asset.split('::');
  return [address(issuer), structTag(`0x1::coin::CoinInfo<${asset}>`)];
}
