/// A coin whose treasury anyone may use, and a module that runs when it is published.
module fuzz::gold;

use sui::coin::{Coin, TreasuryCap};

public struct GOLD has drop {}

public struct Made has key {
    id: UID,
    witnessed: bool,
}

fun init(witness: GOLD, ctx: &mut TxContext) {
    let witnessed = sui::types::is_one_time_witness(&witness);
    transfer::share_object(Made { id: object::new(ctx), witnessed })
}

public fun mint(cap: &mut TreasuryCap<GOLD>, amount: u64, ctx: &mut TxContext): Coin<GOLD> {
    cap.mint(amount, ctx)
}

public fun burn(cap: &mut TreasuryCap<GOLD>, coin: Coin<GOLD>): u64 {
    cap.burn(coin)
}
