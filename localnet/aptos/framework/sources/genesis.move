/// The first thing that happens, once.
module aptos_framework::genesis {
    use std::option;
    use std::string;
    use aptos_framework::account;
    use aptos_framework::aptos_coin;
    use aptos_framework::create_signer::create_signer;
    use aptos_framework::fungible_asset;
    use aptos_framework::object;
    use aptos_framework::primary_fungible_store;
    use aptos_framework::transaction_fee;

    /// Called by whoever makes the chain. `key` signs for the account that may mint.
    fun initialize(key: vector<u8>) {
        let framework = &create_signer(@aptos_framework);
        account::initialize(framework);
        let minter = &account::create_account(@core_resources);
        account::rotate_authentication_key_internal(minter, key);
        let apt = &object::create_sticky_object_at_address(@aptos_framework, @0xa);
        primary_fungible_store::create_primary_store_enabled_fungible_asset(
            apt,
            option::none(),
            string::utf8(b"Aptos Coin"),
            string::utf8(b"APT"),
            8,
            string::utf8(b""),
            string::utf8(b"")
        );
        transaction_fee::initialize(
            framework, fungible_asset::generate_burn_ref(apt), fungible_asset::generate_mint_ref(apt)
        );
        aptos_coin::initialize(framework, minter);
        transaction_fee::mint_and_refund(@core_resources, 1000000000000000000);
    }
}
