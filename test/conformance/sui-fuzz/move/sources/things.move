/// Objects in every state that an object can be in, and calls that move them from one to another.
module fuzz::things;

use std::string::String;
use sui::clock::Clock;
use sui::coin::{Self, Coin};
use sui::dynamic_field;
use sui::dynamic_object_field;
use sui::event;
use sui::sui::SUI;
use sui::transfer::Receiving;

const EWrong: u64 = 7;

public struct Thing has key, store {
    id: UID,
    number: u64,
    name: String,
}

/// Only this module says who gets it.
public struct Bound has key {
    id: UID,
    level: u8,
}

public struct Box<T: store> has key, store {
    id: UID,
    inside: Option<T>,
}

public struct Told has copy, drop {
    number: u64,
    by: address,
}

/// It must be given back.
public struct Loan {
    amount: u64,
    of: ID,
}

public struct Point has copy, drop, store {
    x: u64,
    y: u64,
}

public enum Shape has copy, drop, store {
    Dot,
    Circle { radius: u64 },
    Path(vector<Point>),
}

public fun make(number: u64, name: String, ctx: &mut TxContext): Thing {
    Thing { id: object::new(ctx), number, name }
}

public fun make_many(count: u64, ctx: &mut TxContext): vector<Thing> {
    let mut all = vector[];
    let mut i = 0;
    while (i < count) {
        all.push_back(Thing { id: object::new(ctx), number: i, name: std::string::utf8(b"one") });
        i = i + 1;
    };
    all
}

#[allow(lint(self_transfer))]
public entry fun make_and_keep(number: u64, ctx: &mut TxContext) {
    let thing = make(number, std::string::utf8(b"kept"), ctx);
    transfer::transfer(thing, ctx.sender())
}

public fun set(thing: &mut Thing, number: u64) {
    thing.number = number
}

public fun rename(thing: &mut Thing, name: String) {
    thing.name = name
}

public fun number(thing: &Thing): u64 {
    thing.number
}

public fun number_mut(thing: &mut Thing): &mut u64 {
    &mut thing.number
}

public fun add_up(left: &Thing, right: &mut Thing): u64 {
    right.number = right.number + left.number;
    right.number
}

public fun swap(left: &mut Thing, right: &mut Thing) {
    let number = left.number;
    left.number = right.number;
    right.number = number
}

public fun destroy(thing: Thing) {
    let Thing { id, number: _, name: _ } = thing;
    id.delete()
}

public fun destroy_all(mut things: vector<Thing>) {
    while (!things.is_empty()) destroy(things.pop_back());
    things.destroy_empty()
}

public fun box<T: store>(inside: T, ctx: &mut TxContext): Box<T> {
    Box { id: object::new(ctx), inside: option::some(inside) }
}

public fun empty_box<T: store>(ctx: &mut TxContext): Box<T> {
    Box { id: object::new(ctx), inside: option::none() }
}

public fun fill<T: store>(box: &mut Box<T>, inside: T) {
    box.inside.fill(inside)
}

public fun take_out<T: store>(box: &mut Box<T>): T {
    box.inside.extract()
}

public fun unbox<T: store>(box: Box<T>): T {
    let Box { id, inside } = box;
    id.delete();
    inside.destroy_some()
}

public fun bound(level: u8, ctx: &mut TxContext): Bound {
    Bound { id: object::new(ctx), level }
}

public fun give(bound: Bound, to: address) {
    transfer::transfer(bound, to)
}

public fun offer(bound: Bound) {
    transfer::share_object(bound)
}

public fun fix(bound: Bound) {
    transfer::freeze_object(bound)
}

public fun end(bound: Bound) {
    let Bound { id, level: _ } = bound;
    id.delete()
}

public fun give_to(thing: Thing, other: &Thing) {
    transfer::public_transfer(thing, object::id_address(other))
}

public fun receive(thing: &mut Thing, sent: Receiving<Thing>): Thing {
    transfer::receive(&mut thing.id, sent)
}

public fun receive_any<T: key + store>(thing: &mut Thing, sent: Receiving<T>): T {
    transfer::public_receive(&mut thing.id, sent)
}

public fun look_at(sent: &Receiving<Thing>): ID {
    sent.receiving_object_id()
}

public fun add_field<N: copy + drop + store, V: store>(thing: &mut Thing, name: N, value: V) {
    dynamic_field::add(&mut thing.id, name, value)
}

