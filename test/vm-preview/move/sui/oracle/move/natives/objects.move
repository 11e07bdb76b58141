/// Objects within one transaction: ids, owners, fields of their own.
module oracle::objects;

use sui::config;
use sui::dynamic_field as field;
use sui::dynamic_object_field as object_field;
use sui::tx_context;

public struct Thing has key, store {
    id: UID,
    number: u64,
}

public struct Other has key, store {
    id: UID,
}

fun make(number: u64): Thing {
    Thing { id: object::new(&mut tx_context::any()), number }
}

fun end(thing: Thing): u64 {
    let Thing { id, number } = thing;
    id.delete();
    number
}

public fun ids(): vector<vector<u8>> {
    let thing = make(1);
    let all = vector[
        object::id_bytes(&thing),
        std::bcs::to_bytes(&object::id_address(&thing)),
        std::bcs::to_bytes(object::borrow_id(&thing)),
    ];
    end(thing);
    all
}

public fun fields(): vector<u64> {
    let mut thing = make(1);
    let id = &mut thing.id;
    field::add(id, b"a", 5u64);
    field::add(id, 7u64, 6u64);
    *field::borrow_mut(id, b"a") = 50u64;
    let seen = vector[
        *field::borrow(id, b"a"),
        *field::borrow(id, 7u64),
        if (field::exists_(id, b"b")) 1 else 0,
        if (field::exists_with_type<u64, u64>(id, 7)) 1 else 0,
        if (field::exists_with_type<u64, bool>(id, 7)) 1 else 0,
        field::remove(id, b"a"),
        field::remove(id, 7u64),
        if (field::exists_(id, b"a")) 1 else 0,
    ];
    end(thing);
    seen
}

public fun field_twice() {
    let mut thing = make(1);
    field::add(&mut thing.id, b"a", 5u64);
    field::add(&mut thing.id, b"a", 5u64);
    end(thing);
}

public fun field_that_is_not_there() {
    let thing = make(1);
    let _: &u64 = field::borrow(&thing.id, b"a");
    end(thing);
}

public fun field_of_another_type() {
    let mut thing = make(1);
    field::add(&mut thing.id, b"a", 5u64);
    let _: &mut bool = field::borrow_mut(&mut thing.id, b"a");
    end(thing);
}

public fun field_removed_twice() {
    let mut thing = make(1);
    field::add(&mut thing.id, b"a", 5u64);
    let _: u64 = field::remove(&mut thing.id, b"a");
    let _: u64 = field::remove(&mut thing.id, b"a");
    end(thing);
}

public fun children(): vector<u64> {
    let mut parent = make(1);
    object_field::add(&mut parent.id, 1u64, make(2));
    let child: &mut Thing = object_field::borrow_mut(&mut parent.id, 1u64);
    child.number = 20;
    field::add(&mut child.id, 0u8, 3u64);
    let mut child: Thing = object_field::remove(&mut parent.id, 1u64);
    let inner = field::remove(&mut child.id, 0u8);
    vector[end(child), inner, end(parent)]
}

public fun child_of_another_type() {
    let mut parent = make(1);
    object_field::add(&mut parent.id, 1u64, make(2));
    let Other { id } = object_field::remove(&mut parent.id, 1u64);
    id.delete();
    end(parent);
}

public fun owners(): u64 {
    transfer::public_transfer(make(1), @0xa11ce);
    transfer::public_share_object(make(2));
    transfer::public_freeze_object(make(3));
    let thing = make(4);
    let id = object::id_address(&thing);
    transfer::transfer(make(5), id);
    transfer::public_transfer(thing, @0x0);
    3
}

public fun settings(): vector<bool> {
    let mut thing = make(1);
    let none: Option<u64> = read(object::id_address(&thing), 9);
    field::add(&mut thing.id, 9u64, config::setting(4, option::some(8u64), option::some(7)));
    let all = vector[none.is_none(), field::exists_(&thing.id, 9u64)];
    let _: config::Setting<u64> = field::remove(&mut thing.id, 9u64);
    end(thing);
    all
}

fun read(config: address, name: u64): Option<u64> {
    config::read_setting_impl<
        field::Field<u64, config::Setting<u64>>,
        config::Setting<u64>,
        config::SettingData<u64>,
        u64,
    >(config, field::hash_type_and_key(config, name), 5)
}
