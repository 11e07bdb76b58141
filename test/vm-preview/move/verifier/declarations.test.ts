/** What a module declares; the cases of the chain's own tests (bytecode-verifier-tests, unit_tests). */
import type {
  CompiledModule,
  Constant,
  SignatureToken,
} from '../../../../src/vm-preview/move/core/format';
import { APTOS_UNLIMITED, SUI_UNLIMITED } from '../../../../src/vm-preview/move/core/verifier';
import type { Line } from '../format/samples';
import {
  ADDRESS,
  BOOL,
  errorOf,
  ModuleBuilder,
  moduleOf,
  mut,
  param,
  plain,
  ref,
  repeat,
  SIGNER,
  scriptOf,
  statusOf,
  U8,
  U64,
  vector,
} from './builder';

const RET: readonly Line[] = [['Ret']];
const KEY = 8;
const DROP = 2;
const COPY = 1;

const limited = (limits: object) => ({ ...APTOS_UNLIMITED, ...limits });

describe('limits', () => {
  it('bound the type parameters of functions and structs', () => {
    const functions = new ModuleBuilder();
    functions.function('f', { typeParameters: repeat(10, () => 15), code: RET });
    const structs = new ModuleBuilder();
    const parameter = { constraints: 15, isPhantom: false };
    structs.struct(
      'S',
      { a: U8 },
      0,
      repeat(10, () => parameter),
    );
    for (const builder of [functions, structs]) {
      expect(statusOf(builder.module(), limited({ maxTypeParameters: 9 }))).toBe(
        'TOO_MANY_TYPE_PARAMETERS',
      );
      expect(statusOf(builder.module(), limited({ maxTypeParameters: 10 }))).toBe('ok');
    }
  });

  it('bound parameters and results, also those of function types', () => {
    const module = moduleOf({ parameters: [U64, U64], returns: [U64], code: [['Branch', 0]] });
    expect(statusOf(module, limited({ maxFunctionParameters: 1 }))).toBe('TOO_MANY_PARAMETERS');
    expect(statusOf(module, limited({ maxFunctionReturnValues: 0 }))).toBe('TOO_MANY_PARAMETERS');
    const type: SignatureToken = {
      kind: 'function',
      parameters: [U64, U64],
      results: [],
      abilities: 2,
    };
    const taker = moduleOf({ parameters: [type], code: RET });
    expect(statusOf(taker, limited({ maxFunctionParameters: 1 }))).toBe('TOO_MANY_PARAMETERS');
    expect(statusOf(taker, limited({ maxFunctionParameters: 2 }))).toBe('ok');
  });

  it('weigh the nodes of types and bound their depth', () => {
    const status = (type: SignatureToken, limits: object): string =>
      statusOf(
        moduleOf({ parameters: [type], typeParameters: [DROP], code: RET }),
        limited(limits),
      );
    expect(status(vector(vector(U8)), { maxTypeNodes: 2 })).toBe('TOO_MANY_TYPE_NODES');
    expect(status(vector(vector(U8)), { maxTypeNodes: 3 })).toBe('ok');
    expect(status(vector(param(0)), { maxTypeNodes: 4 })).toBe('TOO_MANY_TYPE_NODES');
    expect(status(vector(param(0)), { maxTypeNodes: 5 })).toBe('ok');
    expect(status(vector(vector(U8)), { maxTypeDepth: 2 })).toBe('TOO_MANY_TYPE_NODES');
    expect(status(vector(vector(U8)), { maxTypeDepth: 3 })).toBe('ok');
  });

  it('bound definitions', () => {
    const builder = new ModuleBuilder();
    builder.struct('A', { x: U8, y: U8 });
    builder.struct('B', { x: U8 });
    builder.function('f', { code: RET });
    const module = builder.module();
    expect(statusOf(module, limited({ maxDatatypeDefinitions: 1 }))).toBe(
      'MAX_STRUCT_DEFINITIONS_REACHED',
    );
    expect(statusOf(module, limited({ maxFieldsInStruct: 1 }))).toBe(
      'MAX_FIELD_DEFINITIONS_REACHED',
    );
    expect(statusOf(module, limited({ maxFunctionDefinitions: 0 }))).toBe(
      'MAX_FUNCTION_DEFINITIONS_REACHED',
    );
    expect(statusOf(module, limited({ maxDatatypeDefinitions: 2, maxFieldsInStruct: 2 }))).toBe(
      'ok',
    );
  });

  it('of Sui bound names and constant vectors', () => {
    const constants: Constant[] = [{ type: vector(U8), data: Uint8Array.of(3, 1, 2, 3) }];
    const module = new ModuleBuilder('sui').module({ constants });
    const status = (limits: object): string => statusOf(module, { ...SUI_UNLIMITED, ...limits });
    expect(status({ maxConstantVectorLength: 2 })).toBe('TOO_MANY_VECTOR_ELEMENTS');
    expect(status({ maxIdentifierLength: 0 })).toBe('IDENTIFIER_TOO_LONG');
    expect(status({ maxConstantVectorLength: 3, maxIdentifierLength: 1 })).toBe('ok');
  });
});

