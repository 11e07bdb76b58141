/// Amounts of an asset, and the stores that hold them. An asset is an object with metadata.
module aptos_framework::fungible_asset {
    use std::error;
    use std::option::{Self, Option};
    use std::signer;
    use std::string::{Self, String};
    use aptos_framework::event;
    use aptos_framework::object::{Self, ConstructorRef, Object};

    friend aptos_framework::primary_fungible_store;
    friend aptos_framework::transaction_fee;

    /// The transfer ref and the fungible asset do not match
    const ETRANSFER_REF_AND_FUNGIBLE_ASSET_MISMATCH: u64 = 2;
    /// Store is disabled from sending and receiving this fungible asset
    const ESTORE_IS_FROZEN: u64 = 3;
    /// Insufficient balance to withdraw or transfer
    const EINSUFFICIENT_BALANCE: u64 = 4;
    /// The fungible asset's supply has exceeded maximum
    const EMAX_SUPPLY_EXCEEDED: u64 = 5;
    /// Fungible asset do not match when merging
    const EFUNGIBLE_ASSET_MISMATCH: u64 = 6;
    /// Account is not the store's owner
    const ENOT_STORE_OWNER: u64 = 8;
    /// Transfer ref and store do not match
    const ETRANSFER_REF_AND_STORE_MISMATCH: u64 = 9;
    /// Burn ref and store do not match
    const EBURN_REF_AND_STORE_MISMATCH: u64 = 10;
    /// Fungible asset and store do not match
    const EFUNGIBLE_ASSET_AND_STORE_MISMATCH: u64 = 11;
    /// Cannot destroy non-empty fungible assets
    const EAMOUNT_IS_NOT_ZERO: u64 = 12;
    /// Burn ref and fungible asset do not match
    const EBURN_REF_AND_FUNGIBLE_ASSET_MISMATCH: u64 = 13;
    /// Name of the fungible asset metadata is too long
    const ENAME_TOO_LONG: u64 = 15;
    /// Symbol of the fungible asset metadata is too long
    const ESYMBOL_TOO_LONG: u64 = 16;
    /// Decimals is over the maximum of 32
    const EDECIMALS_TOO_LARGE: u64 = 17;
    /// Fungibility is only available for non-deletable objects
    const EOBJECT_IS_DELETABLE: u64 = 18;
    /// The fungible asset's supply will be negative which should be impossible
    const ESUPPLY_UNDERFLOW: u64 = 20;
    /// Supply resource is not found for a metadata object
    const ESUPPLY_NOT_FOUND: u64 = 21;
    /// Flag for the existence of fungible store
    const EFUNGIBLE_STORE_EXISTENCE: u64 = 23;

    const MAX_NAME_LENGTH: u64 = 32;
    const MAX_SYMBOL_LENGTH: u64 = 32;
    const MAX_DECIMALS: u8 = 32;

    #[resource_group_member(group = aptos_framework::object::ObjectGroup)]
    struct Supply has key {
        current: u128,
        maximum: Option<u128>
    }

    #[resource_group_member(group = aptos_framework::object::ObjectGroup)]
    struct Metadata has key, copy, drop {
        name: String,
        symbol: String,
        decimals: u8,
        icon_uri: String,
        project_uri: String
    }

    #[resource_group_member(group = aptos_framework::object::ObjectGroup)]
    struct FungibleStore has key {
        metadata: Object<Metadata>,
        balance: u64,
        frozen: bool
    }

    /// An amount on its way: it must be put somewhere.
    struct FungibleAsset {
        metadata: Object<Metadata>,
        amount: u64
    }

    struct MintRef has drop, store {
        metadata: Object<Metadata>
    }

    struct TransferRef has drop, store {
        metadata: Object<Metadata>
    }

    struct BurnRef has drop, store {
        metadata: Object<Metadata>
    }

    #[event]
    struct Deposit has drop, store {
        store: address,
        amount: u64
    }

    #[event]
    struct Withdraw has drop, store {
        store: address,
        amount: u64
    }

