/// What a transaction knows of itself, by natives.
#[allow(unused_field)]
module sui::tx_context;

public struct TxContext has drop {
    sender: address,
    tx_hash: vector<u8>,
    epoch: u64,
    epoch_timestamp_ms: u64,
    ids_created: u64,
}

public fun sender(_self: &TxContext): address {
    native_sender()
}

public fun digest(self: &TxContext): &vector<u8> {
    &self.tx_hash
}

public fun epoch(_self: &TxContext): u64 {
    native_epoch()
}

public fun epoch_timestamp_ms(_self: &TxContext): u64 {
    native_epoch_timestamp_ms()
}

public fun fresh_object_address(_ctx: &mut TxContext): address {
    fresh_id()
}

/// For functions that ask for one: natives do not look at it.
public fun any(): TxContext {
    TxContext {
        sender: @0x0,
        tx_hash: vector[],
        epoch: 0,
        epoch_timestamp_ms: 0,
        ids_created: 0,
    }
}

public native fun native_sender(): address;
public native fun native_epoch(): u64;
public native fun native_epoch_timestamp_ms(): u64;
public native fun fresh_id(): address;
public native fun native_rgp(): u64;
public native fun native_gas_price(): u64;
public native fun native_ids_created(): u64;
public native fun native_gas_budget(): u64;
public native fun native_sponsor(): vector<address>;
public native fun derive_id(tx_hash: vector<u8>, ids_created: u64): address;

#[test_only]
public native fun replace(
    sender: address,
    tx_hash: vector<u8>,
    epoch: u64,
    epoch_timestamp_ms: u64,
    ids_created: u64,
    rgp: u64,
    gas_price: u64,
    gas_budget: u64,
    sponsor: vector<address>,
);