describe('features that are off', () => {
  it('refuse enums, function types and closures, and access specifiers', () => {
    const enums = new ModuleBuilder();
    enums.struct('E', { kind: 'variants', variants: [{ name: 0, fields: [] }] });
    expect(statusOf(enums.module(), limited({ enums: false }))).toBe('FEATURE_NOT_ENABLED');
    expect(statusOf(enums.module(), APTOS_UNLIMITED)).toBe('ok');
    const type: SignatureToken = { kind: 'function', parameters: [], results: [], abilities: 2 };
    const taker = moduleOf({ parameters: [vector(type)], code: RET });
    expect(statusOf(taker, limited({ functionValues: false }))).toBe('FEATURE_NOT_ENABLED');
    const script = scriptOf({ accessSpecifiers: [] }, RET);
    expect(statusOf(script, limited({ resourceAccessControl: false }))).toBe('FEATURE_NOT_ENABLED');
    expect(statusOf(script, APTOS_UNLIMITED)).toBe('ok');
  });
});

describe('constants', () => {
  const status = (type: SignatureToken, data: readonly number[]): string =>
    statusOf(
      new ModuleBuilder().module({ constants: [{ type, data: Uint8Array.from(data) }] }),
      APTOS_UNLIMITED,
    );
  const zeros = (count: number): number[] => new Array<number>(count).fill(0);

  it.each([
    ['u8', 1],
    ['u16', 2],
    ['u32', 4],
    ['u64', 8],
    ['u128', 16],
    ['u256', 32],
    ['i8', 1],
    ['i64', 8],
    ['i256', 32],
    ['bool', 1],
    ['address', 32],
  ] as const)('of type %s take %d bytes', (kind, size) => {
    expect(status(plain(kind), zeros(size))).toBe('ok');
    expect(status(plain(kind), zeros(size + 1))).toBe('MALFORMED_CONSTANT_DATA');
    expect(status(plain(kind), zeros(size - 1))).toBe('MALFORMED_CONSTANT_DATA');
  });

  it('may be vectors of plain values', () => {
    expect(status(vector(BOOL), [9, 1, 1, 1, 1, 1, 1, 1, 1, 1])).toBe('ok');
    expect(status(vector(vector(vector(BOOL))), [2, 0, 0])).toBe('ok');
    expect(status(vector(U8), [0xff, 0xff, 3, ...zeros(0xffff)])).toBe('ok');
    expect(status(vector(U8), [0])).toBe('ok');
    expect(status(vector(U64), [1])).toBe('MALFORMED_CONSTANT_DATA');
    expect(status(vector(U8), [0, 0])).toBe('MALFORMED_CONSTANT_DATA');
    expect(status(vector(U8), [0x80, 0])).toBe('MALFORMED_CONSTANT_DATA');
    expect(status(BOOL, [2])).toBe('MALFORMED_CONSTANT_DATA');
  });

  it.each([SIGNER, ref(U8), mut(U8), param(0), vector(SIGNER), vector(ref(U8))])(
    'are not of other types',
    (type) => {
      expect(status(type, [0])).toBe('INVALID_CONSTANT_TYPE');
    },
  );
});

