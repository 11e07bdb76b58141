/**
 * Names of all gas parameters, by the feature versions that have them
 * (aptos-core `aptos-move/aptos-gas-schedule/src/gas_schedule`).
 */

/** A set of names that the feature versions from `since` to `until` have, `{a,b}` meaning either. */
export interface ParameterGroup {
  readonly table: ParameterTable;
  readonly since: number;
  readonly until?: number;
  readonly names: string;
}

export type ParameterTable =
  | 'instr'
  | 'txn'
  | 'misc.abs_val'
  | 'table'
  | 'move_stdlib'
  | 'aptos_framework';

const FIELD_12 =
  '{add,clone,deser,div,eq,from_u64,inv,mul,neg,one,pow_u256,serialize,square,sub,zero}';
const FIELD_R = '{add,deser,div,eq,from_u64,inv,mul,neg,one,serialize,square,sub,zero}';
const AFFINE = '{deser_comp,deser_uncomp,serialize_comp,serialize_uncomp}';
const PROJECTIVE = '{add,double,eq,generator,infinity,neg,scalar_mul,sub,to_affine}';

/** Of the two pairing curves. */
function curve(name: string): string {
  return [
    `algebra.ark_${name}_fq12_${FIELD_12}`,
    `algebra.ark_${name}_fr_${FIELD_R}`,
    `algebra.ark_${name}_{g1,g2}_affine_${AFFINE}`,
    `algebra.ark_${name}_{g1,g2}_proj_${PROJECTIVE}`,
    `algebra.ark_${name}_{multi_pairing_base,multi_pairing_per_pair,pairing}`,
  ].join(' ');
}

