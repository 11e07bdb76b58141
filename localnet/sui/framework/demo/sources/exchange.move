/// Gives MOON for SUI. What it gives depends on what others have swapped before.
module demo::exchange;

use demo::moon::{Self, Tap};
use sui::balance::{Self, Balance};
use sui::coin::Coin;
use sui::event;
use sui::sui::SUI;

/// The coins would be fewer than were asked for.
#[error]
const ETooFew: vector<u8> = b"The price has moved: it would give less than was asked for";

/// What the pool acts as if it had held at first, in MIST and millionths of a MOON.
const FIRST_SUI: u128 = 1000000000000;
const FIRST_MOON: u128 = 5000000000;

public struct Pool has key {
    id: UID,
    taken: Balance<SUI>,
}

public struct Swapped has copy, drop {
    by: address,
    sui: u64,
    moon: u64,
}

#[allow(lint(share_owned))]
fun init(ctx: &mut TxContext) {
    transfer::share_object(Pool { id: object::new(ctx), taken: balance::zero() })
}

/// What the pool would give for as many MIST: the product of both sides stays the same.
public fun quote(pool: &Pool, mist: u64): u64 {
    let sui = FIRST_SUI + (pool.taken.value() as u128);
    let product = FIRST_SUI * FIRST_MOON;
    ((product / sui - product / (sui + (mist as u128))) as u64)
}

/// Takes the coin, and gives no less than `least`.
public entry fun swap(
    pool: &mut Pool,
    tap: &mut Tap,
    payment: Coin<SUI>,
    least: u64,
    ctx: &mut TxContext,
) {
    let sui = payment.value();
    let moon = pool.quote(sui);
    assert!(moon >= least, ETooFew);
    pool.taken.join(payment.into_balance());
    moon::mint(tap, moon, ctx.sender(), ctx);
    event::emit(Swapped { by: ctx.sender(), sui, moon })
}
