/// What a transaction knows of itself.
module sui::tx_context;

public struct TxContext has drop {
    sender: address,
    tx_hash: vector<u8>,
    epoch: u64,
    epoch_timestamp_ms: u64,
    ids_created: u64,
}

public fun sender(self: &TxContext): address {
    self.sender
}

public fun digest(self: &TxContext): &vector<u8> {
    &self.tx_hash
}

public fun epoch(self: &TxContext): u64 {
    self.epoch
}

public fun epoch_timestamp_ms(self: &TxContext): u64 {
    self.epoch_timestamp_ms
}

public fun fresh_object_address(ctx: &mut TxContext): address {
    let id = derive_id(ctx.tx_hash, ctx.ids_created);
    ctx.ids_created = ctx.ids_created + 1;
    id
}

native fun derive_id(tx_hash: vector<u8>, ids_created: u64): address;
