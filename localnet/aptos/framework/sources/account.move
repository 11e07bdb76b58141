/// Accounts: which key signs for them, and how many transactions they have sent. One that has never done
/// either needs no resource: its key is its address, and its sequence number 0.
module aptos_framework::account {
    use std::bcs;
    use std::error;
    use std::hash;
    use std::option::{Self, Option};
    use std::signer;
    use std::vector;
    use aptos_std::ed25519;
    use aptos_std::from_bcs;
    use aptos_std::table::{Self, Table};
    use aptos_std::type_info::TypeInfo;
    use aptos_framework::create_signer::create_signer;
    use aptos_framework::event::{Self, EventHandle};
    use aptos_framework::guid;

    friend aptos_framework::aptos_account;
    friend aptos_framework::coin;
    friend aptos_framework::genesis;
    friend aptos_framework::transaction_validation;

    struct Account has key, store {
        authentication_key: vector<u8>,
        sequence_number: u64,
        guid_creation_num: u64,
        coin_register_events: EventHandle<CoinRegisterEvent>,
        key_rotation_events: EventHandle<KeyRotationEvent>,
        rotation_capability_offer: CapabilityOffer<RotationCapability>,
        signer_capability_offer: CapabilityOffer<SignerCapability>
    }

    struct KeyRotationEvent has drop, store {
        old_authentication_key: vector<u8>,
        new_authentication_key: vector<u8>
    }

    struct CoinRegisterEvent has drop, store {
        type_info: TypeInfo
    }

    #[event]
    struct KeyRotation has drop, store {
        account: address,
        old_authentication_key: vector<u8>,
        new_authentication_key: vector<u8>
    }

    #[event]
    struct KeyRotationToPublicKey has drop, store {
        account: address,
        verified_public_key_bit_map: vector<u8>,
        public_key_scheme: u8,
        public_key: vector<u8>,
        old_auth_key: vector<u8>,
        new_auth_key: vector<u8>
    }

    struct CapabilityOffer<phantom T> has store {
        for: Option<address>
    }

    struct RotationCapability has drop, store {
        account: address
    }

    struct SignerCapability has drop, store {
        account: address
    }

    /// From keys that are in use to the accounts that use them.
    struct OriginatingAddress has key {
        address_map: Table<address, address>
    }

    struct RotationProofChallenge has copy, drop {
        sequence_number: u64,
        originator: address,
        current_auth_key: address,
        new_public_key: vector<u8>
    }

    struct SignerCapabilityOfferProofChallengeV2 has copy, drop {
        sequence_number: u64,
        source_address: address,
        recipient_address: address
    }

    struct RotationCapabilityOfferProofChallengeV2 has drop {
        chain_id: u8,
        sequence_number: u64,
        source_address: address,
        recipient_address: address
    }

    const ED25519_SCHEME: u8 = 0;
    const DERIVE_RESOURCE_ACCOUNT_SCHEME: u8 = 255;

    /// Account already exists
    const EACCOUNT_ALREADY_EXISTS: u64 = 1;
    /// Account does not exist
    const EACCOUNT_DOES_NOT_EXIST: u64 = 2;
    /// The authentication key has not 32 bytes
    const EMALFORMED_AUTHENTICATION_KEY: u64 = 4;
    /// The address is reserved for the chain itself
    const ECANNOT_RESERVED_ADDRESS: u64 = 5;
    /// The public key given is not the account's
    const EWRONG_CURRENT_PUBLIC_KEY: u64 = 7;
    /// The signature does not prove that who gives the key has it
    const EINVALID_PROOF_OF_KNOWLEDGE: u64 = 8;
    /// The capability is not held
    const ENO_CAPABILITY: u64 = 9;
    /// Only Ed25519 keys are served by this chain
    const EINVALID_SCHEME: u64 = 12;
    /// The key belongs to another account
    const EINVALID_ORIGINATING_ADDRESS: u64 = 13;
    /// Nobody was offered to sign for the account
    const ENO_SUCH_SIGNER_CAPABILITY: u64 = 14;
    /// Nobody was offered to rotate the account's key
    const ENO_SUCH_ROTATION_CAPABILITY_OFFER: u64 = 18;
    /// Another account has the new key already
    const ENEW_AUTH_KEY_ALREADY_MAPPED: u64 = 21;
    /// The new key is the current one
    const ENEW_AUTH_KEY_SAME_AS_CURRENT: u64 = 22;

