/// Fees are burnt, and refunds minted.
module aptos_framework::transaction_fee {
    use aptos_framework::event;
    use aptos_framework::fungible_asset::{Self, BurnRef, MintRef};
    use aptos_framework::object;
    use aptos_framework::primary_fungible_store;

    friend aptos_framework::aptos_coin;
    friend aptos_framework::genesis;
    friend aptos_framework::transaction_validation;

    struct AptosFABurnCapabilities has key {
        burn_ref: BurnRef
    }

    struct AptosFAMintCapabilities has key {
        mint_ref: MintRef
    }

    #[event]
    /// Gas units, but for octas of storage.
    struct FeeStatement has drop, store {
        total_charge_gas_units: u64,
        execution_gas_units: u64,
        io_gas_units: u64,
        storage_fee_octas: u64,
        storage_fee_refund_octas: u64
    }

    public(friend) fun initialize(framework: &signer, burn_ref: BurnRef, mint_ref: MintRef) {
        move_to(framework, AptosFABurnCapabilities { burn_ref });
        move_to(framework, AptosFAMintCapabilities { mint_ref });
    }

    public(friend) fun burn_fee(account: address, fee: u64) acquires AptosFABurnCapabilities {
        if (fee == 0) return;
        let burn_ref = &borrow_global<AptosFABurnCapabilities>(@aptos_framework).burn_ref;
        let store =
            object::create_user_derived_object_address(
                account,
                object::object_address(&fungible_asset::burn_ref_metadata(burn_ref))
            );
        fungible_asset::address_burn_from_for_gas(burn_ref, store, fee);
    }

    public(friend) fun mint_and_refund(account: address, refund: u64) acquires AptosFAMintCapabilities {
        let mint_ref = &borrow_global<AptosFAMintCapabilities>(@aptos_framework).mint_ref;
        primary_fungible_store::mint(mint_ref, account, refund);
    }

    /// Called by the virtual machine.
    fun emit_fee_statement(fee_statement: FeeStatement) {
        event::emit(fee_statement)
    }
}
