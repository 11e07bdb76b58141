/// Lists, whose natives the compiler turns into instructions.
module oracle::vectors;

public fun all(): vector<u64> {
    let mut list = vector::empty<u64>();
    list.push_back(1);
    list.push_back(2);
    list.push_back(3);
    *list.borrow_mut(0) = 10;
    list.swap(0, 2);
    let last = list.pop_back();
    vector[last, list.length(), *list.borrow(0), *list.borrow(1)]
}

public fun empties(): u64 {
    vector::destroy_empty(vector<bool>[]);
    0
}

public fun past_the_end(): u64 {
    let list = vector[1, 2];
    list[2]
}

public fun pop_of_nothing(): u64 {
    vector<u64>[].pop_back()
}

public fun swap_past_the_end() {
    vector[1u8].swap(0, 1)
}

public fun destroying_what_is_not_empty() {
    vector::destroy_empty(vector[1u8])
}

public fun adding_too_much(): u8 {
    let mut sum = 250u8;
    while (true) sum = sum + 1;
    sum
}

public fun dividing_by_nothing(): u64 {
    let mut zero = 1u64;
    zero = zero - 1;
    7 / zero
}

public fun casting_too_much(): u8 {
    (300u64 as u8)
}

public fun shifting_too_far(): u64 {
    1u64 << 64
}
