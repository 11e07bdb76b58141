module sui::event;

/// A stream of events.
public struct Head {}

public native fun emit<T: copy + drop>(event: T);

public fun emit_authenticated<T: copy + drop>(event: T) {
    emit_authenticated_impl<Head, T>(@0xacc, @0x5, event)
}

native fun emit_authenticated_impl<Stream, T: copy + drop>(
    accumulator: address,
    stream: address,
    event: T,
);
