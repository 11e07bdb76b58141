/** The cases of the chain's own tests (bytecode-verifier-tests, control_flow_tests.rs and others). */
import { APTOS_UNLIMITED } from '../../../../src/vm-preview/move/core/verifier';
import type { Line } from '../format/samples';
import { errorOf, moduleOf, statusOf, U64 } from './builder';

const loops: Readonly<Record<string, readonly Line[]>> = {
  jumpBack: [['Branch', 2], ['Ret'], ['Branch', 1]],
  irreducible: [['LdTrue'], ['BrTrue', 3], ['Nop'], ['LdFalse'], ['BrFalse', 2], ['Ret']],
  leavesTwo: [
    ['LdFalse'],
    ['LdFalse'],
    ['LdFalse'],
    ['Branch', 7],
    ['BrFalse', 2],
    ['BrFalse', 1],
    ['BrFalse', 0],
    ['Ret'],
  ],
};

describe('the end of a function', () => {
  it.each([
    ['EMPTY_CODE_UNIT', []],
    ['INVALID_FALL_THROUGH', [['LdFalse'], ['BrTrue', 1]]],
    ['INVALID_FALL_THROUGH', [['LdTrue'], ['BrFalse', 1]]],
    ['INVALID_FALL_THROUGH', [['LdTrue'], ['Pop']]],
    ['ok', [['Branch', 0]]],
    ['ok', [['Ret']]],
    ['ok', [['LdU64', 0, 7n], ['Abort']]],
  ] satisfies [string, Line[]][])('is %s', (expected, code) => {
    expect(statusOf(moduleOf({ code }), APTOS_UNLIMITED)).toBe(expected);
    expect(statusOf(moduleOf({ code }, 5), APTOS_UNLIMITED)).toBe(expected);
  });

  it('points at the last instruction', () => {
    const error = errorOf(moduleOf({ code: [['LdTrue'], ['Pop']] }), APTOS_UNLIMITED);
    expect(error?.offsets).toEqual([[0, 1]]);
    expect(error?.indices).toEqual([['FunctionDefinition', 0]]);
  });
});

describe('loops', () => {
  const depth = (maxLoopDepth: number) => ({ ...APTOS_UNLIMITED, maxLoopDepth });
  const nested = (levels: number): Line[] => [
    ...Array.from({ length: levels }, (): Line[] => [['LdFalse'], ['BrTrue', levels * 4]]).flat(),
    ...Array.from({ length: levels }, (_, i): Line[] => [
      ['LdFalse'],
      ['BrFalse', (levels - 1 - i) * 2],
    ]).flat(),
    ['Ret'],
  ];

  it.each([5, 6, 9])('nest to the depth that is set, in version %d', (version) => {
    expect(statusOf(moduleOf({ code: nested(2) }, version), depth(2))).toBe(
      // The old rules refuse to leave two loops at once.
      version === 5 ? 'INVALID_LOOP_BREAK' : 'ok',
    );
    const tooDeep = statusOf(moduleOf({ code: nested(3) }, version), depth(2));
    expect(tooDeep).toBe(version === 5 ? 'INVALID_LOOP_BREAK' : 'LOOP_MAX_DEPTH_REACHED');
  });

  it('may jump back where nothing loops, but for the old rules', () => {
    const { jumpBack: code = [] } = loops;
    expect(statusOf(moduleOf({ code }), APTOS_UNLIMITED)).toBe('ok');
    expect(statusOf(moduleOf({ code }, 5), APTOS_UNLIMITED)).toBe('INVALID_LOOP_SPLIT');
  });

  it('are entered through their heads only', () => {
    const { irreducible: code = [] } = loops;
    expect(statusOf(moduleOf({ code }), APTOS_UNLIMITED)).toBe('INVALID_LOOP_SPLIT');
  });

  it('may be left several at once, but for the old rules', () => {
    const { leavesTwo: code = [] } = loops;
    // The chain's test stops after the control flow; what follows finds the stack wrong.
    expect(statusOf(moduleOf({ code }), APTOS_UNLIMITED)).toBe('POSITIVE_STACK_SIZE_AT_BLOCK_END');
    expect(statusOf(moduleOf({ code }, 5), APTOS_UNLIMITED)).toBe('INVALID_LOOP_BREAK');
  });

  it('are counted by blocks and back edges', () => {
    const code: Line[] = [['LdTrue'], ['BrTrue', 0], ['LdTrue'], ['BrTrue', 0], ['Ret']];
    const status = (limits: object): string =>
      statusOf(moduleOf({ code }), { ...APTOS_UNLIMITED, ...limits });
    expect(status({ maxBasicBlocks: 2 })).toBe('TOO_MANY_BASIC_BLOCKS');
    expect(status({ maxBasicBlocks: 3 })).toBe('ok');
    expect(status({ maxBackEdgesPerFunction: 1 })).toBe('TOO_MANY_BACK_EDGES');
    expect(status({ maxBackEdgesPerModule: 1 })).toBe('TOO_MANY_BACK_EDGES');
    expect(status({ maxBackEdgesPerModule: 2 })).toBe('ok');
  });
});

describe('the stack', () => {
  it.each([
    ['NEGATIVE_STACK_SIZE_WITHIN_BLOCK', [['Pop'], ['Ret']]],
    ['NEGATIVE_STACK_SIZE_WITHIN_BLOCK', [['ReadRef'], ['Ret']]],
    ['NEGATIVE_STACK_SIZE_WITHIN_BLOCK', [['LdU64'], ['Add'], ['Ret']]],
    ['NEGATIVE_STACK_SIZE_WITHIN_BLOCK', [['WriteRef'], ['Ret']]],
    ['POSITIVE_STACK_SIZE_AT_BLOCK_END', [['LdU64'], ['Ret']]],
    ['POSITIVE_STACK_SIZE_AT_BLOCK_END', [['LdU64'], ['Branch', 2], ['Pop'], ['Ret']]],
  ] satisfies [string, Line[]][])('gives %s', (expected, code) => {
    expect(statusOf(moduleOf({ code }), APTOS_UNLIMITED)).toBe(expected);
  });

  it('holds 1,024 values', () => {
    const code = (count: number): Line[] => [
      ...Array.from({ length: count }, (): Line => ['LdU64', 0, 0n]),
      ...Array.from({ length: count }, (): Line => ['Pop']),
      ['Ret'],
    ];
    expect(statusOf(moduleOf({ code: code(1024) }), APTOS_UNLIMITED)).toBe('ok');
    expect(statusOf(moduleOf({ code: code(1025) }), APTOS_UNLIMITED)).toBe('VALUE_STACK_OVERFLOW');
  });

  it('takes the results of a function back', () => {
    const returns = [U64];
    expect(statusOf(moduleOf({ returns, code: [['Ret']] }), APTOS_UNLIMITED)).toBe(
      'NEGATIVE_STACK_SIZE_WITHIN_BLOCK',
    );
    expect(
      statusOf(moduleOf({ returns, code: [['LdU64', 0, 1n], ['Ret']] }), APTOS_UNLIMITED),
    ).toBe('ok');
  });

  it('is pushed to by a block as often as is set', () => {
    const code: Line[] = [
      ...Array<Line[]>(6)
        .fill([['LdTrue'], ['Pop']])
        .flat(),
      ['Ret'],
    ];
    const status = (maxPushSize: number): string =>
      statusOf(moduleOf({ code }), { ...APTOS_UNLIMITED, maxPushSize });
    expect(status(5)).toBe('VALUE_STACK_PUSH_OVERFLOW');
    expect(status(6)).toBe('ok');
  });
});
