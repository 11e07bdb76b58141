/// Coins by type. The coin that pays fees is held as the fungible asset at 0xa; others in coin stores.
module aptos_framework::coin {
    use std::error;
    use std::option::{Self, Option};
    use std::signer;
    use std::string::{Self, String};
    use aptos_std::type_info;
    use aptos_framework::account;
    use aptos_framework::event::{Self, EventHandle};
    use aptos_framework::fungible_asset::Metadata;
    use aptos_framework::object::{Self, Object};
    use aptos_framework::optional_aggregator::{Self, OptionalAggregator};
    use aptos_framework::primary_fungible_store;

    friend aptos_framework::genesis;

    /// Address of account which is used to initialize a coin doesn't match the deployer of module
    const ECOIN_INFO_ADDRESS_MISMATCH: u64 = 1;
    /// The coin is already initialized
    const ECOIN_INFO_ALREADY_PUBLISHED: u64 = 2;
    /// The coin hasn't been initialized
    const ECOIN_INFO_NOT_PUBLISHED: u64 = 3;
    /// Account hasn't registered for the coin
    const ECOIN_STORE_NOT_PUBLISHED: u64 = 5;
    /// Not enough coins to complete transaction
    const EINSUFFICIENT_BALANCE: u64 = 6;
    /// Cannot destroy non-zero coins
    const EDESTRUCTION_OF_NONZERO_TOKEN: u64 = 7;
    /// CoinStore is frozen. Coins cannot be deposited or withdrawn
    const EFROZEN: u64 = 10;
    /// Name of the coin is too long
    const ECOIN_NAME_TOO_LONG: u64 = 12;
    /// Symbol of the coin is too long
    const ECOIN_SYMBOL_TOO_LONG: u64 = 13;
    /// The coin is held as a fungible asset
    const EPAIRED_COIN: u64 = 15;

    const MAX_COIN_NAME_LENGTH: u64 = 32;
    const MAX_COIN_SYMBOL_LENGTH: u64 = 32;
    const MAX_U128: u128 = 340282366920938463463374607431768211455;

    struct Coin<phantom CoinType> has store {
        value: u64
    }

    struct CoinStore<phantom CoinType> has key {
        coin: Coin<CoinType>,
        frozen: bool,
        deposit_events: EventHandle<DepositEvent>,
        withdraw_events: EventHandle<WithdrawEvent>
    }

    struct CoinInfo<phantom CoinType> has key {
        name: String,
        symbol: String,
        decimals: u8,
        supply: Option<OptionalAggregator>
    }

    #[event]
    struct CoinDeposit has drop, store {
        coin_type: String,
        account: address,
        amount: u64
    }

    #[event]
    struct CoinWithdraw has drop, store {
        coin_type: String,
        account: address,
        amount: u64
    }

    struct DepositEvent has drop, store {
        amount: u64
    }

    struct WithdrawEvent has drop, store {
        amount: u64
    }

    struct MintCapability<phantom CoinType> has copy, store {}

    struct FreezeCapability<phantom CoinType> has copy, store {}

    struct BurnCapability<phantom CoinType> has copy, store {}

    /// Whether it is the coin that pays fees.
    fun is_apt<CoinType>(): bool {
        type_info::type_name<CoinType>() == string::utf8(b"0x1::aptos_coin::AptosCoin")
    }

    fun coin_address<CoinType>(): address {
        let type = type_info::type_of<CoinType>();
        type_info::account_address(&type)
    }

    #[view]
    public fun paired_metadata<CoinType>(): Option<Object<Metadata>> {
        if (is_apt<CoinType>()) option::some(apt()) else option::none()
    }

    fun apt(): Object<Metadata> {
        object::address_to_object<Metadata>(@0xa)
    }

    public fun initialize<CoinType>(
        account: &signer, name: String, symbol: String, decimals: u8, monitor_supply: bool
    ): (BurnCapability<CoinType>, FreezeCapability<CoinType>, MintCapability<CoinType>) {
        let addr = signer::address_of(account);
        assert!(
            coin_address<CoinType>() == addr,
            error::invalid_argument(ECOIN_INFO_ADDRESS_MISMATCH)
        );
        assert!(
            !exists<CoinInfo<CoinType>>(addr),
            error::already_exists(ECOIN_INFO_ALREADY_PUBLISHED)
        );
        assert!(
            string::length(&name) <= MAX_COIN_NAME_LENGTH,
            error::invalid_argument(ECOIN_NAME_TOO_LONG)
        );
        assert!(
            string::length(&symbol) <= MAX_COIN_SYMBOL_LENGTH,
            error::invalid_argument(ECOIN_SYMBOL_TOO_LONG)
        );
        let supply =
            if (monitor_supply) option::some(optional_aggregator::new(MAX_U128))
            else option::none();
        move_to(account, CoinInfo<CoinType> { name, symbol, decimals, supply });
        (BurnCapability {}, FreezeCapability {}, MintCapability {})
    }

    #[view]
    public fun is_coin_initialized<CoinType>(): bool {
        exists<CoinInfo<CoinType>>(coin_address<CoinType>())
    }

    #[view]
    public fun is_account_registered<CoinType>(account_addr: address): bool {
        is_apt<CoinType>() || exists<CoinStore<CoinType>>(account_addr)
    }

    #[view]
    public fun name<CoinType>(): String acquires CoinInfo {
        borrow_global<CoinInfo<CoinType>>(coin_address<CoinType>()).name
    }

