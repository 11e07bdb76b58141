/// Tokens of which there is one each: objects that belong to a collection.
module aptos_token_objects::token {
    use std::option::{Self, Option};
    use std::signer;
    use std::string::{Self, String};
    use std::vector;
    use aptos_framework::event::EventHandle;
    use aptos_framework::object::{Self, ConstructorRef, Object};
    use aptos_token_objects::collection::{Self, Collection};
    use aptos_token_objects::royalty::{Self, Royalty};

    #[resource_group_member(group = aptos_framework::object::ObjectGroup)]
    struct Token has key {
        collection: Object<Collection>,
        index: u64,
        description: String,
        name: String,
        uri: String,
        mutation_events: EventHandle<MutationEvent>
    }

    struct MutationEvent has drop, store {
        mutated_field_name: String,
        old_value: String,
        new_value: String
    }

    public fun create_named_token(
        creator: &signer,
        collection_name: String,
        description: String,
        name: String,
        royalty: Option<Royalty>,
        uri: String
    ): ConstructorRef {
        let seed = *string::bytes(&collection_name);
        vector::append(&mut seed, b"::");
        vector::append(&mut seed, *string::bytes(&name));
        let ref = object::create_named_object(creator, seed);
        let self = object::generate_signer(&ref);
        let creator_address = signer::address_of(creator);
        let collection =
            collection::create_collection_address(&creator_address, &collection_name);
        move_to(
            &self,
            Token {
                collection: object::address_to_object<Collection>(collection),
                index: 0,
                description,
                name,
                uri,
                mutation_events: object::new_event_handle(&self)
            }
        );
        if (option::is_some(&royalty)) royalty::init(&self, option::extract(&mut royalty));
        ref
    }

    #[view]
    public fun name<T: key>(token: Object<T>): String acquires Token {
        borrow_global<Token>(object::object_address(&token)).name
    }
}
