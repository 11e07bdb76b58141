/** Serialization formats. Source: aptos-core `natives/cryptography/algebra/serialization.rs`. */

import type { IField } from '@noble/curves/abstract/modular.js';
import type { Fp12 } from '@noble/curves/abstract/tower.js';
import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import type { Value } from '../../../../core/values';
import { readArkBlsG1, readArkBlsG2 } from '../../../../crypto/ark-bls12381';
import { readArkPoint, writeArkPoint } from '../../../../crypto/ark-points';
import type { Curve, G1Point, G2Point } from '../../../../crypto/curve-field';
import { readFp12, writeFp12 } from '../../../../crypto/pairing';
import { writeZcash } from '../../../../crypto/zcash-points';
import type { NativeContext } from '../../context';
import { charger } from '../charge';
import { HOST_COST } from '../host-cost';
import type { Elements } from './elements';
import type { Family } from './family';

/** An encoding of a structure's elements. */
export interface Format {
  /** Bytes; others are refused before anything is charged. */
  readonly length: number;
  /** Pays. @returns a handle, undefined for what is no element */
  read(bytes: Uint8Array): number | undefined;
  /** Pays. */
  write(handle: Value | undefined): Uint8Array;
}

/** From this gas feature version on, making a point affine is paid for. */
const RELEASE_V1_16 = 21;
const SCALAR_BYTES = 32;

const reversed = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();

/** How a curve's points are read and written, compressed or not. */
interface PointCodec<F> {
  read(bytes: Uint8Array, compressed: boolean): WeierstrassPoint<F> | undefined;
  write(point: WeierstrassPoint<F>, compressed: boolean): Uint8Array;
}

interface PointCodecs {
  readonly g1: PointCodec<G1Point['x']>;
  readonly g2: PointCodec<G2Point['x']>;
}

const arkCodec = <F>(curve: Curve<F>): PointCodec<F> => ({
  read: (bytes, compressed) => readArkPoint(curve, bytes, compressed),
  write: (point, compressed) => writeArkPoint(curve, point, compressed),
});

/** Zcash's form on BLS12-381, arkworks' own on others. */
function pointCodecs({ module, curves }: Family): PointCodecs {
  if (module !== '0x1::bls12381_algebra')
    return { g1: arkCodec(curves.g1), g2: arkCodec(curves.g2) };
  return {
    g1: {
      read: readArkBlsG1,
      write: (point, compressed) => writeZcash(curves.g1, point, compressed),
    },
    g2: {
      read: readArkBlsG2,
      write: (point, compressed) => writeZcash(curves.g2, point, compressed),
    },
  };
}

/** A family's formats, by the names of structure and format: `G1 FormatG1Compr`. */
export function formatsOf(context: NativeContext, family: Family): ReadonlyMap<string, Format> {
  const { gas, engine, elements, fields } = family;
  const charge = charger(context);
  const { host } = context;
  const pay = (price: string): void => charge({ [`${gas}_${price}`]: 1 });

  function scalar(
    structure: 'fr' | 'fq',
    field: IField<bigint>,
    kept: Elements<bigint>,
    order: (bytes: Uint8Array) => Uint8Array,
  ): Format {
    return {
      length: SCALAR_BYTES,
      read(bytes) {
        pay(`${structure}_deser`);
        const value = bytesToNumberLE(order(bytes));
        return value < field.ORDER ? kept.add(value) : undefined;
      },
      write(handle) {
        const value = kept.at(handle);
        pay(`${structure}_serialize`);
        return order(numberToBytesLE(value, SCALAR_BYTES));
      },
    };
  }

  /** @param isMember - looked at, and paid for, after the element is read */
  function extension(isMember: (element: Fp12) => boolean): Format {
    return {
      length: 12 * engine.fieldBytes,
      read(bytes) {
        pay('fq12_deser');
        const element = readFp12(engine, bytes);
        if (element === undefined || !isMember(element)) return undefined;
        return elements.fq12.add(element);
      },
      write(handle) {
        const element = elements.fq12.at(handle);
        pay('fq12_serialize');
        return writeFp12(engine, element);
      },
    };
  }

  function isInTarget(element: Fp12): boolean {
    charge({ [`${gas}_fq12_pow_u256`]: 1, [`${gas}_fq12_eq`]: 1 });
    host.charge(HOST_COST.fp12Power);
    const { Fp12 } = engine;
    return Fp12.eql(Fp12.pow(element, fields.fr.ORDER), Fp12.ONE);
  }

  function points<F>(
    structure: 'g1' | 'g2',
    curve: Curve<F>,
    codec: PointCodec<F>,
    kept: Elements<WeierstrassPoint<F>>,
    compressed: boolean,
  ): Format {
    const suffix = compressed ? 'comp' : 'uncomp';
    return {
      length: (compressed ? 1 : 2) * curve.field.size,
      read(bytes) {
        pay(`${structure}_affine_deser_${suffix}`);
        host.charge(structure === 'g1' ? HOST_COST.g1Read : HOST_COST.g2Read);
        const point = codec.read(bytes, compressed);
        return point && kept.add(point);
      },
      write(handle) {
        const point = kept.at(handle);
        if (context.gas.version >= RELEASE_V1_16) pay(`${structure}_proj_to_affine`);
        pay(`${structure}_affine_serialize_${suffix}`);
        host.charge(structure === 'g1' ? HOST_COST.g1ToAffine : HOST_COST.g2ToAffine);
        return codec.write(point, compressed);
      },
    };
  }

  const { g1, g2 } = pointCodecs(family);
  const same = (bytes: Uint8Array): Uint8Array => bytes;
  const formats: [string, Format][] = [
    ['Fr FormatFrLsb', scalar('fr', fields.fr, elements.fr, same)],
    ['Fr FormatFrMsb', scalar('fr', fields.fr, elements.fr, reversed)],
    ['Fq12 FormatFq12LscLsb', extension(() => true)],
    ['Gt FormatGt', extension(isInTarget)],
    ['G1 FormatG1Uncompr', points('g1', family.curves.g1, g1, elements.g1, false)],
    ['G1 FormatG1Compr', points('g1', family.curves.g1, g1, elements.g1, true)],
    ['G2 FormatG2Uncompr', points('g2', family.curves.g2, g2, elements.g2, false)],
    ['G2 FormatG2Compr', points('g2', family.curves.g2, g2, elements.g2, true)],
  ];
  if (family.structures.has('Fq'))
    formats.push(
      ['Fq FormatFqLsb', scalar('fq', fields.fq, elements.fq, same)],
      ['Fq FormatFqMsb', scalar('fq', fields.fq, elements.fq, reversed)],
    );
  return new Map(formats);
}
