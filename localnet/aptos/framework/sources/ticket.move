/// A token of the demo that there is one of for each who asks.
module demo::ticket {
    use std::bcs;
    use std::option;
    use std::signer;
    use std::string::{Self, String};
    use std::vector;
    use aptos_framework::object::{Self, ExtendRef};
    use aptos_token_objects::collection;
    use aptos_token_objects::token;

    struct Issuer has key {
        ref: ExtendRef
    }

    fun init_module(account: &signer) {
        let maker = &object::create_named_object(account, b"tickets");
        let self = &object::generate_signer(maker);
        collection::create_unlimited_collection(
            self, string::utf8(b"Tickets of the demo"), collection_name(), option::none(), uri()
        );
        move_to(account, Issuer { ref: object::generate_extend_ref(maker) });
    }

    fun collection_name(): String {
        string::utf8(b"Tickets")
    }

    fun uri(): String {
        string::utf8(b"")
    }

    fun name_of(owner: address): String {
        let name = b"Ticket ";
        let digits = b"0123456789abcdef";
        let bytes = bcs::to_bytes(&owner);
        let i = 0;
        while (i < 4) {
            let byte = *vector::borrow(&bytes, i);
            vector::push_back(&mut name, *vector::borrow(&digits, ((byte >> 4) as u64)));
            vector::push_back(&mut name, *vector::borrow(&digits, ((byte & 15) as u64)));
            i += 1;
        };
        string::utf8(name)
    }

    #[view]
    /// Where the ticket of an account is, once it has asked for it.
    public fun address_of(owner: address): address {
        let seed = b"Tickets::";
        vector::append(&mut seed, *string::bytes(&name_of(owner)));
        let maker = object::create_object_address(&@demo, b"tickets");
        object::create_object_address(&maker, seed)
    }

    public entry fun mint(account: &signer) acquires Issuer {
        let owner = signer::address_of(account);
        let maker = &object::generate_signer_for_extending(&borrow_global<Issuer>(@demo).ref);
        let ref =
            &token::create_named_token(
                maker,
                collection_name(),
                string::utf8(b"Admits one"),
                name_of(owner),
                option::none(),
                uri()
            );
        let transfer = &object::generate_transfer_ref(ref);
        object::transfer_with_ref(object::generate_linear_transfer_ref(transfer), owner);
    }
}
