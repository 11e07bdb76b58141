/// What a transaction knows of itself, and what it says to the world.
module oracle::context;

use sui::accumulator;
use sui::event;
use sui::funds_accumulator;
use sui::protocol_config;
use sui::tx_context;

public struct Told has copy, drop {
    number: u64,
}

public struct Fund has store {
    value: u64,
}

public fun sender(): address {
    tx_context::native_sender()
}

public fun numbers(): vector<u64> {
    vector[
        tx_context::native_epoch(),
        tx_context::native_epoch_timestamp_ms(),
        tx_context::native_rgp(),
        tx_context::native_gas_price(),
        tx_context::native_gas_budget(),
        tx_context::native_ids_created(),
    ]
}

public fun sponsor(): vector<address> {
    tx_context::native_sponsor()
}

public fun ids(): vector<address> {
    let (first, second) = (tx_context::fresh_id(), tx_context::fresh_id());
    vector[first, second]
}

public fun ids_are_counted(): vector<u64> {
    let before = tx_context::native_ids_created();
    tx_context::fresh_id();
    tx_context::fresh_id();
    vector[before, tx_context::native_ids_created()]
}

public fun derived_ids(): vector<address> {
    let digest = x"3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532";
    vector[tx_context::derive_id(digest, 0), tx_context::derive_id(digest, 1_000_000)]
}

public fun events(): u64 {
    event::emit(Told { number: 1 });
    event::emit(Told { number: 2 });
    2
}

public fun too_many_events() {
    let mut number = 0;
    while (number < 2000) {
        event::emit(Told { number });
        number = number + 1
    }
}

public fun authenticated_event(): u64 {
    event::emit_authenticated(Told { number: 3 });
    3
}

public fun deposits_and_withdrawals(): u64 {
    accumulator::emit_deposit_event<Fund>(@0xacc, @0xa11ce, 5);
    accumulator::emit_withdraw_event<Fund>(@0xacc, @0xa11ce, 3);
    8
}

public fun funds(): u64 {
    funds_accumulator::add_to_accumulator_address(@0xacc, @0xa11ce, Fund { value: 9 });
    9
}

public fun funds_back(): u64 {
    let Fund { value } = funds_accumulator::withdraw_from_accumulator_address(@0xacc, @0xa11ce, 4);
    value
}

public fun funds_past_what_there_can_be(): u64 {
    let Fund { value } = funds_accumulator::withdraw_from_accumulator_address(
        @0xacc,
        @0xa11ce,
        1 << 64,
    );
    value
}

public fun features(): vector<bool> {
    vector[
        protocol_config::is_feature_enabled(b"receive_objects"),
        protocol_config::is_feature_enabled(b"enable_poseidon"),
    ]
}

public fun feature_that_is_none(): bool {
    protocol_config::is_feature_enabled(b"no_such_feature")
}