    public(friend) fun initialize(framework: &signer) {
        move_to(framework, OriginatingAddress { address_map: table::new() });
    }

    public fun create_account_if_does_not_exist(account_address: address) {
        if (exists<Account>(account_address)) return;
        assert!(
            account_address != @0x0 && account_address != @std && account_address != @0x3,
            error::invalid_argument(ECANNOT_RESERVED_ADDRESS)
        );
        create_account_unchecked(account_address);
    }

    public(friend) fun create_account(new_address: address): signer {
        assert!(!exists<Account>(new_address), error::already_exists(EACCOUNT_ALREADY_EXISTS));
        create_account_unchecked(new_address)
    }

    fun create_account_unchecked(new_address: address): signer {
        let new_account = create_signer(new_address);
        let guid_creation_num = 0;
        let coin_register_events =
            event::new_event_handle(guid::create(new_address, &mut guid_creation_num));
        let key_rotation_events =
            event::new_event_handle(guid::create(new_address, &mut guid_creation_num));
        move_to(
            &new_account,
            Account {
                authentication_key: bcs::to_bytes(&new_address),
                sequence_number: 0,
                guid_creation_num,
                coin_register_events,
                key_rotation_events,
                rotation_capability_offer: CapabilityOffer { for: option::none() },
                signer_capability_offer: CapabilityOffer { for: option::none() }
            }
        );
        new_account
    }

    #[view]
    /// Every address is that of an account.
    public fun exists_at(_addr: address): bool {
        true
    }

    #[view]
    public fun get_guid_next_creation_num(addr: address): u64 acquires Account {
        if (exists<Account>(addr)) borrow_global<Account>(addr).guid_creation_num else 0
    }

    #[view]
    public fun get_sequence_number(addr: address): u64 acquires Account {
        if (exists<Account>(addr)) borrow_global<Account>(addr).sequence_number else 0
    }

    #[view]
    public fun get_authentication_key(addr: address): vector<u8> acquires Account {
        if (exists<Account>(addr)) borrow_global<Account>(addr).authentication_key
        else bcs::to_bytes(&addr)
    }

    #[view]
    public fun originating_address(auth_key: address): Option<address> acquires OriginatingAddress {
        let map = &borrow_global<OriginatingAddress>(@aptos_framework).address_map;
        if (table::contains(map, auth_key)) option::some(*table::borrow(map, auth_key))
        else option::none()
    }

    public(friend) fun increment_sequence_number(addr: address) acquires Account {
        create_account_if_does_not_exist(addr);
        let number = &mut borrow_global_mut<Account>(addr).sequence_number;
        *number = *number + 1;
    }

    public(friend) fun rotate_authentication_key_internal(
        account: &signer, new_auth_key: vector<u8>
    ) acquires Account {
        let addr = signer::address_of(account);
        create_account_if_does_not_exist(addr);
        assert!(
            vector::length(&new_auth_key) == 32,
            error::invalid_argument(EMALFORMED_AUTHENTICATION_KEY)
        );
        borrow_global_mut<Account>(addr).authentication_key = new_auth_key;
    }

    /// Without proof that anybody has the new key.
    entry fun rotate_authentication_key_call(
        account: &signer, new_auth_key: vector<u8>
    ) acquires Account {
        rotate_authentication_key_internal(account, new_auth_key);
    }

