import { BcsError } from '../../../core/bcs';
import type { Type, TypeTable } from '../../../core/loader';
import { aborted, MoveError, type Native, nativesOf } from '../../../core/runtime';
import { asReference, ByteVector, INTEGERS } from '../../../core/values';
import { type Prices, pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { HOST_COST } from '../host-cost';
import { isDelayedField, layoutOf } from '../layout';
import { encodeValue, optionValue, typeArgument } from '../values';
import { FEATURE } from '../versions';

/** Of move-core-types, `sub_status::NFE_BCS_SERIALIZATION_FAILURE`. */
const SERIALIZATION_FAILURE = 0x1c5n;
const ADDRESS_SIZE = 32;

function failure(prices: Prices, price: string): MoveError {
  prices.base(price);
  return aborted(SERIALIZATION_FAILURE);
}

const toBytes =
  (context: NativeContext, prices: Prices): Native =>
  ({ args: [value], typeArguments, loader }) => {
    const type = typeArgument(typeArguments);
    const fail = (): MoveError => failure(prices, 'bcs.to_bytes.failure');
    try {
      // Aggregators have no bytes of their own that a transaction could see.
      if (layoutOf(context, loader.types, type).hasDelayedFields) throw fail();
    } catch (error) {
      if (context.features.isEnabled(FEATURE.enableLazyLoading) || !isLayoutLimit(error))
        throw error;
      throw fail();
    }
    const bytes = serialized(() => encodeValue(loader, asReference(value).get(), type), fail);
    prices.each('bcs.to_bytes.per_byte_serialized', bytes.length);
    context.host.charge(bytes.length * HOST_COST.encodeByte);
    return [new ByteVector(bytes)];
  };

const serializedSize =
  (context: NativeContext, prices: Prices): Native =>
  ({ args: [value], typeArguments, loader }) => {
    prices.base('bcs.serialized_size.base');
    const type = typeArgument(typeArguments);
    const fail = (): MoveError => failure(prices, 'bcs.serialized_size.failure');
    try {
      // A delayed field is counted as the width that was set aside for it, which is that of its value.
      layoutOf(context, loader.types, type);
    } catch (error) {
      throw isLayoutLimit(error) ? fail() : error;
    }
    const { length } = serialized(() => encodeValue(loader, asReference(value).get(), type), fail);
    prices.each('bcs.serialized_size.per_byte_serialized', length);
    context.host.charge(length * HOST_COST.encodeByte);
    return [length];
  };

function isLayoutLimit(error: unknown): boolean {
  return (
    error instanceof MoveError &&
    (error.status === 'TOO_MANY_TYPE_NODES' || error.status === 'VM_MAX_VALUE_DEPTH_REACHED')
  );
}

/** A function that cannot be stored among them. */
function isUnencodable(error: unknown): boolean {
  const isFunction = error instanceof MoveError && error.status === 'VALUE_SERIALIZATION_ERROR';
  return error instanceof BcsError || isFunction || isLayoutLimit(error);
}

/** What BCS cannot hold is the native's own abort. */
function serialized(encode: () => Uint8Array, fail: () => MoveError): Uint8Array {
  try {
    return encode();
  } catch (error) {
    throw isUnencodable(error) ? fail() : error;
  }
}

const constantSerializedSize =
  (context: NativeContext, prices: Prices): Native =>
  ({ typeArguments, loader }) => {
    prices.base('bcs.constant_serialized_size.base');
    const type = typeArgument(typeArguments);
    layoutOf(context, loader.types, type);
    const once = context.timedFeatures.isEnabled('ConstantSerializedSizeLocalCache');
    const sizes = new ConstantSizes(loader.types, once, (struct) =>
      isDelayedField(context, struct),
    );
    const size = sizes.of(type);
    prices.each('bcs.constant_serialized_size.per_type_node', sizes.visited);
    return [optionValue(context, size)];
  };

/** Sizes of types whose values all have the same one, and how many types were looked at. */
class ConstantSizes {
  visited = 0;
  readonly #known = new Map<Type, number | undefined>();

  /** @param once - whether a struct that comes again counts as one node */
  constructor(
    private readonly types: TypeTable,
    private readonly once: boolean,
    private readonly isDelayed: (type: Type) => boolean,
  ) {}

  of(type: Type): number | undefined {
    this.visited++;
    switch (type.kind) {
      case 'bool':
        return 1;
      case 'address':
        return ADDRESS_SIZE;
      case 'datatype': {
        if (this.once && this.#known.has(type)) return this.#known.get(type);
        if (this.isDelayed(type)) this.visited++;
        const size = this.#struct(type);
        this.#known.set(type, size);
        return size;
      }
      case 'signer':
      case 'vector':
      case 'function':
      case 'reference':
      case 'typeParameter':
        return undefined;
      default:
        return INTEGERS[type.kind].bits / 8;
    }
  }

  #struct({ datatype, typeArguments }: Extract<Type, { kind: 'datatype' }>): number | undefined {
    if (datatype.shape.kind === 'enum') return undefined;
    let total = 0;
    for (const field of datatype.shape.fields) {
      const size = this.of(this.types.substitute(field.type, typeArguments));
      if (size === undefined) return undefined;
      total += size;
    }
    return total;
  }
}

export const bcsNatives = (context: NativeContext) => {
  const prices = pricesOf(context, 'move_stdlib');
  return nativesOf('0x1::bcs', {
    to_bytes: toBytes(context, prices),
    serialized_size: serializedSize(context, prices),
    constant_serialized_size: constantSerializedSize(context, prices),
  });
};