describe('tables', () => {
  const duplicate = (parts: Partial<CompiledModule>) =>
    errorOf(new ModuleBuilder().module(parts), APTOS_UNLIMITED);

  it('hold nothing twice', () => {
    expect(duplicate({ identifiers: ['M', 'a', 'M'] })?.indices).toEqual([['Identifier', 2]]);
    const address = new Uint8Array(32);
    expect(duplicate({ addresses: [address, Uint8Array.from(address)] })?.indices).toEqual([
      ['AddressIdentifier', 1],
    ]);
    expect(duplicate({ signatures: [[], [U8], [U8]] })?.indices).toEqual([['Signature', 2]]);
    const constant = { type: U8, data: Uint8Array.of(1) };
    const constants = [constant, { ...constant, data: Uint8Array.of(1) }];
    expect(duplicate({ constants })?.indices).toEqual([['ConstantPool', 1]]);
    const self = { address: 0, name: 0 };
    expect(duplicate({ moduleHandles: [self, { ...self }] })?.indices).toEqual([
      ['ModuleHandle', 1],
    ]);
    expect(duplicate({ moduleHandles: [self, { ...self }] })?.status).toBe('DUPLICATE_ELEMENT');
  });

  it('define what the module declares, and only that', () => {
    const builder = new ModuleBuilder();
    builder.function('f', { code: RET });
    builder.struct('S', { a: U8 });
    const module = builder.module();
    expect(statusOf({ ...module, functionDefinitions: [] }, APTOS_UNLIMITED)).toBe(
      'UNIMPLEMENTED_HANDLE',
    );
    expect(statusOf({ ...module, structDefinitions: [] }, APTOS_UNLIMITED)).toBe(
      'UNIMPLEMENTED_HANDLE',
    );
    expect(
      statusOf(
        { ...module, functionDefinitions: module.functionDefinitions.flatMap((d) => [d, d]) },
        APTOS_UNLIMITED,
      ),
    ).toBe('DUPLICATE_ELEMENT');
  });

  it('have structs with fields, each name once', () => {
    const empty = new ModuleBuilder();
    empty.struct('S', { kind: 'declared', fields: [] });
    expect(statusOf(empty.module(), APTOS_UNLIMITED)).toBe('ZERO_SIZED_STRUCT');
    const twice = new ModuleBuilder();
    const fields = [...twice.fields({ a: U8 }), ...twice.fields({ a: U64 })];
    twice.struct('S', { kind: 'declared', fields });
    expect(errorOf(twice.module(), APTOS_UNLIMITED)?.indices).toEqual([['FieldDefinition', 1]]);
  });

  it('have friends elsewhere at the same address', () => {
    const other = { address: 1, name: 0 };
    const moduleWith = (friends: CompiledModule['friends']): CompiledModule =>
      new ModuleBuilder().module({
        friends,
        addresses: [new Uint8Array(32), new Uint8Array(32).fill(1)],
        identifiers: ['M', 'N'],
      });
    expect(statusOf(moduleWith([{ address: 0, name: 0 }]), APTOS_UNLIMITED)).toBe(
      'INVALID_FRIEND_DECL_WITH_SELF',
    );
    expect(statusOf(moduleWith([other]), APTOS_UNLIMITED)).toBe(
      'INVALID_FRIEND_DECL_WITH_MODULES_OUTSIDE_ACCOUNT_ADDRESS',
    );
    expect(statusOf(moduleWith([{ address: 0, name: 1 }]), APTOS_UNLIMITED)).toBe('ok');
  });
});

