/// Several transactions in one test, by the natives of the chain's own test runner.
#[test_only, allow(unused_field)]
module sui::test_scenario;

use sui::vec_map::VecMap;

public struct Scenario {
    txn_number: u64,
    ctx: TxContext,
}

public struct TransactionEffects has drop {
    created: vector<ID>,
    written: vector<ID>,
    deleted: vector<ID>,
    transferred_to_account: VecMap<ID, address>,
    transferred_to_object: VecMap<ID, ID>,
    shared: vector<ID>,
    frozen: vector<ID>,
    num_user_events: u64,
}

public fun begin(sender: address): Scenario {
    Scenario { txn_number: 0, ctx: sui::tx_context::create(sender, digest(0)) }
}

/// Ends the transaction, and says in numbers what it did.
public fun next(scenario: &mut Scenario, sender: address): vector<u64> {
    scenario.txn_number = scenario.txn_number + 1;
    scenario.ctx = sui::tx_context::create(sender, digest(scenario.txn_number));
    let effects = end_transaction();
    vector[
        effects.created.length(),
        effects.written.length(),
        effects.deleted.length(),
        effects.transferred_to_account.size(),
        effects.transferred_to_object.size(),
        effects.shared.length(),
        effects.frozen.length(),
        effects.num_user_events,
    ]
}

public fun end(scenario: Scenario) {
    let Scenario { txn_number: _, ctx: _ } = scenario;
    end_transaction();
}

public fun ctx(scenario: &mut Scenario): &mut TxContext {
    &mut scenario.ctx
}

fun digest(number: u64): vector<u8> {
    let mut bytes = std::bcs::to_bytes(&number);
    while (bytes.length() < 32) bytes.push_back(7);
    bytes
}

public fun give_back<T: key>(account: address, object: T) {
    transfer::transfer_impl(object, account)
}

public fun share_again<T: key>(object: T) {
    transfer::share_object_impl(object)
}

public fun freeze_again<T: key>(object: T) {
    transfer::freeze_object_impl(object)
}

public fun ticket<T: key>(id: ID): transfer::Receiving<T> {
    transfer::make_receiver(id, allocate_receiving_ticket_for_object<T>(id))
}

public native fun take_from_address_by_id<T: key>(
    scenario: &Scenario,
    account: address,
    id: ID,
): T;
public native fun take_immutable_by_id<T: key>(scenario: &Scenario, id: ID): T;
public native fun take_shared_by_id<T: key>(scenario: &Scenario, id: ID): T;
native fun allocate_receiving_ticket_for_object<T: key>(object_id: ID): u64;
native fun end_transaction(): TransactionEffects;
