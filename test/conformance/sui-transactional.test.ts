/** How Sui's adapter tests are read; the outputs themselves are compared by the suite. */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { EffectsObjectChange } from '../../src/vm-preview/move/sui/data/effects';
import type { RefusalFacts } from '../../src/vm-preview/move/sui/execution';
import { makeAccounts } from './sui-transactional/accounts';
import { parseCommands } from './sui-transactional/commands';
import { differences } from './sui-transactional/compare';
import { isCovered } from './sui-transactional/explained';
import { cleverAbortText } from './sui-transactional/failure-text';
import { compareFakeIds } from './sui-transactional/fake-ids';
import { Naming } from './sui-transactional/naming';
import { sortedAccumulators, summaryOf, summaryText } from './sui-transactional/output';
import { refusalDebug, refusalText } from './sui-transactional/refusal-text';
import { tasksOf } from './sui-transactional/tasks';
import { modulesIn } from './sui-transactional/test-sources';
import { parseValue } from './sui-transactional/values';

const address = (name: string): Uint8Array => new Uint8Array(32).fill(name.length);

describe('a test file', () => {
  it('is tasks with options, and text on the lines that it has', () => {
    const [init, publish, run] = tasksOf(
      [
        '// a comment',
        '//# init --addresses a=0x0 b=0x0 --accounts A B',
        '',
        '//# publish --upgradeable',
        'module a::m {}',
        '//# run a::m::f --args 1 object(2,0)',
        '//#   --sender=A --summarize',
        '',
      ].join('\n'),
    );
    expect(init?.options.all('addresses')).toEqual(['a=0x0', 'b=0x0']);
    expect(publish).toMatchObject({ number: 1, startLine: 4, stopLine: 5 });
    expect(publish?.options.has('upgradeable')).toBe(true);
    expect(publish?.data?.split('\n')[4]).toBe('module a::m {}');
    expect(run?.options.positional).toEqual(['a::m::f']);
    expect(run?.options.one('sender')).toBe('A');
    expect(run?.text).toBe('//# run a::m::f --args 1 object(2,0) --sender=A --summarize');
  });

  it('has the accounts that the runner makes: its recorded output names the first address', () => {
    expect(bytesToHex(makeAccounts([]).default.address)).toBe(
      'fccc9a421bbb13c1a66a1aa98f0ad75029ede94857779c6915b44f94068b921e',
    );
  });
});

describe('values', () => {
  const bytes = (text: string): string => {
    const value = parseValue(text, address);
    if (value.kind !== 'pure') throw new Error(value.kind);
    return bytesToHex(value.bytes);
  };

  it.each([
    ['5', '0500000000000000'],
    ['0x1_0u16', '1000'],
    ['true', '01'],
    ['"hé"', '0368c3a9'],
    ['b"ab"', '026162'],
    ['x"00ff"', '0200ff'],
    ['vector[vector[],vector[1u8]]', '02000101'],
    ['struct(@0x7,1u8)', `${'07'.padStart(64, '0')}01`],
    ['@abc', '03'.repeat(32)],
  ])('%s is BCS', (text, expected) => {
    expect(bytes(text)).toBe(expected);
  });

  it('may be objects, of a version and of a use', () => {
    expect(parseValue('receiving(2,1)@3', address)).toEqual({
      kind: 'object',
      use: 'receiving',
      id: '2,1',
      version: 3n,
    });
    expect(parseValue('vector[object(9,0),object(10,0)]', address)).toMatchObject({
      kind: 'objects',
      objects: [{ id: '9,0' }, { id: '10,0' }],
    });
    expect(parseValue('mutshared(6)', address)).toMatchObject({ use: 'mutshared' });
    expect(() => parseValue('300u8', address)).toThrow('no number');
    expect(() => parseValue('borrowed(2,1)', address)).toThrow('no argument');
  });

  it('may be drawn from a balance', () => {
    expect(parseValue('withdraw<sui::balance::Balance<vector<u8>>>(1_000)', address)).toMatchObject(
      {
        kind: 'withdrawal',
        amount: 1000n,
        type: { name: 'Balance', typeArguments: [{ kind: 'vector' }] },
      },
    );
  });
});

