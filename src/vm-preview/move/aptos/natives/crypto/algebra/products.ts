/**
 * Multiples of group elements and pairings. Source: aptos-core
 * `natives/cryptography/algebra/{arithmetics/scalar_mul,pairing}.rs`.
 */
import type { WeierstrassPoint, WeierstrassPointCons } from '@noble/curves/abstract/weierstrass.js';
import { aborted } from '../../../../core/runtime';
import type { Value } from '../../../../core/values';
import { sumOfProducts } from '../../../../crypto/multiscalar';
import type { NativeContext } from '../../context';
import { asItems } from '../../values';
import { charger } from '../charge';
import {
  G1_MULTISCALAR,
  G2_MULTISCALAR,
  HOST_COST,
  type MultiscalarCosts,
  multiscalarCost,
} from '../host-cost';
import type { Elements } from './elements';
import type { Family } from './family';

/** `error::invalid_argument(2)` */
const INPUT_VECTOR_SIZES_NOT_MATCHING = 0x01_0002n;
const SCALAR_BITS = 255;

export interface Products {
  /** Gives the handle of the product. */
  multiply(element: Value | undefined, scalar: Value | undefined): number;
  /** Absent where the chain has none. Takes vectors of handles. */
  readonly multiplyMany?: (elements: Value | undefined, scalars: Value | undefined) => number;
}

/** arkworks' windows, for the price. */
function windowSize(entries: number): number {
  if (entries < 32) return 3;
  const logCeil = 32 - Math.clz32(entries - 1);
  return Math.floor((logCeil * 69) / 100) + 2;
}

/** Two vectors of handles of the same length. @throws MoveError */
function pairs(
  left: Value | undefined,
  right: Value | undefined,
): { readonly left: readonly Value[]; readonly right: readonly Value[] } {
  const both = { left: asItems(left), right: asItems(right) };
  if (both.left.length !== both.right.length) throw aborted(INPUT_VECTOR_SIZES_NOT_MATCHING);
  return both;
}

/** By the structure's name: G1, G2, Gt. */
export function productsOf(context: NativeContext, family: Family): ReadonlyMap<string, Products> {
  const { gas, elements, engine, curves } = family;
  const charge = charger(context);
  const { host } = context;

  function group<F>(
    structure: 'g1' | 'g2',
    points: WeierstrassPointCons<F>,
    kept: Elements<WeierstrassPoint<F>>,
    hostCosts: MultiscalarCosts,
  ): Products {
    const price = (name: string): string => `${gas}_${structure}_proj_${name}`;
    return {
      multiply(elementHandle, scalarHandle) {
        const [element, scalar] = [kept.at(elementHandle), elements.fr.at(scalarHandle)];
        charge({ [price('scalar_mul')]: 1 });
        host.charge(hostCosts.each);
        return kept.add(element.multiplyUnsafe(scalar));
      },
      multiplyMany(elementHandles, scalarHandles) {
        const { left, right } = pairs(elementHandles, scalarHandles);
        const count = left.length;
        charge({ [price('to_affine')]: count });
        const bases = left.map((handle) => kept.at(handle));
        const scalars = right.map((handle) => elements.fr.at(handle));
        const size = windowSize(count);
        const windows = Math.ceil(SCALAR_BITS / size);
        const buckets = 2 ** size;
        charge({
          [price('add')]: (count + buckets + 1) * windows,
          [price('double')]: buckets * windows,
        });
        host.charge(multiscalarCost(count, hostCosts));
        return kept.add(sumOfProducts(points, bases, scalars));
      },
    };
  }

  return new Map<string, Products>([
    ['G1', group('g1', curves.g1.points, elements.g1, G1_MULTISCALAR)],
    ['G2', group('g2', curves.g2.points, elements.g2, G2_MULTISCALAR)],
    [
      'Gt',
      {
        multiply(elementHandle, scalarHandle) {
          const [element, scalar] = [elements.fq12.at(elementHandle), elements.fr.at(scalarHandle)];
          charge({ [`${gas}_fq12_pow_u256`]: 1 });
          host.charge(HOST_COST.fp12Power);
          return elements.fq12.add(engine.Fp12.pow(element, scalar));
        },
      },
    ],
  ]);
}

export interface Pairings {
  /** Give the handle of an element of Gt. */
  one(g1: Value | undefined, g2: Value | undefined): number;
  /** Takes vectors of handles. */
  many(g1: Value | undefined, g2: Value | undefined): number;
}

export function pairingsOf(context: NativeContext, family: Family): Pairings {
  const { gas, elements, engine } = family;
  const charge = charger(context);
  const payHost = (count: number): void =>
    context.host.charge(HOST_COST.pairingBase + HOST_COST.pairingPerPair * count);
  return {
    one(g1Handle, g2Handle) {
      const g1 = elements.g1.at(g1Handle);
      charge({ [`${gas}_g1_proj_to_affine`]: 1 });
      const g2 = elements.g2.at(g2Handle);
      charge({ [`${gas}_g2_proj_to_affine`]: 1 });
      charge({ [`${gas}_pairing`]: 1 });
      payHost(1);
      return elements.fq12.add(engine.product([[g1, g2]]));
    },
    many(g1Handles, g2Handles) {
      const { left, right } = pairs(g1Handles, g2Handles);
      const count = left.length;
      charge({ [`${gas}_g1_proj_to_affine`]: count });
      const g1 = left.map((handle) => elements.g1.at(handle));
      charge({ [`${gas}_g2_proj_to_affine`]: count });
      const g2 = right.map((handle) => elements.g2.at(handle));
      charge({ [`${gas}_multi_pairing_base`]: 1, [`${gas}_multi_pairing_per_pair`]: count });
      payHost(count);
      const both = g1.flatMap((point, i) => {
        const other = g2[i];
        return other === undefined ? [] : [[point, other] as const];
      });
      return elements.fq12.add(engine.product(both));
    },
  };
}
