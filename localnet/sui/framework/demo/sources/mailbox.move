/// An object to which others send, and in which its owner keeps things.
module demo::mailbox;

use sui::dynamic_object_field as field;
use sui::transfer::Receiving;

public struct Mailbox has key {
    id: UID,
    kept: u64,
}

#[allow(lint(self_transfer))]
public entry fun open(ctx: &mut TxContext) {
    transfer::transfer(Mailbox { id: object::new(ctx), kept: 0 }, ctx.sender())
}

/// Takes what was sent to the mailbox.
public fun collect<T: key + store>(mailbox: &mut Mailbox, sent: Receiving<T>): T {
    transfer::public_receive(&mut mailbox.id, sent)
}

/// Puts something in, under the next number.
public fun keep<T: key + store>(mailbox: &mut Mailbox, object: T) {
    field::add(&mut mailbox.id, mailbox.kept, object);
    mailbox.kept = mailbox.kept + 1
}

public fun take<T: key + store>(mailbox: &mut Mailbox, number: u64): T {
    field::remove(&mut mailbox.id, number)
}
