/// USDL, a fungible asset of the demo that anybody may mint, and whose owners may let others spend it.
module demo::dollar {
    use std::error;
    use std::option;
    use std::signer;
    use std::string;
    use aptos_std::table::{Self, Table};
    use aptos_framework::event;
    use aptos_framework::fungible_asset::{Self, Metadata, MintRef, TransferRef};
    use aptos_framework::object::{Self, Object};
    use aptos_framework::primary_fungible_store;

    /// The spender was not allowed as much
    const EALLOWANCE_TOO_LOW: u64 = 1;
    /// At most 1,000,000 USDL are minted at once
    const ETOO_MUCH: u64 = 2;

    const MAX_MINT: u64 = 1000000000000;

    struct Issuer has key {
        metadata: Object<Metadata>,
        mint_ref: MintRef,
        transfer_ref: TransferRef
    }

    /// What the owner lets others spend, by spender.
    struct Allowances has key {
        amounts: Table<address, u64>
    }

    #[event]
    struct Approval has drop, store {
        owner: address,
        spender: address,
        amount: u64
    }

    fun init_module(account: &signer) {
        let ref = &object::create_named_object(account, b"USDL");
        primary_fungible_store::create_primary_store_enabled_fungible_asset(
            ref,
            option::none(),
            string::utf8(b"Local Dollar"),
            string::utf8(b"USDL"),
            6,
            string::utf8(b""),
            string::utf8(b"")
        );
        move_to(
            account,
            Issuer {
                metadata: object::object_from_constructor_ref<Metadata>(ref),
                mint_ref: fungible_asset::generate_mint_ref(ref),
                transfer_ref: fungible_asset::generate_transfer_ref(ref)
            }
        );
    }

    #[view]
    public fun metadata(): Object<Metadata> acquires Issuer {
        borrow_global<Issuer>(@demo).metadata
    }

    #[view]
    public fun allowance(owner: address, spender: address): u64 acquires Allowances {
        if (!exists<Allowances>(owner)) return 0;
        let amounts = &borrow_global<Allowances>(owner).amounts;
        if (table::contains(amounts, spender)) *table::borrow(amounts, spender) else 0
    }

    public entry fun mint(account: &signer, amount: u64) acquires Issuer {
        assert!(amount <= MAX_MINT, error::invalid_argument(ETOO_MUCH));
        let ref = &borrow_global<Issuer>(@demo).mint_ref;
        primary_fungible_store::mint(ref, signer::address_of(account), amount);
    }

    /// Lets another account take as much, whenever it likes.
    public entry fun approve(owner: &signer, spender: address, amount: u64) acquires Allowances {
        let addr = signer::address_of(owner);
        if (!exists<Allowances>(addr)) move_to(owner, Allowances { amounts: table::new() });
        table::upsert(&mut borrow_global_mut<Allowances>(addr).amounts, spender, amount);
        event::emit(Approval { owner: addr, spender, amount });
    }

    public entry fun transfer_from(
        spender: &signer, owner: address, to: address, amount: u64
    ) acquires Allowances, Issuer {
        let by = signer::address_of(spender);
        let left = allowance(owner, by);
        assert!(left >= amount, error::permission_denied(EALLOWANCE_TOO_LOW));
        table::upsert(&mut borrow_global_mut<Allowances>(owner).amounts, by, left - amount);
        let ref = &borrow_global<Issuer>(@demo).transfer_ref;
        primary_fungible_store::transfer_with_ref(ref, owner, to, amount);
    }
}