describe('commands', () => {
  const names = { address, staged: () => [Uint8Array.of(1)] };

  it('are calls and the built-in ones, with comments that nest', () => {
    expect(
      parseCommands(
        '//> 0: SplitCoins(Gas, [Input(0)]); /* /* nested */ */\n// another\n' +
          '//> 1: test::m::f<vector<u8>, sui::coin::Coin<a::b::C>>(NestedResult(0,0));\n' +
          '//> Publish(p, [sui,std]);',
        names,
      ),
    ).toMatchObject([
      { kind: 'splitCoins', coin: { kind: 'gasCoin' }, amounts: [{ kind: 'input', index: 0 }] },
      {
        kind: 'moveCall',
        call: {
          module: 'm',
          function: 'f',
          typeArguments: [{ kind: 'vector' }, { name: 'Coin', typeArguments: [{ name: 'C' }] }],
          args: [{ kind: 'nestedResult', index: 0, nested: 0 }],
        },
      },
      { kind: 'publish', dependencies: [address('sui'), address('std')] },
    ]);
  });

  it('say what is wrong as the runner does', () => {
    expect(() => parseCommands('//> 1: Publish(p, [])', names)).toThrow(
      'Actual command index of 0 does not match annotated index 1',
    );
    expect(() => parseCommands('// > Publish(p, [])', names)).toThrow('Remove whitespace');
  });
});

describe('names of objects', () => {
  it('stand for ids of 64 digits and for those with a prefix', () => {
    const naming = new Naming();
    const id = 'ab'.repeat(32);
    naming.nextTask();
    naming.enumerate(id);
    naming.addresses.set('test', '7'.padStart(64, '0'));
    expect(naming.stabilize(`0x${id} ${id} 0x7::m 0x5a 0x2::coin 12ab`)).toBe(
      'fake(1,0) fake(1,0) test::m _ sui::coin 12ab',
    );
  });

  it('are ordered by task, after those that are well known', () => {
    expect(['10,0', undefined, '2,1', '0x6', '2,0'].sort(compareFakeIds)).toEqual(
      // `sort` puts what is undefined last without asking.
      ['0x6', '2,0', '2,1', '10,0', undefined],
    );
    expect(compareFakeIds(undefined, '0x6')).toBe(-1);
  });
});

describe('modules of a source', () => {
  it('are found with their attributes, whatever braces comments and strings have', () => {
    const text = '// }\n#[allow(all)]\nmodule a::m { fun f() { b"}"; } }\nmodule a::n {}';
    const [first, second] = modulesIn(text);
    expect(text.slice(first?.start, first?.end)).toBe(
      '#[allow(all)]\nmodule a::m { fun f() { b"}"; } }',
    );
    expect(second).toMatchObject({ address: 'a', name: 'n' });
  });
});

describe('what goes wrong', () => {
  const [id, owner] = [new Uint8Array(32).fill(0xab), new Uint8Array(32).fill(0xcd)];
  const hex = (digits: string): string => `0x${digits.repeat(32)}`;
  const refused = (facts: RefusalFacts) =>
    ({ kind: 'refused', code: facts.kind, text: '', facts }) as const;

  // As Sui's own tests have recorded them at protocol 106, and at 92.
  it.each<[RefusalFacts, string, string]>([
    [
      { kind: 'ObjectNotFound', object: id },
      `Could not find the referenced object ${hex('ab')} at version None`,
      `ObjectNotFound { object_id: ${hex('ab')}, version: None }`,
    ],
    [
      { kind: 'IncorrectUserSignature', object: id, owner, signer: id },
      `Transaction was not signed by the correct sender: Object ${hex('ab')} is owned by account address ${hex('cd')}, but given owner/signer address is ${hex('ab')}`,
      `IncorrectUserSignature { error: "Object ${hex('ab')} is owned by account address ${hex('cd')}, but given owner/signer address is ${hex('ab')}" }`,
    ],
    [
      { kind: 'GasBalanceTooLow', balance: 2n, needed: 5_000_000_000n },
      'Balance of gas object 2 is lower than the needed amount: 5000000000',
      'GasBalanceTooLow { gas_balance: 2, needed_gas_amount: 5000000000 }',
    ],
    [
      { kind: 'CoinTypeGlobalPause', coinType: 'ab::c::C' },
      'Coin type is globally paused for use: ab::c::C',
      'CoinTypeGlobalPause { coin_type: "ab::c::C" }',
    ],
  ])('is told in words and as Rust prints it: %#', (facts, words, debug) => {
    expect(refusalText(refused(facts))).toBe(words);
    expect(refusalDebug(refused(facts))).toBe(debug);
  });

  it('is told in words where there are only words', () => {
    const duplicate = { kind: 'refused', code: 'DuplicateObjectRefInput', text: '' } as const;
    expect(refusalText(duplicate)).toContain("duplicated ObjectRef's");
    expect(refusalDebug(duplicate)).toBe('DuplicateObjectRefInput');
  });

  it('has a line, and a code where one is given', () => {
    const abort = (code: bigint) =>
      cleverAbortText({
        kind: 'MoveAbort',
        location: {
          package: owner,
          module: 'm',
          function: 6,
          instruction: 11,
          functionName: 'f',
        },
        code,
      });
    const place = `Move Abort in ${hex('cd')}::m::f (function index 6) at offset 11`;
    // Recorded with programmable/pure_arg_mut and call/clever_error_code_resolution.
    expect(abort(13906834324667236351n)).toBe(`${place} at line 34`);
    expect(abort(13837872847998943233n)).toBe(`${place} at line 10 with clever code 10`);
    expect(abort(7n)).toBeUndefined();
  });
});

