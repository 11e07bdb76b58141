/**
 * 0x2::group_ops: groups of BLS12-381 (sui-move-natives, crypto/group_ops.rs). Elements are taken for
 * what they say they are: Move code validates them when it makes them.
 */
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { CannotPreview } from '../../../../errors';
import {
  aborted,
  MoveError,
  type Native,
  type NativeRegistry,
  nativesOf,
} from '../../../core/runtime';
import { asBytes, asInteger, asReference, ByteVector, type Value } from '../../../core/values';
import { BLS12381_PAIRING } from '../../../crypto/pairing';
import { optionalCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { HOST_COST, multiscalarCost } from '../host-cost';
import { asItems, bytesAt } from '../values';
import {
  G1,
  G2,
  GROUPS,
  type Group,
  readUncompressedG1,
  SCALARS,
  writeUncompressedG1,
} from './groups';

const NOT_SUPPORTED = 0n;
const INVALID_INPUT = 1n;
const INPUT_TOO_LONG = 2n;

/** The first group of Ristretto255, whose prices and points are not here. */
const RISTRETTO_TYPE = 5;

const G1_TYPE = 1;
const UNCOMPRESSED_G1_TYPE = 4;
const SCALAR_BITS = 255;

/** Additions of a multiscalar multiplication, for its price. @param count - at least 1 */
export function additionsOf(count: number): number {
  const bits = 31 - Math.clz32(count);
  const width = bits === 0 ? 1 : bits <= 4 ? 2 : bits <= 12 ? bits - 2 : bits - 3;
  return Math.ceil(SCALAR_BITS / width) * (count + 2 ** width + 1);
}

function chunks(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: bytes.length / size }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

/** All of them; undefined when one is none. */
function readAll<P>(
  encoded: readonly Uint8Array[],
  read: (bytes: Uint8Array) => P | undefined,
): P[] | undefined {
  const points = encoded.map(read).filter((point) => point !== undefined);
  return points.length === encoded.length ? points : undefined;
}

type Operation = 'add' | 'sub' | 'mul' | 'div';

export function groupOpsNatives(context: SuiNativeContext): NativeRegistry {
  const charge = optionalCharger(context);
  const { gas, host, protocol } = context;

  /** What was charged is only paid since `native_charging_v2`; before, it only had to be there. */
  function settle(): void {
    if (!protocol.feature('native_charging_v2')) gas.forgive();
  }

  function result(bytes: Uint8Array | undefined): readonly Value[] {
    settle();
    if (bytes === undefined) throw aborted(INVALID_INPUT);
    return [new ByteVector(bytes)];
  }

  function requireFlag(flag: string): void {
    if (!protocol.feature(flag)) throw aborted(NOT_SUPPORTED);
  }

  const supported =
    (flag: string, native: Native): Native =>
    (call) => {
      requireFlag(flag);
      return native(call);
    };
  const inGroups = (native: Native): Native =>
    supported('enable_group_ops_native_functions', (call) => {
      const type = Number(asInteger(call.args[0]));
      if (type >= RISTRETTO_TYPE)
        throw new CannotPreview('sui-group', 'arithmetic in a group of Ristretto255', { type });
      return native(call);
    });

  const operation = (name: Operation): Native =>
    inGroups(({ args: [type, left, right] }) => {
      const group = GROUPS[Number(asInteger(type))];
      if (group === undefined) return result(undefined);
      charge({ [`group_ops_bls12381_${group.name}_${name}_cost`]: 1 });
      host.charge(
        group.costs.read * 2 + (name === 'mul' || name === 'div' ? group.costs.multiply : 0),
      );
      return result(group[name](bytesAt(left), bytesAt(right)));
    });

  const validate: Native = inGroups(({ args: [type, bytesReference] }) => {
    const group = GROUPS[Number(asInteger(type))];
    if (group?.isMember === undefined) {
      settle();
      return [false];
    }
    charge({ [`group_ops_bls12381_decode_${group.name}_cost`]: 1 });
    host.charge(group.costs.read + group.costs.membership);
    const isMember = group.isMember(bytesAt(bytesReference));
    settle();
    return [isMember];
  });

  const hashTo: Native = inGroups(({ args: [type, messageReference] }) => {
    const group = GROUPS[Number(asInteger(type))];
    const message = bytesAt(messageReference);
    if (message.length === 0) throw aborted(INVALID_INPUT);
    if (group?.hash === undefined) return result(undefined);
    const price = `group_ops_bls12381_${group.name}_hash_to`;
    charge({ [`${price}_base_cost`]: 1, [`${price}_cost_per_byte`]: message.length });
    host.charge(group.costs.hash + message.length * HOST_COST.hashByte);
    return result(group.hash(message));
  });

  function sumOfProducts<P>(group: Group<P>, scalars: Uint8Array, points: Uint8Array): Value[] {
    const { name, size, costs, sumOfProducts: sum } = group;
    const count = points.length / size;
    if (count === 0 || scalars.length / SCALARS.size !== count || !Number.isInteger(count))
      throw aborted(INVALID_INPUT);
    if (count > Number(requiredLimit('group_ops_bls12381_msm_max_len')))
      throw aborted(INPUT_TOO_LONG);
    charge({ group_ops_bls12381_decode_scalar_cost: count });
    const factors = readAll(chunks(scalars, SCALARS.size), SCALARS.read);
    charge({ [`group_ops_bls12381_decode_${name}_cost`]: count });
    host.charge(count * costs.read);
    const elements = readAll(chunks(points, size), group.read);
    if (factors === undefined || elements === undefined || sum === undefined)
      throw aborted(INVALID_INPUT);
    charge({
      [`group_ops_bls12381_${name}_msm_base_cost`]: 1,
      [`group_ops_bls12381_${name}_msm_base_cost_per_input`]: additionsOf(count),
    });
    host.charge(multiscalarCost(count, costs.multiply));
    return [new ByteVector(group.write(sum(elements, factors)))];
  }

  function requiredLimit(name: string): bigint {
    const limit = protocol.number(name);
    if (limit === undefined)
      throw new MoveError('UNKNOWN_INVARIANT_VIOLATION_ERROR', { reason: `${name} is not set` });
    return limit;
  }

  const multiScalarMul: Native = supported(
    'enable_group_ops_native_function_msm',
    ({ args: [type, scalars, points] }) => {
      requiredLimit('group_ops_bls12381_msm_max_len');
      const number = Number(asInteger(type));
      if (number === 1) return sumOfProducts(G1, bytesAt(scalars), bytesAt(points));
      if (number === 2) return sumOfProducts(G2, bytesAt(scalars), bytesAt(points));
      return result(undefined);
    },
  );

  const pairing: Native = inGroups(({ args: [type, left, right] }) => {
    if (asInteger(type) !== G1_TYPE) return result(undefined);
    charge({ group_ops_bls12381_pairing_cost: 1 });
    host.charge(HOST_COST.g1Read + HOST_COST.g2Read + HOST_COST.pairing);
    const [g1, g2] = [G1.read(bytesAt(left)), G2.read(bytesAt(right))];
    if (g1 === undefined || g2 === undefined) return result(undefined);
    const gt = GROUPS[3];
    return result(gt?.write(BLS12381_PAIRING.product([[g1, g2]])));
  });

  const convert: Native = supported(
    'uncompressed_g1_group_elements',
    ({ args: [from, to, elementReference] }) => {
      const [source, target] = [asInteger(from), asInteger(to)];
      const bytes = bytesAt(elementReference);
      if (source === UNCOMPRESSED_G1_TYPE && target === G1_TYPE) {
        charge({ group_ops_bls12381_uncompressed_g1_to_g1_cost: 1 });
        host.charge(HOST_COST.g1Read + HOST_COST.g1Subgroup);
        const point = readUncompressedG1(bytes);
        return result(point?.isTorsionFree() ? G1.write(point) : undefined);
      }
      if (source === G1_TYPE && target === UNCOMPRESSED_G1_TYPE) {
        charge({ group_ops_bls12381_g1_to_uncompressed_g1_cost: 1 });
        host.charge(HOST_COST.g1Read);
        const point = G1.read(bytes);
        return result(point === undefined ? undefined : writeUncompressedG1(point));
      }
      return result(undefined);
    },
  );

  const sum: Native = supported('uncompressed_g1_group_elements', ({ args: [type, terms] }) => {
    const encoded = asItems(asReference(terms).get()).map(asBytes);
    if (asInteger(type) !== UNCOMPRESSED_G1_TYPE) return result(undefined);
    if (encoded.length > requiredLimit('group_ops_bls12381_uncompressed_g1_sum_max_terms'))
      throw aborted(INPUT_TOO_LONG);
    charge({
      group_ops_bls12381_uncompressed_g1_sum_base_cost: 1,
      group_ops_bls12381_uncompressed_g1_sum_cost_per_term: encoded.length,
    });
    host.charge(encoded.length * HOST_COST.g1Add);
    const points = readAll(encoded, readUncompressedG1);
    if (points === undefined) return result(undefined);
    const total = points.reduce((left, right) => left.add(right), bls12_381.G1.Point.ZERO);
    return result(writeUncompressedG1(total));
  });

  return nativesOf('0x2::group_ops', {
    internal_validate: validate,
    internal_add: operation('add'),
    internal_sub: operation('sub'),
    internal_mul: operation('mul'),
    internal_div: operation('div'),
    internal_hash_to: hashTo,
    internal_multi_scalar_mul: multiScalarMul,
    internal_pairing: pairing,
    internal_convert: convert,
    internal_sum: sum,
  });
}