    #[event]
    struct Frozen has drop, store {
        store: address,
        frozen: bool
    }

    public fun add_fungibility(
        constructor_ref: &ConstructorRef,
        maximum_supply: Option<u128>,
        name: String,
        symbol: String,
        decimals: u8,
        icon_uri: String,
        project_uri: String
    ): Object<Metadata> {
        assert!(
            !object::can_generate_delete_ref(constructor_ref),
            error::invalid_argument(EOBJECT_IS_DELETABLE)
        );
        assert!(string::length(&name) <= MAX_NAME_LENGTH, error::out_of_range(ENAME_TOO_LONG));
        assert!(
            string::length(&symbol) <= MAX_SYMBOL_LENGTH, error::out_of_range(ESYMBOL_TOO_LONG)
        );
        assert!(decimals <= MAX_DECIMALS, error::out_of_range(EDECIMALS_TOO_LARGE));
        let self = &object::generate_signer(constructor_ref);
        move_to(self, Metadata { name, symbol, decimals, icon_uri, project_uri });
        move_to(self, Supply { current: 0, maximum: maximum_supply });
        object::object_from_constructor_ref<Metadata>(constructor_ref)
    }

    public fun generate_mint_ref(constructor_ref: &ConstructorRef): MintRef {
        MintRef { metadata: object::object_from_constructor_ref<Metadata>(constructor_ref) }
    }

    public fun generate_burn_ref(constructor_ref: &ConstructorRef): BurnRef {
        BurnRef { metadata: object::object_from_constructor_ref<Metadata>(constructor_ref) }
    }

    public fun generate_transfer_ref(constructor_ref: &ConstructorRef): TransferRef {
        TransferRef { metadata: object::object_from_constructor_ref<Metadata>(constructor_ref) }
    }

    #[view]
    public fun supply<T: key>(metadata: Object<T>): Option<u128> acquires Supply {
        let addr = object::object_address(&metadata);
        if (exists<Supply>(addr)) option::some(borrow_global<Supply>(addr).current)
        else option::none()
    }

    #[view]
    public fun maximum<T: key>(metadata: Object<T>): Option<u128> acquires Supply {
        let addr = object::object_address(&metadata);
        if (exists<Supply>(addr)) borrow_global<Supply>(addr).maximum else option::none()
    }

    #[view]
    public fun name<T: key>(metadata: Object<T>): String acquires Metadata {
        borrow_global<Metadata>(object::object_address(&metadata)).name
    }

    #[view]
    public fun symbol<T: key>(metadata: Object<T>): String acquires Metadata {
        borrow_global<Metadata>(object::object_address(&metadata)).symbol
    }

    #[view]
    public fun decimals<T: key>(metadata: Object<T>): u8 acquires Metadata {
        borrow_global<Metadata>(object::object_address(&metadata)).decimals
    }

    #[view]
    public fun store_exists(store: address): bool {
        exists<FungibleStore>(store)
    }

    #[view]
    public fun store_metadata<T: key>(store: Object<T>): Object<Metadata> acquires FungibleStore {
        borrow_store(object::object_address(&store)).metadata
    }

    #[view]
    public fun balance<T: key>(store: Object<T>): u64 acquires FungibleStore {
        balance_at(object::object_address(&store))
    }

    #[view]
    public fun is_frozen<T: key>(store: Object<T>): bool acquires FungibleStore {
        let addr = object::object_address(&store);
        exists<FungibleStore>(addr) && borrow_global<FungibleStore>(addr).frozen
    }

    public(friend) fun balance_at(store: address): u64 acquires FungibleStore {
        if (exists<FungibleStore>(store)) borrow_global<FungibleStore>(store).balance else 0
    }

    public fun amount(fa: &FungibleAsset): u64 {
        fa.amount
    }

    public fun asset_metadata(fa: &FungibleAsset): Object<Metadata> {
        fa.metadata
    }

    public fun metadata_from_asset(fa: &FungibleAsset): Object<Metadata> {
        fa.metadata
    }

    public fun mint_ref_metadata(ref: &MintRef): Object<Metadata> {
        ref.metadata
    }

