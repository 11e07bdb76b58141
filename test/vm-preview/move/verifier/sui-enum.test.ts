/** Enums as Sui has them since version 7: packed, unpacked by value and by reference, switched on. */
import type { CompiledModule, SignatureToken } from '../../../../src/vm-preview/move/core/format';
import { SUI_UNLIMITED, SUI_VERIFIER } from '../../../../src/vm-preview/move/core/verifier';
import { assemble, type Line } from '../format/samples';
import {
  errorOf,
  type FunctionParts,
  ModuleBuilder,
  mut,
  plain,
  ref,
  statusOf,
  U8,
  U64,
  vector,
} from './builder';

const CHOICE: SignatureToken = { kind: 'datatype', handle: 0, typeArguments: [] };

/** `enum Choice { None, Some { a: u64, b: u8 } }` with a function on it. */
function build(
  parts: FunctionParts,
  offsets: readonly number[] = [],
  change: Partial<CompiledModule> = {},
  abilities = 7,
): CompiledModule {
  const builder = new ModuleBuilder('sui', 7);
  builder.datatypeHandles.push({
    module: 0,
    name: builder.name('Choice'),
    abilities,
    typeParameters: [],
  });
  const variants = [
    { name: builder.name('None'), fields: [] },
    { name: builder.name('Some'), fields: builder.fields({ a: U64, b: U8 }) },
  ];
  builder.function('f', parts);
  const module = builder.module();
  const locals = builder.signature(...(parts.locals ?? []));
  const jumpTables = offsets.length > 0 ? [{ enumDefinition: 0, offsets }] : [];
  return {
    ...module,
    enumDefinitions: [{ handle: 0, variants }],
    variantHandles: [
      { owner: 0, variant: 0 },
      { owner: 0, variant: 1 },
    ],
    functionDefinitions: module.functionDefinitions.map((definition) => ({
      ...definition,
      code: assemble('sui', parts.code ?? [], { locals, jumpTables }),
    })),
    ...change,
  };
}

const some: readonly Line[] = [
  ['LdU64', 0, 1n],
  ['LdU8', 0, 2n],
  ['PackVariant', 1],
];

describe('a variant', () => {
  it.each([
    ['ok', { returns: [CHOICE], code: [...some, ['Ret']] }],
    ['ok', { returns: [CHOICE], code: [['PackVariant', 0], ['Ret']] }],
    ['ok', { code: [...some, ['UnpackVariant', 1], ['Pop'], ['Pop'], ['Ret']] }],
    [
      'PACK_TYPE_MISMATCH_ERROR',
      { returns: [CHOICE], code: [['LdU8', 0, 1n], ['LdU8', 0, 2n], ['PackVariant', 1], ['Ret']] },
    ],
    ['UNPACK_TYPE_MISMATCH_ERROR', { code: [['LdU8', 0, 1n], ['UnpackVariant', 0], ['Ret']] }],
    ['NEGATIVE_STACK_SIZE_WITHIN_BLOCK', { code: [['PackVariant', 1], ['Pop'], ['Ret']] }],
    [
      'ok',
      {
        parameters: [ref(CHOICE)],
        returns: [ref(U64), ref(U8)],
        code: [['MoveLoc', 0], ['UnpackVariantImmRef', 1], ['Ret']],
      },
    ],
    [
      'ok', // The two fields do not overlap.
      {
        parameters: [mut(CHOICE)],
        returns: [mut(U64), mut(U8)],
        code: [['MoveLoc', 0], ['UnpackVariantMutRef', 1], ['Ret']],
      },
    ],
    [
      'UNPACK_TYPE_MISMATCH_ERROR',
      {
        parameters: [mut(CHOICE)],
        returns: [ref(U64), ref(U8)],
        code: [['MoveLoc', 0], ['UnpackVariantImmRef', 1], ['Ret']],
      },
    ],
    [
      'FIELD_EXISTS_MUTABLE_BORROW_ERROR',
      {
        parameters: [mut(CHOICE)],
        returns: [mut(CHOICE), mut(U64), mut(U8)],
        code: [['CopyLoc', 0], ['MoveLoc', 0], ['UnpackVariantMutRef', 1], ['Ret']],
      },
    ],
    [
      'RET_BORROWED_MUTABLE_REFERENCE_ERROR',
      {
        parameters: [mut(CHOICE)],
        returns: [mut(U64), mut(U8), mut(CHOICE)],
        code: [['CopyLoc', 0], ['UnpackVariantMutRef', 1], ['MoveLoc', 0], ['Ret']],
      },
    ],
  ] satisfies [string, FunctionParts][])('%s', (expected, parts) => {
    expect(statusOf(build(parts), SUI_UNLIMITED)).toBe(expected);
  });
});

describe('a switch', () => {
  const code: readonly Line[] = [['MoveLoc', 0], ['VariantSwitch', 0], ['Branch', 3], ['Ret']];

  it('goes by an immutable reference to the enum', () => {
    const on = (type: SignatureToken): string =>
      statusOf(build({ parameters: [type], code }, [2, 3]), SUI_UNLIMITED);
    expect(on(ref(CHOICE))).toBe('ok');
    expect(on(mut(CHOICE))).toBe('ENUM_SWITCH_BAD_OPERAND');
    expect(on(CHOICE)).toBe('ENUM_SWITCH_BAD_OPERAND');
    expect(on(ref(U64))).toBe('ENUM_TYPE_MISMATCH');
  });

  it('has a branch for each variant', () => {
    const module = build({ parameters: [ref(CHOICE)], code }, [3]);
    expect(statusOf(module, SUI_UNLIMITED)).toBe('INVALID_ENUM_SWITCH');
  });

  it('leads to blocks that are checked', () => {
    const wrong: readonly Line[] = [
      ['MoveLoc', 0],
      ['VariantSwitch', 0],
      ['Pop'],
      ['Ret'],
      ['Ret'],
    ];
    const error = errorOf(build({ parameters: [ref(CHOICE)], code: wrong }, [2, 4]), SUI_UNLIMITED);
    expect(error?.status).toBe('NEGATIVE_STACK_SIZE_WITHIN_BLOCK');
    expect(error?.offsets).toEqual([[0, 2]]);
  });
});

describe('the declaration of an enum', () => {
  const empty: FunctionParts = { code: [['Ret']] };
  const status = (variants: CompiledModule['enumDefinitions'][number]['variants'], abilities = 7) =>
    statusOf(
      build(
        empty,
        [],
        { enumDefinitions: [{ handle: 0, variants }], variantHandles: [] },
        abilities,
      ),
      SUI_VERIFIER,
    );

  it('has variants with names of their own, and fields with the abilities it needs', () => {
    const field = (type: SignatureToken) => [{ name: 0, fields: [{ name: 1, type }] }];
    expect(status([])).toBe('ZERO_SIZED_ENUM');
    expect(
      status([
        { name: 0, fields: [] },
        { name: 0, fields: [] },
      ]),
    ).toBe('DUPLICATE_ELEMENT');
    expect(status(field(U64))).toBe('ok');
    expect(status(field(plain('signer')))).toBe('FIELD_MISSING_TYPE_ABILITY');
    expect(status(field(ref(U64)))).toBe('INVALID_SIGNATURE_TOKEN');
    expect(status(field(vector(CHOICE)))).toBe('RECURSIVE_DATATYPE_DEFINITION');
    const wide = Array.from({ length: 33 }, (_, name) => ({ name, type: U64 }));
    expect(status([{ name: 0, fields: wide }])).toBe('MAX_FIELD_DEFINITIONS_REACHED');
  });
});
