import { parseTypeTag } from '../../../../../src/vm-preview/move/core/types';
import { ProtocolConfig } from '../../../../../src/vm-preview/move/sui';
import { ArgumentStore } from '../../../../../src/vm-preview/move/sui/execution/arguments';
import { requireElementSize } from '../../../../../src/vm-preview/move/sui/execution/element-size';
import { ExecutionError } from '../../../../../src/vm-preview/move/sui/execution/error';
import { valueType } from '../../../../../src/vm-preview/move/sui/execution/value';

const pure = (...bytes: number[]) => ({ kind: 'pure', bytes: Uint8Array.from(bytes) }) as const;

function store(normalizes: boolean): ArgumentStore {
  const values = new ArgumentStore({}, [{ value: pure(1) }], {
    allowsSharedByValue: true,
    normalizes,
  });
  values.endCommand([pure(2)]);
  values.endCommand([pure(3), pure(4)]);
  return values;
}

const failureOf = (run: () => unknown): unknown => {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ExecutionError) return error.failure;
    throw error;
  }
};

const input = (index: number) => ({ kind: 'input', index }) as const;
const result = (index: number) => ({ kind: 'result', index }) as const;

describe('arguments that are looked up before any is used', () => {
  it('are found to be out of bounds, each at its place', () => {
    expect(failureOf(() => store(true).normalized([input(0), result(2)]))).toEqual({
      kind: 'CommandArgumentError',
      argument: 1,
      error: { kind: 'IndexOutOfBounds', index: 2 },
    });
    expect(failureOf(() => store(true).normalized([result(1)]))).toEqual({
      kind: 'CommandArgumentError',
      argument: 0,
      error: { kind: 'InvalidResultArity', index: 1 },
    });
  });

  it('take a result for the same as its only part, so that it is borrowed once', () => {
    const values = store(true);
    const [whole = input(0), part = input(0)] = values.normalized([
      result(0),
      { kind: 'nestedResult', index: 0, nested: 0 },
    ]);
    values.borrowMut(0, whole);
    expect(failureOf(() => values.borrowMut(1, part))).toMatchObject({
      argument: 1,
      error: { kind: 'InvalidValueUsage' },
    });
  });

  it('are left for when they are used by older protocols', () => {
    const args = [input(7), result(0)];
    expect(store(false).normalized(args)).toEqual(args);
  });
});

describe('the size of what a vector is made of', () => {
  const DROP = 2;
  const COPY = 1;
  const failure = (version: number, type: string, abilities: number, size: number): unknown =>
    failureOf(() =>
      requireElementSize(
        ProtocolConfig.ofVersion(version, 'other'),
        valueType(parseTypeTag(type), abilities),
        size,
      ),
    );

  it('is bound by how much the type grows in the VM', () => {
    expect(failure(92, 'vector<u8>', COPY + DROP, 1_048_576)).toBeUndefined();
    expect(failure(92, 'vector<u8>', COPY + DROP, 1_048_577)).toEqual({
      kind: 'MoveVectorElemTooBig',
      size: 1_048_577n,
      max: 1_048_576n,
    });
    expect(failure(92, '0x1::option::Option<vector<address>>', COPY, 349_526)).toMatchObject({
      max: 349_525n,
    });
    expect(failure(92, '0x5::m::S', COPY, 8193)).toMatchObject({ max: 8192n });
  });

  it('was of no matter before, and then of all types with another error', () => {
    expect(failure(79, 'vector<u8>', COPY, 1_048_577)).toBeUndefined();
    expect(failure(80, '0x5::m::S', DROP, 8193)).toMatchObject({ kind: 'MoveObjectTooBig' });
    expect(failure(92, '0x5::m::S', DROP, 8193)).toBeUndefined();
  });
});
