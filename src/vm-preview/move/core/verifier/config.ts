import type { Flavour } from '../format';

/** What a chain's verifier is set to. Counts are the most that pass; `Infinity` is no limit. */
export interface VerifierConfig {
  readonly flavour: Flavour;
  readonly maxLoopDepth: number;
  readonly maxFunctionParameters: number;
  /** Aptos. */
  readonly maxFunctionReturnValues: number;
  readonly maxTypeParameters: number;
  readonly maxBasicBlocks: number;
  readonly maxBasicBlocksInScript: number;
  readonly maxValueStackSize: number;
  /** Weighed: a datatype or a type parameter counts for four. */
  readonly maxTypeNodes: number;
  /** Aptos. */
  readonly maxTypeDepth: number;
  /** Values that one block may push. */
  readonly maxPushSize: number;
  readonly maxDatatypeDefinitions: number;
  readonly maxFieldsInStruct: number;
  readonly maxVariants: number;
  readonly maxFunctionDefinitions: number;
  readonly maxBackEdgesPerFunction: number;
  readonly maxBackEdgesPerModule: number;
  /** Units of the verifier's meter. */
  readonly maxUnitsPerFunction: number;
  readonly maxUnitsPerModule: number;
  /** Sui: elements of a constant vector. */
  readonly maxConstantVectorLength: number;
  /** Sui: bytes; Aptos' deserializer has the limit. */
  readonly maxIdentifierLength: number;
  readonly enums: boolean;
  readonly functionValues: boolean;
  readonly resourceAccessControl: boolean;
  /** Aptos' signature checker looks into function types (gas feature version 1.34 and later). */
  readonly checksFunctionTypes: boolean;
  /** Aptos' SIGNATURE_CHECKER_V2_SCRIPT_FIX: a script's own type parameters are counted. */
  readonly countsScriptTypeParameters: boolean;
}

/** No limits but those that are always there, and all features: the `default()` of both chains. */
const UNLIMITED = {
  maxLoopDepth: Number.POSITIVE_INFINITY,
  maxFunctionParameters: Number.POSITIVE_INFINITY,
  maxFunctionReturnValues: Number.POSITIVE_INFINITY,
  maxTypeParameters: Number.POSITIVE_INFINITY,
  maxBasicBlocks: Number.POSITIVE_INFINITY,
  maxBasicBlocksInScript: Number.POSITIVE_INFINITY,
  maxValueStackSize: 1024,
  maxTypeNodes: Number.POSITIVE_INFINITY,
  maxTypeDepth: Number.POSITIVE_INFINITY,
  maxPushSize: Number.POSITIVE_INFINITY,
  maxDatatypeDefinitions: Number.POSITIVE_INFINITY,
  maxFieldsInStruct: Number.POSITIVE_INFINITY,
  maxVariants: Number.POSITIVE_INFINITY,
  maxFunctionDefinitions: Number.POSITIVE_INFINITY,
  maxBackEdgesPerFunction: Number.POSITIVE_INFINITY,
  maxBackEdgesPerModule: Number.POSITIVE_INFINITY,
  maxUnitsPerFunction: Number.POSITIVE_INFINITY,
  maxUnitsPerModule: Number.POSITIVE_INFINITY,
  maxConstantVectorLength: Number.POSITIVE_INFINITY,
  maxIdentifierLength: Number.POSITIVE_INFINITY,
  enums: true,
  functionValues: true,
  resourceAccessControl: true,
  checksFunctionTypes: true,
  countsScriptTypeParameters: true,
};

/** The chain's `VerifierConfig::default()`, which its own tests use. Nothing bounds the work: not for use. */
export const APTOS_UNLIMITED: VerifierConfig = { flavour: 'aptos', ...UNLIMITED };

/** Sui's `VerifierConfig::default()`, without its meter. */
export const SUI_UNLIMITED: VerifierConfig = {
  flavour: 'sui',
  ...UNLIMITED,
  maxConstantVectorLength: 1024 * 1024,
  maxIdentifierLength: 128,
  maxVariants: 127,
};

