/// Text in UTF-8.
module std::string {
    use std::vector;

    /// The bytes are no UTF-8
    const EINVALID_UTF8: u64 = 1;

    struct String has copy, drop, store {
        bytes: vector<u8>
    }

    public fun utf8(bytes: vector<u8>): String {
        assert!(internal_check_utf8(&bytes), EINVALID_UTF8);
        String { bytes }
    }

    public fun bytes(self: &String): &vector<u8> {
        &self.bytes
    }

    public fun length(self: &String): u64 {
        vector::length(&self.bytes)
    }

    public native fun internal_check_utf8(v: &vector<u8>): bool;
}
