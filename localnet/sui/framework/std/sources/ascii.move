/// Text of bytes below 128.
module std::ascii;

const EInvalidASCIICharacter: u64 = 0x10000;
const EInvalidIndex: u64 = 0x10001;

public struct String has copy, drop, store {
    bytes: vector<u8>,
}

public struct Char has copy, drop, store {
    byte: u8,
}

public fun char(byte: u8): Char {
    assert!(is_valid_char(byte), EInvalidASCIICharacter);
    Char { byte }
}

public fun string(bytes: vector<u8>): String {
    let text = try_string(bytes);
    assert!(text.is_some(), EInvalidASCIICharacter);
    text.destroy_some()
}

public fun try_string(bytes: vector<u8>): Option<String> {
    let count = bytes.length();
    let mut i = 0;
    while (i < count) {
        if (!is_valid_char(bytes[i])) return option::none();
        i = i + 1;
    };
    option::some(String { bytes })
}

public fun all_characters_printable(string: &String): bool {
    let count = string.bytes.length();
    let mut i = 0;
    while (i < count) {
        if (!is_printable_char(string.bytes[i])) return false;
        i = i + 1;
    };
    true
}

public fun push_char(string: &mut String, char: Char) {
    string.bytes.push_back(char.byte)
}

public fun pop_char(string: &mut String): Char {
    Char { byte: string.bytes.pop_back() }
}

public fun length(string: &String): u64 {
    string.bytes.length()
}

public fun append(string: &mut String, other: String) {
    string.bytes.append(other.into_bytes())
}

public fun substring(string: &String, i: u64, j: u64): String {
    assert!(i <= j && j <= string.length(), EInvalidIndex);
    let mut bytes = vector[];
    let mut at = i;
    while (at < j) {
        bytes.push_back(string.bytes[at]);
        at = at + 1;
    };
    String { bytes }
}

public fun as_bytes(string: &String): &vector<u8> {
    &string.bytes
}

public fun into_bytes(string: String): vector<u8> {
    let String { bytes } = string;
    bytes
}

public fun byte(char: Char): u8 {
    char.byte
}

public fun is_valid_char(b: u8): bool {
    b < 0x80
}

public fun is_printable_char(byte: u8): bool {
    byte >= 0x20 && byte < 0x7f
}

public fun is_empty(string: &String): bool {
    string.bytes.is_empty()
}
