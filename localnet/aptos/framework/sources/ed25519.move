/// Signatures of Ed25519, as far as accounts need them to change their keys.
module aptos_std::ed25519 {
    use std::bcs;
    use std::error;
    use std::hash;
    use std::vector;
    use aptos_std::type_info::{Self, TypeInfo};

    /// Wrong number of bytes were given as input when deserializing an Ed25519 public key
    const E_WRONG_PUBKEY_SIZE: u64 = 1;
    /// Wrong number of bytes were given as input when deserializing an Ed25519 signature
    const E_WRONG_SIGNATURE_SIZE: u64 = 2;

    const SIGNATURE_SCHEME_ID: u8 = 0;

    struct SignedMessage<MessageType> has drop {
        type_info: TypeInfo,
        inner: MessageType
    }

    struct UnvalidatedPublicKey has copy, drop, store {
        bytes: vector<u8>
    }

    struct Signature has copy, drop, store {
        bytes: vector<u8>
    }

    public fun new_unvalidated_public_key_from_bytes(bytes: vector<u8>): UnvalidatedPublicKey {
        assert!(vector::length(&bytes) == 32, error::invalid_argument(E_WRONG_PUBKEY_SIZE));
        UnvalidatedPublicKey { bytes }
    }

    public fun new_signature_from_bytes(bytes: vector<u8>): Signature {
        assert!(vector::length(&bytes) == 64, error::invalid_argument(E_WRONG_SIGNATURE_SIZE));
        Signature { bytes }
    }

    public fun signature_verify_strict_t<T: drop>(
        signature: &Signature, public_key: &UnvalidatedPublicKey, data: T
    ): bool {
        let message = SignedMessage { type_info: type_info::type_of<T>(), inner: data };
        signature_verify_strict_internal(signature.bytes, public_key.bytes, bcs::to_bytes(&message))
    }

    public fun unvalidated_public_key_to_authentication_key(pk: &UnvalidatedPublicKey): vector<u8> {
        let bytes = pk.bytes;
        vector::push_back(&mut bytes, SIGNATURE_SCHEME_ID);
        hash::sha3_256(bytes)
    }

    native fun signature_verify_strict_internal(
        signature: vector<u8>, public_key: vector<u8>, message: vector<u8>
    ): bool;
}
