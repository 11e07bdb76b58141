/// Objects that go from one owner to the next.
module oracle::things;

use sui::dynamic_field as field;
use sui::dynamic_object_field as object_field;
use sui::event;
use sui::transfer::Receiving;

const EAnother: u64 = 404;

public struct Thing has key, store {
    id: UID,
    number: u64,
}

public struct Box has key, store {
    id: UID,
    thing: Thing,
}

public struct Told has copy, drop {
    number: u64,
}

public fun make(number: u64, ctx: &mut TxContext): Thing {
    Thing { id: object::new(ctx), number }
}

public fun set(thing: &mut Thing, number: u64) {
    thing.number = number
}

public fun expect(thing: &Thing, number: u64) {
    assert!(thing.number == number, EAnother)
}

public fun destroy(thing: Thing) {
    let Thing { id, number: _ } = thing;
    id.delete()
}

public fun give(thing: Thing, to: address) {
    transfer::transfer(thing, to)
}

public fun share(thing: Thing) {
    transfer::share_object(thing)
}

public fun fix(thing: Thing) {
    transfer::freeze_object(thing)
}

public fun wrap(thing: Thing, ctx: &mut TxContext): Box {
    Box { id: object::new(ctx), thing }
}

public fun unwrap(box: Box): Thing {
    let Box { id, thing } = box;
    id.delete();
    thing
}

public fun expect_inside(box: &Box, number: u64) {
    box.thing.expect(number)
}

public fun send(thing: Thing, to: &Thing) {
    transfer::transfer(thing, object::id_address(to))
}

public fun receive(thing: &mut Thing, sent: Receiving<Thing>): Thing {
    transfer::receive(&mut thing.id, sent)
}

public fun put(parent: &mut Thing, name: u64, child: Thing) {
    object_field::add(&mut parent.id, name, child)
}

public fun take(parent: &mut Thing, name: u64): Thing {
    object_field::remove(&mut parent.id, name)
}

public fun set_child(parent: &mut Thing, name: u64, number: u64) {
    let child: &mut Thing = object_field::borrow_mut(&mut parent.id, name);
    child.number = number
}

public fun expect_child(parent: &Thing, name: u64, number: u64) {
    let child: &Thing = object_field::borrow(&parent.id, name);
    child.expect(number)
}

public fun note(thing: &mut Thing, name: u64, number: u64) {
    field::add(&mut thing.id, name, number)
}

public fun forget(thing: &mut Thing, name: u64) {
    let _: u64 = field::remove(&mut thing.id, name);
}

public fun expect_note(thing: &Thing, name: u64, number: u64) {
    assert!(*field::borrow(&thing.id, name) == number, EAnother)
}

public fun tell(number: u64) {
    event::emit(Told { number })
}

public fun fail(code: u64) {
    abort code
}
