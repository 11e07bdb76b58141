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
  /** Nodes and levels of the layout of a type that is stored or captured. */
  readonly maxLayoutNodes: number;
  readonly maxLayoutDepth: number;
  /** Whether a type that a value is packed of is held to the depth of values beforehand. */
  readonly checksTypeDepth: boolean;
  /** Aptos: whether a function that can be stored may capture `0x1::option::Option`. */
  readonly capturesOption: boolean;
}

/**
 * Aptos with all features of gas feature version 52 (prod_configs.rs; the type limits are in the gas
 * schedule). Since then the depth of values is checked and that of types no more (ty_depth_checker.rs).
 */
export const APTOS_VM: VmConfig = {
  maxCallDepth: 1024,
  maxOperands: 1024,
  maxTypeNodes: 128,
  maxTypeDepth: 20,
  maxLayoutNodes: 512,
  maxLayoutDepth: 128,
  checksTypeDepth: false,
  capturesOption: true,
};

/** Sui (move-vm-runtime, interpreter.rs and loader.rs). */
export const SUI_VM: VmConfig = {
  maxCallDepth: 1024,
  maxOperands: 1024,
  maxTypeNodes: 128,
  maxTypeDepth: 256,
  maxLayoutNodes: 256,
  maxLayoutDepth: 128,
  checksTypeDepth: true,
  capturesOption: false,
};
