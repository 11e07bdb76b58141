/** The rules of programmable transactions, and what holds each: so that none is held by nothing. */

export interface Rule {
  readonly rule: string;
  /** Names in `scenarios.ts`, which run on the chain's own VM too. */
  readonly scenarios?: readonly string[];
  /** A test file of `test/vm-preview/move/sui`, and the titles of its tests. */
  readonly tests?: Readonly<Record<string, readonly string[]>>;
  /** Of the chain's own adapter tests, which `sui-transactional` runs: `folder/name`. */
  readonly transactional?: readonly string[];
}

const COMMANDS = 'execution/commands.test.ts';
const PUBLISH = 'execution/publish.test.ts';
const ARGUMENTS = 'execution/arguments.test.ts';

export const RULES: Readonly<Record<string, readonly Rule[]>> = {
  'Inputs and gas': [
    {
      rule: 'owned objects are named by version and digest, and are the signer’s',
      tests: { [COMMANDS]: ['refuses objects of another digest, version or owner'] },
    },
    {
      rule: 'shared objects are named by the version since which they are',
      tests: { 'execution/input-checks.test.ts': ['is not there where it %s'] },
      transactional: ['dev_inspect/mismatched_owner'],
    },
    {
      rule: 'objects are all there before any is looked at, then gas, then whose they are',
      tests: { 'execution/input-checks.test.ts': ['looks for all objects before it looks at any'] },
      transactional: ['dry_run/gas_missing'],
    },
    {
      rule: 'gas coins become one, whose budget is set aside while commands run',
      tests: { [COMMANDS]: ['puts all gas coins into the first'] },
      transactional: ['programmable/gas_coin_by_reference'],
    },
    {
      rule: 'the gas coin is taken by `TransferObjects` alone',
      tests: { [COMMANDS]: ['sends the gas coin itself'] },
      transactional: ['programmable/gas_coin_by_value', 'programmable/gas_coin_by_value_invalid'],
    },
    {
      rule: 'a sponsor pays, and gets the rebates',
      tests: { [COMMANDS]: ['lets a sponsor pay'] },
      transactional: ['sponsor/sponsor'],
    },
    {
      rule: 'price and budget have bounds, and the coins cover the budget',
      tests: { [COMMANDS]: ['refuses gas that is too little, too cheap or too much'] },
    },
    {
      rule: 'what runs out of gas pays the budget and changes nothing else',
      tests: { [COMMANDS]: ['stops when gas runs out and takes the budget'] },
    },
    {
      rule: 'frozen objects are read and neither changed nor taken',
      scenarios: ['a frozen object is read by anybody'],
      tests: { [COMMANDS]: ['freezes an object for good'] },
      transactional: ['transfer_object/immutable'],
    },
    {
      rule: 'balances of addresses pay, are withdrawn and are reserved as coins',
      tests: {
        'address-balance/transfer.test.ts': [
          'and goes to somebody, who pays then (send_funds_gas_to_random, task 6)',
          'is one for commands (coin_reservation_used_by_command, task 3)',
        ],
      },
      transactional: ['address_balances/withdraw_and_send_account'],
    },
  ],
  'Arguments and results': [
    {
      rule: 'arguments are within bounds',
      tests: { [ARGUMENTS]: ['are found to be out of bounds, each at its place'] },
      transactional: [
        'programmable/out_of_bounds_input',
        'programmable/out_of_bounds_nested',
        'programmable/out_of_bounds_result',
        'programmable/index_before_typing',
      ],
    },
    {
      rule: 'a result of one value stands for it, of several it must be nested',
      tests: {
        [ARGUMENTS]: ['take a result for the same as its only part, so that it is borrowed once'],
      },
      transactional: ['programmable/invalid_result_arity', 'programmable/nested_result_zero_zero'],
    },
    {
      rule: 'what a mutable reference changed is there for the next command',
      tests: { [COMMANDS]: ['writes back what a function borrowed, for the next command'] },
      transactional: ['programmable/borrowed_arg_valid'],
    },
    {
      rule: 'what is taken is gone, what can be copied stays',
      transactional: [
        'programmable/delayed_invalid_object_by_value',
        'programmable/delayed_invalid_gas_by_value',
      ],
      tests: { 'ptb-v2/run.test.ts': ['does not take what was taken before'] },
    },
    {
      rule: 'nothing is borrowed mutably and once more in one command',
      transactional: [
        'programmable/borrowed_arg_copyable_invalid',
        'programmable/borrowed_arg_non_copyable_invalid',
        'programmable/borrowed_arg_primitives_invalid',
      ],
    },
    {
      rule: 'results without drop are used',
      transactional: [
        'programmable/unused_values_invalid',
        'programmable/unused_values_no_copy',
        'programmable/unused_values_valid',
      ],
    },
    {
      rule: 'bytes are values of the types that they are asked for as',
      tests: {
        'ptb-v2/run.test.ts': ['lets bytes be of as many types as they are asked for'],
      },
      transactional: [
        'programmable/pure_arg_mut',
        'programmable/pure_arg_type_change',
        'programmable/invalid_option',
        'programmable/non_primitive_non_object_arguments',
        'entry_points/ascii',
        'entry_points/utf8',
      ],
    },
    {
      rule: 'types are named by the packages that defined them, and fit',
      tests: {
        [ARGUMENTS]: ['is bound by how much the type grows in the VM'],
      },
      transactional: ['programmable/generics_substitution', 'upgrade/type_resolution'],
    },
  ],
  'Move calls': [
    {
      rule: 'functions are public, or entry, and not `init`',
      transactional: [
        'programmable/cannot_call_private',
        'programmable/cannot_call_init',
        'entry_points/wrong_visibility',
      ],
    },
    {
      rule: 'some framework functions are called by the types’ own modules alone',
      transactional: [
        'programmable/cannot_call_emit',
        'programmable/private_transfer_invalid',
        'programmable/private_transfer_valid',
      ],
    },
    {
      rule: 'functions called by commands return references only where the protocol allows it',
      transactional: [
        'programmable/invalid_public_function_return',
        'dev_inspect/reference_return_writes_valid',
        'dev_inspect/reference_return_writes_invalid',
      ],
    },
    {
      rule: 'private entry functions take nothing that others may have a say in',
      transactional: [
        'programmable/private_entry_value_restriction_by_ref_input_invalid',
        'programmable/private_entry_value_restriction_per_argument',
        'programmable/private_entry_value_restriction_make_move_vec_invalid',
      ],
    },
    {
      rule: 'an abort has its place and code, by the package that was called',
      scenarios: ['an abort ends the transaction'],
      tests: { [COMMANDS]: ['aborts with the place and the code'] },
      transactional: ['upgrade/abort_code_resolution', 'runtime_behavior/error_locations'],
    },
    {
      rule: 'events are told in the order of the commands',
      scenarios: ['events are told'],
      tests: { [COMMANDS]: ['emits events in the name of the module that was called'] },
    },
    {
      rule: 'each package is run with the versions that it links to',
      transactional: ['upgrade/linkage', 'upgrade/transitive_linkage', 'upgrade/dep_override'],
      tests: { 'ptb-v2/loading/resolution.test.ts': ['says what is in the way'] },
    },
  ],
  'Other commands': [
    {
      rule: '`SplitCoins` and `MergeCoins` keep what there is, of one currency',
      tests: {
        [COMMANDS]: [
          'splits, merges and sends, and takes what storage costs from gas',
          'fails to split more than there is, and charges gas alone',
        ],
      },
      transactional: [
        'programmable/split_coins_invalid',
        'programmable/merge_coin_mismatched_coin',
        'programmable/coin_overflow',
        'programmable/coin_operations_custom_coin',
        'programmable/coin_operations_non_coins',
      ],
    },
    {
      rule: '`TransferObjects` takes objects that can be stored, to one address',
      scenarios: [
        'an object goes from one account to another and back',
        'several objects are sent at once',
      ],
      transactional: [
        'programmable/transfer_objects_invalid_object',
        'programmable/transfer_objects_invalid_address',
        'transfer_object/does_not_have_store',
      ],
    },
    {
      rule: '`MakeMoveVec` is of one type, which must be said for what are no objects',
      tests: { [COMMANDS]: ['makes vectors of objects, and of what is given as bytes'] },
      transactional: [
        'programmable/make_vec_objects',
        'programmable/make_vec_special_validation_invalid',
        'programmable/make_vec_non_existent_type',
      ],
    },
    {
      rule: '`Publish` runs `init` with its witness, and gives a capability',
      tests: {
        [PUBLISH]: [
          'is published, and its init is run with its witness',
          'must not have an address, and must name what it depends on',
        ],
      },
      transactional: ['publish/init', 'publish/multi_module_publish'],
    },
    {
      rule: '`Upgrade` is by a ticket, for its digest, and keeps what others rely on',
      tests: {
        [PUBLISH]: [
          'is upgraded by a ticket, under an id of its own',
          'may not lose a public function (policy %d)',
          'must be what the ticket commits to',
        ],
      },
      transactional: ['upgrade/upgrade_ratchet', 'upgrade/public_fun_changes', 'upgrade/structs'],
    },
  ],
  Objects: [
    {
      rule: 'an object that is made and ended in one transaction leaves nothing',
      scenarios: ['an object is made and ended in one transaction'],
    },
    {
      rule: 'shared objects are changed by anybody, and end by being taken',
      scenarios: ['a shared object is changed by anybody, and ended'],
      transactional: ['shared/by_value_shared_object_deletion_via_move_call'],
    },
    {
      rule: 'shared objects are not given away, frozen, wrapped or hung on others',
      scenarios: [
        'a shared object cannot be given to somebody',
        'a shared object cannot be frozen',
        'a shared object cannot be wrapped',
        'a shared object cannot hang on another',
      ],
      transactional: ['shared/become_dynamic_field', 'shared/wrap', 'shared/re_share'],
    },
    {
      rule: 'only new objects are shared',
      scenarios: ['an object of somebody cannot be shared later'],
    },
    {
      rule: 'any object of one’s own is frozen',
      scenarios: ['an object of somebody is frozen later'],
    },
    {
      rule: 'wrapped objects keep their id, and are no objects meanwhile',
      scenarios: [
        'an object lives on inside another and comes out again',
        'what is inside another object ends with it',
      ],
      transactional: ['transfer_object/wrap_unwrap'],
    },
    {
      rule: 'what was sent to an object is received by it alone, once',
      scenarios: [
        'an object that was sent to an object is received',
        'an object is not received by another than it was sent to',
      ],
      transactional: [
        'receive_object/receive_multiple_times_in_row',
        'receive_object/duplicate_receive_argument',
        'receive_object/take_receiver_then_try_to_reuse',
      ],
    },
    {
      rule: 'no object hangs on itself',
      transactional: ['receive_object/transfer_object_cyclic'],
    },
    {
      rule: 'dynamic fields are of one name and type, and stay with their object',
      scenarios: [
        'values hang on an object from one transaction to the next',
        'a value that does not hang there is not found',
      ],
      transactional: ['dynamic_fields/add_duplicate', 'dynamic_fields/borrow_wrong_type'],
    },
    {
      rule: 'objects on objects keep their ids, and are written where they change',
      scenarios: [
        'an object hangs on another, is changed there, and is taken off',
        'an object of somebody is hung on a shared one, where anybody takes it',
      ],
      transactional: [
        'dynamic_fields/mut_unchanged_dof',
        'dynamic_fields/dynamic_object_field_swap',
      ],
    },
    {
      rule: 'children are read as of the version of their root',
      transactional: ['mvcc/child_of_child', 'mvcc/not_root_version'],
    },
    {
      rule: 'coins are kept from who is denied them',
      tests: {
        'execution/signing-deny-list.test.ts': [
          'are those of the older list, where the sender is in it',
        ],
      },
      transactional: [
        'deny_list_v2/coin_deny_and_undeny_receiver',
        'deny_list_v2/coin_deny_and_undeny_address_balance_receiver',
      ],
    },
    {
      rule: 'objects, events and effects have their sizes and numbers',
      transactional: [
        'size_limits/move_object_size_limit',
        'size_limits/event_limits_tests',
        'size_limits/new_id_limits_tests',
      ],
    },
    {
      rule: 'effects say all that changed, with its digests',
      tests: {
        [COMMANDS]: ['has effects that the SDK reads, with the digests of what is written'],
        'execution/checkpoint.test.ts': [
          'reproduces every digest, and the effects of all that can be run',
        ],
      },
    },
  ],
};