describe('types', () => {
  const invalid = 'INVALID_SIGNATURE_TOKEN';

  it('have references only outermost', () => {
    expect(statusOf(moduleOf({ parameters: [ref(ref(U8))], code: RET }), APTOS_UNLIMITED)).toBe(
      invalid,
    );
    expect(statusOf(moduleOf({ parameters: [vector(mut(U8))], code: RET }), APTOS_UNLIMITED)).toBe(
      invalid,
    );
    const field = new ModuleBuilder();
    field.struct('S', { a: ref(U8) });
    expect(errorOf(field.module(), APTOS_UNLIMITED)?.status).toBe(invalid);
    expect(errorOf(field.module(), APTOS_UNLIMITED)?.indices).toEqual([['StructDefinition', 0]]);
  });

  it('may refer in the parameters of function types, if the chain looks into them', () => {
    const type = (parameter: SignatureToken): SignatureToken => ({
      kind: 'function',
      parameters: [parameter],
      results: [],
      abilities: DROP,
    });
    const status = (parameter: SignatureToken, checksFunctionTypes: boolean): string =>
      statusOf(
        moduleOf({ parameters: [type(parameter)], code: RET }),
        limited({ checksFunctionTypes }),
      );
    expect(status(ref(U8), true)).toBe('ok');
    expect(status(ref(ref(U8)), true)).toBe(invalid);
    expect(status(ref(ref(U8)), false)).toBe('ok');
  });

  it.each([APTOS_UNLIMITED, SUI_UNLIMITED])(
    'give fields what their struct needs ($flavour)',
    (config) => {
      const status = (abilities: number, field: SignatureToken): string => {
        const builder = new ModuleBuilder(config.flavour);
        builder.struct('S', { a: field }, abilities);
        return statusOf(builder.module(), config);
      };
      expect(status(COPY, SIGNER)).toBe('FIELD_MISSING_TYPE_ABILITY');
      expect(status(KEY, SIGNER)).toBe('FIELD_MISSING_TYPE_ABILITY');
      expect(status(DROP, SIGNER)).toBe('ok');
      expect(status(KEY, ADDRESS)).toBe('ok');
    },
  );

  it.each([APTOS_UNLIMITED, SUI_UNLIMITED])(
    'satisfy constraints, and phantoms stay phantoms ($flavour)',
    (config) => {
      const build = (isPhantom: boolean, argument: SignatureToken): string => {
        const builder = new ModuleBuilder(config.flavour);
        const box = builder.struct('Box', { a: U8 }, 0, [{ constraints: COPY, isPhantom: true }]);
        builder.struct('S', { a: builder.type(box, argument) }, 0, [
          { constraints: COPY, isPhantom },
        ]);
        return statusOf(builder.module(), config);
      };
      expect(build(true, param(0))).toBe('ok');
      expect(build(false, param(0))).toBe('ok');
      expect(build(true, SIGNER)).toBe('CONSTRAINT_NOT_SATISFIED');
      const direct = new ModuleBuilder(config.flavour);
      direct.struct('S', { a: param(0) }, 0, [{ constraints: 0, isPhantom: true }]);
      expect(statusOf(direct.module(), config)).toBe('INVALID_PHANTOM_TYPE_PARAM_POSITION');
    },
  );

  it('do not hold themselves', () => {
    const build = (flavour: 'aptos' | 'sui', make: (self: SignatureToken) => SignatureToken) => {
      const builder = new ModuleBuilder(flavour);
      builder.struct('A', { x: U8 });
      builder.struct('B', { x: make({ kind: 'datatype', handle: 1, typeArguments: [] }) });
      return builder.module();
    };
    expect(
      statusOf(
        build('aptos', (self) => self),
        APTOS_UNLIMITED,
      ),
    ).toBe('RECURSIVE_STRUCT_DEFINITION');
    expect(statusOf(build('aptos', vector), APTOS_UNLIMITED)).toBe('RECURSIVE_STRUCT_DEFINITION');
    expect(statusOf(build('sui', vector), SUI_UNLIMITED)).toBe('RECURSIVE_DATATYPE_DEFINITION');
    expect(
      statusOf(
        build('aptos', () => U8),
        APTOS_UNLIMITED,
      ),
    ).toBe('ok');
  });
});