    public fun transfer_ref_metadata(ref: &TransferRef): Object<Metadata> {
        ref.metadata
    }

    public fun burn_ref_metadata(ref: &BurnRef): Object<Metadata> {
        ref.metadata
    }

    public fun create_store<T: key>(
        constructor_ref: &ConstructorRef, metadata: Object<T>
    ): Object<FungibleStore> {
        move_to(
            &object::generate_signer(constructor_ref),
            FungibleStore { metadata: object::convert(metadata), balance: 0, frozen: false }
        );
        object::object_from_constructor_ref<FungibleStore>(constructor_ref)
    }

    public entry fun transfer<T: key>(
        sender: &signer, from: Object<T>, to: Object<T>, amount: u64
    ) acquires FungibleStore {
        deposit(to, withdraw(sender, from, amount));
    }

    public fun withdraw<T: key>(
        owner: &signer, store: Object<T>, amount: u64
    ): FungibleAsset acquires FungibleStore {
        assert!(
            object::is_owner(store, signer::address_of(owner)),
            error::permission_denied(ENOT_STORE_OWNER)
        );
        let addr = object::object_address(&store);
        assert!(!borrow_store(addr).frozen, error::permission_denied(ESTORE_IS_FROZEN));
        take(addr, amount)
    }

    public fun deposit<T: key>(store: Object<T>, fa: FungibleAsset) acquires FungibleStore {
        let addr = object::object_address(&store);
        assert!(!borrow_store(addr).frozen, error::permission_denied(ESTORE_IS_FROZEN));
        put(addr, fa);
    }

    public fun mint(ref: &MintRef, amount: u64): FungibleAsset acquires Supply {
        increase_supply(object::object_address(&ref.metadata), amount);
        FungibleAsset { metadata: ref.metadata, amount }
    }

    public fun mint_to<T: key>(
        ref: &MintRef, store: Object<T>, amount: u64
    ) acquires FungibleStore, Supply {
        deposit(store, mint(ref, amount));
    }

    public fun set_frozen_flag<T: key>(
        ref: &TransferRef, store: Object<T>, frozen: bool
    ) acquires FungibleStore {
        let addr = object::object_address(&store);
        assert!(
            borrow_store(addr).metadata == ref.metadata,
            error::invalid_argument(ETRANSFER_REF_AND_STORE_MISMATCH)
        );
        borrow_global_mut<FungibleStore>(addr).frozen = frozen;
        event::emit(Frozen { store: addr, frozen });
    }

    public fun burn(ref: &BurnRef, fa: FungibleAsset) acquires Supply {
        let FungibleAsset { metadata, amount } = fa;
        assert!(
            ref.metadata == metadata,
            error::invalid_argument(EBURN_REF_AND_FUNGIBLE_ASSET_MISMATCH)
        );
        decrease_supply(object::object_address(&metadata), amount);
    }

    public fun burn_from<T: key>(
        ref: &BurnRef, store: Object<T>, amount: u64
    ) acquires FungibleStore, Supply {
        let addr = object::object_address(&store);
        assert!(
            borrow_store(addr).metadata == ref.metadata,
            error::invalid_argument(EBURN_REF_AND_STORE_MISMATCH)
        );
        burn(ref, take(addr, amount));
    }

    /// As `burn_from`, without events: each transaction does it.
    public(friend) fun address_burn_from_for_gas(
        ref: &BurnRef, store: address, amount: u64
    ) acquires FungibleStore, Supply {
        assert!(
            borrow_store(store).metadata == ref.metadata,
            error::invalid_argument(EBURN_REF_AND_STORE_MISMATCH)
        );
        decrease_balance(store, amount);
        decrease_supply(object::object_address(&ref.metadata), amount);
    }

    public fun withdraw_with_ref<T: key>(
        ref: &TransferRef, store: Object<T>, amount: u64
    ): FungibleAsset acquires FungibleStore {
        let addr = object::object_address(&store);
        assert!(
            borrow_store(addr).metadata == ref.metadata,
            error::invalid_argument(ETRANSFER_REF_AND_STORE_MISMATCH)
        );
        take(addr, amount)
    }