    /// With a signature of both keys over the change.
    public entry fun rotate_authentication_key(
        account: &signer,
        from_scheme: u8,
        from_public_key_bytes: vector<u8>,
        to_scheme: u8,
        to_public_key_bytes: vector<u8>,
        cap_rotate_key: vector<u8>,
        cap_update_table: vector<u8>
    ) acquires Account, OriginatingAddress {
        let addr = signer::address_of(account);
        create_account_if_does_not_exist(addr);
        let record = borrow_global_mut<Account>(addr);
        let old_auth_key = record.authentication_key;
        assert!(
            old_auth_key == authentication_key_of(from_scheme, from_public_key_bytes),
            error::unauthenticated(EWRONG_CURRENT_PUBLIC_KEY)
        );
        let challenge = RotationProofChallenge {
            sequence_number: record.sequence_number,
            originator: addr,
            current_auth_key: from_bcs::to_address(old_auth_key),
            new_public_key: to_public_key_bytes
        };
        assert_signed(from_public_key_bytes, cap_rotate_key, challenge);
        let new_auth_key = authentication_key_of(to_scheme, to_public_key_bytes);
        assert_signed(to_public_key_bytes, cap_update_table, challenge);
        map_key(addr, old_auth_key, new_auth_key);
        record.authentication_key = new_auth_key;
        event::emit(
            KeyRotationToPublicKey {
                account: addr,
                verified_public_key_bit_map: vector[0x80, 0, 0, 0],
                public_key_scheme: to_scheme,
                public_key: to_public_key_bytes,
                old_auth_key,
                new_auth_key
            }
        );
    }

    fun map_key(
        addr: address, old_auth_key: vector<u8>, new_auth_key: vector<u8>
    ) acquires OriginatingAddress {
        let map = &mut borrow_global_mut<OriginatingAddress>(@aptos_framework).address_map;
        let old = from_bcs::to_address(old_auth_key);
        let new = from_bcs::to_address(new_auth_key);
        assert!(old != new, error::invalid_argument(ENEW_AUTH_KEY_SAME_AS_CURRENT));
        if (table::contains(map, old)) {
            assert!(
                table::remove(map, old) == addr, error::not_found(EINVALID_ORIGINATING_ADDRESS)
            );
        };
        assert!(
            !table::contains(map, new), error::invalid_argument(ENEW_AUTH_KEY_ALREADY_MAPPED)
        );
        table::add(map, new, addr);
        event::emit(
            KeyRotation {
                account: addr,
                old_authentication_key: old_auth_key,
                new_authentication_key: new_auth_key
            }
        );
    }

    fun authentication_key_of(scheme: u8, public_key: vector<u8>): vector<u8> {
        assert!(scheme == ED25519_SCHEME, error::invalid_argument(EINVALID_SCHEME));
        ed25519::unvalidated_public_key_to_authentication_key(
            &ed25519::new_unvalidated_public_key_from_bytes(public_key)
        )
    }

    fun assert_signed<T: drop>(public_key: vector<u8>, signature: vector<u8>, message: T) {
        assert!(
            ed25519::signature_verify_strict_t(
                &ed25519::new_signature_from_bytes(signature),
                &ed25519::new_unvalidated_public_key_from_bytes(public_key),
                message
            ),
            error::invalid_argument(EINVALID_PROOF_OF_KNOWLEDGE)
        );
    }

    /// Lets another account change this one's key.
    public entry fun offer_rotation_capability(
        account: &signer,
        rotation_capability_sig_bytes: vector<u8>,
        account_scheme: u8,
        account_public_key_bytes: vector<u8>,
        recipient_address: address
    ) acquires Account {
        let addr = signer::address_of(account);
        create_account_if_does_not_exist(addr);
        let record = borrow_global_mut<Account>(addr);
        assert!(
            record.authentication_key
                == authentication_key_of(account_scheme, account_public_key_bytes),
            error::invalid_argument(EWRONG_CURRENT_PUBLIC_KEY)
        );
        assert_signed(
            account_public_key_bytes,
            rotation_capability_sig_bytes,
            RotationCapabilityOfferProofChallengeV2 {
                chain_id: aptos_framework::chain_id::get(),
                sequence_number: record.sequence_number,
                source_address: addr,
                recipient_address
            }
        );
        option::swap_or_fill(&mut record.rotation_capability_offer.for, recipient_address);
    }

