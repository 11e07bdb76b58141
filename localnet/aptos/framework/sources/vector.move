/// What lists of values offer: most of it is the virtual machine's own.
module std::vector {
    /// The index into the vector is out of bounds
    const EINDEX_OUT_OF_BOUNDS: u64 = 0x20000;

    #[bytecode_instruction]
    native public fun empty<Element>(): vector<Element>;
    #[bytecode_instruction]
    native public fun length<Element>(self: &vector<Element>): u64;
    #[bytecode_instruction]
    native public fun borrow<Element>(self: &vector<Element>, i: u64): &Element;
    #[bytecode_instruction]
    native public fun push_back<Element>(self: &mut vector<Element>, e: Element);
    #[bytecode_instruction]
    native public fun borrow_mut<Element>(self: &mut vector<Element>, i: u64): &mut Element;
    #[bytecode_instruction]
    native public fun pop_back<Element>(self: &mut vector<Element>): Element;
    #[bytecode_instruction]
    native public fun destroy_empty<Element>(self: vector<Element>);
    #[bytecode_instruction]
    native public fun swap<Element>(self: &mut vector<Element>, i: u64, j: u64);

    public fun singleton<Element>(e: Element): vector<Element> {
        let v = empty();
        push_back(&mut v, e);
        v
    }

    public fun is_empty<Element>(self: &vector<Element>): bool {
        length(self) == 0
    }

    public fun contains<Element>(self: &vector<Element>, e: &Element): bool {
        let i = 0;
        while (i < length(self)) {
            if (borrow(self, i) == e) return true;
            i += 1;
        };
        false
    }

    public fun reverse<Element>(self: &mut vector<Element>) {
        let n = length(self);
        let i = 0;
        while (i < n / 2) {
            swap(self, i, n - 1 - i);
            i += 1;
        }
    }

    public fun append<Element>(self: &mut vector<Element>, other: vector<Element>) {
        reverse(&mut other);
        while (!is_empty(&other)) push_back(self, pop_back(&mut other));
        destroy_empty(other);
    }

    public fun remove<Element>(self: &mut vector<Element>, i: u64): Element {
        let n = length(self);
        if (i >= n) abort EINDEX_OUT_OF_BOUNDS;
        while (i + 1 < n) {
            swap(self, i, i + 1);
            i += 1;
        };
        pop_back(self)
    }
}
