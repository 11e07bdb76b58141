/// Which rules of the chain are in force, a bit each. Genesis writes them.
module std::features {
    use std::vector;

    struct Features has key {
        features: vector<u8>
    }

    #[view]
    /// Whether a feature is enabled.
    public fun is_enabled(feature: u64): bool acquires Features {
        if (!exists<Features>(@std)) return false;
        let set = &borrow_global<Features>(@std).features;
        let index = feature / 8;
        index < vector::length(set)
            && (*vector::borrow(set, index) & (1u8 << ((feature % 8) as u8))) != 0
    }
}
