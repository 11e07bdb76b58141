/**
 * Well-known programs. Source: solana-sdk `sdk-ids/src/lib.rs` for the chain's own, and the addresses
 * that the Solana Program Library deployed its programs to.
 */
import { Pubkey } from '../pubkey';

export const SYSTEM_PROGRAM = Pubkey.fromBase58('11111111111111111111111111111111');
export const VOTE_PROGRAM = Pubkey.fromBase58('Vote111111111111111111111111111111111111111');
export const STAKE_PROGRAM = Pubkey.fromBase58('Stake11111111111111111111111111111111111111');
export const COMPUTE_BUDGET_PROGRAM = Pubkey.fromBase58(
  'ComputeBudget111111111111111111111111111111',
);
export const ADDRESS_LOOKUP_TABLE_PROGRAM = Pubkey.fromBase58(
  'AddressLookupTab1e1111111111111111111111111',
);
export const CONFIG_PROGRAM = Pubkey.fromBase58('Config1111111111111111111111111111111111111');

/** Owner of the builtins. */
export const NATIVE_LOADER = Pubkey.fromBase58('NativeLoader1111111111111111111111111111111');
/** `bpf_loader_deprecated`: does not align its programs' input. */
export const LOADER_V1 = Pubkey.fromBase58('BPFLoader1111111111111111111111111111111111');
/** `bpf_loader`: its programs cannot be upgraded. */
export const LOADER_V2 = Pubkey.fromBase58('BPFLoader2111111111111111111111111111111111');
/** `bpf_loader_upgradeable`. */
export const LOADER_V3 = Pubkey.fromBase58('BPFLoaderUpgradeab1e11111111111111111111111');
/** Abandoned: no network activated it. */
export const LOADER_V4 = Pubkey.fromBase58('LoaderV411111111111111111111111111111111111');

export const ED25519_PROGRAM = Pubkey.fromBase58('Ed25519SigVerify111111111111111111111111111');
export const SECP256K1_PROGRAM = Pubkey.fromBase58('KeccakSecp256k11111111111111111111111111111');
export const SECP256R1_PROGRAM = Pubkey.fromBase58('Secp256r1SigVerify1111111111111111111111111');
export const ZK_TOKEN_PROOF_PROGRAM = Pubkey.fromBase58(
  'ZkTokenProof1111111111111111111111111111111',
);
export const ZK_ELGAMAL_PROOF_PROGRAM = Pubkey.fromBase58(
  'ZkE1Gama1Proof11111111111111111111111111111',
);

/** Owner of the feature accounts. */
export const FEATURE_PROGRAM = Pubkey.fromBase58('Feature111111111111111111111111111111111111');
/** Lamports sent here are burned at the end of the block. */
export const INCINERATOR = Pubkey.fromBase58('1nc1nerator11111111111111111111111111111111');

export const TOKEN_PROGRAM = Pubkey.fromBase58('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
export const TOKEN_2022_PROGRAM = Pubkey.fromBase58('TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb');
export const ASSOCIATED_TOKEN_PROGRAM = Pubkey.fromBase58(
  'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL',
);
export const MEMO_V1_PROGRAM = Pubkey.fromBase58('Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo');
export const MEMO_PROGRAM = Pubkey.fromBase58('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
/** The mint of wrapped SOL. */
export const NATIVE_MINT = Pubkey.fromBase58('So11111111111111111111111111111111111111112');
