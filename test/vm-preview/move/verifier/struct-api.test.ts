/** The functions that open a struct to other modules; the recorded framework has some (`0x1::result`). */
import {
  APTOS_FORMAT,
  type CompiledModule,
  decodeModule,
  type FunctionAttribute,
  type FunctionHandle,
} from '../../../../src/vm-preview/move/core/format';
import { APTOS_UNLIMITED } from '../../../../src/vm-preview/move/core/verifier';
import { moduleSources } from '../../../support/move-fixtures';
import type { Line } from '../format/samples';
import { ModuleBuilder, mut, statusOf, U64 } from './builder';

const BAD = 'INVALID_STRUCT_API_CODE';
const PAIR = { kind: 'datatype', handle: 0, typeArguments: [] } as const;

/** A struct with two fields, and a function that is its API. */
function status(
  name: string,
  attributes: readonly FunctionAttribute[],
  parts: Parameters<ModuleBuilder['function']>[1],
  abilities = 7,
): string {
  const builder = new ModuleBuilder('aptos', 10);
  builder.struct('Pair', { x: U64, y: U64 }, abilities);
  builder.field(0, 0);
  builder.field(0, 1);
  builder.function(name, parts);
  const module = builder.module();
  const functionHandles = module.functionHandles.map((handle) => ({ ...handle, attributes }));
  return statusOf({ ...module, functionHandles }, APTOS_UNLIMITED);
}

const pack = (code: readonly Line[]): Parameters<ModuleBuilder['function']>[1] => ({
  parameters: [U64, U64],
  returns: [PAIR],
  code,
});
const PACK: readonly Line[] = [['MoveLoc', 0], ['MoveLoc', 1], ['Pack', 0], ['Ret']];
const borrow = (code: readonly Line[]): Parameters<ModuleBuilder['function']>[1] => ({
  parameters: [mut(PAIR)],
  returns: [mut(U64)],
  code,
});

describe('a function that packs', () => {
  const attribute: FunctionAttribute = { kind: 'pack' };

  it('has name, attribute and code that agree', () => {
    expect(status('pack$Pair', [attribute], pack(PACK))).toBe('ok');
    expect(status('pack$Pair', [{ kind: 'persistent' }, attribute], pack(PACK))).toBe('ok');
    expect(status('pack$Pair', [], pack(PACK))).toBe(BAD);
    expect(status('make', [attribute], pack(PACK))).toBe(BAD);
    expect(status('make', [], pack(PACK))).toBe('ok');
    expect(status('pack$Other', [], pack(PACK))).toBe('ok');
    expect(status('pack$Pair', [{ kind: 'unpack' }], pack(PACK))).toBe(BAD);
    expect(status('pack$Pair', [attribute, { kind: 'unpack' }], pack(PACK))).toBe(BAD);
  });

  it('does nothing else', () => {
    const swapped: Line[] = [['MoveLoc', 1], ['MoveLoc', 0], ['Pack', 0], ['Ret']];
    expect(status('pack$Pair', [attribute], pack(swapped))).toBe(BAD);
    expect(status('pack$Pair', [attribute], pack([['Nop'], ...PACK]))).toBe(BAD);
    expect(status('pack$Pair', [attribute], { ...pack(PACK), parameters: [U64, U64, U64] })).toBe(
      BAD,
    );
    expect(status('pack$Pair', [attribute], { ...pack(PACK), typeParameters: [0] })).toBe(BAD);
    expect(status('pack$Pair', [attribute], pack(PACK), 12)).toBe(BAD);
  });
});

describe('a function that borrows a field', () => {
  const at = (index: number): FunctionAttribute => ({ kind: 'borrowFieldMutable', index });
  const code = (field: number): Line[] => [['MoveLoc', 0], ['MutBorrowField', field], ['Ret']];

  it('borrows the one that it says', () => {
    expect(status('borrow_mut$Pair$1', [at(1)], borrow(code(1)))).toBe('ok');
    expect(status('borrow_mut$Pair$0', [at(1)], borrow(code(1)))).toBe(BAD);
    expect(status('borrow_mut$Pair$1', [at(1)], borrow(code(0)))).toBe(BAD);
    expect(status('borrow_mut$Pair$2', [at(2)], borrow(code(0)))).toBe(BAD);
    expect(status('borrow_mut$Pair$1$0', [at(1)], borrow(code(1)))).toBe(BAD);
    expect(status('borrow$Pair$1', [at(1)], borrow(code(1)))).toBe(BAD);
  });

  it('lets its callers borrow two fields at once', () => {
    const build = (attributes: (index: number) => readonly FunctionAttribute[]): string => {
      const builder = new ModuleBuilder('aptos', 10);
      builder.struct('Pair', { x: U64, y: U64 });
      for (const field of [0, 1]) {
        builder.field(0, field);
        builder.function(
          attributes(field).length > 0 ? `borrow_mut$Pair$${field}` : `b${field}`,
          borrow(code(field)),
        );
      }
      builder.function('f', {
        parameters: [mut(PAIR)],
        returns: [mut(U64), mut(U64)],
        code: [['CopyLoc', 0], ['Call', 0], ['MoveLoc', 0], ['Call', 1], ['Ret']],
      });
      const module = builder.module();
      const functionHandles = module.functionHandles.map(
        (handle, i): FunctionHandle => (i < 2 ? { ...handle, attributes: attributes(i) } : handle),
      );
      return statusOf({ ...module, functionHandles }, APTOS_UNLIMITED);
    };
    expect(build((field) => [at(field)])).toBe('ok');
    expect(build(() => [])).toBe('CALL_BORROWED_MUTABLE_REFERENCE_ERROR');
  });
});

describe('an older module', () => {
  it('may use such names', () => {
    const builder = new ModuleBuilder('aptos', 9);
    builder.struct('Pair', { x: U64, y: U64 });
    builder.function('pack$Pair', pack(PACK));
    expect(statusOf(builder.module(), APTOS_UNLIMITED)).toBe('ok');
  });
});

describe('the recorded enum', () => {
  const source = moduleSources().find(({ name }) => name === 'aptos devnet.blob');
  const result = source?.load().find(({ name }) => name === 'devnet.blob result');
  if (result === undefined) {
    it('skipped: no fixtures', () => expect(result).toBeUndefined());
    return;
  }
  const module = decodeModule(result.bytes, APTOS_FORMAT);
  const isIndexed = ({ attributes }: FunctionHandle): boolean =>
    attributes.some((attribute) => 'index' in attribute);
  const withHandle = (
    index: number,
    change: (handle: FunctionHandle) => FunctionHandle,
  ): CompiledModule => ({
    ...module,
    functionHandles: module.functionHandles.map((handle, i) =>
      i === index ? change(handle) : handle,
    ),
  });

  it('passes, and with any of its attributes changed or gone it does not', () => {
    expect(statusOf(module, APTOS_UNLIMITED)).toBe('ok');
    let count = 0;
    for (const [i, handle] of module.functionHandles.entries()) {
      if (!isIndexed(handle)) continue;
      count++;
      const moved = withHandle(i, (known) => ({
        ...known,
        attributes: known.attributes.map((attribute) =>
          'index' in attribute ? { ...attribute, index: attribute.index + 1 } : attribute,
        ),
      }));
      const gone = withHandle(i, (known) => ({ ...known, attributes: [] }));
      expect([statusOf(moved, APTOS_UNLIMITED), statusOf(gone, APTOS_UNLIMITED)]).toEqual([
        BAD,
        BAD,
      ]);
    }
    expect(count).toBe(10);
  });
});
