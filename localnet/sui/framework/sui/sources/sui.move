/// The coin that pays for everything.
module sui::sui;

use sui::coin::Coin;

public struct SUI has drop {}

public entry fun transfer(c: Coin<SUI>, recipient: address) {
    transfer::public_transfer(c, recipient)
}
