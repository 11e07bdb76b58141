/// MOON, a coin of the demo that is held in coin stores, and that anybody may mint.
module demo::moon_coin {
    use std::signer;
    use std::string;
    use aptos_framework::account;
    use aptos_framework::aptos_account;
    use aptos_framework::coin::{Self, MintCapability};
    use aptos_framework::event::{Self, EventHandle};

    struct MoonCoin {}

    struct Issuer has key {
        mint_cap: MintCapability<MoonCoin>,
        minted: EventHandle<Minted>
    }

    /// Told by a handle, as modules did before events were told by module.
    struct Minted has drop, store {
        to: address,
        amount: u64
    }

    fun init_module(account: &signer) {
        let (burn_cap, freeze_cap, mint_cap) =
            coin::initialize<MoonCoin>(
                account, string::utf8(b"Moon Coin"), string::utf8(b"MOON"), 8, true
            );
        coin::destroy_burn_cap(burn_cap);
        coin::destroy_freeze_cap(freeze_cap);
        move_to(account, Issuer { mint_cap, minted: account::new_event_handle<Minted>(account) });
    }

    public entry fun mint(account: &signer, amount: u64) acquires Issuer {
        let issuer = borrow_global_mut<Issuer>(@demo);
        let to = signer::address_of(account);
        event::emit_event(&mut issuer.minted, Minted { to, amount });
        aptos_account::deposit_coins(to, coin::mint(amount, &issuer.mint_cap));
    }
}
