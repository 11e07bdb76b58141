import type {
  CompiledModule,
  Flavour,
  SignatureToken,
} from '../../../../src/vm-preview/move/core/format';
import { freeGas } from '../../../../src/vm-preview/move/core/gas/gas';
import { type DatatypeType, Loader, moduleId } from '../../../../src/vm-preview/move/core/loader';
import { CORE_NATIVES } from '../../../../src/vm-preview/move/core/natives';
import { GlobalCell, Interpreter, MoveError } from '../../../../src/vm-preview/move/core/runtime';
import { Address, Struct, type Value } from '../../../../src/vm-preview/move/core/values';
import { assemble, type Line, moduleWith } from '../format/samples';

const U64: SignatureToken = { kind: 'u64' };
const S: SignatureToken = { kind: 'datatype', handle: 0, typeArguments: [] };

interface Case {
  readonly lines: readonly Line[];
  /** Signature 0 is the parameters, 1 the results, 2 the locals; more may follow. */
  readonly signatures: readonly (readonly SignatureToken[])[];
  readonly parts?: Partial<CompiledModule>;
  readonly flavour?: Flavour;
  readonly jumpTables?: readonly { enumDefinition: number; offsets: readonly number[] }[];
}

function machine({ lines, signatures, parts, flavour = 'aptos', jumpTables = [] }: Case) {
  const code = assemble(flavour, lines, { locals: 2, jumpTables });
  const base = moduleWith(flavour, flavour === 'aptos' ? 10 : 7, code, {
    signatures,
    functionHandles: [
      {
        module: 0,
        name: 1,
        parameters: 0,
        returns: 1,
        typeParameters: [],
        accessSpecifiers: undefined,
        attributes: [],
      },
    ],
    ...parts,
  });
  const cells = new Map<string, GlobalCell>();
  const storage = {
    cell(address: Address, type: DatatypeType): GlobalCell {
      const key = `${address} ${type.key}`;
      const cell = cells.get(key) ?? new GlobalCell(undefined);
      cells.set(key, cell);
      return cell;
    },
  };
  const loader = new Loader({ module: ({ key }) => (key === '0x1::m' ? base : null) });
  const instance = loader.function(moduleId(Address.parse('1'), 'm'), 'f').instance([]);
  const run = (args: readonly Value[] = []): readonly Value[] =>
    new Interpreter({
      loader,
      natives: CORE_NATIVES,
      gas: freeGas(),
      storage,
      maxInstructions: 50_000,
    }).run(instance, args);
  const fails = (args: readonly Value[] = []): MoveError => {
    try {
      run(args);
    } catch (error) {
      if (error instanceof MoveError) return error;
      throw error;
    }
    throw new Error('it did not fail');
  };
  return { run, fails, cells };
}

