import {
  IDENTIFIER_SIZE_MAX,
  LEGACY_IDENTIFIER_SIZE_MAX,
  VARIANT_HANDLE_INDEX_MAX,
} from './limits';
import type { TableName } from './types';

export type Flavour = 'aptos' | 'sui';

/** What a chain's deserializer is set to; a network's protocol version decides. */
export interface FormatConfig {
  readonly flavour: Flavour;
  /** Newest format version that the network takes. */
  readonly maxVersion: number;
  /** Longest identifier in bytes. */
  readonly maxIdentifierSize: number;
  /** Sui's `no_extraneous_module_bytes`: no bytes after the end, and no metadata table. */
  readonly checkNoExtraneousBytes: boolean;
  /** Most entries in a table (Sui's `binary_*` limits); a table not named has none. */
  readonly tableLimits: Readonly<Partial<Record<TableName, number>>>;
}

/** Older versions had another layout; neither chain has such code published. */
export const VERSION_MIN = 5;

const VERSION_MAX: Readonly<Record<Flavour, number>> = { aptos: 10, sui: 7 };

/** Aptos as mainnet is set: version 10, identifiers of at most 255 bytes. */
export const APTOS_FORMAT: FormatConfig = {
  flavour: 'aptos',
  maxVersion: VERSION_MAX.aptos,
  maxIdentifierSize: IDENTIFIER_SIZE_MAX,
  checkNoExtraneousBytes: false,
  tableLimits: {},
};

/** Sui with its format's own limits; a network's protocol configuration tightens the tables'. */
export const SUI_FORMAT: FormatConfig = {
  flavour: 'sui',
  maxVersion: VERSION_MAX.sui,
  maxIdentifierSize: LEGACY_IDENTIFIER_SIZE_MAX,
  checkNoExtraneousBytes: true,
  tableLimits: {
    variantHandles: VARIANT_HANDLE_INDEX_MAX,
    enumVariantInstantiations: VARIANT_HANDLE_INDEX_MAX,
  },
};

/** Newest version that this code knows of a flavour, whatever the network is set to. */
export function newestVersion(flavour: Flavour): number {
  return VERSION_MAX[flavour];
}
