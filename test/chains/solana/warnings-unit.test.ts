/** Warnings whose cause no program on the local chain brings about. */

import type { Mint } from '../../../src/chains/solana/accounts/token';
import type { WarningContext } from '../../../src/chains/solana/warnings/context';
import { tokenPowers } from '../../../src/chains/solana/warnings/token-powers';
import type { Asset, Change } from '../../../src/vm-preview/model/preview';

const USD: Asset = { kind: 'token', id: 'usd', decimals: 2, symbol: 'USD', named: 'none' };
const gained: Change = {
  kind: 'balance',
  address: 'account',
  asset: USD,
  before: '0',
  after: '5',
  delta: '5',
};
const plain: Mint = {
  kind: 'mint',
  supply: 1n,
  decimals: 2,
  authorities: {},
  permanentDelegate: null,
  transferHook: null,
  transferFee: null,
  metadataAddress: null,
  metadata: null,
  paused: false,
  nonTransferable: false,
};

/** The check reads these three alone. */
type Read = Pick<WarningContext, 'assets' | 'effects' | 'mintOf'>;
function codes(mint: Partial<Mint>, own: readonly Change[] = [gained]): string[] {
  const context: Read = {
    effects: { own, others: [] },
    assets: { coin: USD, assetOf: () => USD },
    mintOf: () => ({ ...plain, ...mint }),
  };
  return tokenPowers(context as WarningContext).map(({ code }) => code);
}

test('powers that the issuer of a token keeps', () => {
  const fee = { epoch: 0n, maximum: 100n, basisPoints: 50 };
  expect(codes({ permanentDelegate: 'issuer' })).toEqual(['permanent-delegate']);
  expect(codes({ transferHook: 'program' })).toEqual(['transfer-hook']);
  expect(codes({ transferFee: { older: fee, newer: fee } })).toEqual(['transfer-fee']);
  const free = { ...fee, basisPoints: 0 };
  expect(codes({ transferFee: { older: fee, newer: free } })).toEqual([]);
  expect(codes({})).toEqual([]);
  expect(codes({ permanentDelegate: 'issuer' }, [])).toEqual([]);
});
