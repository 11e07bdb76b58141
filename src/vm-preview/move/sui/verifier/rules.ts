/** What of Sui's checks of published code depends on the protocol (sui-protocol-config, `verifier_config`). */
import type { ProtocolView } from '../object-runtime';

export interface SuiRules {
  /** Entry functions have only parameters that a transaction can give, and results that can be dropped. */
  readonly boundsEntryFunctions: boolean;
  /** Functions of `transfer` and `event` may be called only where they are known. */
  readonly knowsAllTransfers: boolean;
  /** Nothing is called `<SELF>`. */
  readonly bansSelfName: boolean;
  /** Every table of jumps is jumped by. */
  readonly bansUnusedJumps: boolean;
  /** An id of an object stays with it. */
  readonly keepsIds: boolean;
  /** Nodes of types in one function, and in a module, counted with weights; undefined for no limit. */
  readonly maxTypeNodesPerFunction: number | undefined;
  readonly maxTypeNodesPerModule: number | undefined;
}

/** As they were at first. */
export const FIRST_RULES: SuiRules = {
  boundsEntryFunctions: true,
  knowsAllTransfers: true,
  bansSelfName: false,
  bansUnusedJumps: false,
  keepsIds: true,
  maxTypeNodesPerFunction: undefined,
  maxTypeNodesPerModule: undefined,
};

export function rulesOf(protocol: ProtocolView): SuiRules {
  const limit = (name: string): number | undefined => {
    const value = protocol.number(name);
    return value === undefined ? undefined : Number(value);
  };
  return {
    boundsEntryFunctions: !protocol.feature('disable_entry_point_signature_check'),
    knowsAllTransfers: !protocol.feature('private_generics_verifier_v2'),
    bansSelfName: protocol.feature('disallow_self_identifier'),
    bansUnusedJumps: protocol.feature('disallow_jump_orphans'),
    keepsIds: !protocol.feature('disable_id_leak_verifier'),
    maxTypeNodesPerFunction: limit('max_generic_instantiation_type_nodes_per_function'),
    maxTypeNodesPerModule: limit('max_generic_instantiation_type_nodes_per_module'),
  };
}
