module aptos_framework::transaction_context {
    native fun generate_unique_address(): address;

    /// An address that no other call gives.
    public fun generate_auid_address(): address {
        generate_unique_address()
    }
}