describe('opcodes that the recorded frameworks hardly use', () => {
  it('signed integers: negation and division at the bounds', () => {
    const I8: SignatureToken = { kind: 'i8' };
    const binary = (op: 'Div' | 'Mod' | 'Add' | 'Mul') =>
      machine({
        lines: [['MoveLoc', 0], ['MoveLoc', 1], [op], ['Ret']],
        signatures: [[I8, I8], [I8], []],
      });
    expect(binary('Div').run([-7, 2])).toEqual([-3]);
    expect(binary('Mod').run([-7, 2])).toEqual([-1]);
    expect(binary('Div').fails([-128, -1]).status).toBe('ARITHMETIC_ERROR');
    expect(binary('Mod').fails([-128, -1]).status).toBe('ARITHMETIC_ERROR');
    expect(binary('Add').fails([100, 28]).status).toBe('ARITHMETIC_ERROR');
    const negate = machine({
      lines: [['MoveLoc', 0], ['Negate'], ['Ret']],
      signatures: [[I8], [I8], []],
    });
    expect(negate.run([127])).toEqual([-127]);
    expect(negate.fails([-128]).status).toBe('ARITHMETIC_ERROR');
  });

  it('a closure joins what it captured with what it is given, by its mask', () => {
    const { run } = machine({
      // f(a, b) = a == 0 ? b : (|x| f(x, a))(0)
      lines: [
        ['CopyLoc', 0],
        ['LdU64', 0, 0n],
        ['Neq'],
        ['BrTrue', 6],
        ['MoveLoc', 1],
        ['Ret'],
        ['LdU64', 0, 0n],
        ['CopyLoc', 0],
        ['PackClosure', 0, 0b10n],
        ['CallClosure', 3],
        ['Ret'],
      ],
      signatures: [
        [U64, U64],
        [U64],
        [],
        [{ kind: 'function', parameters: [U64], results: [U64], abilities: 0 }],
      ],
    });
    expect(run([7, 9])).toEqual([7]);
    expect(run([0, 9])).toEqual([9]);
  });

  it('an abort with a message has code, words and place', () => {
    const { fails } = machine({
      lines: [['LdU64', 0, 77n], ['LdConst', 0], ['AbortMsg']],
      signatures: [[], [], []],
      parts: {
        constants: [
          { type: { kind: 'vector', element: { kind: 'u8' } }, data: Uint8Array.of(2, 0x68, 0x69) },
        ],
      },
    });
    const error = fails();
    expect([error.status, error.subStatus, error.reason]).toEqual(['ABORTED', 77n, 'hi']);
    expect(error.location).toEqual({ module: '0x1::m', function: 'f', definition: 0, offset: 2 });
  });

  describe('enums', () => {
    const variants = [
      { name: 0, fields: [{ name: 0, type: U64 }] },
      {
        name: 1,
        fields: [
          { name: 0, type: U64 },
          { name: 1, type: { kind: 'bool' } as const },
        ],
      },
    ];

    it('of Aptos are tested, borrowed across variants and refused as another', () => {
      const parts: Partial<CompiledModule> = {
        structDefinitions: [{ handle: 0, fields: { kind: 'variants', variants } }],
        variantHandles: [
          { owner: 0, variant: 0 },
          { owner: 0, variant: 1 },
        ],
        variantFieldHandles: [
          { owner: 0, field: 0, variants: [0, 1] },
          { owner: 0, field: 1, variants: [1] },
        ],
      };
      const signatures = [[], [U64, { kind: 'bool' } as const], [S]];
      const make: Line[] = [['LdU64', 0, 5n], ['LdTrue'], ['PackVariant', 1], ['StLoc', 0]];
      const good = machine({
        lines: [
          ...make,
          ['ImmBorrowLoc', 0],
          ['ImmBorrowVariantField', 0],
          ['ReadRef'],
          ['ImmBorrowLoc', 0],
          ['TestVariant', 0],
          ['Ret'],
        ],
        signatures,
        parts,
      });
      expect(good.run()).toEqual([5, false]);
      const bad = machine({
        lines: [...make, ['MoveLoc', 0], ['UnpackVariant', 0], ['LdTrue'], ['Ret']],
        signatures,
        parts,
      });
      expect(bad.fails().status).toBe('STRUCT_VARIANT_MISMATCH');
    });

    it('of Sui switch by variant and give references to their fields', () => {
      const parts: Partial<CompiledModule> = {
        enumDefinitions: [{ handle: 0, variants }],
        variantHandles: [
          { owner: 0, variant: 0 },
          { owner: 0, variant: 1 },
        ],
      };
      const { run } = machine({
        flavour: 'sui',
        lines: [
          ['LdU64', 0, 5n],
          ['LdTrue'],
          ['PackVariant', 1],
          ['StLoc', 0],
          ['ImmBorrowLoc', 0],
          ['VariantSwitch', 0],
          ['LdU64', 0, 0n],
          ['Ret'],
          ['LdU64', 0, 8n],
          ['MutBorrowLoc', 0],
          ['UnpackVariantMutRef', 1],
          ['Pop'],
          ['WriteRef'],
          ['MoveLoc', 0],
          ['UnpackVariant', 1],
          ['Pop'],
          ['Ret'],
        ],
        signatures: [[], [U64], [S]],
        parts,
        jumpTables: [{ enumDefinition: 0, offsets: [6, 8] }],
      });
      expect(run()).toEqual([8]);
    });
  });

  describe('global storage', () => {
    const parts: Partial<CompiledModule> = {
      structDefinitions: [
        { handle: 0, fields: { kind: 'declared', fields: [{ name: 0, type: U64 }] } },
      ],
      fieldHandles: [{ owner: 0, field: 0 }],
    };
    const signer = (): Struct => new Struct([Address.parse('0x5')]);
    const publish: Line[] = [
      ['ImmBorrowLoc', 0],
      ['LdU64', 0, 1n],
      ['Pack', 0],
      ['MoveTo', 0],
    ];
    const where: SignatureToken[] = [{ kind: 'signer' }, { kind: 'address' }];

    it('a write through a reference to a field is a write of the resource', () => {
      const { run, cells } = machine({
        lines: [
          ...publish,
          ['LdU64', 0, 42n],
          ['MoveLoc', 1],
          ['MutBorrowGlobal', 0],
          ['MutBorrowField', 0],
          ['WriteRef'],
          ['Ret'],
        ],
        signatures: [where, [], []],
        parts,
      });
      run([signer(), Address.parse('0x5')]);
      expect(cells.get('0x5 0x1::m::S')?.effect).toEqual({
        kind: 'create',
        value: new Struct([42]),
      });
    });

    it('what is there twice, or not at all, is an error', () => {
      const twice = machine({
        lines: [...publish, ...publish, ['Ret']],
        signatures: [where, [], []],
        parts,
      });
      expect(twice.fails([signer(), Address.parse('0x5')]).status).toBe('RESOURCE_ALREADY_EXISTS');
      const absent = machine({
        lines: [['MoveLoc', 1], ['ImmBorrowGlobal', 0], ['Pop'], ['Ret']],
        signatures: [where, [], []],
        parts,
      });
      expect(absent.fails([signer(), Address.parse('0x5')]).status).toBe('MISSING_DATA');
    });

    it('only what was written or moved has an effect', () => {
      const loaded = new GlobalCell(new Struct([1]));
      loaded.borrow();
      expect(loaded.effect.kind).toBe('none');
      const value = loaded.moveFrom();
      expect(loaded.effect.kind).toBe('delete');
      loaded.moveTo(value);
      expect(loaded.effect.kind).toBe('modify');
      const fresh = new GlobalCell(undefined);
      fresh.moveTo(value);
      fresh.moveFrom();
      expect(fresh.effect.kind).toBe('none');
    });
  });

  it('vectors of any element check their bounds', () => {
    const lines: Line[] = [
      ['LdU64', 0, 1n],
      ['LdU64', 0, 2n],
      ['VecPack', 3, 2n],
      ['StLoc', 0],
    ];
    const pop: Line[] = [['MutBorrowLoc', 0], ['VecPopBack', 3], ['Pop']];
    const signatures = [[], [], [{ kind: 'vector', element: U64 } as const], [U64]];
    const cases: [readonly Line[], bigint][] = [
      [[['ImmBorrowLoc', 0], ['LdU64', 0, 2n], ['VecImmBorrow', 3], ['Pop']], 1n],
      [
        [
          ['MutBorrowLoc', 0],
          ['LdU64', 0, 0n],
          ['LdU64', 0, 2n ** 63n],
          ['VecSwap', 3],
        ],
        1n,
      ],
      [[...pop, ...pop, ...pop], 2n],
      [[['MoveLoc', 0], ['VecUnpack', 3, 1n], ['Pop']], 3n],
    ];
    for (const [more, subStatus] of cases) {
      const error = machine({ lines: [...lines, ...more, ['Ret']], signatures }).fails();
      expect([error.status, error.subStatus]).toEqual(['VECTOR_OPERATION_ERROR', subStatus]);
    }
  });

  it('endless recursion and endless loops end', () => {
    const none = [[], [], []];
    expect(machine({ lines: [['Call', 0], ['Ret']], signatures: none }).fails().status).toBe(
      'CALL_STACK_OVERFLOW',
    );
    expect(() => machine({ lines: [['Branch', 0]], signatures: none }).run()).toThrow(
      'cannot preview',
    );
    const growing = machine({
      lines: [['LdTrue'], ['LdTrue'], ['Call', 0], ['Pop'], ['Pop'], ['Ret']],
      signatures: none,
    });
    expect(growing.fails().status).toBe('EXECUTION_STACK_OVERFLOW');
  });

  it('a function may be 1024 calls deep', () => {
    const countDown = machine({
      lines: [
        ['CopyLoc', 0],
        ['LdU64', 0, 0n],
        ['Eq'],
        ['BrTrue', 8],
        ['MoveLoc', 0],
        ['LdU64', 0, 1n],
        ['Sub'],
        ['Call', 0],
        ['Ret'],
      ],
      signatures: [[U64], [], []],
    });
    expect(countDown.run([1024])).toEqual([]);
    expect(countDown.fails([1025]).status).toBe('CALL_STACK_OVERFLOW');
  });

  it('code that no verifier passed is refused, not run', () => {
    const broken: readonly Line[][] = [
      [['Pop'], ['Ret']],
      [['LdTrue'], ['Branch', 0]],
      [['LdTrue'], ['LdTrue'], ['Add'], ['Pop'], ['Ret']],
      [['MoveLoc', 0], ['Pop'], ['MoveLoc', 0], ['Pop'], ['Ret']],
      [['Nop']],
    ];
    for (const lines of broken)
      expect(() => machine({ lines, signatures: [[], [], [U64]] }).run()).toThrow('cannot preview');
  });
});
