/**
 * Feature flags that this VM does not look at, each with the reason why a preview is right without it, or
 * what it rests on. A test holds this list to be all of them. Flags of consensus, of validators and of
 * what they sign are in `elsewhere.ts`.
 */

import type { ProtocolConfig } from './config';

/** Which transactions a flag can touch: none, or those that publish or upgrade packages. */
export type Touches = 'none' | 'publishing';

export interface UnreadFeature {
  readonly touches: Touches;
  readonly reason: string;
}

/** Flags that are on and that a transaction which publishes code can touch. */
export function unreadInPublishing({ features }: ProtocolConfig): readonly string[] {
  return Object.entries(UNREAD_FEATURES).flatMap(([name, { touches }]) =>
    touches === 'publishing' && features.get(name) === true ? [name] : [],
  );
}

const none = (reason: string): UnreadFeature => ({ touches: 'none', reason });
const publishing = (reason: string): UnreadFeature => ({ touches: 'publishing', reason });

const SYSTEM = 'of transactions of the system';
const EVER = 'the stricter rule is held at every version: no network is left that has another';
const NATIVE = 'the native that it opens is refused';

export const UNREAD_FEATURES: Readonly<Record<string, UnreadFeature>> = {
  // What the system does.
  allow_unbounded_system_objects: none(SYSTEM),
  create_forwarding_address_registry: none(SYSTEM),
  create_root_accumulator_object: none(SYSTEM),
  enable_coin_registry: none(SYSTEM),
  enable_display_registry: none(SYSTEM),
  end_of_epoch_transaction_supported: none(SYSTEM),

  // What validators sign and account for.
  address_aliases: none('who signs: that an alias is enabled is warned of'),
  address_balance_gas_check_rgp_at_signing: none('a price below the reference is refused as it is'),
  verify_legacy_zklogin_address: none('of signatures'),
  simple_conservation_checks: none('looks for errors of the chain’s own'),
  granular_post_execution_checks: none('looks for errors of the chain’s own'),
  memory_safety_invariant_check_v2: none('looks for errors of the chain’s own'),
  record_net_unsettled_object_withdraws: none('how validators schedule transactions'),
  early_exit_on_iffw: none('of transactions that the schedule has found to be without funds'),
  use_coin_party_owner: none('of an index that nodes keep'),

  // What was otherwise once.
  allow_receiving_object_id: none(EVER),
  loaded_child_objects_fixed: none(EVER),
  loaded_child_object_format_type: none(EVER),
  package_upgrades: none(EVER),
  simplified_unwrap_then_delete: none(EVER),
  rethrow_serialization_type_layout_errors: none('how the error of a layout is called'),
  type_tags_in_object_runtime: none('types are compared by name'),
  move_native_context: none('the context’s fields and its natives say the same'),
  per_command_shared_object_transfer_rules: none('of version 91 alone'),
  better_loader_errors: none('how errors are called in messages'),
  normalize_depth_formula: none('how the depth of types is computed, not what it comes to'),

  // Natives.
  enable_nitro_attestation: none(NATIVE),
  enable_nitro_attestation_upgraded_parsing: none(NATIVE),
  enable_nitro_attestation_all_nonzero_pcrs_parsing: none(NATIVE),
  enable_nitro_attestation_always_include_required_pcrs_parsing: none(NATIVE),
  enable_verify_bulletproofs_ristretto255: none(NATIVE),
  enable_ristretto255_group_ops: none('arithmetic in these groups is refused'),

  // Checks of code that is published.
  ban_entry_init: none(EVER),
  disallow_adding_abilities_on_upgrade: none(EVER),
  disallow_change_struct_type_params_on_upgrade: none(EVER),
  missing_type_is_compatibility_error: none(EVER),
  reject_mutable_random_on_entry_functions: none(EVER),
  deprecate_global_storage_ops: none(EVER),
  framework_tx_context_mut_restrictions: none('of packages of the system'),
  include_function_signatures_in_instantiation_limits: none('they are counted at every version'),
  enable_object_funds_withdraw: none('what objects withdraw is looked at at every version'),
  additional_borrow_checks: publishing('further checks of borrows, which compiled code passes'),
};
