/// Lists. The compiler turns calls of the natives into instructions of their own.
#[defines_primitive(vector)]
module std::vector;

const EINDEX_OUT_OF_BOUNDS: u64 = 0x20000;

#[bytecode_instruction]
public native fun empty<Element>(): vector<Element>;

#[bytecode_instruction]
public native fun length<Element>(v: &vector<Element>): u64;

#[syntax(index)]
#[bytecode_instruction]
public native fun borrow<Element>(v: &vector<Element>, i: u64): &Element;

#[bytecode_instruction]
public native fun push_back<Element>(v: &mut vector<Element>, e: Element);

#[syntax(index)]
#[bytecode_instruction]
public native fun borrow_mut<Element>(v: &mut vector<Element>, i: u64): &mut Element;

#[bytecode_instruction]
public native fun pop_back<Element>(v: &mut vector<Element>): Element;

#[bytecode_instruction]
public native fun destroy_empty<Element>(v: vector<Element>);

#[bytecode_instruction]
public native fun swap<Element>(v: &mut vector<Element>, i: u64, j: u64);

public fun singleton<Element>(e: Element): vector<Element> {
    let mut only = empty();
    only.push_back(e);
    only
}

public fun reverse<Element>(v: &mut vector<Element>) {
    let count = v.length();
    let mut i = 0;
    while (i + 1 < count - i) {
        v.swap(i, count - 1 - i);
        i = i + 1;
    }
}

public fun append<Element>(lhs: &mut vector<Element>, mut other: vector<Element>) {
    other.reverse();
    while (!other.is_empty()) lhs.push_back(other.pop_back());
    other.destroy_empty();
}

public fun is_empty<Element>(v: &vector<Element>): bool {
    v.length() == 0
}

public fun contains<Element>(v: &vector<Element>, e: &Element): bool {
    let (found, _) = v.index_of(e);
    found
}

public fun index_of<Element>(v: &vector<Element>, e: &Element): (bool, u64) {
    let count = v.length();
    let mut i = 0;
    while (i < count) {
        if (&v[i] == e) return (true, i);
        i = i + 1;
    };
    (false, 0)
}

public fun remove<Element>(v: &mut vector<Element>, i: u64): Element {
    let count = v.length();
    assert!(i < count, EINDEX_OUT_OF_BOUNDS);
    let mut at = i;
    while (at + 1 < count) {
        v.swap(at, at + 1);
        at = at + 1;
    };
    v.pop_back()
}

public fun insert<Element>(v: &mut vector<Element>, e: Element, i: u64) {
    assert!(i <= v.length(), EINDEX_OUT_OF_BOUNDS);
    v.push_back(e);
    let mut at = v.length() - 1;
    while (at > i) {
        v.swap(at, at - 1);
        at = at - 1;
    }
}

public fun swap_remove<Element>(v: &mut vector<Element>, i: u64): Element {
    assert!(!v.is_empty(), EINDEX_OUT_OF_BOUNDS);
    let last = v.length() - 1;
    v.swap(i, last);
    v.pop_back()
}
