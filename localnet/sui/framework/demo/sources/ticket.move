/// An NFT for the demo. Anyone may mint one.
module demo::ticket;

use std::string::{utf8, String};
use sui::display;
use sui::event;
use sui::package;

public struct TICKET has drop {}

public struct Ticket has key, store {
    id: UID,
    name: String,
    image_url: String,
}

public struct Minted has copy, drop {
    ticket: ID,
    to: address,
}

#[allow(lint(self_transfer, share_owned))]
fun init(witness: TICKET, ctx: &mut TxContext) {
    let publisher = package::claim(witness, ctx);
    let mut shown = display::new_with_fields<Ticket>(
        &publisher,
        vector[utf8(b"name"), utf8(b"image_url")],
        vector[utf8(b"{name}"), utf8(b"{image_url}")],
        ctx,
    );
    shown.update_version();
    transfer::public_transfer(publisher, ctx.sender());
    transfer::public_transfer(shown, ctx.sender())
}

public fun new(name: String, image_url: String, ctx: &mut TxContext): Ticket {
    let ticket = Ticket { id: object::new(ctx), name, image_url };
    event::emit(Minted { ticket: object::id(&ticket), to: ctx.sender() });
    ticket
}

#[allow(lint(self_transfer))]
public entry fun mint(name: String, image_url: String, ctx: &mut TxContext) {
    let ticket = new(name, image_url, ctx);
    transfer::public_transfer(ticket, ctx.sender())
}

public entry fun burn(ticket: Ticket) {
    let Ticket { id, name: _, image_url: _ } = ticket;
    id.delete()
}

public fun name(ticket: &Ticket): String {
    ticket.name
}
