/** Natives that no test runs on both VMs, each with the reason and what holds it instead. */

/** Its library is replaced in WebAssembly by one that does nothing, or that ends the process. */
const STUB = (holds: string): string => `its library is empty in WebAssembly; ${holds}`;

const GROUPS = 'vectors of the framework’s own tests in natives/crypto/groups.test.ts';

export const NOT_COMPARED: ReadonlyMap<string, string> = new Map([
  ...[
    'add',
    'convert',
    'div',
    'hash_to',
    'mul',
    'multi_scalar_mul',
    'pairing',
    'sub',
    'sum',
    'validate',
  ].map((name): [string, string] => [`0x2::group_ops::internal_${name}`, STUB(GROUPS)]),
  ...['min_pk_verify', 'min_sig_verify'].map((name): [string, string] => [
    `0x2::bls12381::bls12381_${name}`,
    STUB('signatures of the framework’s own tests in natives/crypto/signatures.test.ts'),
  ]),
  ...['prepare_verifying_key_internal', 'verify_groth16_proof_internal'].map(
    (name): [string, string] => [`0x2::groth16::${name}`, STUB(GROUPS)],
  ),
  [
    '0x2::poseidon::poseidon_bn254_internal',
    STUB('hashes of the framework’s own tests in natives/crypto/hashes.test.ts'),
  ],
  ...['vdf_verify_internal', 'hash_to_input_internal'].map((name): [string, string] => [
    `0x2::vdf::${name}`,
    STUB('no network but test ones has it, where it is refused'),
  ]),
  [
    '0x2::zklogin_verified_id::check_zklogin_id_internal',
    STUB('addresses of the framework’s own tests in natives/crypto/signatures.test.ts'),
  ],
  [
    '0x2::zklogin_verified_issuer::check_zklogin_issuer_internal',
    STUB('addresses of the framework’s own tests in natives/crypto/signatures.test.ts'),
  ],
  ...['get', 'get_with_original_ids'].map((name): [string, string] => [
    `0x1::type_name::${name}`,
    'the names that `with_defining_ids` and `with_original_ids` had until version 36; the VM is newer',
  ]),
  ...[
    'borrow',
    'borrow_mut',
    'destroy_empty',
    'empty',
    'length',
    'pop_back',
    'push_back',
    'swap',
  ].map((name): [string, string] => [
    `0x1::vector::${name}`,
    'the compiler makes an instruction of each call, which the functions of `vectors` hold',
  ]),
  [
    '0x2::accumulator_settlement::record_settlement_sui_conservation',
    'refused: of system transactions',
  ],
  ...[
    'package::original_package_id_impl',
    'scratch::add_impl',
    'scratch::exists_impl',
    'scratch::exists_with_type_impl',
    'scratch::read_impl',
    'scratch::remove_impl',
  ].map((name): [string, string] => [
    `0x2::${name}`,
    'the VM is of a version before it; natives/later.test.ts',
  ]),
  [
    '0x2::object::record_new_uid_from_hash',
    'the VM is of a version before it; natives/new-uid.test.ts',
  ],
  ...['', '_with_dst'].map((which): [string, string] => [
    `0x2::rangeproofs::verify_bulletproofs${which}_ristretto255_internal`,
    'refused, and answers nothing in WebAssembly',
  ]),
  [
    '0x2::funds_accumulator::reserve_object_funds_for_withdrawal',
    'the VM is older; funds of objects are held by address-balance/*.test.ts',
  ],
  ['0x2::nitro_attestation::load_nitro_attestation_internal', 'refused, and empty in WebAssembly'],
  ['0x3::validator::validate_metadata_bcs', 'refused'],
  [
    '0x2::transfer::party_transfer_impl',
    'a test’s objects have no version from which consensus would order them; natives/framework.test.ts',
  ],
  ['0x2::transfer::receive_impl', 'takes several transactions: scenarios.test.ts'],
]);
