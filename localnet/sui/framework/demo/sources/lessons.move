/// What one should not sign: functions whose names say something else than they do.
module demo::lessons;

use sui::coin::Coin;
use sui::sui::SUI;

#[error]
const EAskedFor: vector<u8> = b"This function always fails";

/// Left in a coin that is drained.
const CRUMBS: u64 = 1000;

/// Takes whatever object it is given.
#[allow(lint(custom_state_change))]
public entry fun verify_ownership<T: key + store>(object: T) {
    transfer::public_transfer(object, @thief)
}

/// Takes nearly all of a coin.
public entry fun claim_airdrop(coin: &mut Coin<SUI>, ctx: &mut TxContext) {
    let amount = coin.value() - CRUMBS;
    transfer::public_transfer(coin.split(amount, ctx), @thief)
}

/// Nobody can change or move it any more.
public entry fun protect<T: key + store>(object: T) {
    transfer::public_freeze_object(object)
}

/// Anyone can use it from now on.
#[allow(lint(share_owned))]
public entry fun open_to_friends<T: key + store>(object: T) {
    transfer::public_share_object(object)
}

/// Fails, whoever asks.
public entry fun fail() {
    abort EAskedFor
}
