/// Only its layout: supplies of this chain's coins are plain integers.
module aptos_framework::aggregator {
    struct Aggregator has store {
        handle: address,
        key: address,
        limit: u128
    }
}
