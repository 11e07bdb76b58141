/**
 * What a chain's Move VM is set to. A network's features and gas schedule decide some of it; the two
 * constants are the chains' defaults.
 */
export interface VmConfig {
  /** Calls in one another, the running function not counted. */
  readonly maxCallDepth: number;
  /** Values on the operand stack, of all frames together. */
  readonly maxOperands: number;
  /** Nodes and levels of a type whose type parameters are filled in. */
  readonly maxTypeNodes: number;
  readonly maxTypeDepth: number;
  /**
   * Sui counts other nodes: of the type arguments of the running function and those of what it names,
   * together.
   */
  readonly countsTypeArguments: boolean;
  /** Whether a reference is a node and a level of its type. */
  readonly countsReferences: boolean;
  /** Whether the types of a generic function's locals are held to that when it is called. */
  readonly boundsLocals: boolean;
  /** Elements of a vector that an instruction adds to. */
  readonly maxVectorLength: number;
  /** Nodes and levels of the layout of a type that is stored or captured. */
  readonly maxLayoutNodes: number;
  readonly maxLayoutDepth: number;
  /** Sui: whether each variant of an enum is a node too. */
  readonly countsVariants: boolean;
  /** Whether a type that a value is packed of is held to the depth of values beforehand. */
  readonly checksTypeDepth: boolean;
  /** Aptos: whether what a closure captures is held to the depth of values. */
  readonly checksCapturedDepth: boolean;
  /** Aptos: whether a function that can be stored may capture `0x1::option::Option`. */
  readonly capturesOption: boolean;
}

/** What of Aptos' settings the chain's state decides (prod_configs.rs, `aptos_prod_vm_config`). */
export interface AptosVmFeatures {
  readonly gasFeatureVersion: number;
  /** txn.max_ty_size and txn.max_ty_depth of the gas schedule, from version 20 on. */
  readonly maxTypeNodes: number;
  readonly maxTypeDepth: number;
  /** ENABLE_LAZY_LOADING */
  readonly lazyLoading: boolean;
  /** ENABLE_CAPTURE_OPTION */
  readonly capturesOption: boolean;
}

/** gas_feature_versions.rs */
const RELEASE_V1_15 = 20;
const RELEASE_V1_30 = 34;
const RELEASE_V1_38 = 42;
const RELEASE_V1_41 = 45;
const RELEASE_V1_42 = 46;

export function aptosVmConfig(features: AptosVmFeatures): VmConfig {
  const { gasFeatureVersion: version } = features;
  const layoutNodes = version >= RELEASE_V1_30 ? 512 : 256;
  return {
    maxCallDepth: 1024,
    maxOperands: 1024,
    maxTypeNodes: version >= RELEASE_V1_15 ? features.maxTypeNodes : 128,
    maxTypeDepth: version >= RELEASE_V1_15 ? features.maxTypeDepth : 20,
    countsTypeArguments: false,
    countsReferences: version < RELEASE_V1_42,
    boundsLocals: version >= RELEASE_V1_41,
    maxVectorLength: Number.POSITIVE_INFINITY,
    // Without lazy loading the count was compared after it was one too many (ty_layout_converter.rs).
    maxLayoutNodes: features.lazyLoading ? layoutNodes : layoutNodes + 1,
    maxLayoutDepth: 128,
    countsVariants: false,
    checksTypeDepth: version < RELEASE_V1_38,
    checksCapturedDepth: true,
    capturesOption: features.capturesOption,
  };
}

/** Aptos with all features, and the limits that its gas schedule has had since it has any. */
export const APTOS_VM: VmConfig = aptosVmConfig({
  gasFeatureVersion: 52,
  maxTypeNodes: 128,
  maxTypeDepth: 20,
  lazyLoading: true,
  capturesOption: true,
});

/** Sui (move-vm-runtime, interpreter.rs and loader.rs). */
export const SUI_VM: VmConfig = {
  maxCallDepth: 1024,
  maxOperands: 1024,
  maxTypeNodes: 128,
  maxTypeDepth: 256,
  countsTypeArguments: true,
  countsReferences: true,
  boundsLocals: false,
  // `max_move_vector_len` of every protocol.
  maxVectorLength: 262_144,
  maxLayoutNodes: 256,
  maxLayoutDepth: 128,
  countsVariants: false,
  checksTypeDepth: true,
  checksCapturedDepth: false,
  capturesOption: false,
};
