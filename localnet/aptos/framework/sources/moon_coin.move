/// MOON, a coin of the demo that is held in coin stores, and that anybody may mint.
module demo::moon_coin {
    use std::signer;
    use std::string;
    use aptos_framework::aptos_account;
    use aptos_framework::coin::{Self, MintCapability};

    struct MoonCoin {}

    struct Issuer has key {
        mint_cap: MintCapability<MoonCoin>
    }

    fun init_module(account: &signer) {
        let (burn_cap, freeze_cap, mint_cap) =
            coin::initialize<MoonCoin>(
                account, string::utf8(b"Moon Coin"), string::utf8(b"MOON"), 8, true
            );
        coin::destroy_burn_cap(burn_cap);
        coin::destroy_freeze_cap(freeze_cap);
        move_to(account, Issuer { mint_cap });
    }

    public entry fun mint(account: &signer, amount: u64) acquires Issuer {
        let cap = &borrow_global<Issuer>(@demo).mint_cap;
        aptos_account::deposit_coins(signer::address_of(account), coin::mint(amount, cap));
    }
}
