/// How objects of a type are shown: templates by field.
module sui::display;

use std::string::String;
use sui::event;
use sui::package::Publisher;
use sui::vec_map::{Self, VecMap};

const ENotOwner: u64 = 0;
const EVecLengthMismatch: u64 = 1;

public struct Display<phantom T: key> has key, store {
    id: UID,
    fields: VecMap<String, String>,
    version: u16,
}

public struct DisplayCreated<phantom T: key> has copy, drop {
    id: ID,
}

public struct VersionUpdated<phantom T: key> has copy, drop {
    id: ID,
    version: u16,
    fields: VecMap<String, String>,
}

public fun new<T: key>(pub: &Publisher, ctx: &mut TxContext): Display<T> {
    assert!(is_authorized<T>(pub), ENotOwner);
    let display = Display<T> { id: object::new(ctx), fields: vec_map::empty(), version: 0 };
    event::emit(DisplayCreated<T> { id: object::id(&display) });
    display
}

public fun new_with_fields<T: key>(
    pub: &Publisher,
    fields: vector<String>,
    values: vector<String>,
    ctx: &mut TxContext,
): Display<T> {
    let mut display = new<T>(pub, ctx);
    add_multiple(&mut display, fields, values);
    display
}

#[allow(lint(self_transfer))]
public entry fun create_and_keep<T: key>(pub: &Publisher, ctx: &mut TxContext) {
    transfer::public_transfer(new<T>(pub, ctx), ctx.sender())
}

public entry fun update_version<T: key>(display: &mut Display<T>) {
    display.version = display.version + 1;
    event::emit(VersionUpdated<T> {
        id: object::id(display),
        version: display.version,
        fields: display.fields,
    })
}

public entry fun add<T: key>(self: &mut Display<T>, name: String, value: String) {
    self.fields.insert(name, value)
}

public entry fun add_multiple<T: key>(
    self: &mut Display<T>,
    fields: vector<String>,
    values: vector<String>,
) {
    let count = fields.length();
    assert!(count == values.length(), EVecLengthMismatch);
    let mut i = 0;
    while (i < count) {
        self.fields.insert(fields[i], values[i]);
        i = i + 1;
    }
}

public entry fun edit<T: key>(self: &mut Display<T>, name: String, value: String) {
    self.fields.remove(&name);
    self.fields.insert(name, value)
}

public entry fun remove<T: key>(self: &mut Display<T>, name: String) {
    self.fields.remove(&name);
}

public fun is_authorized<T: key>(pub: &Publisher): bool {
    pub.from_package<T>()
}

public fun version<T: key>(d: &Display<T>): u16 {
    d.version
}

public fun fields<T: key>(d: &Display<T>): &VecMap<String, String> {
    &d.fields
}
