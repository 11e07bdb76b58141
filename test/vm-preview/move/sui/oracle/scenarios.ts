/** Transactions one after the other, which the chain's test runner and our executor of commands both run. */

export type Who = 'alice' | 'bob';

/** How a transaction gets at an object of an earlier one. */
export type Use = 'owned' | 'shared' | 'immutable' | 'receiving';

export interface Step {
  /** A function of `things`, or `transfer`: the command, to the address that comes last. */
  readonly call: string;
  /** Numbers, names of objects, or an account. */
  readonly args: readonly (number | string)[];
  /** Name of what it gives. */
  readonly as?: string;
}

export interface ScenarioTransaction {
  readonly sender: Who;
  readonly uses?: Readonly<Record<string, Use>>;
  readonly steps: readonly Step[];
  /** Objects inside those that it writes: the runner counts them among the deleted. */
  readonly wrapped?: number;
  /** How it fails. */
  readonly fails?: Failure;
}

/** The chain's test runner ends in an abort of its own where commands end in a rule. */
export type Failure =
  | { readonly abort: number; readonly module: string }
  | { readonly failure: string; readonly runner: string };

export interface Scenario {
  readonly name: string;
  readonly transactions: readonly ScenarioTransaction[];
}

/** `EInvalidSharedOrImmutableUsage` of the runner. */
const USAGE = 'aborted with code 1 originating in the module sui::test_scenario';

const step = (call: string, ...args: readonly (number | string)[]): Step => ({ call, args });
const made = (as: string, call: string, ...args: readonly (number | string)[]): Step => ({
  call,
  args,
  as,
});
const tx = (
  sender: Who,
  uses: ScenarioTransaction['uses'] & object,
  steps: readonly Step[],
  more: Pick<ScenarioTransaction, 'wrapped' | 'fails'> = {},
): ScenarioTransaction => ({ sender, uses, steps, ...more });

