/// Values as bytes, text, and hashes of both.
module oracle::bytes;

use std::ascii;
use std::bcs;
use std::debug;
use std::hash;
use std::string;

public struct Pair<A, B> has copy, drop, store {
    left: A,
    right: B,
}

public enum Shape has copy, drop, store {
    Dot,
    Line(u64),
    Box { width: u8, height: u256 },
}

public fun bcs_of_integers(): vector<u8> {
    let mut bytes = bcs::to_bytes(&1u8);
    bytes.append(bcs::to_bytes(&0x0203u16));
    bytes.append(bcs::to_bytes(&0x04050607u32));
    bytes.append(bcs::to_bytes(&18446744073709551615u64));
    bytes.append(bcs::to_bytes(&340282366920938463463374607431768211455u128));
    bytes.append(bcs::to_bytes(&(1u256 << 255)));
    bytes
}

public fun bcs_of_structs(): vector<u8> {
    bcs::to_bytes(&Pair { left: Pair { left: true, right: @0xa11ce }, right: vector[b"a", b"", b"bc"] })
}

public fun bcs_of_enums(): vector<u8> {
    let mut bytes = bcs::to_bytes(&Shape::Dot);
    bytes.append(bcs::to_bytes(&vector[Shape::Line(5), Shape::Box { width: 1, height: 2 }]));
    bytes
}

public fun bcs_of_options(): vector<u8> {
    let mut bytes = bcs::to_bytes(&option::some(b"x"));
    bytes.append(bcs::to_bytes(&option::none<u64>()));
    bytes.append(bcs::to_bytes(&string::utf8(b"long")));
    bytes
}

public fun bcs_of_long_vectors(): u64 {
    let mut long = vector<u64>[];
    while (long.length() < 300) long.push_back(7);
    bcs::to_bytes(&long).length()
}

public fun sha2(): vector<u8> {
    hash::sha2_256(b"what is hashed")
}

public fun sha3(): vector<u8> {
    hash::sha3_256(b"what is hashed")
}

public fun prints(): u64 {
    debug::print(&Pair { left: 1u8, right: b"text" });
    debug::print_stack_trace();
    1
}

public fun text(): vector<vector<u8>> {
    let text = string::utf8(x"61c3b162e29c9363");
    vector[
        text.substring(1, 3).into_bytes(),
        text.substring(3, 7).into_bytes(),
        bcs::to_bytes(&text.index_of(&string::utf8(x"e29c93"))),
        bcs::to_bytes(&text.index_of(&string::utf8(b"none"))),
        bcs::to_bytes(&string::try_utf8(x"ff").is_none()),
    ]
}

public fun text_of_other_bytes() {
    string::utf8(x"c328");
}

public fun text_cut_inside_a_character() {
    string::utf8(x"61c3b162").substring(0, 2);
}

public fun text_past_its_end() {
    string::utf8(b"abc").substring(2, 4);
}

public fun ascii_of_other_bytes() {
    ascii::string(x"80");
}
