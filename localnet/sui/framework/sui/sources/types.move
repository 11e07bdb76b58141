module sui::types;

/// Whether the value proves that a module's `init` runs.
public native fun is_one_time_witness<T: drop>(_: &T): bool;
