/** Types, locals and references in code; the statuses are those of the chain's own tests. */
import type { SignatureToken } from '../../../../src/vm-preview/move/core/format';
import { APTOS_UNLIMITED, SUI_UNLIMITED } from '../../../../src/vm-preview/move/core/verifier';
import type { Line } from '../format/samples';
import {
  ADDRESS,
  BOOL,
  errorOf,
  type FunctionParts,
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

const KEY = 8;

/** A module with a struct without abilities, one that can be copied and a resource. */
function status(parts: FunctionParts, flavour: 'aptos' | 'sui' = 'aptos'): string {
  const builder = new ModuleBuilder(flavour);
  declare(builder);
  builder.function('f', parts);
  return statusOf(builder.module(), flavour === 'aptos' ? APTOS_UNLIMITED : SUI_UNLIMITED);
}

function declare(builder: ModuleBuilder): void {
  builder.struct('Hot', { a: U64 }, 0);
  builder.struct('Pair', { x: U64, y: U64 });
  builder.struct('Coin', { value: U64 }, KEY);
  builder.field(1, 0);
  builder.field(1, 1);
  builder.signature(U64);
}

const HOT: SignatureToken = { kind: 'datatype', handle: 0, typeArguments: [] };
const PAIR: SignatureToken = { kind: 'datatype', handle: 1, typeArguments: [] };
const COIN: SignatureToken = { kind: 'datatype', handle: 2, typeArguments: [] };
/** Index of the signature with a u64, for vectors. */
const U64_SIGNATURE = 1;

const ones = (count: number): Line[] => repeat(count, () => ['LdU64', 0, 1n]);

type Case = readonly [expected: string, parts: FunctionParts];

describe('types of operands', () => {
  const binary = (name: Line[0], left: Line, right: Line): FunctionParts => ({
    code: [left, right, [name], ['Pop'], ['Ret']],
  });
  const u64: Line = ['LdU64', 0, 1n];
  const u8: Line = ['LdU8', 0, 1n];

  it.each([
    ['INTEGER_OP_TYPE_MISMATCH_ERROR', binary('Add', u64, u8)],
    ['INTEGER_OP_TYPE_MISMATCH_ERROR', binary('Mul', ['LdTrue'], ['LdTrue'])],
    ['INTEGER_OP_TYPE_MISMATCH_ERROR', binary('Shl', u64, u64)],
    ['INTEGER_OP_TYPE_MISMATCH_ERROR', binary('BitOr', ['LdI8', 0, 1n], ['LdI8', 0, 1n])],
    ['INTEGER_OP_TYPE_MISMATCH_ERROR', binary('Lt', u64, u8)],
    ['BOOLEAN_OP_TYPE_MISMATCH_ERROR', binary('And', u64, ['LdTrue'])],
    ['EQUALITY_OP_TYPE_MISMATCH_ERROR', binary('Eq', u64, u8)],
    ['ok', binary('Shr', u64, u8)],
    ['ok', binary('Add', ['LdI8', 0, 1n], ['LdI8', 0, 1n])],
    ['BR_TYPE_MISMATCH_ERROR', { code: [u64, ['BrTrue', 2], ['Ret']] }],
    ['ABORT_TYPE_MISMATCH_ERROR', { code: [u8, ['Abort']] }],
    ['BOOLEAN_OP_TYPE_MISMATCH_ERROR', { code: [u64, ['Not'], ['Pop'], ['Ret']] }],
    ['INTEGER_OP_TYPE_MISMATCH_ERROR', { code: [['LdTrue'], ['CastU8'], ['Pop'], ['Ret']] }],
    ['INTEGER_OP_TYPE_MISMATCH_ERROR', { code: [u64, ['Negate'], ['Pop'], ['Ret']] }],
    ['RET_TYPE_MISMATCH_ERROR', { returns: [U64], code: [u8, ['Ret']] }],
    ['STLOC_TYPE_MISMATCH_ERROR', { locals: [U64], code: [u8, ['StLoc', 0], ['Ret']] }],
    ['CALL_TYPE_MISMATCH_ERROR', { parameters: [U64], code: [u8, ['Call', 0], ['Ret']] }],
    ['PACK_TYPE_MISMATCH_ERROR', { code: [u64, u8, ['Pack', 1], ['Pop'], ['Ret']] }],
    ['UNPACK_TYPE_MISMATCH_ERROR', { code: [u64, ['Unpack', 1], ['Pop'], ['Pop'], ['Ret']] }],
    ['READREF_TYPE_MISMATCH_ERROR', { code: [u64, ['ReadRef'], ['Pop'], ['Ret']] }],
    ['FREEZEREF_TYPE_MISMATCH_ERROR', { code: [u64, ['FreezeRef'], ['Pop'], ['Ret']] }],
    [
      'WRITEREF_NO_MUTABLE_REFERENCE_ERROR',
      { parameters: [U64], code: [u64, ['ImmBorrowLoc', 0], ['WriteRef'], ['Ret']] },
    ],
    [
      'WRITEREF_TYPE_MISMATCH_ERROR',
      { parameters: [U64], code: [u8, ['MutBorrowLoc', 0], ['WriteRef'], ['Ret']] },
    ],
    [
      'BORROWLOC_REFERENCE_ERROR',
      { parameters: [ref(U64)], code: [['ImmBorrowLoc', 0], ['Pop'], ['Ret']] },
    ],
    [
      'BORROWFIELD_TYPE_MISMATCH_ERROR',
      {
        parameters: [PAIR],
        code: [['ImmBorrowLoc', 0], ['MutBorrowField', 0], ['Pop'], ['Ret']],
      },
    ],
    [
      'BORROWFIELD_TYPE_MISMATCH_ERROR',
      { parameters: [U64], code: [['ImmBorrowLoc', 0], ['ImmBorrowField', 0], ['Pop'], ['Ret']] },
    ],
    [
      'BORROWGLOBAL_TYPE_MISMATCH_ERROR',
      { acquires: [2], code: [u64, ['ImmBorrowGlobal', 2], ['Pop'], ['Ret']] },
    ],
    [
      'BORROWGLOBAL_WITHOUT_KEY_ABILITY',
      { parameters: [ADDRESS], code: [['CopyLoc', 0], ['ImmBorrowGlobal', 1], ['Pop'], ['Ret']] },
    ],
    [
      'EXISTS_WITHOUT_KEY_ABILITY_OR_BAD_ARGUMENT',
      { parameters: [ADDRESS], code: [['CopyLoc', 0], ['Exists', 1], ['Pop'], ['Ret']] },
    ],
    [
      'MOVETO_TYPE_MISMATCH_ERROR',
      {
        parameters: [SIGNER, COIN],
        code: [['MutBorrowLoc', 0], ['MoveLoc', 1], ['MoveTo', 2], ['Ret']],
      },
    ],
    [
      'ok',
      {
        parameters: [ref(SIGNER), COIN],
        code: [['MoveLoc', 0], ['MoveLoc', 1], ['MoveTo', 2], ['Ret']],
      },
    ],
    ['TYPE_MISMATCH', { code: [u8, ['VecPack', U64_SIGNATURE, 1n], ['Pop'], ['Ret']] }],
    ['TYPE_MISMATCH', { code: [u8, ['VecUnpack', U64_SIGNATURE, 0n], ['Ret']] }],
    [
      'TYPE_MISMATCH',
      {
        parameters: [vector(U64)],
        code: [['ImmBorrowLoc', 0], u64, ['VecPushBack', U64_SIGNATURE], ['Ret']],
      },
    ],
    [
      'TYPE_MISMATCH',
      {
        parameters: [vector(U8)],
        code: [['ImmBorrowLoc', 0], ['VecLen', U64_SIGNATURE], ['Pop'], ['Ret']],
      },
    ],
  ] satisfies Case[])('%s', (expected, parts) => {
    expect(status(parts)).toBe(expected);
  });

  it('are the same on Sui', () => {
    expect(status(binary('Add', u64, u8), 'sui')).toBe('INTEGER_OP_TYPE_MISMATCH_ERROR');
    expect(status(binary('Add', u64, u64), 'sui')).toBe('ok');
  });

  it('are told by function and instruction', () => {
    const builder = new ModuleBuilder();
    builder.function('f', { code: [['Ret']] });
    builder.function('g', { code: [['Nop'], u64, u8, ['Add'], ['Pop'], ['Ret']] });
    const error = errorOf(builder.module(), APTOS_UNLIMITED);
    expect(error?.indices).toEqual([['FunctionDefinition', 1]]);
    expect(error?.offsets).toEqual([[1, 3]]);
    expect(error?.kind).toBe('rejected');
    expect(error?.context).toEqual({ status: 'INTEGER_OP_TYPE_MISMATCH_ERROR' });
  });
});

describe('abilities', () => {
  it.each([
    ['POP_WITHOUT_DROP_ABILITY', { parameters: [HOT], code: [['MoveLoc', 0], ['Pop'], ['Ret']] }],
    [
      'COPYLOC_WITHOUT_COPY_ABILITY',
      { parameters: [HOT], code: [['CopyLoc', 0], ['Pop'], ['Ret']] },
    ],
    [
      'READREF_WITHOUT_COPY_ABILITY',
      { parameters: [ref(HOT)], code: [['MoveLoc', 0], ['ReadRef'], ['Pop'], ['Ret']] },
    ],
    [
      'WRITEREF_WITHOUT_DROP_ABILITY',
      {
        parameters: [mut(HOT), HOT],
        code: [['MoveLoc', 1], ['MoveLoc', 0], ['WriteRef'], ['Ret']],
      },
    ],
    ['UNSAFE_RET_UNUSED_VALUES_WITHOUT_DROP', { parameters: [HOT], code: [['Ret']] }],
    [
      'STLOC_UNSAFE_TO_DESTROY_ERROR',
      {
        parameters: [HOT],
        code: [
          ...ones(1),
          ['Pack', 0],
          ['StLoc', 0],
          ['MoveLoc', 0],
          ['Unpack', 0],
          ['Pop'],
          ['Ret'],
        ],
      },
    ],
    ['ok', { parameters: [HOT], code: [['MoveLoc', 0], ['Unpack', 0], ['Pop'], ['Ret']] }],
    ['ok', { parameters: [HOT], code: [['LdU64', 0, 0n], ['Abort']] }],
    [
      'UNSAFE_RET_UNUSED_VALUES_WITHOUT_DROP',
      { typeParameters: [0], parameters: [param(0)], code: [['Ret']] },
    ],
    ['ok', { typeParameters: [2], parameters: [param(0)], code: [['Ret']] }],
    ['ok', { typeParameters: [2], parameters: [vector(param(0))], code: [['Ret']] }],
  ] satisfies Case[])('%s', (expected, parts) => {
    expect(status(parts)).toBe(expected);
    expect(status(parts, 'sui')).toBe(expected);
  });
});

describe('locals', () => {
  const onOnePath = (line: Line): FunctionParts => ({
    parameters: [BOOL],
    locals: [U64],
    code: [
      ['CopyLoc', 0],
      ['BrTrue', 4],
      ...ones(1),
      ['StLoc', 1],
      line,
      ...(line[0] === 'StLoc' ? [] : [['Pop'] satisfies Line]),
      ['Ret'],
    ],
  });

  it.each([
    ['MOVELOC_UNAVAILABLE_ERROR', { locals: [U64], code: [['MoveLoc', 0], ['Pop'], ['Ret']] }],
    ['COPYLOC_UNAVAILABLE_ERROR', { locals: [U64], code: [['CopyLoc', 0], ['Pop'], ['Ret']] }],
    [
      'BORROWLOC_UNAVAILABLE_ERROR',
      { locals: [U64], code: [['ImmBorrowLoc', 0], ['Pop'], ['Ret']] },
    ],
    [
      'MOVELOC_UNAVAILABLE_ERROR',
      { parameters: [U64], code: [['MoveLoc', 0], ['MoveLoc', 0], ['Pop'], ['Pop'], ['Ret']] },
    ],
    ['MOVELOC_UNAVAILABLE_ERROR', onOnePath(['MoveLoc', 1])],
    ['COPYLOC_UNAVAILABLE_ERROR', onOnePath(['CopyLoc', 1])],
    [
      'MOVELOC_UNAVAILABLE_ERROR',
      // Around the loop the value is gone.
      {
        parameters: [U64, BOOL],
        code: [['MoveLoc', 0], ['Pop'], ['CopyLoc', 1], ['BrTrue', 0], ['Ret']],
      },
    ],
  ] satisfies Case[])('%s', (expected, parts) => {
    expect(status(parts)).toBe(expected);
    expect(status(parts, 'sui')).toBe(expected);
  });
});

describe('references', () => {
  const mutX: Line[] = [
    ['MutBorrowLoc', 0],
    ['StLoc', 1],
  ];
  const withReference = (code: readonly Line[]): FunctionParts => ({
    parameters: [PAIR],
    locals: [mut(PAIR), mut(U64), ref(U64)],
    code,
  });

  it.each([
    [
      'COPYLOC_EXISTS_BORROW_ERROR',
      withReference([...mutX, ['CopyLoc', 0], ['Pop'], ['MoveLoc', 1], ['Pop'], ['Ret']]),
    ],
    [
      'MOVELOC_EXISTS_BORROW_ERROR',
      withReference([...mutX, ['MoveLoc', 0], ['Pop'], ['MoveLoc', 1], ['Pop'], ['Ret']]),
    ],
    [
      'STLOC_UNSAFE_TO_DESTROY_ERROR',
      withReference([
        ...mutX,
        ...ones(2),
        ['Pack', 1],
        ['StLoc', 0],
        ['MoveLoc', 1],
        ['Pop'],
        ['Ret'],
      ]),
    ],
    [
      'BORROWLOC_EXISTS_BORROW_ERROR',
      withReference([...mutX, ['ImmBorrowLoc', 0], ['Pop'], ['MoveLoc', 1], ['Pop'], ['Ret']]),
    ],
    [
      'ok', // The reference is not used again.
      withReference([...mutX, ['MoveLoc', 1], ['Pop'], ['ImmBorrowLoc', 0], ['Pop'], ['Ret']]),
    ],
    [
      'UNSAFE_RET_LOCAL_OR_RESOURCE_STILL_BORROWED',
      { parameters: [U64], returns: [ref(U64)], code: [['ImmBorrowLoc', 0], ['Ret']] },
    ],
    ['ok', { parameters: [ref(U64)], returns: [ref(U64)], code: [['MoveLoc', 0], ['Ret']] }],
    [
      'RET_BORROWED_MUTABLE_REFERENCE_ERROR',
      {
        parameters: [mut(PAIR)],
        returns: [mut(U64), mut(PAIR)],
        code: [['CopyLoc', 0], ['MutBorrowField', 0], ['MoveLoc', 0], ['Ret']],
      },
    ],
    [
      'ok', // Two fields do not overlap.
      {
        parameters: [mut(PAIR)],
        returns: [mut(U64), mut(U64)],
        code: [
          ['CopyLoc', 0],
          ['MutBorrowField', 0],
          ['MoveLoc', 0],
          ['MutBorrowField', 1],
          ['Ret'],
        ],
      },
    ],
    [
      'WRITEREF_EXISTS_BORROW_ERROR',
      {
        parameters: [mut(PAIR)],
        locals: [mut(U64)],
        code: [
          ['CopyLoc', 0],
          ['MutBorrowField', 0],
          ['StLoc', 1],
          ...ones(2),
          ['Pack', 1],
          ['MoveLoc', 0],
          ['WriteRef'],
          ['MoveLoc', 1],
          ['Pop'],
          ['Ret'],
        ],
      },
    ],
    [
      'READREF_EXISTS_MUTABLE_BORROW_ERROR',
      {
        parameters: [mut(PAIR)],
        locals: [mut(U64)],
        code: [
          ['CopyLoc', 0],
          ['MutBorrowField', 0],
          ['StLoc', 1],
          ['MoveLoc', 0],
          ['ReadRef'],
          ['Pop'],
          ['MoveLoc', 1],
          ['Pop'],
          ['Ret'],
        ],
      },
    ],
    [
      'FREEZEREF_EXISTS_MUTABLE_BORROW_ERROR',
      {
        parameters: [mut(PAIR)],
        locals: [mut(U64)],
        code: [
          ['CopyLoc', 0],
          ['MutBorrowField', 0],
          ['StLoc', 1],
          ['MoveLoc', 0],
          ['FreezeRef'],
          ['Pop'],
          ['MoveLoc', 1],
          ['Pop'],
          ['Ret'],
        ],
      },
    ],
    [
      'VEC_UPDATE_EXISTS_MUTABLE_BORROW_ERROR',
      {
        parameters: [mut(vector(U64))],
        locals: [mut(U64)],
        code: [
          ['CopyLoc', 0],
          ...ones(1),
          ['VecMutBorrow', U64_SIGNATURE],
          ['StLoc', 1],
          ['MoveLoc', 0],
          ...ones(1),
          ['VecPushBack', U64_SIGNATURE],
          ['MoveLoc', 1],
          ['Pop'],
          ['Ret'],
        ],
      },
    ],
    [
      'VEC_BORROW_ELEMENT_EXISTS_MUTABLE_BORROW_ERROR',
      {
        parameters: [mut(vector(U64))],
        code: [
          ['CopyLoc', 0],
          ...ones(1),
          ['VecMutBorrow', U64_SIGNATURE],
          ['MoveLoc', 0],
          ...ones(1),
          ['VecMutBorrow', U64_SIGNATURE],
          ['Pop'],
          ['Pop'],
          ['Ret'],
        ],
      },
    ],
  ] satisfies Case[])('%s', (expected, parts) => {
    expect(status(parts)).toBe(expected);
    expect(status(parts, 'sui')).toBe(expected);
  });

  it('that are borrowed cannot be passed on mutably', () => {
    const builder = new ModuleBuilder();
    declare(builder);
    const take = builder.function('take', { parameters: [mut(U64), mut(PAIR)], code: [['Ret']] });
    builder.function('f', {
      parameters: [mut(PAIR)],
      code: [['CopyLoc', 0], ['MutBorrowField', 0], ['MoveLoc', 0], ['Call', take], ['Ret']],
    });
    expect(statusOf(builder.module(), APTOS_UNLIMITED)).toBe(
      'CALL_BORROWED_MUTABLE_REFERENCE_ERROR',
    );
  });

  it('to one local, too many to count, borrow everything', () => {
    // After transactional-tests, reference_safety/borrow_edge_overflow.masm.
    const build = (locals: number): string => {
      const builder = new ModuleBuilder();
      const take = builder.function('bar', { parameters: [mut(U64), mut(U64)], code: [['Ret']] });
      builder.function('foo', {
        locals: [mut(U64), ...repeat(locals + 1, () => U64)],
        code: [
          ...repeat(locals + 1, (i): Line[] => [
            ['LdU64', 0, 0n],
            ['StLoc', i + 1],
          ]).flat(),
          ...repeat(locals, (i): Line[] => [
            ['MutBorrowLoc', i + 1],
            ['StLoc', 0],
            ['LdFalse'],
            ['BrTrue', (locals + 1) * 2 + locals * 4],
          ]).flat(),
          ['MutBorrowLoc', locals + 1],
          ['MoveLoc', 0],
          ['Call', take],
          ['Ret'],
        ],
      });
      return statusOf(builder.module(), APTOS_UNLIMITED);
    };
    expect(build(9)).toBe('ok');
    expect(build(12)).toBe('BORROWLOC_EXISTS_BORROW_ERROR');
  });
});

describe('resources', () => {
  const borrow = (parts: Partial<FunctionParts>): FunctionParts => ({
    parameters: [ADDRESS],
    code: [['CopyLoc', 0], ['ImmBorrowGlobal', 2], ['Pop'], ['Ret']],
    ...parts,
  });

  it.each([
    ['MISSING_ACQUIRES_ANNOTATION', borrow({})],
    ['ok', borrow({ acquires: [2] })],
    ['DUPLICATE_ACQUIRES_ANNOTATION', borrow({ acquires: [2, 2] })],
    ['EXTRANEOUS_ACQUIRES_ANNOTATION', borrow({ acquires: [2], code: [['Ret']] })],
    [
      'GLOBAL_REFERENCE_ERROR',
      borrow({
        acquires: [2],
        code: [
          ['CopyLoc', 0],
          ['MutBorrowGlobal', 2],
          ['CopyLoc', 0],
          ['ImmBorrowGlobal', 2],
          ['Pop'],
          ['Pop'],
          ['Ret'],
        ],
      }),
    ],
    [
      'UNSAFE_RET_LOCAL_OR_RESOURCE_STILL_BORROWED',
      borrow({
        acquires: [2],
        returns: [ref(COIN)],
        code: [['CopyLoc', 0], ['ImmBorrowGlobal', 2], ['Ret']],
      }),
    ],
  ] satisfies Case[])('%s', (expected, parts) => {
    expect(status(parts)).toBe(expected);
  });

  it('are acquired by callers too', () => {
    const builder = new ModuleBuilder();
    declare(builder);
    const take = builder.function('take', {
      parameters: [ADDRESS],
      acquires: [2],
      code: [['CopyLoc', 0], ['ImmBorrowGlobal', 2], ['Pop'], ['Ret']],
    });
    const code: Line[] = [['CopyLoc', 0], ['Call', take], ['Ret']];
    builder.function('f', { parameters: [ADDRESS], code });
    expect(statusOf(builder.module(), APTOS_UNLIMITED)).toBe('MISSING_ACQUIRES_ANNOTATION');
  });
});

describe('closures', () => {
  const type = (abilities: number): SignatureToken => ({
    kind: 'function',
    parameters: [U64],
    results: [U64],
    abilities,
  });
  const build = (local: SignatureToken, mask: bigint, persistent = false): string => {
    const builder = new ModuleBuilder();
    const add = builder.function('add', {
      parameters: [U64, U64],
      returns: [U64],
      code: [['MoveLoc', 0], ['MoveLoc', 1], ['Add'], ['Ret']],
    });
    const call = builder.signature(local);
    builder.function('f', {
      locals: [local],
      code: [
        ...ones(1),
        ['PackClosure', add, mask],
        ['StLoc', 0],
        ...ones(1),
        ['CopyLoc', 0],
        ['CallClosure', call],
        ['Pop'],
        ['Ret'],
      ],
    });
    const module = builder.module();
    const functionHandles = module.functionHandles.map((handle) => ({
      ...handle,
      attributes: persistent ? [{ kind: 'persistent' as const }] : [],
    }));
    return statusOf({ ...module, functionHandles }, APTOS_UNLIMITED);
  };

  it('are assignable to types with fewer abilities', () => {
    expect(build(type(3), 1n)).toBe('ok');
    expect(build(type(3), 2n)).toBe('ok');
    expect(build(type(7), 1n)).toBe('STLOC_TYPE_MISMATCH_ERROR');
    expect(build(type(7), 1n, true)).toBe('ok');
    expect(build(type(0), 1n)).toBe('COPYLOC_WITHOUT_COPY_ABILITY');
  });

  it('capture what the mask says', () => {
    expect(build(type(3), 0n)).toBe('POSITIVE_STACK_SIZE_AT_BLOCK_END');
  });

  it('are called by their type only', () => {
    const builder = new ModuleBuilder();
    const call = builder.signature(U64);
    builder.function('f', { code: [['CallClosure', call], ['Ret']] });
    expect(statusOf(builder.module(), APTOS_UNLIMITED)).toBe('CLOSURE_CALL_REQUIRES_FUNCTION');
  });
});

describe('scripts', () => {
  it('are held to the same', () => {
    expect(statusOf(scriptOf({}, [['Ret']]), APTOS_UNLIMITED)).toBe('ok');
    expect(statusOf(scriptOf({}, [['Pop'], ['Ret']]), APTOS_UNLIMITED)).toBe(
      'NEGATIVE_STACK_SIZE_WITHIN_BLOCK',
    );
    expect(
      statusOf(scriptOf({ signatures: [[vector(ref(plain('u8')))]] }, [['Ret']]), APTOS_UNLIMITED),
    ).toBe('INVALID_SIGNATURE_TOKEN');
    const blocks: Line[] = [['Branch', 1], ['Branch', 2], ['Ret']];
    expect(statusOf(scriptOf({}, blocks), { ...APTOS_UNLIMITED, maxBasicBlocksInScript: 2 })).toBe(
      'TOO_MANY_BASIC_BLOCKS',
    );
    expect(errorOf(scriptOf({}, []), APTOS_UNLIMITED)?.status).toBe('EMPTY_CODE_UNIT');
  });
});

describe('code of another chain', () => {
  it('is not previewed', () => {
    expect(() => statusOf(moduleOf({ code: [['Ret']] }), SUI_UNLIMITED)).toThrow(
      /aptos code on sui/,
    );
  });
});

describe('a generic resource', () => {
  it('needs its abilities in the function', () => {
    const builder = new ModuleBuilder();
    const box = builder.struct('Box', { a: param(0) }, KEY, [{ constraints: 4, isPhantom: false }]);
    const instance = builder.instantiate('structInstantiations', box, param(0));
    builder.function('f', {
      typeParameters: [0],
      parameters: [ADDRESS],
      code: [['CopyLoc', 0], ['ExistsGeneric', instance], ['Pop'], ['Ret']],
    });
    expect(statusOf(builder.module(), APTOS_UNLIMITED)).toBe('CONSTRAINT_NOT_SATISFIED');
  });
});