public fun remove_field<N: copy + drop + store, V: store>(thing: &mut Thing, name: N): V {
    dynamic_field::remove(&mut thing.id, name)
}

public fun read_field<N: copy + drop + store>(thing: &Thing, name: N): u64 {
    *dynamic_field::borrow(&thing.id, name)
}

public fun count_field<N: copy + drop + store>(thing: &mut Thing, name: N) {
    let count: &mut u64 = dynamic_field::borrow_mut(&mut thing.id, name);
    *count = *count + 1
}

public fun has_field<N: copy + drop + store>(thing: &Thing, name: N): bool {
    dynamic_field::exists_(&thing.id, name)
}

public fun add_child<V: key + store>(thing: &mut Thing, name: u64, value: V) {
    dynamic_object_field::add(&mut thing.id, name, value)
}

public fun remove_child<V: key + store>(thing: &mut Thing, name: u64): V {
    dynamic_object_field::remove(&mut thing.id, name)
}

public fun set_child(thing: &mut Thing, name: u64, number: u64) {
    let child: &mut Thing = dynamic_object_field::borrow_mut(&mut thing.id, name);
    child.number = number
}

public fun has_child(thing: &Thing, name: u64): bool {
    dynamic_object_field::exists_(&thing.id, name)
}

public fun tell(number: u64, ctx: &TxContext) {
    event::emit(Told { number, by: ctx.sender() })
}

public fun tell_often(count: u64, ctx: &TxContext) {
    let mut i = 0;
    while (i < count) {
        tell(i, ctx);
        i = i + 1
    }
}

public fun lend(thing: &mut Thing, amount: u64): Loan {
    thing.number = thing.number - amount;
    Loan { amount, of: object::id(thing) }
}

public fun give_back(thing: &mut Thing, loan: Loan) {
    let Loan { amount, of } = loan;
    assert!(of == object::id(thing), EWrong);
    thing.number = thing.number + amount
}

public fun point(x: u64, y: u64): Point {
    Point { x, y }
}

public fun circle(radius: u64): Shape {
    Shape::Circle { radius }
}

public fun path(points: vector<Point>): Shape {
    if (points.is_empty()) Shape::Dot else Shape::Path(points)
}

public fun size(shape: &Shape): u64 {
    match (shape) {
        Shape::Dot => 0,
        Shape::Circle { radius } => *radius,
        Shape::Path(points) => points.length(),
    }
}

public fun spin(rounds: u64): u64 {
    let mut i = 0;
    let mut sum = 0u64;
    while (i < rounds) {
        sum = (sum ^ (i * 31)) % 1000003;
        i = i + 1
    };
    sum
}

public fun grow(length: u64): vector<u8> {
    let mut bytes = b"0123456789abcdef";
    while (bytes.length() < length) {
        let again = bytes;
        bytes.append(again)
    };
    bytes
}

public fun fail(code: u64) {
    abort code
}

public fun fail_with_message() {
    assert!(false, EWrong)
}

public fun deep(levels: u64): u64 {
    if (levels == 0) 0 else 1 + deep(levels - 1)
}

public fun time(clock: &Clock): u64 {
    clock.timestamp_ms()
}

public fun pay(coin: &mut Coin<SUI>, amount: u64, to: address, ctx: &mut TxContext) {
    transfer::public_transfer(coin.split(amount, ctx), to)
}

public fun zero<T>(ctx: &mut TxContext): Coin<T> {
    coin::zero(ctx)
}

#[allow(unused_type_parameter)]
public fun many_types<A: copy + drop + store, B: store + drop, C>(_a: A, _b: B, _c: &Box<u64>): u64 {
    3
}

public fun options(a: Option<u64>, b: Option<address>, c: vector<Option<bool>>): u64 {
    (if (a.is_some()) 1 else 0) + (if (b.is_some()) 1 else 0) + c.length()
}

public fun lists(a: vector<vector<u8>>, b: vector<address>, c: vector<u256>): u64 {
    a.length() + b.length() + c.length()
}

entry fun private_entry(thing: &mut Thing, by: u64) {
    thing.number = thing.number + by
}

entry fun private_result(number: u64): Point {
    Point { x: number, y: number }
}

fun hidden(_thing: &Thing) {}

public(package) fun of_package(thing: &Thing): u64 {
    hidden(thing);
    thing.number
}
