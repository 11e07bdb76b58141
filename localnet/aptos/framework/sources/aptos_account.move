/// What people do with accounts: transfers that need no preparation by who receives.
module aptos_framework::aptos_account {
    use std::error;
    use std::signer;
    use std::vector;
    use aptos_framework::account;
    use aptos_framework::coin::{Self, Coin};
    use aptos_framework::create_signer::create_signer;
    use aptos_framework::event::{Self, EventHandle};
    use aptos_framework::fungible_asset::{FungibleAsset, Metadata};
    use aptos_framework::object::{Self, Object};
    use aptos_framework::primary_fungible_store;

    friend aptos_framework::transaction_validation;

    /// Account does not exist
    const EACCOUNT_NOT_FOUND: u64 = 1;
    /// Account opted out of receiving coins that they did not register to receive
    const EACCOUNT_DOES_NOT_ACCEPT_DIRECT_COIN_TRANSFERS: u64 = 3;
    /// The lengths of the recipients and amounts lists don't match
    const EMISMATCHING_RECIPIENTS_AND_AMOUNTS_LENGTH: u64 = 5;

    struct DirectTransferConfig has key {
        allow_arbitrary_coin_transfers: bool,
        update_coin_transfer_events: EventHandle<DirectCoinTransferConfigUpdatedEvent>
    }

    struct DirectCoinTransferConfigUpdatedEvent has drop, store {
        new_allow_direct_transfers: bool
    }

    #[event]
    struct DirectCoinTransferConfigUpdated has drop, store {
        account: address,
        new_allow_direct_transfers: bool
    }

    public entry fun create_account(auth_key: address) {
        account::create_account(auth_key);
    }

    public entry fun transfer(source: &signer, to: address, amount: u64) {
        primary_fungible_store::transfer(source, apt(), to, amount)
    }

    public entry fun batch_transfer(
        source: &signer, recipients: vector<address>, amounts: vector<u64>
    ) {
        let n = vector::length(&recipients);
        assert!(
            n == vector::length(&amounts),
            error::invalid_argument(EMISMATCHING_RECIPIENTS_AND_AMOUNTS_LENGTH)
        );
        let i = 0;
        while (i < n) {
            transfer(source, *vector::borrow(&recipients, i), *vector::borrow(&amounts, i));
            i += 1;
        }
    }

    public entry fun transfer_coins<CoinType>(from: &signer, to: address, amount: u64) acquires DirectTransferConfig {
        if (coin::is_account_registered<CoinType>(to)) coin::transfer<CoinType>(from, to, amount)
        else deposit_coins(to, coin::withdraw<CoinType>(from, amount))
    }

    public fun deposit_coins<CoinType>(to: address, coins: Coin<CoinType>) acquires DirectTransferConfig {
        if (!coin::is_account_registered<CoinType>(to)) {
            assert!(
                can_receive_direct_coin_transfers(to),
                error::permission_denied(EACCOUNT_DOES_NOT_ACCEPT_DIRECT_COIN_TRANSFERS)
            );
            coin::register<CoinType>(&create_signer(to));
        };
        coin::deposit<CoinType>(to, coins)
    }

    public entry fun transfer_fungible_assets(
        from: &signer, metadata: Object<Metadata>, to: address, amount: u64
    ) {
        deposit_fungible_assets(to, primary_fungible_store::withdraw(from, metadata, amount));
    }

    public fun deposit_fungible_assets(to: address, fa: FungibleAsset) {
        primary_fungible_store::deposit(to, fa)
    }

    public fun assert_account_exists(addr: address) {
        assert!(account::exists_at(addr), error::not_found(EACCOUNT_NOT_FOUND));
    }

    public entry fun set_allow_direct_coin_transfers(account: &signer, allow: bool) acquires DirectTransferConfig {
        let addr = signer::address_of(account);
        if (exists<DirectTransferConfig>(addr)) {
            let config = borrow_global_mut<DirectTransferConfig>(addr);
            if (config.allow_arbitrary_coin_transfers == allow) return;
            config.allow_arbitrary_coin_transfers = allow;
        } else {
            move_to(
                account,
                DirectTransferConfig {
                    allow_arbitrary_coin_transfers: allow,
                    update_coin_transfer_events: account::new_event_handle(account)
                }
            );
        };
        event::emit(
            DirectCoinTransferConfigUpdated { account: addr, new_allow_direct_transfers: allow }
        );
    }

    #[view]
    public fun can_receive_direct_coin_transfers(account: address): bool acquires DirectTransferConfig {
        !exists<DirectTransferConfig>(account)
            || borrow_global<DirectTransferConfig>(account).allow_arbitrary_coin_transfers
    }

    public(friend) fun is_fungible_balance_at_least(account: address, amount: u64): bool {
        primary_fungible_store::is_balance_at_least(account, apt(), amount)
    }

    fun apt(): Object<Metadata> {
        object::address_to_object<Metadata>(@0xa)
    }
}
