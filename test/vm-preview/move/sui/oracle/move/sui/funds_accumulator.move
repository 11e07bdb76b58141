module sui::funds_accumulator;

public native fun add_to_accumulator_address<T: store>(
    accumulator: address,
    recipient: address,
    value: T,
);
public native fun withdraw_from_accumulator_address<T: store>(
    accumulator: address,
    owner: address,
    value: u256,
): T;
