/** Token-2022 mints with extensions, and accounts of theirs. */
import type { PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { Bench } from './bench';
import {
  addr,
  associatedAddress,
  createAccount,
  createAssociated,
  initializeMint,
  mintTo,
  TOKEN_2022,
  token,
  web3,
} from './token';

/** Bytes of an extension in a mint, after its type and length. */
const EXTENSION_BYTES = {
  transferFee: 108,
  closeAuthority: 32,
  defaultState: 1,
  nonTransferable: 0,
  interestBearing: 52,
  permanentDelegate: 32,
  transferHook: 64,
  metadataPointer: 64,
  groupPointer: 64,
  memberPointer: 64,
  scaledUiAmount: 56,
  pausable: 33,
} as const;

export type Extension = keyof typeof EXTENSION_BYTES;

/** A mint's base is as long as an account, and a byte says which it is. */
const BASE_BYTES = 165 + 1;

export function mintBytes(extensions: readonly Extension[]): number {
  return extensions.reduce((sum, name) => sum + 4 + EXTENSION_BYTES[name], BASE_BYTES);
}

/** What initializes an extension, before the mint itself. The payer is every authority. */
export function initializeExtension(
  bench: Bench,
  mintKey: PublicKey,
  extension: Extension,
): TransactionInstruction {
  const mint = addr(mintKey);
  const authority = addr(bench.payer);
  switch (extension) {
    case 'transferFee':
      return web3(
        token.getInitializeTransferFeeConfigInstruction({
          mint,
          transferFeeConfigAuthority: authority,
          withdrawWithheldAuthority: authority,
          transferFeeBasisPoints: 150,
          maximumFee: 30n,
        }),
      );
    case 'closeAuthority':
      return web3(
        token.getInitializeMintCloseAuthorityInstruction({ mint, closeAuthority: authority }),
      );
    case 'defaultState':
      return web3(
        token.getInitializeDefaultAccountStateInstruction({
          mint,
          state: token.AccountState.Frozen,
        }),
      );
    case 'nonTransferable':
      return web3(token.getInitializeNonTransferableMintInstruction({ mint }));
    case 'interestBearing':
      return web3(
        token.getInitializeInterestBearingMintInstruction({
          mint,
          rateAuthority: authority,
          rate: 500,
        }),
      );
    case 'permanentDelegate':
      return web3(token.getInitializePermanentDelegateInstruction({ mint, delegate: authority }));
    case 'transferHook':
      return web3(
        token.getInitializeTransferHookInstruction({
          mint,
          authority,
          programId: addr(bench.key('hook')),
        }),
      );
    case 'metadataPointer':
      return web3(
        token.getInitializeMetadataPointerInstruction({ mint, authority, metadataAddress: mint }),
      );
    case 'groupPointer':
      return web3(
        token.getInitializeGroupPointerInstruction({ mint, authority, groupAddress: mint }),
      );
    case 'memberPointer':
      return web3(
        token.getInitializeGroupMemberPointerInstruction({ mint, authority, memberAddress: mint }),
      );
    case 'scaledUiAmount':
      return web3(
        token.getInitializeScaledUiAmountMintInstruction({ mint, authority, multiplier: 2.5 }),
      );
    case 'pausable':
      return web3(token.getInitializePausableConfigInstruction({ mint, authority }));
  }
}

export function createMint(
  bench: Bench,
  extensions: readonly Extension[],
  name = 'mint',
): TransactionInstruction[] {
  const mint = bench.key(name);
  return [
    createAccount(bench, mint, mintBytes(extensions), TOKEN_2022),
    ...extensions.map((extension) => initializeExtension(bench, mint, extension)),
    initializeMint(TOKEN_2022, mint, bench.payer, bench.payer),
  ];
}

export interface ExtendedTokens {
  readonly mint: PublicKey;
  readonly alice: PublicKey;
  readonly bob: PublicKey;
  readonly aliceToken: PublicKey;
  readonly bobToken: PublicKey;
}

/** A mint with extensions, and associated accounts of alice (with 10,000) and bob. */
export function setUpExtended(bench: Bench, extensions: readonly Extension[]): ExtendedTokens {
  const [mint, alice, bob] = [bench.key('mint'), bench.key('alice'), bench.key('bob')];
  const aliceToken = associatedAddress(alice, mint, TOKEN_2022);
  const bobToken = associatedAddress(bob, mint, TOKEN_2022);
  bench.run(...createMint(bench, extensions));
  bench.run(
    createAssociated(bench, alice, mint, TOKEN_2022),
    createAssociated(bench, bob, mint, TOKEN_2022),
  );
  if (!extensions.includes('defaultState')) {
    bench.run(mintTo(TOKEN_2022, mint, aliceToken, bench.payer, 10_000n));
  }
  return { mint, alice, bob, aliceToken, bobToken };
}
