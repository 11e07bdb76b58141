/// A coin for the demo. Anyone may mint some.
module demo::moon;

use sui::coin::{Self, TreasuryCap};

const ETooMuch: u64 = 0;

/// 1,000 MOON.
const MOST: u64 = 1000000000;

public struct MOON has drop {}

public struct Tap has key {
    id: UID,
    treasury: TreasuryCap<MOON>,
}

fun init(witness: MOON, ctx: &mut TxContext) {
    let (treasury, metadata) = coin::create_currency(
        witness,
        6,
        b"MOON",
        b"Moon",
        b"A coin of the local chain",
        option::none(),
        ctx,
    );
    transfer::public_freeze_object(metadata);
    transfer::share_object(Tap { id: object::new(ctx), treasury })
}

public entry fun mint(tap: &mut Tap, amount: u64, to: address, ctx: &mut TxContext) {
    assert!(amount <= MOST, ETooMuch);
    tap.treasury.mint_and_transfer(amount, to, ctx)
}
