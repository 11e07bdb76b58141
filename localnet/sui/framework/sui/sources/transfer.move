/// Who objects belong to. Those without a module's own rules are given by the `public_` functions.
#[allow(unused_const)]
module sui::transfer;

const ESharedNonNewObject: u64 = 0;
const EBCSSerializationFailure: u64 = 1;
const EReceivingObjectTypeMismatch: u64 = 2;
const EUnableToReceiveObject: u64 = 3;
const ESharedObjectOperationNotSupported: u64 = 4;

/// Permission to take an object that was sent to another object.
public struct Receiving<phantom T: key> has drop {
    id: ID,
    version: u64,
}

public fun transfer<T: key>(obj: T, recipient: address) {
    transfer_impl(obj, recipient)
}

public fun public_transfer<T: key + store>(obj: T, recipient: address) {
    transfer_impl(obj, recipient)
}

public fun freeze_object<T: key>(obj: T) {
    freeze_object_impl(obj)
}

public fun public_freeze_object<T: key + store>(obj: T) {
    freeze_object_impl(obj)
}

public fun share_object<T: key>(obj: T) {
    share_object_impl(obj)
}

public fun public_share_object<T: key + store>(obj: T) {
    share_object_impl(obj)
}

public fun receive<T: key>(parent: &mut UID, to_receive: Receiving<T>): T {
    let Receiving { id, version } = to_receive;
    receive_impl(object::uid_to_address(parent), id, version)
}

public fun public_receive<T: key + store>(parent: &mut UID, to_receive: Receiving<T>): T {
    let Receiving { id, version } = to_receive;
    receive_impl(object::uid_to_address(parent), id, version)
}

public fun receiving_object_id<T: key>(receiving: &Receiving<T>): ID {
    receiving.id
}

public(package) native fun freeze_object_impl<T: key>(obj: T);
public(package) native fun share_object_impl<T: key>(obj: T);
public(package) native fun transfer_impl<T: key>(obj: T, recipient: address);
native fun receive_impl<T: key>(parent: address, to_receive: ID, version: u64): T;
