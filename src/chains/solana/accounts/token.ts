/**
 * Token accounts and mints of Token and Token-2022, with the extensions that matter to a holder.
 * Source: the layouts of solana-program/token and token-2022 (`state.rs`, `extension/*`).
 */
import type { Account } from '../../../vm-preview/svm/account';
import type { Pubkey } from '../../../vm-preview/svm/pubkey';
import { ByteReader, tryRead } from '../bytes';
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '../programs';

export const TOKEN_ACCOUNT_BYTES = 165;
export const MINT_BYTES = 82;
const MULTISIG_BYTES = 355;
const ACCOUNT_TYPE_OFFSET = 165;
const ACCOUNT_TYPE = { mint: 1, account: 2 } as const;

export interface TokenAccount {
  readonly kind: 'token-account';
  readonly mint: string;
  readonly holder: string;
  readonly amount: bigint;
  readonly delegate: string | null;
  readonly delegatedAmount: bigint;
  readonly closeAuthority: string | null;
  readonly frozen: boolean;
  /** Lamports of rent under a wrapped coin; `null` when it is another token. */
  readonly nativeReserve: bigint | null;
  readonly extensions: TokenAccountExtensions;
}

export interface TokenAccountExtensions {
  readonly immutableOwner: boolean;
  readonly memoRequired: boolean;
  readonly cpiGuard: boolean;
  /** Smallest units kept back as transfer fees. */
  readonly withheld: bigint;
  readonly confidential: boolean;
}

export interface TransferFee {
  readonly epoch: bigint;
  readonly maximum: bigint;
  readonly basisPoints: number;
}

export interface Mint {
  readonly kind: 'mint';
  readonly supply: bigint;
  readonly decimals: number;
  /** Role to address, `null` where given up: mint, freeze, and those of extensions. */
  readonly authorities: Readonly<Record<string, string | null>>;
  readonly permanentDelegate: string | null;
  readonly transferHook: string | null;
  /** The fee now and the one that follows it. */
  readonly transferFee: { readonly older: TransferFee; readonly newer: TransferFee } | null;
  readonly metadataAddress: string | null;
  readonly metadata: { readonly name: string; readonly symbol: string } | null;
  readonly paused: boolean;
  readonly nonTransferable: boolean;
}

/** The account as a token account or mint, or `undefined` when it is neither. */
export function parseTokenState(account: Account): TokenAccount | Mint | undefined {
  const owner = account.owner.toBase58();
  if (owner !== TOKEN_PROGRAM && owner !== TOKEN_2022_PROGRAM) return undefined;
  const { data } = account;
  const isExtended =
    owner === TOKEN_2022_PROGRAM &&
    data.length > ACCOUNT_TYPE_OFFSET &&
    data.length !== MULTISIG_BYTES;
  const type = isExtended ? data[ACCOUNT_TYPE_OFFSET] : undefined;
  if (data.length === TOKEN_ACCOUNT_BYTES || type === ACCOUNT_TYPE.account) {
    return tryRead(() => readTokenAccount(data));
  }
  if (data.length === MINT_BYTES || type === ACCOUNT_TYPE.mint) {
    return tryRead(() => readMint(data));
  }
  return undefined;
}

export function parseTokenAccount(account: Account | undefined): TokenAccount | undefined {
  const state = account && parseTokenState(account);
  return state?.kind === 'token-account' ? state : undefined;
}

export function parseMint(account: Account | undefined): Mint | undefined {
  const state = account && parseTokenState(account);
  return state?.kind === 'mint' ? state : undefined;
}

const text = (key: Pubkey | null): string | null => key?.toBase58() ?? null;

function readTokenAccount(data: Uint8Array): TokenAccount | undefined {
  const reader = new ByteReader(data);
  const mint = reader.pubkey().toBase58();
  const holder = reader.pubkey().toBase58();
  const amount = reader.u64();
  const delegate = text(reader.cOptionPubkey());
  const state = reader.u8();
  // 0 is an account that was made but not initialized yet: no token account.
  if (state === 0) return undefined;
  const nativeReserve = reader.cOptionU64();
  const delegatedAmount = reader.u64();
  const closeAuthority = text(reader.cOptionPubkey());
  return {
    kind: 'token-account',
    mint,
    holder,
    amount,
    delegate,
    delegatedAmount,
    closeAuthority,
    frozen: state === 2,
    nativeReserve,
    extensions: accountExtensions(extensionsOf(data)),
  };
}

/** Numbers of Token-2022's `ExtensionType`. */
const EXTENSION = {
  transferFeeConfig: 1,
  transferFeeAmount: 2,
  mintCloseAuthority: 3,
  confidentialTransferMint: 4,
  confidentialTransferAccount: 5,
  immutableOwner: 7,
  memoTransfer: 8,
  nonTransferable: 9,
  interestBearing: 10,
  cpiGuard: 11,
  permanentDelegate: 12,
  transferHook: 14,
  confidentialTransferFee: 16,
  metadataPointer: 18,
  tokenMetadata: 19,
  groupPointer: 20,
  tokenGroup: 21,
  groupMemberPointer: 22,
  scaledUiAmount: 25,
  pausable: 26,
  permissionedBurn: 28,
} as const;