    #[view]
    public fun symbol<CoinType>(): String acquires CoinInfo {
        borrow_global<CoinInfo<CoinType>>(coin_address<CoinType>()).symbol
    }

    #[view]
    public fun decimals<CoinType>(): u8 acquires CoinInfo {
        borrow_global<CoinInfo<CoinType>>(coin_address<CoinType>()).decimals
    }

    #[view]
    public fun supply<CoinType>(): Option<u128> acquires CoinInfo {
        let supply = &borrow_global<CoinInfo<CoinType>>(coin_address<CoinType>()).supply;
        if (option::is_none(supply)) option::none()
        else option::some(optional_aggregator::read(option::borrow(supply)))
    }

    #[view]
    public fun balance<CoinType>(owner: address): u64 acquires CoinStore {
        if (is_apt<CoinType>()) primary_fungible_store::balance(owner, apt())
        else if (exists<CoinStore<CoinType>>(owner))
            borrow_global<CoinStore<CoinType>>(owner).coin.value
        else 0
    }

    public fun register<CoinType>(account: &signer) {
        let addr = signer::address_of(account);
        if (is_account_registered<CoinType>(addr)) return;
        move_to(
            account,
            CoinStore<CoinType> {
                coin: Coin { value: 0 },
                frozen: false,
                deposit_events: account::new_event_handle<DepositEvent>(account),
                withdraw_events: account::new_event_handle<WithdrawEvent>(account)
            }
        );
    }

    public entry fun transfer<CoinType>(from: &signer, to: address, amount: u64) acquires CoinStore {
        if (is_apt<CoinType>()) primary_fungible_store::transfer(from, apt(), to, amount)
        else deposit(to, withdraw<CoinType>(from, amount))
    }

    public fun withdraw<CoinType>(account: &signer, amount: u64): Coin<CoinType> acquires CoinStore {
        assert!(!is_apt<CoinType>(), error::invalid_state(EPAIRED_COIN));
        let addr = signer::address_of(account);
        assert!(
            exists<CoinStore<CoinType>>(addr), error::not_found(ECOIN_STORE_NOT_PUBLISHED)
        );
        let store = borrow_global_mut<CoinStore<CoinType>>(addr);
        assert!(!store.frozen, error::permission_denied(EFROZEN));
        event::emit(
            CoinWithdraw { coin_type: type_info::type_name<CoinType>(), account: addr, amount }
        );
        extract(&mut store.coin, amount)
    }

    public fun deposit<CoinType>(account_addr: address, coin: Coin<CoinType>) acquires CoinStore {
        assert!(
            exists<CoinStore<CoinType>>(account_addr),
            error::not_found(ECOIN_STORE_NOT_PUBLISHED)
        );
        let store = borrow_global_mut<CoinStore<CoinType>>(account_addr);
        assert!(!store.frozen, error::permission_denied(EFROZEN));
        event::emit(
            CoinDeposit {
                coin_type: type_info::type_name<CoinType>(),
                account: account_addr,
                amount: coin.value
            }
        );
        merge(&mut store.coin, coin);
    }

    public fun mint<CoinType>(amount: u64, _cap: &MintCapability<CoinType>): Coin<CoinType> acquires CoinInfo {
        let addr = coin_address<CoinType>();
        assert!(exists<CoinInfo<CoinType>>(addr), error::not_found(ECOIN_INFO_NOT_PUBLISHED));
        let supply = &mut borrow_global_mut<CoinInfo<CoinType>>(addr).supply;
        if (option::is_some(supply)) {
            optional_aggregator::add(option::borrow_mut(supply), (amount as u128))
        };
        Coin { value: amount }
    }

    public fun burn<CoinType>(coin: Coin<CoinType>, _cap: &BurnCapability<CoinType>) acquires CoinInfo {
        let Coin { value } = coin;
        let supply =
            &mut borrow_global_mut<CoinInfo<CoinType>>(coin_address<CoinType>()).supply;
        if (option::is_some(supply)) {
            optional_aggregator::sub(option::borrow_mut(supply), (value as u128))
        };
    }

    public fun value<CoinType>(coin: &Coin<CoinType>): u64 {
        coin.value
    }

    public fun zero<CoinType>(): Coin<CoinType> {
        Coin { value: 0 }
    }

    public fun extract<CoinType>(coin: &mut Coin<CoinType>, amount: u64): Coin<CoinType> {
        assert!(coin.value >= amount, error::invalid_argument(EINSUFFICIENT_BALANCE));
        coin.value -= amount;
        Coin { value: amount }
    }

    public fun merge<CoinType>(dst_coin: &mut Coin<CoinType>, source_coin: Coin<CoinType>) {
        let Coin { value } = source_coin;
        dst_coin.value += value;
    }

    public fun destroy_zero<CoinType>(zero_coin: Coin<CoinType>) {
        let Coin { value } = zero_coin;
        assert!(value == 0, error::invalid_argument(EDESTRUCTION_OF_NONZERO_TOKEN));
    }

    public fun destroy_burn_cap<CoinType>(cap: BurnCapability<CoinType>) {
        let BurnCapability {} = cap;
    }

    public fun destroy_freeze_cap<CoinType>(cap: FreezeCapability<CoinType>) {
        let FreezeCapability {} = cap;
    }

    public fun destroy_mint_cap<CoinType>(cap: MintCapability<CoinType>) {
        let MintCapability {} = cap;
    }
}