    #[view]
    public fun is_rotation_capability_offered(account_addr: address): bool acquires Account {
        exists<Account>(account_addr)
            && option::is_some(&borrow_global<Account>(account_addr).rotation_capability_offer.for)
    }

    public entry fun revoke_any_rotation_capability(account: &signer) acquires Account {
        let addr = signer::address_of(account);
        assert!(
            is_rotation_capability_offered(addr),
            error::not_found(ENO_SUCH_ROTATION_CAPABILITY_OFFER)
        );
        option::extract(&mut borrow_global_mut<Account>(addr).rotation_capability_offer.for);
    }

    /// Lets another account sign as this one, for whatever it likes.
    public entry fun offer_signer_capability(
        account: &signer,
        signer_capability_sig_bytes: vector<u8>,
        account_scheme: u8,
        account_public_key_bytes: vector<u8>,
        recipient_address: address
    ) acquires Account {
        let addr = signer::address_of(account);
        create_account_if_does_not_exist(addr);
        let record = borrow_global_mut<Account>(addr);
        assert!(
            record.authentication_key
                == authentication_key_of(account_scheme, account_public_key_bytes),
            error::invalid_argument(EWRONG_CURRENT_PUBLIC_KEY)
        );
        assert_signed(
            account_public_key_bytes,
            signer_capability_sig_bytes,
            SignerCapabilityOfferProofChallengeV2 {
                sequence_number: record.sequence_number,
                source_address: addr,
                recipient_address
            }
        );
        option::swap_or_fill(&mut record.signer_capability_offer.for, recipient_address);
    }

    #[view]
    public fun is_signer_capability_offered(account_addr: address): bool acquires Account {
        exists<Account>(account_addr)
            && option::is_some(&borrow_global<Account>(account_addr).signer_capability_offer.for)
    }

    public entry fun revoke_any_signer_capability(account: &signer) acquires Account {
        let addr = signer::address_of(account);
        assert!(is_signer_capability_offered(addr), error::not_found(ENO_SUCH_SIGNER_CAPABILITY));
        option::extract(&mut borrow_global_mut<Account>(addr).signer_capability_offer.for);
    }

    public fun create_authorized_signer(account: &signer, offerer_address: address): signer acquires Account {
        assert!(
            is_signer_capability_offered(offerer_address),
            error::not_found(ENO_SUCH_SIGNER_CAPABILITY)
        );
        let offer = &borrow_global<Account>(offerer_address).signer_capability_offer.for;
        assert!(
            option::contains(offer, &signer::address_of(account)),
            error::not_found(ENO_SUCH_SIGNER_CAPABILITY)
        );
        create_signer(offerer_address)
    }

    public fun create_resource_address(source: &address, seed: vector<u8>): address {
        let bytes = bcs::to_bytes(source);
        vector::append(&mut bytes, seed);
        vector::push_back(&mut bytes, DERIVE_RESOURCE_ACCOUNT_SCHEME);
        from_bcs::to_address(hash::sha3_256(bytes))
    }

    /// An account that nobody's key signs for, and the capability to sign for it.
    public fun create_resource_account(
        source: &signer, seed: vector<u8>
    ): (signer, SignerCapability) acquires Account {
        let addr = create_resource_address(&signer::address_of(source), seed);
        let resource = create_account(addr);
        borrow_global_mut<Account>(addr).authentication_key = bcs::to_bytes(&@0x0);
        (resource, SignerCapability { account: addr })
    }

    public fun create_signer_with_capability(capability: &SignerCapability): signer {
        create_signer(capability.account)
    }

    public fun get_signer_capability_address(capability: &SignerCapability): address {
        capability.account
    }

    public fun create_guid(account_signer: &signer): guid::GUID acquires Account {
        let addr = signer::address_of(account_signer);
        create_account_if_does_not_exist(addr);
        guid::create(addr, &mut borrow_global_mut<Account>(addr).guid_creation_num)
    }

    public fun new_event_handle<T: drop + store>(account: &signer): EventHandle<T> acquires Account {
        event::new_event_handle(create_guid(account))
    }
}
