/// What a transaction tells the world.
module sui::event;

public native fun emit<T: copy + drop>(event: T);
