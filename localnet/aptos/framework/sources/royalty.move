/// What the maker of a token asks for when it is sold again.
module aptos_token_objects::royalty {
    use std::error;

    /// The royalty cannot exceed 100%
    const EROYALTY_EXCEEDS_MAXIMUM: u64 = 2;
    /// The royalty denominator cannot be 0
    const EROYALTY_DENOMINATOR_IS_ZERO: u64 = 3;

    #[resource_group_member(group = aptos_framework::object::ObjectGroup)]
    struct Royalty has copy, drop, key {
        numerator: u64,
        denominator: u64,
        payee_address: address
    }

    public fun create(numerator: u64, denominator: u64, payee_address: address): Royalty {
        assert!(denominator != 0, error::out_of_range(EROYALTY_DENOMINATOR_IS_ZERO));
        assert!(numerator <= denominator, error::out_of_range(EROYALTY_EXCEEDS_MAXIMUM));
        Royalty { numerator, denominator, payee_address }
    }

    public(friend) fun init(owner: &signer, royalty: Royalty) {
        move_to(owner, royalty)
    }

    friend aptos_token_objects::collection;
    friend aptos_token_objects::token;
}
