/** A pairing-friendly curve as crypto_algebra has it, with the elements of one session. */
import type { IField } from '@noble/curves/abstract/modular.js';
import type { Fp2, Fp12 } from '@noble/curves/abstract/tower.js';
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { bn254 } from '@noble/curves/bn254.js';
import { numberToBytesLE } from '@noble/curves/utils.js';
import {
  BLS12381_G1,
  BLS12381_G2,
  BN254_G1,
  BN254_G2,
  type Curve,
  type G1Point,
  type G2Point,
} from '../../../../crypto/curve-field';
import { BLS12381_PAIRING, BN254_PAIRING, type PairingEngine } from '../../../../crypto/pairing';
import type { NativeContext } from '../../context';
import { charger } from '../charge';
import { HOST_COST } from '../host-cost';
import { type ElementMemory, Elements } from './elements';
import {
  type Costs,
  fieldOperations,
  groupOperations,
  type Operations,
  targetOperations,
} from './structure';

/** One of a module's marker types. */
export interface Structure {
  /** Of the group, or of the field; little-endian. */
  readonly order: Uint8Array;
  readonly operations: Operations;
}

export interface Family {
  /** The Move module of the marker types. */
  readonly module: string;
  /** Feature flag that is to be on. */
  readonly flag: number;
  /** Before the names of its prices. */
  readonly gas: string;
  readonly engine: PairingEngine;
  readonly curves: { readonly g1: Curve<bigint>; readonly g2: Curve<Fp2> };
  /** Fq only where it is a structure. */
  readonly fields: { readonly fr: IField<bigint>; readonly fq: IField<bigint> };
  readonly elements: {
    readonly fr: Elements<bigint>;
    readonly fq: Elements<bigint>;
    readonly fq12: Elements<Fp12>;
    readonly g1: Elements<G1Point>;
    readonly g2: Elements<G2Point>;
  };
  /** By the marker type's name. */
  readonly structures: ReadonlyMap<string, Structure>;
}

/** aptos_features.rs: BLS12_381_STRUCTURES, BN254_STRUCTURES. */
const FLAG = { bls12381: 13, bn254: 43 } as const;

/** As many bytes as the number needs. */
function littleEndian(value: bigint): Uint8Array {
  return numberToBytesLE(value, Math.ceil(value.toString(16).length / 2));
}

/** Generators of the target groups, by module: e(G1, G2). */
const targetGenerators = new Map<string, Fp12>();

function targetGenerator({ module, engine, curves }: Omit<Family, 'structures'>): Fp12 {
  let generator = targetGenerators.get(module);
  if (generator === undefined) {
    generator = engine.product([[curves.g1.points.BASE, curves.g2.points.BASE]]);
    targetGenerators.set(module, generator);
  }
  return generator;
}

function structuresOf(
  context: NativeContext,
  family: Omit<Family, 'structures'>,
  hasFq: boolean,
  frOnePrice: string,
): ReadonlyMap<string, Structure> {
  const { gas, engine, curves, fields, elements } = family;
  const charge = charger(context);
  const { host } = context;
  const { Fp12 } = engine;
  const costs = (structure: string, step: number): Costs => ({
    charge,
    host,
    prefix: `${gas}_${structure}_`,
    step,
  });
  const r = littleEndian(fields.fr.ORDER);
  const fq12Costs = costs('fq12', HOST_COST.fp12Multiply);
  const structures: [string, Structure][] = [
    [
      'Fr',
      {
        order: r,
        operations: fieldOperations(
          fields.fr,
          elements.fr,
          costs('fr', HOST_COST.fieldMultiply),
          frOnePrice,
        ),
      },
    ],
    [
      'Fq12',
      {
        order: littleEndian(fields.fq.ORDER ** 12n),
        operations: fieldOperations(Fp12, elements.fq12, fq12Costs),
      },
    ],
    [
      'G1',
      {
        order: r,
        operations: groupOperations(
          curves.g1.points,
          elements.g1,
          costs('g1_proj', HOST_COST.g1Add),
        ),
      },
    ],
    [
      'G2',
      {
        order: r,
        operations: groupOperations(
          curves.g2.points,
          elements.g2,
          costs('g2_proj', HOST_COST.g2Add),
        ),
      },
    ],
    [
      'Gt',
      {
        order: r,
        operations: targetOperations(Fp12, elements.fq12, fq12Costs, () => targetGenerator(family)),
      },
    ],
  ];
  if (hasFq)
    structures.push([
      'Fq',
      {
        order: littleEndian(fields.fq.ORDER),
        operations: fieldOperations(fields.fq, elements.fq, costs('fq', HOST_COST.fieldMultiply)),
      },
    ]);
  return new Map(structures);
}

export function bls12381Family(context: NativeContext, memory: ElementMemory): Family {
  const family = {
    module: '0x1::bls12381_algebra',
    flag: FLAG.bls12381,
    gas: 'algebra.ark_bls12_381',
    engine: BLS12381_PAIRING,
    curves: { g1: BLS12381_G1, g2: BLS12381_G2 },
    fields: { fr: bls12_381.fields.Fr, fq: bls12_381.fields.Fp },
    elements: {
      fr: new Elements<bigint>(memory, 32),
      fq: new Elements<bigint>(memory, 48),
      fq12: new Elements<Fp12>(memory, 576),
      g1: new Elements<G1Point>(memory, 144),
      g2: new Elements<G2Point>(memory, 288),
    },
  };
  const onePrice = `${family.gas}_fr_one`;
  return { ...family, structures: structuresOf(context, family, false, onePrice) };
}

export function bn254Family(context: NativeContext, memory: ElementMemory): Family {
  const family = {
    module: '0x1::bn254_algebra',
    flag: FLAG.bn254,
    gas: 'algebra.ark_bn254',
    engine: BN254_PAIRING,
    curves: { g1: BN254_G1, g2: BN254_G2 },
    fields: { fr: bn254.fields.Fr, fq: bn254.fields.Fp },
    elements: {
      fr: new Elements<bigint>(memory, 32),
      fq: new Elements<bigint>(memory, 32),
      fq12: new Elements<Fp12>(memory, 384),
      g1: new Elements<G1Point>(memory, 96),
      g2: new Elements<G2Point>(memory, 192),
    },
  };
  // constants.rs charges the other curve's price.
  const onePrice = 'algebra.ark_bls12_381_fr_one';
  return { ...family, structures: structuresOf(context, family, true, onePrice) };
}