const make = (name: string, ...then: readonly Step[]): ScenarioTransaction =>
  tx('alice', {}, [made(name, 'make', 7), ...then]);

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'an object goes from one account to another and back',
    transactions: [
      make('a', step('transfer', 'a', 'bob')),
      tx('bob', { a: 'owned' }, [step('set', 'a', 8), step('give', 'a', 'alice')]),
      tx('alice', { a: 'owned' }, [step('expect', 'a', 8)]),
    ],
  },
  {
    name: 'several objects are sent at once',
    transactions: [
      tx('alice', {}, [
        made('a', 'make', 1),
        made('b', 'make', 2),
        step('transfer', 'a', 'b', 'bob'),
      ]),
      tx('bob', { a: 'owned', b: 'owned' }, [step('expect', 'a', 1), step('destroy', 'b')]),
    ],
  },
  {
    name: 'an object is made and ended in one transaction',
    transactions: [make('a', step('destroy', 'a'))],
  },
  {
    name: 'a shared object is changed by anybody, and ended',
    transactions: [
      make('a', step('share', 'a')),
      tx('bob', { a: 'shared' }, [step('set', 'a', 9)]),
      tx('alice', { a: 'shared' }, [step('expect', 'a', 9), step('destroy', 'a')]),
    ],
  },
  {
    name: 'a shared object cannot be given to somebody',
    transactions: [
      make('a', step('share', 'a')),
      tx('bob', { a: 'shared' }, [step('give', 'a', 'bob')], {
        fails: { failure: 'SharedObjectOperationNotAllowed', runner: USAGE },
      }),
    ],
  },
  {
    name: 'a shared object cannot be frozen',
    transactions: [
      make('a', step('share', 'a')),
      tx('bob', { a: 'shared' }, [step('fix', 'a')], {
        fails: { failure: 'SharedObjectOperationNotAllowed', runner: USAGE },
      }),
    ],
  },
  {
    name: 'a shared object cannot be wrapped',
    transactions: [
      make('a', step('share', 'a')),
      tx('bob', { a: 'shared' }, [made('b', 'wrap', 'a'), step('transfer', 'b', 'bob')], {
        fails: { failure: 'SharedObjectOperationNotAllowed', runner: USAGE },
      }),
    ],
  },
  {
    name: 'an object of somebody cannot be shared later',
    transactions: [
      make('a', step('give', 'a', 'alice')),
      tx('alice', { a: 'owned' }, [step('share', 'a')], {
        fails: { abort: 0, module: 'sui::transfer' },
      }),
    ],
  },
  {
    name: 'a frozen object is read by anybody',
    transactions: [
      make('a', step('fix', 'a')),
      tx('bob', { a: 'immutable' }, [step('expect', 'a', 7)]),
      tx('alice', { a: 'immutable' }, [step('expect', 'a', 7)]),
    ],
  },
  {
    name: 'an object of somebody is frozen later',
    transactions: [
      make('a', step('give', 'a', 'bob')),
      tx('bob', { a: 'owned' }, [step('set', 'a', 3), step('fix', 'a')]),
      tx('alice', { a: 'immutable' }, [step('expect', 'a', 3)]),
    ],
  },
  {
    name: 'an object lives on inside another and comes out again',
    transactions: [
      make('a', step('give', 'a', 'alice')),
      tx('alice', { a: 'owned' }, [made('b', 'wrap', 'a'), step('transfer', 'b', 'bob')], {
        wrapped: 1,
      }),
      tx('bob', { b: 'owned' }, [step('expect_inside', 'b', 7)], { wrapped: 1 }),
      tx('bob', { b: 'owned' }, [made('a', 'unwrap', 'b'), step('transfer', 'a', 'alice')]),
      tx('alice', { a: 'owned' }, [step('expect', 'a', 7)]),
    ],
  },
  {
    name: 'what is inside another object ends with it',
    transactions: [
      tx(
        'alice',
        {},
        [made('a', 'make', 5), made('b', 'wrap', 'a'), step('transfer', 'b', 'alice')],
        { wrapped: 1 },
      ),
      tx('alice', { b: 'owned' }, [made('a', 'unwrap', 'b'), step('destroy', 'a')]),
    ],
  },
  {
    name: 'an object that was sent to an object is received',
    transactions: [
      tx('alice', {}, [
        made('a', 'make', 1),
        made('b', 'make', 2),
        step('send', 'b', 'a'),
        step('give', 'a', 'bob'),
      ]),
      tx('bob', { a: 'owned', b: 'receiving' }, [
        made('c', 'receive', 'a', 'b'),
        step('expect', 'c', 2),
        step('give', 'c', 'alice'),
      ]),
      tx('alice', { c: 'owned' }, [step('expect', 'c', 2)]),
    ],
  },
  {
    name: 'an object is not received by another than it was sent to',
    transactions: [
      tx('alice', {}, [
        made('a', 'make', 1),
        made('b', 'make', 2),
        made('d', 'make', 3),
        step('send', 'b', 'a'),
        step('give', 'a', 'bob'),
        step('give', 'd', 'bob'),
      ]),
      tx(
        'bob',
        { d: 'owned', b: 'receiving' },
        [made('c', 'receive', 'd', 'b'), step('give', 'c', 'alice')],
        { fails: { abort: 3, module: 'sui::transfer' } },
      ),
    ],
  },
  {
    name: 'values hang on an object from one transaction to the next',
    transactions: [
      make('a', step('note', 'a', 1, 10), step('note', 'a', 2, 20), step('give', 'a', 'bob')),
      tx('bob', { a: 'owned' }, [step('expect_note', 'a', 2, 20), step('forget', 'a', 1)]),
      tx('bob', { a: 'owned' }, [step('note', 'a', 1, 11), step('expect_note', 'a', 1, 11)]),
    ],
  },
  {
    name: 'a value that does not hang there is not found',
    transactions: [
      make('a', step('note', 'a', 1, 10), step('give', 'a', 'bob')),
      tx('bob', { a: 'owned' }, [step('forget', 'a', 1)]),
      tx('bob', { a: 'owned' }, [step('expect_note', 'a', 1, 10)], {
        fails: { abort: 1, module: 'sui::dynamic_field' },
      }),
    ],
  },
  {
    name: 'an object hangs on another, is changed there, and is taken off',
    transactions: [
      tx('alice', {}, [
        made('a', 'make', 1),
        made('b', 'make', 2),
        step('put', 'a', 9, 'b'),
        step('give', 'a', 'bob'),
      ]),
      tx('bob', { a: 'owned' }, [step('set_child', 'a', 9, 22)]),
      tx('bob', { a: 'owned' }, [step('expect_child', 'a', 9, 22)]),
      tx('bob', { a: 'owned' }, [
        made('b', 'take', 'a', 9),
        step('expect', 'b', 22),
        step('give', 'b', 'alice'),
      ]),
      tx('alice', { b: 'owned' }, [step('expect', 'b', 22), step('destroy', 'b')]),
    ],
  },
  {
    name: 'an object of somebody is hung on a shared one, where anybody takes it',
    transactions: [
      make('a', step('share', 'a')),
      make('b', step('give', 'b', 'alice')),
      tx('alice', { a: 'shared', b: 'owned' }, [step('put', 'a', 1, 'b')]),
      tx('bob', { a: 'shared' }, [made('b', 'take', 'a', 1), step('transfer', 'b', 'bob')]),
      tx('bob', { b: 'owned' }, [step('expect', 'b', 7)]),
    ],
  },
  {
    name: 'a shared object cannot hang on another',
    transactions: [
      make('a', step('share', 'a')),
      make('b', step('give', 'b', 'bob')),
      tx('bob', { a: 'shared', b: 'owned' }, [step('put', 'b', 1, 'a')], {
        fails: { failure: 'SharedObjectOperationNotAllowed', runner: USAGE },
      }),
    ],
  },
  {
    name: 'events are told',
    transactions: [
      tx('alice', {}, [step('tell', 1), step('tell', 2)]),
      tx('bob', {}, [step('tell', 3)]),
    ],
  },
  {
    name: 'an abort ends the transaction',
    transactions: [
      tx('alice', {}, [step('tell', 1), step('fail', 77)], {
        fails: { abort: 77, module: 'oracle::things' },
      }),
    ],
  },
];