/** What of Aptos' settings the chain's state decides (prod_configs.rs, `aptos_prod_verifier_config`). */
export interface AptosVerifierFeatures {
  readonly gasFeatureVersion: number;
  /** ENABLE_ENUM_TYPES */
  readonly enums: boolean;
  /** ENABLE_FUNCTION_VALUES */
  readonly functionValues: boolean;
  /** ENABLE_RESOURCE_ACCESS_CONTROL */
  readonly resourceAccessControl: boolean;
  /** SIGNATURE_CHECKER_V2_SCRIPT_FIX */
  readonly signatureCheckerScriptFix: boolean;
  /**
   * Bounds on definitions, which a network takes on at a time: on mainnet strict ones since
   * 2026-02-27, revised ones since 2026-03-05 (timed_features.rs). Others always have the revised.
   */
  readonly bounds: keyof typeof BOUNDS;
}

const BOUNDS = {
  none: {},
  strict: {
    maxDatatypeDefinitions: 200,
    maxVariants: 64,
    maxFieldsInStruct: 64,
    maxFunctionDefinitions: 1000,
    maxBasicBlocksInScript: 1024,
  },
  revised: {
    maxDatatypeDefinitions: 1100,
    maxVariants: 127,
    maxFieldsInStruct: 64,
    maxFunctionDefinitions: 1000,
    maxBasicBlocksInScript: 1024,
  },
} as const satisfies Record<string, Partial<VerifierConfig>>;

/** gas_feature_versions.rs */
const RELEASE_V1_34 = 38;

export function aptosVerifierConfig(features: AptosVerifierFeatures): VerifierConfig {
  const { functionValues } = features;
  return {
    ...APTOS_UNLIMITED,
    ...BOUNDS[features.bounds],
    maxLoopDepth: 5,
    maxTypeParameters: 32,
    maxFunctionParameters: 128,
    maxFunctionReturnValues: functionValues ? 128 : Number.POSITIVE_INFINITY,
    maxBasicBlocks: 1024,
    maxTypeNodes: functionValues ? 128 : 256,
    maxTypeDepth: functionValues ? 20 : Number.POSITIVE_INFINITY,
    maxPushSize: 10_000,
    maxUnitsPerFunction: 80_000_000,
    maxUnitsPerModule: 80_000_000,
    enums: features.enums,
    functionValues,
    resourceAccessControl: features.resourceAccessControl,
    checksFunctionTypes: features.gasFeatureVersion >= RELEASE_V1_34,
    countsScriptTypeParameters: features.signatureCheckerScriptFix,
  };
}

/** Aptos with every feature on, and the bounds of today. */
export const APTOS_VERIFIER: VerifierConfig = aptosVerifierConfig({
  gasFeatureVersion: RELEASE_V1_34,
  enums: true,
  functionValues: true,
  resourceAccessControl: true,
  signatureCheckerScriptFix: true,
  bounds: 'revised',
});

/**
 * Sui as mainnet is set (sui-protocol-config), with the limits of validators that sign: what they
 * refuse never runs.
 */
export const SUI_VERIFIER: VerifierConfig = {
  ...SUI_UNLIMITED,
  maxLoopDepth: 5,
  maxTypeParameters: 32,
  maxFunctionParameters: 128,
  maxBasicBlocks: 1024,
  maxTypeNodes: 256,
  maxPushSize: 10_000,
  maxDatatypeDefinitions: 200,
  maxFieldsInStruct: 32,
  maxFunctionDefinitions: 1000,
  maxBackEdgesPerFunction: 10_000,
  maxBackEdgesPerModule: 10_000,
  maxConstantVectorLength: 262_144,
  maxUnitsPerFunction: 2_200_000,
  maxUnitsPerModule: 2_200_000,
};
