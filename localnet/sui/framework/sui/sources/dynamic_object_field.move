/// As dynamic fields, for values that are objects and stay visible as such: a field has the id alone.
module sui::dynamic_object_field;

use sui::dynamic_field as field;

public struct Wrapper<Name> has copy, drop, store {
    name: Name,
}

public fun add<Name: copy + drop + store, Value: key + store>(
    object: &mut UID,
    name: Name,
    value: Value,
) {
    let key = Wrapper { name };
    field::add(object, key, object::id(&value));
    let (at, _) = field::field_info(object, key);
    field::add_child_object(object::uid_to_address(at), value)
}

public fun borrow<Name: copy + drop + store, Value: key + store>(
    object: &UID,
    name: Name,
): &Value {
    let (at, id) = field::field_info(object, Wrapper { name });
    field::borrow_child_object(at, id)
}

public fun borrow_mut<Name: copy + drop + store, Value: key + store>(
    object: &mut UID,
    name: Name,
): &mut Value {
    let (at, id) = field::field_info_mut(object, Wrapper { name });
    field::borrow_child_object_mut(at, id)
}

public fun remove<Name: copy + drop + store, Value: key + store>(
    object: &mut UID,
    name: Name,
): Value {
    let key = Wrapper { name };
    let (at, id) = field::field_info(object, key);
    let value = field::remove_child_object(object::uid_to_address(at), id);
    field::remove<Wrapper<Name>, ID>(object, key);
    value
}

public fun exists_<Name: copy + drop + store>(object: &UID, name: Name): bool {
    field::exists_with_type<Wrapper<Name>, ID>(object, Wrapper { name })
}

public fun exists_with_type<Name: copy + drop + store, Value: key + store>(
    object: &UID,
    name: Name,
): bool {
    if (!exists_(object, name)) return false;
    let (at, id) = field::field_info(object, Wrapper { name });
    field::has_child_object_with_ty<Value>(object::uid_to_address(at), id)
}

public fun id<Name: copy + drop + store>(object: &UID, name: Name): Option<ID> {
    if (!exists_(object, name)) return option::none();
    let (_, id) = field::field_info(object, Wrapper { name });
    option::some(object::id_from_address(id))
}