    public fun deposit_with_ref<T: key>(
        ref: &TransferRef, store: Object<T>, fa: FungibleAsset
    ) acquires FungibleStore {
        assert!(
            ref.metadata == fa.metadata,
            error::invalid_argument(ETRANSFER_REF_AND_FUNGIBLE_ASSET_MISMATCH)
        );
        put(object::object_address(&store), fa);
    }

    public fun transfer_with_ref<T: key>(
        ref: &TransferRef, from: Object<T>, to: Object<T>, amount: u64
    ) acquires FungibleStore {
        deposit_with_ref(ref, to, withdraw_with_ref(ref, from, amount));
    }

    public fun zero<T: key>(metadata: Object<T>): FungibleAsset {
        FungibleAsset { metadata: object::convert(metadata), amount: 0 }
    }

    public fun extract(fa: &mut FungibleAsset, amount: u64): FungibleAsset {
        assert!(fa.amount >= amount, error::invalid_argument(EINSUFFICIENT_BALANCE));
        fa.amount -= amount;
        FungibleAsset { metadata: fa.metadata, amount }
    }

    public fun merge(dst: &mut FungibleAsset, src: FungibleAsset) {
        let FungibleAsset { metadata, amount } = src;
        assert!(metadata == dst.metadata, error::invalid_argument(EFUNGIBLE_ASSET_MISMATCH));
        dst.amount += amount;
    }

    public fun destroy_zero(fa: FungibleAsset) {
        let FungibleAsset { amount, metadata: _ } = fa;
        assert!(amount == 0, error::invalid_argument(EAMOUNT_IS_NOT_ZERO));
    }

    fun take(store: address, amount: u64): FungibleAsset acquires FungibleStore {
        let metadata = borrow_store(store).metadata;
        if (amount > 0) {
            decrease_balance(store, amount);
            event::emit(Withdraw { store, amount });
        };
        FungibleAsset { metadata, amount }
    }

    fun put(store: address, fa: FungibleAsset) acquires FungibleStore {
        let FungibleAsset { metadata, amount } = fa;
        assert!(
            borrow_store(store).metadata == metadata,
            error::invalid_argument(EFUNGIBLE_ASSET_AND_STORE_MISMATCH)
        );
        if (amount == 0) return;
        let balance = &mut borrow_global_mut<FungibleStore>(store).balance;
        *balance = *balance + amount;
        event::emit(Deposit { store, amount });
    }

    fun decrease_balance(store: address, amount: u64) acquires FungibleStore {
        let balance = &mut borrow_global_mut<FungibleStore>(store).balance;
        assert!(*balance >= amount, error::invalid_argument(EINSUFFICIENT_BALANCE));
        *balance = *balance - amount;
    }

    fun increase_supply(metadata: address, amount: u64) acquires Supply {
        assert!(exists<Supply>(metadata), error::not_found(ESUPPLY_NOT_FOUND));
        let supply = borrow_global_mut<Supply>(metadata);
        if (option::is_some(&supply.maximum)) {
            assert!(
                *option::borrow(&supply.maximum) - supply.current >= (amount as u128),
                error::out_of_range(EMAX_SUPPLY_EXCEEDED)
            )
        };
        supply.current += (amount as u128);
    }

    fun decrease_supply(metadata: address, amount: u64) acquires Supply {
        assert!(exists<Supply>(metadata), error::not_found(ESUPPLY_NOT_FOUND));
        let supply = borrow_global_mut<Supply>(metadata);
        assert!(supply.current >= (amount as u128), error::invalid_state(ESUPPLY_UNDERFLOW));
        supply.current -= (amount as u128);
    }

    inline fun borrow_store(store: address): &FungibleStore acquires FungibleStore {
        assert!(exists<FungibleStore>(store), error::not_found(EFUNGIBLE_STORE_EXISTENCE));
        borrow_global<FungibleStore>(store)
    }
}
