/// Collections of tokens: objects with a name, found by their creator and that name.
module aptos_token_objects::collection {
    use std::option::{Self, Option};
    use std::signer;
    use std::string::{Self, String};
    use aptos_framework::event::EventHandle;
    use aptos_framework::object::{Self, ConstructorRef};
    use aptos_token_objects::royalty::{Self, Royalty};

    #[resource_group_member(group = aptos_framework::object::ObjectGroup)]
    struct Collection has key {
        creator: address,
        description: String,
        name: String,
        uri: String,
        mutation_events: EventHandle<MutationEvent>
    }

    struct MutationEvent has drop, store {
        mutated_field_name: String
    }

    public fun create_unlimited_collection(
        creator: &signer, description: String, name: String, royalty: Option<Royalty>, uri: String
    ): ConstructorRef {
        let ref = object::create_named_object(creator, *string::bytes(&name));
        let self = object::generate_signer(&ref);
        move_to(
            &self,
            Collection {
                creator: signer::address_of(creator),
                description,
                name,
                uri,
                mutation_events: object::new_event_handle(&self)
            }
        );
        if (option::is_some(&royalty)) royalty::init(&self, option::extract(&mut royalty));
        ref
    }

    public fun create_collection_address(creator: &address, name: &String): address {
        object::create_object_address(creator, *string::bytes(name))
    }
}
