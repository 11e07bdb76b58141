/// What execution costs. Genesis writes it.
module aptos_framework::gas_schedule {
    use std::string::String;

    struct GasEntry has copy, drop, store {
        key: String,
        val: u64
    }

    struct GasScheduleV2 has copy, drop, key, store {
        feature_version: u64,
        entries: vector<GasEntry>
    }
}
