/// The time of the block, which whoever makes the block writes.
module aptos_framework::timestamp {
    struct CurrentTimeMicroseconds has key {
        microseconds: u64
    }

    const MICRO_CONVERSION_FACTOR: u64 = 1000000;

    #[view]
    public fun now_microseconds(): u64 acquires CurrentTimeMicroseconds {
        borrow_global<CurrentTimeMicroseconds>(@aptos_framework).microseconds
    }

    #[view]
    public fun now_seconds(): u64 acquires CurrentTimeMicroseconds {
        now_microseconds() / MICRO_CONVERSION_FACTOR
    }
}
