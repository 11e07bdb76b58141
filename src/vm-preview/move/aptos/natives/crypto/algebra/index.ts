/** 0x1::crypto_algebra. Source: aptos-core `natives/cryptography/algebra`. */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { CannotPreview } from '../../../../../errors';
import type { Type } from '../../../../core/loader';
import { aborted, type Native, type NativeRegistry, nativesOf } from '../../../../core/runtime';
import { asBytes, asReference, ByteVector, type Value } from '../../../../core/values';
import type { NativeContext } from '../../context';
import { charger } from '../charge';
import { HOST_COST } from '../host-cost';
import { ElementMemory } from './elements';
import { bls12381Family, bn254Family, type Family, type Structure } from './family';
import { type Format, formatsOf } from './formats';
import { type Pairings, type Products, pairingsOf, productsOf } from './products';
import type { OperationName } from './structure';

/** `error::not_implemented(1)` */
const NOT_IMPLEMENTED = 0x0c_0001n;
/** DSTs above are hashed first. */
const DST_MAX = 255;
const OVERSIZE_PREFIX_BYTES = 17;

/** A family with what it does beyond its structures. */
interface Curves {
  readonly family: Family;
  readonly formats: ReadonlyMap<string, Format>;
  readonly products: ReadonlyMap<string, Products>;
  readonly pairings: Pairings;
}

type TypeArguments = readonly Type[];

export function cryptoAlgebraNatives(context: NativeContext): NativeRegistry {
  const memory = new ElementMemory();
  const charge = charger(context);
  const families: readonly Curves[] = [
    bls12381Family(context, memory),
    bn254Family(context, memory),
  ].map((family) => ({
    family,
    formats: formatsOf(context, family),
    products: productsOf(context, family),
    pairings: pairingsOf(context, family),
  }));

  /**
   * The names of marker types of one module, and that module's curves.
   *
   * @throws MoveError when they are of several or another, or its feature flag is off
   */
  function markers(types: TypeArguments): { readonly curves: Curves; readonly names: string } {
    for (const curves of families) {
      const prefix = `${curves.family.module}::`;
      if (!types.every(({ key }) => key.startsWith(prefix))) continue;
      if (!context.features.isEnabled(curves.family.flag)) break;
      return { curves, names: types.map(({ key }) => key.slice(prefix.length)).join(' ') };
    }
    throw aborted(NOT_IMPLEMENTED);
  }

  function implemented<T>(found: T | undefined): T {
    if (found === undefined) throw aborted(NOT_IMPLEMENTED);
    return found;
  }

  function structure(types: TypeArguments): Structure {
    const { curves, names } = markers(types);
    return implemented(curves.family.structures.get(names));
  }

  function format(types: TypeArguments): Format {
    const { curves, names } = markers(types);
    return implemented(curves.formats.get(names));
  }

  /** Of a group by its scalar field. */
  function products(types: TypeArguments): Products {
    const { curves, names } = markers(types);
    const [group = '', scalars] = names.split(' ');
    return implemented(scalars === 'Fr' ? curves.products.get(group) : undefined);
  }

  function pairings(types: TypeArguments): Pairings {
    const { curves, names } = markers(types);
    return implemented(names === 'G1 G2 Gt' ? curves.pairings : undefined);
  }

  /** @throws MoveError unless the types are a target group and its field, in the order given */
  function casting(types: TypeArguments, expected: 'Fq12 Gt' | 'Gt Fq12'): Family {
    const { curves, names } = markers(types);
    return implemented(names === expected ? curves.family : undefined);
  }

  const operation =
    (name: OperationName): Native =>
    ({ typeArguments, args }) =>
      implemented(structure(typeArguments).operations[name])(args);

  const hashTo: Native = ({ typeArguments, args: [dstReference, messageReference] }) => {
    const { curves, names } = markers(typeArguments);
    const group = implemented(
      (['G1', 'G2'] as const).find((one) => names === `${one} Hash${one}XmdSha256SswuRo`),
    );
    const [dst, message] = [
      asBytes(asReference(dstReference).get()),
      asBytes(asReference(messageReference).get()),
    ];
    const price = `algebra.ark_h2c_bls12381${group.toLowerCase()}_xmd_sha256_sswu`;
    charge({
      [`${price}_base`]: 1,
      [`${price}_per_msg_byte`]: message.length,
      ...(dst.length > DST_MAX && {
        'move_stdlib.hash.sha2_256.base': 1,
        'move_stdlib.hash.sha2_256.per_byte': OVERSIZE_PREFIX_BYTES + dst.length,
      }),
    });
    // RFC 9380 forbids it, and so does the library; the chain's does not.
    if (dst.length === 0)
      throw new CannotPreview('empty-hash-tag', 'a hash to a curve without a separation tag');
    context.host.charge(
      (group === 'G1' ? HOST_COST.hashToG1 : HOST_COST.hashToG2) +
        (message.length + dst.length) * HOST_COST.hashByte,
    );
    const { elements } = curves.family;
    return group === 'G1'
      ? [elements.g1.add(bls12_381.G1.hashToCurve(message, { DST: dst }))]
      : [elements.g2.add(bls12_381.G2.hashToCurve(message, { DST: dst }))];
  };

  const none: readonly Value[] = [false, 0];

  return nativesOf('0x1::crypto_algebra', {
    zero_internal: operation('zero'),
    one_internal: operation('one'),
    from_u64_internal: operation('from_u64'),
    add_internal: operation('add'),
    sub_internal: operation('sub'),
    mul_internal: operation('mul'),
    div_internal: operation('div'),
    neg_internal: operation('neg'),
    sqr_internal: operation('sqr'),
    inv_internal: operation('inv'),
    double_internal: operation('double'),
    eq_internal: operation('eq'),
    order_internal: ({ typeArguments }) => [new ByteVector(structure(typeArguments).order.slice())],
    serialize_internal: ({ typeArguments, args: [handle] }) => [
      new ByteVector(format(typeArguments).write(handle)),
    ],
    deserialize_internal: ({ typeArguments, args: [reference] }) => {
      const { length, read } = format(typeArguments);
      const bytes = asBytes(asReference(reference).get());
      const handle = bytes.length === length ? read(bytes) : undefined;
      return handle === undefined ? none : [true, handle];
    },
    hash_to_internal: hashTo,
    scalar_mul_internal: ({ typeArguments, args: [element, scalar] }) => [
      products(typeArguments).multiply(element, scalar),
    ],
    multi_scalar_mul_internal: ({ typeArguments, args: [elements, scalars] }) => [
      implemented(products(typeArguments).multiplyMany)(elements, scalars),
    ],
    pairing_internal: ({ typeArguments, args: [g1, g2] }) => [pairings(typeArguments).one(g1, g2)],
    multi_pairing_internal: ({ typeArguments, args: [g1, g2] }) => [
      pairings(typeArguments).many(g1, g2),
    ],
    downcast_internal: ({ typeArguments, args: [handle] }) => {
      const { elements, engine, fields, gas } = casting(typeArguments, 'Fq12 Gt');
      const element = elements.fq12.at(handle);
      charge({ [`${gas}_fq12_pow_u256`]: 1 });
      context.host.charge(HOST_COST.fp12Power);
      const { Fp12 } = engine;
      const isMember = Fp12.eql(Fp12.pow(element, fields.fr.ORDER), Fp12.ONE);
      return [isMember, ...(handle === undefined ? [] : [handle])];
    },
    upcast_internal: ({ typeArguments, args: [handle] }) => {
      casting(typeArguments, 'Gt Fq12');
      return handle === undefined ? [] : [handle];
    },
  });
}
