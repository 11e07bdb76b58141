/** How Sui's tests of plain Move are read and run; the outputs themselves are compared by the suite. */
import type { CompiledModule } from '../../src/vm-preview/move/core/format';
import { MoveError } from '../../src/vm-preview/move/core/runtime';
import { Address, ByteVector, itemVector, Struct } from '../../src/vm-preview/move/core/values';
import { ModuleBuilder, mut, U8, U64 } from '../vm-preview/move/verifier/builder';
import { selfIdOf } from './shared/self-id';
import { withoutHeading } from './shared/snapshot';
import { valueText } from './shared/value-text';
import { vmErrorOf, vmErrorText } from './shared/vm-error';
import { call } from './sui-move/call';
import { entryOf } from './sui-move/session';
import { plain } from './sui-move/sources';
import { tasksOf } from './sui-transactional/tasks';

describe('a test', () => {
  it('has an edition, modules below its commands, and functions that are named', () => {
    const [init, below, named] = tasksOf(
      [
        '// comment',
        '//# init --edition 2024.beta',
        '',
        '//# run --signers 0x1 --args 3 b"a"',
        'module 0x42::m { fun main() {} }',
        '',
        '//# run 0x42::m::f --type-args u8 vector<u64> --args struct(1u8,2)',
      ].join('\n'),
    );
    expect(init?.options.one('edition')).toBe('2024.beta');
    expect(below).toMatchObject({ number: 1, startLine: 4, stopLine: 5 });
    expect(below?.options.positional).toEqual([]);
    expect(below?.options.all('signers')).toEqual(['0x1']);
    expect(below?.options.all('args')).toEqual(['3', 'b"a"']);
    expect(below?.data?.split('\n')[4]).toBe('module 0x42::m { fun main() {} }');
    expect(named?.options.positional).toEqual(['0x42::m::f']);
    expect(named?.options.all('type-args')).toEqual(['u8', 'vector<u64>']);
  });

  it('has a recorded output below lines that say where that is from', () => {
    expect(withoutHeading('---\nsource: a.rs\n---\nprocessed 1 task\n')).toBe('processed 1 task');
    expect(withoutHeading('processed 1 task\n\ntask 0, line 1:\n---\nx')).toContain('---\nx');
  });

  it('is compiled without objects, with all else where it was', () => {
    const source = 'struct A has key, store {}\nstruct B has key {}\nstruct C has drop {}';
    const changed = plain(source);
    expect(changed.replace(/ +/g, ' ')).toBe(
      'struct A has store {}\nstruct B {}\nstruct C has drop {}',
    );
    expect(changed.split('\n').map((line) => line.length)).toEqual(
      source.split('\n').map((line) => line.length),
    );
  });
});

describe('what is run of a module', () => {
  const withFunctions = (...entries: readonly boolean[]): CompiledModule => {
    const builder = new ModuleBuilder('sui');
    for (const i of entries.keys()) builder.function(`f${i}`, { code: [['Ret']] });
    const module = builder.module();
    const functionDefinitions = module.functionDefinitions.map((definition, i) => ({
      ...definition,
      isEntry: entries[i] === true,
    }));
    return { ...module, functionDefinitions };
  };

  it('is its one entry function, or its only one', () => {
    expect(entryOf([withFunctions(false, true)]).name).toBe('f1');
    expect(entryOf([withFunctions(false)]).name).toBe('f0');
    expect(() => entryOf([withFunctions(false, false)])).toThrow('exactly one function');
    expect(() => entryOf([withFunctions(true, true)])).toThrow('exactly one function');
    expect(() => entryOf([withFunctions(true), withFunctions(true)])).toThrow('one module');
  });
});

describe('a run', () => {
  const builder = new ModuleBuilder('sui');
  builder.function('idle', { code: [['Ret']] });
  // Divides the number by the other and puts the number in the other's place.
  builder.function('divide', {
    parameters: [U64, mut(U64)],
    returns: [U64],
    code: [
      ['CopyLoc', 0],
      ['CopyLoc', 1],
      ['ReadRef'],
      ['Div'],
      ['MoveLoc', 0],
      ['MoveLoc', 1],
      ['WriteRef'],
      ['Ret'],
    ],
  });
  builder.function('forever', { parameters: [U8], code: [['Branch', 0]] });
  const module = builder.module();
  const run = (name: string, args: readonly number[][], budget?: bigint) =>
    call(
      {
        module: selfIdOf(module),
        name,
        typeArguments: [],
        args: args.map((bytes) => Uint8Array.from(bytes)),
        budget,
      },
      { module: ({ name: wanted }) => (wanted === 'M' ? module : null) },
    );
  const u64 = (value: number): number[] => [value, 0, 0, 0, 0, 0, 0, 0];

  it('prints results and what references were left at', () => {
    expect(run('divide', [u64(9), u64(2)])).toEqual({
      text: 'mutable inputs after call: local#1: 9\nreturn values: 4',
    });
    expect(run('idle', [])).toEqual({ text: undefined });
  });

  it('fails where the instruction is', () => {
    const outcome = run('divide', [u64(9), u64(0)]);
    expect('error' in outcome && vmErrorText(outcome.error, false)).toBe(
      [
        '{',
        '    major_status: ARITHMETIC_ERROR,',
        '    sub_status: None,',
        '    location: 0x0::M,',
        '    indices: [],',
        '    offsets: [(FunctionDefinitionIndex(1), 3)],',
        '}',
      ].join('\n'),
    );
  });

  it('fails nowhere for arguments that are others', () => {
    const nowhere = { location: 'undefined', offsets: '[]', indices: '[]' };
    expect(run('divide', [u64(1)])).toMatchObject({
      error: { status: 'NUMBER_OF_ARGUMENTS_MISMATCH', ...nowhere },
    });
    expect(run('divide', [[1], u64(1)])).toMatchObject({
      error: { status: 'FAILED_TO_DESERIALIZE_ARGUMENT', ...nowhere },
    });
  });

  it('ends with its budget', () => {
    expect(run('forever', [[0]], 1n)).toMatchObject({
      error: { status: 'OUT_OF_GAS', offsets: '[(FunctionDefinitionIndex(2), 0)]' },
    });
  });
});

describe('what is printed', () => {
  it('is a value as each chain prints it', () => {
    const value = new Struct([7, new ByteVector(Uint8Array.of(1, 2)), itemVector([], 'u64')], 1);
    expect(valueText(value, 'sui')).toBe('|1|{ 7, [1, 2], [] }');
    expect(valueText(value, 'aptos')).toBe('{ 1, 7, [1, 2], [] }');
    expect(valueText(new Struct([Address.parse('0x42'), true]), 'sui')).toBe(
      `{ ${'42'.padStart(64, '0')}, true }`,
    );
  });

  it('has messages and stacks where they are asked for, which Aptos has', () => {
    const error = vmErrorOf(new MoveError('OUT_OF_GAS', { code: 3n, reason: 'why' }), '');
    expect(vmErrorText(error, false)).not.toContain('message');
    expect(vmErrorText(error, false)).toContain('sub_status: Some(3)');
    expect(vmErrorText(error, true)).toContain('message: why');
  });
});