export const RULES_PAGE = 'docs/sui-commands.md';

/** The whole page. */
export function rulesPage(): string {
  const parts = Object.entries(RULES).map(([part, rules]) =>
    [`## ${part}`, '', '| rule | held by |', '| --- | --- |', ...rules.map(row)].join('\n'),
  );
  return `# Rules of Sui's programmable transactions

Generated by \`npx tsx scripts/sui-commands-table.ts\` from the tests' own list; a test holds the two together.
"Scenario" is one of \`test/vm-preview/move/sui/oracle/scenarios.ts\`, which runs on the chain's own VM and through our
commands in both their forms. "Chain" is one of the chain's own tests, which \`npm run conformance -- sui-transactional\`
runs. The others are files of \`test/vm-preview/move/sui\`.

${parts.join('\n\n')}
`;
}

function row({ rule, scenarios = [], tests = {}, transactional = [] }: Rule): string {
  const held = [
    ...scenarios.map((name) => `scenario: ${name}`),
    ...Object.entries(tests).flatMap(([file, titles]) =>
      titles.map((title) => `\`${file}\`: ${title}`),
    ),
    ...(transactional.length === 0
      ? []
      : [`chain: ${transactional.map((one) => `\`${one}\``).join(', ')}`]),
  ];
  return `| ${rule} | ${held.join('<br>')} |`;
}
