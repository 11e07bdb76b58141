import type { Type } from './type';

/** The fields of a struct, or of each variant of an enum. */
export type Shape =
  | { readonly kind: 'struct'; readonly fields: readonly Field[] }
  | { readonly kind: 'enum'; readonly variants: readonly Variant[] };

export interface Field {
  readonly name: string;
  /** In terms of the datatype's type parameters. */
  readonly type: Type;
}

export interface Variant {
  readonly name: string;
  readonly fields: readonly Field[];
}

/** A struct or enum by name; its shape is had from its module when it is first asked for. */
export class Datatype {
  #shape: Shape | undefined;

  constructor(
    /** `0x1::coin::Coin` */
    readonly key: string,
    readonly module: ModuleId,
    readonly name: string,
    private readonly load: () => Shape,
  ) {}

  /** @throws MissingModulesError, MoveError where the module or the datatype is not there */
  get shape(): Shape {
    this.#shape ??= this.load();
    return this.#shape;
  }

  /** Of the struct, or of a variant. */
  fields(variant?: number): readonly Field[] {
    const { shape } = this;
    if (shape.kind === 'struct') return shape.fields;
    const found = shape.variants[variant ?? 0];
    if (found === undefined) throw new RangeError(`no variant ${variant} in ${this.key}`);
    return found.fields;
  }
}

export interface ModuleId {
  /** `0x1::coin`, without leading zeros in the address. */
  readonly key: string;
  /** 64 hexadecimal digits. */
  readonly address: string;
  readonly name: string;
}
