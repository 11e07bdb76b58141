/// Which of the networks this is. Genesis writes it.
module aptos_framework::chain_id {
    struct ChainId has key {
        id: u8
    }

    #[view]
    public fun get(): u8 acquires ChainId {
        borrow_global<ChainId>(@aptos_framework).id
    }
}