/** Extensions by number: type and length as u16, then the value, until a type of 0 or the end. */
function extensionsOf(data: Uint8Array): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  if (data.length <= ACCOUNT_TYPE_OFFSET + 1) return found;
  const reader = new ByteReader(data, ACCOUNT_TYPE_OFFSET + 1);
  while (reader.remaining >= 4) {
    const type = reader.u16();
    const length = reader.u16();
    if (type === 0 || length > reader.remaining) break;
    found.set(type, reader.take(length));
  }
  return found;
}

function accountExtensions(extensions: ReadonlyMap<number, Uint8Array>): TokenAccountExtensions {
  const read = <T>(type: number, get: (reader: ByteReader) => T, none: T): T => {
    const value = extensions.get(type);
    return value === undefined ? none : get(new ByteReader(value));
  };
  return {
    immutableOwner: extensions.has(EXTENSION.immutableOwner),
    memoRequired: read(EXTENSION.memoTransfer, (reader) => reader.bool(), false),
    cpiGuard: read(EXTENSION.cpiGuard, (reader) => reader.bool(), false),
    withheld: read(EXTENSION.transferFeeAmount, (reader) => reader.u64(), 0n),
    confidential: extensions.has(EXTENSION.confidentialTransferAccount),
  };
}

/** Extensions whose value begins with the authority over them. */
const AUTHORITY_FIRST: readonly (readonly [role: string, extension: number])[] = [
  ['transfer-fee', EXTENSION.transferFeeConfig],
  ['close-mint', EXTENSION.mintCloseAuthority],
  ['confidential-transfer', EXTENSION.confidentialTransferMint],
  ['confidential-transfer-fee', EXTENSION.confidentialTransferFee],
  ['interest-rate', EXTENSION.interestBearing],
  ['permanent-delegate', EXTENSION.permanentDelegate],
  ['transfer-hook', EXTENSION.transferHook],
  ['metadata-pointer', EXTENSION.metadataPointer],
  ['metadata', EXTENSION.tokenMetadata],
  ['group-pointer', EXTENSION.groupPointer],
  ['group', EXTENSION.tokenGroup],
  ['group-member-pointer', EXTENSION.groupMemberPointer],
  ['scaled-ui-amount', EXTENSION.scaledUiAmount],
  ['pause', EXTENSION.pausable],
  ['permissioned-burn', EXTENSION.permissionedBurn],
];

function readMint(data: Uint8Array): Mint | undefined {
  const reader = new ByteReader(data);
  const mintAuthority = text(reader.cOptionPubkey());
  const supply = reader.u64();
  const decimals = reader.u8();
  if (!reader.bool()) return undefined;
  const freezeAuthority = text(reader.cOptionPubkey());
  const extensions = extensionsOf(data);
  const read = <T>(type: number, get: (reader: ByteReader) => T): T | null => {
    const value = extensions.get(type);
    return value === undefined ? null : (tryRead(() => get(new ByteReader(value))) ?? null);
  };
  const authorities: Record<string, string | null> = {
    mint: mintAuthority,
    freeze: freezeAuthority,
  };
  for (const [role, extension] of AUTHORITY_FIRST) {
    if (extensions.has(extension)) {
      authorities[role] = text(read(extension, (value) => value.nonZeroPubkey()));
    }
  }
  if (extensions.has(EXTENSION.transferFeeConfig)) {
    authorities['withdraw-withheld'] = text(
      read(EXTENSION.transferFeeConfig, (value) => {
        value.skip(32);
        return value.nonZeroPubkey();
      }),
    );
  }
  return {
    kind: 'mint',
    supply,
    decimals,
    authorities,
    permanentDelegate: authorities['permanent-delegate'] ?? null,
    transferHook: text(
      read(EXTENSION.transferHook, (value) => {
        value.skip(32);
        return value.nonZeroPubkey();
      }),
    ),
    transferFee: read(EXTENSION.transferFeeConfig, readTransferFees),
    metadataAddress: text(
      read(EXTENSION.metadataPointer, (value) => {
        value.skip(32);
        return value.nonZeroPubkey();
      }),
    ),
    metadata: read(EXTENSION.tokenMetadata, (value) => {
      value.skip(64);
      return { name: value.string32(), symbol: value.string32() };
    }),
    paused:
      read(EXTENSION.pausable, (value) => {
        value.skip(32);
        return value.bool();
      }) ?? false,
    nonTransferable: extensions.has(EXTENSION.nonTransferable),
  };
}

function readTransferFees(reader: ByteReader): { older: TransferFee; newer: TransferFee } {
  reader.skip(72);
  const fee = (): TransferFee => ({
    epoch: reader.u64(),
    maximum: reader.u64(),
    basisPoints: reader.u16(),
  });
  const older = fee();
  return { older, newer: fee() };
}