describe('generic instructions', () => {
  /** One struct, resource and function that is generic, and one of each that is not. */
  function parts() {
    const builder = new ModuleBuilder();
    const generic = [{ constraints: 7, isPhantom: false }];
    const s = builder.struct('S', { f: U64 });
    const gs = builder.struct('GS', { f: param(0) }, 7, generic);
    const r = builder.struct('R', { f: U64 }, KEY);
    const gr = builder.struct('GR', { f: param(0) }, KEY, generic);
    const fn = builder.function('fn', { code: RET });
    const gfn = builder.function('g_fn', { typeParameters: [KEY], code: RET });
    const instances = {
      s: builder.instantiate('structInstantiations', s, U64),
      r: builder.instantiate('structInstantiations', r, U64),
      fn: builder.instantiate('functionInstantiations', fn, U64),
      f: builder.field(s, 0),
      gf: builder.field(gs, 0),
    };
    const fieldInstance = builder.instantiate('fieldInstantiations', instances.f, U64);
    return { builder, gs, gr, gfn, instances, fieldInstance };
  }

  const cases: readonly (readonly [string, (p: ReturnType<typeof parts>) => Line])[] = [
    ['Call of a generic function', ({ gfn }) => ['Call', gfn]],
    ['Pack of a generic struct', ({ gs }) => ['Pack', gs]],
    ['Unpack of a generic struct', ({ gs }) => ['Unpack', gs]],
    ['Exists of a generic resource', ({ gr }) => ['Exists', gr]],
    ['MoveTo of a generic resource', ({ gr }) => ['MoveTo', gr]],
    ['MoveFrom of a generic resource', ({ gr }) => ['MoveFrom', gr]],
    ['ImmBorrowGlobal of a generic resource', ({ gr }) => ['ImmBorrowGlobal', gr]],
    ['ImmBorrowField of a generic struct', ({ instances }) => ['ImmBorrowField', instances.gf]],
  ];

  it.each(cases)('refuse %s', (_, line) => {
    const made = parts();
    // What is generic and is not is told by another pass where it has type arguments.
    const { builder } = made;
    builder.structInstantiations.length = 0;
    builder.functionInstantiations.length = 0;
    builder.fieldInstantiations.length = 0;
    builder.function('test_fn', { code: [line(made), ['Ret']] });
    const error = errorOf(builder.module(), APTOS_UNLIMITED);
    expect(error?.status).toBe('GENERIC_MEMBER_OPCODE_MISMATCH');
    expect(error?.offsets).toEqual([[2, 0]]);
  });

  it('refuse type arguments for what takes none', () => {
    const { builder } = parts();
    expect(statusOf(builder.module(), APTOS_UNLIMITED)).toBe('NUMBER_OF_TYPE_ARGUMENTS_MISMATCH');
  });

  it('refuse vectors of more elements than 65,535 and masks over the parameters', () => {
    const builder = new ModuleBuilder();
    const u8 = builder.signature(U8);
    builder.function('f', { code: [['VecPack', u8, 0x1_0000n], ['Pop'], ['Ret']] });
    expect(statusOf(builder.module(), APTOS_UNLIMITED)).toBe('CONSTRAINT_NOT_SATISFIED');
    const closures = new ModuleBuilder();
    const f = closures.function('f', { parameters: [U8, U8], code: RET });
    closures.function('g', { code: [['PackClosure', f, 0b100n], ['Pop'], ['Ret']] });
    expect(statusOf(closures.module(), APTOS_UNLIMITED)).toBe('INVALID_CLOSURE_MASK');
  });
});

describe('calls that make types grow', () => {
  const build = (argument: (parameter: SignatureToken) => SignatureToken): string => {
    const builder = new ModuleBuilder();
    const f = builder.functionHandles.length;
    const inner = builder.instantiate('functionInstantiations', f + 1, argument(param(0)));
    const back = builder.instantiate('functionInstantiations', f, param(0));
    builder.function('f', { typeParameters: [0], code: [['CallGeneric', inner], ['Ret']] });
    builder.function('g', { typeParameters: [0], code: [['CallGeneric', back], ['Ret']] });
    return statusOf(builder.module(), APTOS_UNLIMITED);
  };

  it('are refused in a cycle', () => {
    expect(build(vector)).toBe('LOOP_IN_INSTANTIATION_GRAPH');
    expect(build(() => U64)).toBe('ok');
  });
});
