module sui::accumulator;

public native fun emit_deposit_event<T>(accumulator: address, recipient: address, amount: u64);
public native fun emit_withdraw_event<T>(accumulator: address, owner: address, amount: u64);
