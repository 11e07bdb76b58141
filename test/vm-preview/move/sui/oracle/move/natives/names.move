/// Types by their names.
module oracle::names;

use std::bcs;
use std::type_name;
use oracle::bytes::{Pair, Shape};
use sui::types;

public struct NAMES has drop {}

public struct Phantom<phantom T> has drop {}

public fun of_primitives(): vector<vector<u8>> {
    vector[
        bcs::to_bytes(&type_name::with_defining_ids<u8>()),
        bcs::to_bytes(&type_name::with_defining_ids<address>()),
        bcs::to_bytes(&type_name::with_original_ids<vector<vector<bool>>>()),
        bcs::to_bytes(&type_name::with_original_ids<u256>()),
    ]
}

public fun of_structs(): vector<vector<u8>> {
    vector[
        bcs::to_bytes(&type_name::with_defining_ids<Pair<u64, vector<Shape>>>()),
        bcs::to_bytes(&type_name::with_original_ids<Pair<Phantom<NAMES>, Option<u16>>>()),
    ]
}

public fun ids(): vector<address> {
    vector[
        type_name::defining_id<Shape>(),
        type_name::original_id<Shape>(),
        type_name::defining_id<Pair<sui::object::ID, u8>>(),
        type_name::original_id<sui::object::ID>(),
    ]
}

public fun defining_id_of_a_primitive(): address {
    type_name::defining_id<u64>()
}

public fun original_id_of_a_vector(): address {
    type_name::original_id<vector<Shape>>()
}

public fun witnesses(): vector<bool> {
    vector[
        types::is_one_time_witness(&Phantom<u8> {}),
        types::is_one_time_witness(&7u64),
        types::is_one_time_witness(&vector[true]),
    ]
}