describe('explanations', () => {
  it('are of the tasks that they name', () => {
    const different = ['task 4, lines 46-48:\n  expected: …', 'task 7, line 51:\n  expected: …'];
    expect(isCovered({ reason: 'any' }, different)).toBe(true);
    expect(isCovered({ reason: 'both', tasks: [4, 7] }, different)).toBe(true);
    expect(isCovered({ reason: 'one', tasks: [4] }, different)).toBe(false);
    expect(isCovered({ reason: 'none', tasks: [4] }, ['processed 9 tasks'])).toBe(false);
  });
});

describe('what is written to accumulators', () => {
  const bytes = (digit: number): Uint8Array => new Uint8Array(32).fill(digit);
  const gas = {
    computationCost: 1n,
    storageCost: 2n,
    storageRebate: 3n,
    nonRefundableStorageFee: 4n,
  };
  const write = (id: number, address: number): readonly [Uint8Array, EffectsObjectChange] => [
    bytes(id),
    {
      input: { kind: 'notExist' },
      output: {
        kind: 'accumulatorWrite',
        address: bytes(address),
        type: { kind: 'u8' },
        operation: { kind: 'split' },
        value: { kind: 'integer', value: 5n },
      },
      idOperation: { kind: 'none' },
    },
  ];

  it('is numbered by the names of those whose it is, and told by number', () => {
    const naming = new Naming();
    naming.addresses.set('B', '01'.repeat(32));
    naming.addresses.set('A', '02'.repeat(32));
    const summary = summaryOf({
      kind: 'v2',
      status: { kind: 'success' },
      epoch: 0n,
      gas,
      transaction: bytes(0),
      gasObjectIndex: undefined,
      events: undefined,
      dependencies: [],
      lamportVersion: 2n,
      changedObjects: [write(8, 1), write(9, 2)],
      unchangedConsensusObjects: [],
      auxiliaryData: undefined,
    });
    for (const { id } of sortedAccumulators(summary.accumulators, naming))
      naming.enumerate(bytesToHex(id));
    expect(summaryText(summary, [], gas, naming, false).split('\n')).toEqual([
      'accumulators_written: (object(0,0), A, u8, Split), (object(0,1), B, u8, Split)',
      expect.stringMatching(/^gas summary/),
    ]);
    expect(summaryText(summary, [], gas, naming, true)).toContain('accumulators_written: 2');
  });
});

describe('comparing outputs', () => {
  const output = (line: string): string => `processed 2 tasks\n\ntask 1, line 3:\n//# run\n${line}`;

  it('leaves out what a node only says in its log, and nothing else', () => {
    const error = (source: string, kind = 'A'): string =>
      output(`Execution Error: { kind: ${kind}, source: ${source}, command: Some(0) }`);
    expect(differences(error('None'), error('Some("x")'))).toEqual([]);
    expect(differences(error('None'), error('None', 'B'))).toHaveLength(1);
    expect(
      differences(output('mutated: object(0,0)'), output('mutated: object(0,1)')),
    ).toHaveLength(1);
    const refusal = (text: string): string =>
      output(`Error: Error checking transaction input objects: ${text}`);
    expect(differences(refusal('A is @A'), refusal('A is @B'))).toHaveLength(1);
    expect(differences(output('x'), 'processed 2 tasks')).toHaveLength(1);
  });
});
