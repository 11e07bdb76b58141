/// Types by their names, addresses in 64 digits.
module std::type_name;

use std::ascii::String;

const ENonModuleType: u64 = 0;

const COLON: u8 = 58;
const DIGITS: u64 = 64;

public struct TypeName has copy, drop, store {
    name: String,
}

public native fun get<T>(): TypeName;
public native fun get_with_original_ids<T>(): TypeName;

public fun borrow_string(self: &TypeName): &String {
    &self.name
}

public fun into_string(self: TypeName): String {
    self.name
}

public fun get_address(self: &TypeName): String {
    assert!(is_of_module(self), ENonModuleType);
    self.name.substring(0, DIGITS)
}

public fun get_module(self: &TypeName): String {
    assert!(is_of_module(self), ENonModuleType);
    let bytes = self.name.as_bytes();
    let start = DIGITS + 2;
    let mut end = start;
    while (bytes[end] != COLON) end = end + 1;
    self.name.substring(start, end)
}

fun is_of_module(self: &TypeName): bool {
    let bytes = self.name.as_bytes();
    bytes.length() > DIGITS + 2 && bytes[DIGITS] == COLON && bytes[DIGITS + 1] == COLON
}
