import type { FeatureSet } from '../features/feature-set';
import type { InputRegion } from '../sbpf/types';

/** How a program's input is laid out in its address space. */
export interface InputLayout {
  /** Loader v1's programs (ABI v0) get no padding and no room to grow. */
  readonly isLoaderV1: boolean;
  /** Each account's data is a region of its own, writable only where the program may write. */
  readonly isSpaceAdjusted: boolean;
  /** Those regions are the accounts' data itself, not copies in the input. */
  readonly isDirectMapping: boolean;
  /** SIMD-0449: the input ends with the accounts' addresses. */
  readonly hasAccountPointers: boolean;
}

export function inputLayout(features: FeatureSet, isLoaderV1: boolean): InputLayout {
  const isSpaceAdjusted = features.isActive('virtual_address_space_adjustments');
  return {
    isLoaderV1,
    isSpaceAdjusted,
    isDirectMapping: isSpaceAdjusted && features.isActive('account_data_direct_mapping'),
    hasAccountPointers: features.isActive('direct_account_pointers_in_program_input'),
  };
}

/**
 * Where an account lies in the program's input; addresses are the program's, and numbers: they stay
 * below 2^53, and most are never compared with what a program says. A duplicate has those of its first
 * occurrence. Source: agave `memory_context.rs` (`SerializedAccountMetadata`).
 */
export interface SerializedAccount {
  /** Of the first byte, which says whether it is a duplicate. */
  readonly address: number;
  readonly keyAddress: number;
  readonly ownerAddress: number;
  readonly lamportsAddress: number;
  readonly dataAddress: number;
  /** In bytes, when the program was entered. */
  readonly originalDataLength: number;
  /** Bytes of address space from `dataAddress` on. */
  readonly reservedLength: number;
  /** Position among the input's regions of the one that holds what comes before the data. */
  readonly headRegion: number;
  /** Position of the data's own region; undefined when the data lies in the input, or can never be any. */
  readonly dataRegion: number | undefined;
}

export interface SerializedInput {
  readonly regions: readonly InputRegion[];
  /** By position in the instruction. */
  readonly accounts: readonly SerializedAccount[];
  /** What the program finds in r2 (SIMD-0321). */
  readonly instructionDataAddress: bigint;
}