// biome-ignore format: a table
export const PARAMETER_GROUPS: readonly ParameterGroup[] = [
  { table: 'instr', since: 0, names: `nop ret abort br_{true,false} branch pop ld_{u8,u64,u128,true,false}
    {imm,mut}_borrow_{loc,field,field_generic} freeze_ref cast_{u8,u64,u128} add sub mul mod div
    bit_{or,and,xor,shl,shr} or and not lt gt le ge ld_const.{base,per_byte}
    copy_loc.{base,per_abs_val_unit} move_loc.base st_loc.base call.{base,per_arg}
    call_generic.{base,per_ty_arg,per_arg} {pack,pack_generic,unpack,unpack_generic}.{base,per_field}
    {read_ref,eq,neq}.{base,per_abs_val_unit} write_ref.base
    {imm,mut}_borrow_global{,_generic}.base {exists,move_from,move_to}{,_generic}.base
    vec_{len,imm_borrow,mut_borrow,push_back,pop_back,swap}.base vec_pack.{base,per_elem}
    vec_unpack.{base,per_expected_elem}` },
  { table: 'instr', since: 1, names: '{call,call_generic}.per_local' },
  { table: 'instr', since: 5, names: '{ld,cast}_{u16,u32,u256}' },
  { table: 'instr', since: 14, names: 'subst_ty_per_node' },
  { table: 'instr', since: 22, names: '{imm,mut}_borrow_variant_field{,_generic} test_variant{,_generic}' },
  // One name has a dot too many on the chain as well.
  { table: 'instr', since: 37, names: 'pack_closure{,_generic}.base pack.closure.per_arg pack_closure_generic.per_arg' },
  { table: 'instr', since: 42, names: '{ld,cast}_{i8,i16,i32,i64,i128,i256} negate' },
  { table: 'instr', since: 44, names: 'abort_msg.{base,per_byte}' },

  { table: 'txn', since: 0, names: `min_transaction_gas_units large_transaction_cutoff intrinsic_gas_per_byte
    maximum_number_of_gas_units {min,max}_price_per_gas_unit max_transaction_size_in_bytes
    gas_unit_scaling_factor load_data.failure` },
  { table: 'txn', since: 0, until: 9, names: 'load_data.{base,per_byte} write_data.{per_op,new_item,per_byte_in_key,per_byte_in_val}' },
  { table: 'txn', since: 1, names: 'memory_quota' },
  { table: 'txn', since: 5, names: 'free_write_bytes_quota max_bytes_{per_write_op,all_write_ops_per_transaction,per_event,all_events_per_transaction}' },
  { table: 'txn', since: 7, names: 'max_{execution_gas,io_gas,storage_fee}' },
  { table: 'txn', since: 7, until: 13, names: 'free_event_bytes_quota storage_fee_per_{state_slot_create,excess_state_byte,event_byte,transaction_byte}' },
  { table: 'txn', since: 10, names: 'storage_io_per_state_{slot_read,byte_read,slot_write,byte_write}' },
  { table: 'txn', since: 11, names: 'max_write_ops_per_transaction' },
  { table: 'txn', since: 14, names: `legacy_free_event_bytes_quota storage_fee_per_state_{slot,byte}
    legacy_storage_fee_per_{state_slot_create,excess_state_byte,event_byte,transaction_byte}` },
  { table: 'txn', since: 15, names: 'dependency_per_{module,byte} max_num_dependencies max_total_dependency_size' },
  { table: 'txn', since: 16, names: 'storage_io_per_{event,transaction}_byte_write' },
  { table: 'txn', since: 17, names: 'keyless.base' },
  { table: 'txn', since: 18, names: 'max_{transaction_size_in_bytes,execution_gas,io_gas,storage_fee}.gov' },
  { table: 'txn', since: 20, names: 'max_ty_{size,depth}' },
  { table: 'txn', since: 30, names: 'max_aa_gas' },
  { table: 'txn', since: 45, names: 'slh_dsa_sha2_128s.base' },
  { table: 'txn', since: 49, names: '{high_limit,encrypted}_txn_min_price_per_gas_unit encrypted_txn_decryption.base' },

  { table: 'misc.abs_val', since: 0, names: 'u8 u64 u128 bool address struct vector reference per_{u8,u64,u128,bool,address}_packed' },
  { table: 'misc.abs_val', since: 5, names: 'u16 u32 u256 per_{u16,u32,u256}_packed' },
  { table: 'misc.abs_val', since: 37, names: 'closure' },
  { table: 'misc.abs_val', since: 42, names: 'i8 i16 i32 i64 i128 i256 per_{i8,i16,i32,i64,i128,i256}_packed' },

  { table: 'table', since: 0, names: `common.load.{base,per_byte,failure} new_table_handle.base
    {add,borrow,contains,remove}_box.{base,per_byte_serialized} {destroy_empty,drop_unchecked}_box.base` },
  { table: 'table', since: 7, names: 'common.load.base_new' },

  { table: 'move_stdlib', since: 0, names: `bcs.to_bytes.{per_byte_serialized,failure} hash.{sha2,sha3}_256.{base,per_byte}
    signer.borrow_address.base string.{check_utf8,sub_string}.{base,per_byte} string.is_char_boundary.base
    string.index_of.{base,per_byte_pattern,per_byte_searched}` },
  { table: 'move_stdlib', since: 22, names: 'bcs.serialized_size.{base,per_byte_serialized,failure}' },
  { table: 'move_stdlib', since: 28, names: `bcs.constant_serialized_size.{base,per_type_node} cmp.compare.{base,per_abs_val_unit}
    vector.move_range.{base,per_index_moved} mem.swap.base` },

  { table: 'aptos_framework', since: 0, names: `account.create_{address,signer}.base
    bls12381.{base,per_pubkey_{deserialize,aggregate,subgroup_check},per_sig_{deserialize,aggregate,subgroup_check,verify}}
    bls12381.per_{pop_verify,pairing,msg_hashing,byte_hashing}
    signature.{base,per_pubkey_{deserialize,small_order_check},per_sig_{deserialize,strict_verify}}
    signature.per_msg_{hashing_base,byte_hashing} secp256k1.{base,ecdsa_recover}
    ristretto255.basepoint_{mul,double_mul} ristretto255.point_{add,compress,decompress,equals}
    ristretto255.point_{from_64_uniform_bytes,identity,mul,neg,sub,parse_arg}
    ristretto255.scalar_{sha512_per_byte,sha512_per_hash,add,reduced_from_32_bytes,uniform_from_64_bytes}
    ristretto255.scalar_{from_u128,from_u64,invert,is_canonical,mul,neg,sub,parse_arg}
    hash.sip_hash.{base,per_byte} type_info.{type_of,type_name}.{base,per_abstract_memory_unit}
    util.from_bytes.{base,per_byte} transaction_context.get_script_hash.base code.request_publish.{base,per_byte}
    event.write_to_event_store.{base,per_abstract_memory_unit} state_storage.get_usage.base
    aggregator.{add,read,sub,destroy}.base aggregator_factory.new_aggregator.base` },
  { table: 'aptos_framework', since: 1, names: 'hash.keccak256.{base,per_byte}' },
  { table: 'aptos_framework', since: 4, names: 'type_info.chain_id.base hash.{sha2_512,sha3_512,ripemd160}.{base,per_byte}' },
  { table: 'aptos_framework', since: 6, names: 'hash.blake2b_256.{base,per_byte}' },
  { table: 'aptos_framework', since: 7, names: 'object.exists_at.{base,per_byte_loaded,per_item_loaded}' },
  { table: 'aptos_framework', since: 8, names: `${curve('bls12_381')}
    algebra.ark_h2c_bls12381{g1,g2}_xmd_sha256_sswu_{base,per_msg_byte} string_utils.format.{base,per_byte}` },
  { table: 'aptos_framework', since: 10, names: 'transaction_context.{get_txn_hash,generate_unique_address}.base' },
  { table: 'aptos_framework', since: 11, names: `ristretto255.point_{clone,double_mul}
    bulletproofs.{base,per_bit_rangeproof_verify,per_byte_rangeproof_deserialize}
    aggregator_v2.{create_snapshot,copy_snapshot,read_snapshot,string_concat}.base` },
  { table: 'aptos_framework', since: 12, names: `${curve('bn254')} algebra.ark_bn254_fq_${FIELD_12}
    aggregator_v2.{create_aggregator,try_add,try_sub,read,snapshot}.base
    aggregator_v2.{create_snapshot,string_concat}.per_byte` },
  { table: 'aptos_framework', since: 17, names: `transaction_context.{sender,fee_payer,max_gas_amount,gas_unit_price,chain_id}.base
    transaction_context.secondary_signers.{base,per_signer}
    transaction_context.{entry_function,multisig}_payload.{base,per_abstract_memory_unit}
    object.user_derived_address.base` },
  { table: 'aptos_framework', since: 18, names: `function_info.is_identifier.{base,per_byte}
    function_info.{check_dispatch_type_compatibility_impl,load_function}.base
    dispatchable_fungible_asset.dispatch.base` },
  { table: 'aptos_framework', since: 19, names: 'aggregator_v2.is_at_least.base' },
  { table: 'aptos_framework', since: 27, names: 'randomness.fetch_and_inc_counter' },
  { table: 'aptos_framework', since: 30, names: 'dispatchable_authenticate.dispatch.base' },
  { table: 'aptos_framework', since: 30, until: 30, names: `permissioned_signer.{permission_address,is_permissioned_signer}.base
    permissioned_signer.signer_from_permissioned_handle.base` },
  { table: 'aptos_framework', since: 32, names: 'bulletproofs.verify.base_batch_{1,2,4,8,16}_bits_{8,16,32,64}' },
  { table: 'aptos_framework', since: 40, names: 'transaction_context.monotonically_increasing_counter.base' },
  { table: 'aptos_framework', since: 43, names: 'reflect.resolve_base' },
  { table: 'aptos_framework', since: 49, names: 'transaction_context.is_encrypted_txn.base' },
  { table: 'aptos_framework', since: 50, names: 'storage_slot.{borrow,borrow_mut}.{base,per_byte_loaded}' },
];

/** Names that the chain changed: today's, the older one, and the first version that has today's. */
// biome-ignore format: a table
export const RENAMED: readonly (readonly [name: string, former: string, since: number])[] = [
  ['txn.storage_io_per_state_slot_read', 'txn.load_data.base', 10],
  ['txn.storage_io_per_state_byte_read', 'txn.load_data.per_byte', 10],
  ['txn.storage_io_per_state_slot_write', 'txn.write_data.per_op', 10],
  ['txn.storage_io_per_state_byte_write', 'txn.write_data.per_byte_in_key', 10],
  ['txn.legacy_free_event_bytes_quota', 'txn.free_event_bytes_quota', 14],
  ['txn.legacy_storage_fee_per_state_slot_create', 'txn.storage_fee_per_state_slot_create', 14],
  ['txn.legacy_storage_fee_per_excess_state_byte', 'txn.storage_fee_per_excess_state_byte', 14],
  ['txn.legacy_storage_fee_per_event_byte', 'txn.storage_fee_per_event_byte', 14],
  ['txn.legacy_storage_fee_per_transaction_byte', 'txn.storage_fee_per_transaction_byte', 14],
];
