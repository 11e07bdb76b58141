/// The coin that pays fees, and who may make more of it.
module aptos_framework::aptos_coin {
    use std::error;
    use std::signer;
    use std::string;
    use aptos_framework::coin::{Self, MintCapability};
    use aptos_framework::transaction_fee;

    friend aptos_framework::genesis;

    /// Account does not have mint capability
    const ENO_CAPABILITIES: u64 = 1;

    struct AptosCoin has key {}

    struct MintCapStore has key {
        mint_cap: MintCapability<AptosCoin>
    }

    public(friend) fun initialize(framework: &signer, minter: &signer) {
        let (burn_cap, freeze_cap, mint_cap) =
            coin::initialize<AptosCoin>(
                framework, string::utf8(b"Aptos Coin"), string::utf8(b"APT"), 8, true
            );
        coin::destroy_burn_cap(burn_cap);
        coin::destroy_freeze_cap(freeze_cap);
        move_to(minter, MintCapStore { mint_cap });
    }

    public entry fun mint(account: &signer, dst_addr: address, amount: u64) {
        assert!(
            exists<MintCapStore>(signer::address_of(account)), error::not_found(ENO_CAPABILITIES)
        );
        transaction_fee::mint_and_refund(dst_addr, amount);
    }
}
