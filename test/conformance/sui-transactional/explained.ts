/** Tests whose output differs, each with the reason: what the VM or this harness has no part for. */

const INSPECTS =
  'inspects without the rules of what is sent (any bytes for any value, references as results), for which ' +
  'only the second version of execution has a mode here; no network runs the first any more';
const RANDOM = 'uses randomness, which no preview can know and the VM refuses';
const NODE_CACHE =
  'expects types by a package that does not define them, found because the test’s node had loaded the ' +
  'package that does: what is in a node’s cache is no state of the chain';
const SIMULATOR = 'runs on a simulator with validators, checkpoints and a genesis of its own';
const OLD_LOCALS =
  'asks for a check of the first interpreter, that no local is overwritten while it is borrowed, of a ' +
  'protocol that no network runs any more';
const OLD_PRIVATE_RECEIVE =
  'calls a private generic function of the framework by the rules of protocol 30, which no network runs any more';

/** In both versions of execution. */
const ALWAYS: Readonly<Record<string, string>> = {
  'random/happy_flows.move': RANDOM,
  'runtime_behavior/versioned_check_swap_loc_old.move': OLD_LOCALS,
  'transfer_object/does_not_have_store_receive_version30.move': OLD_PRIVATE_RECEIVE,
  'txn_gas_api/gas_api.move': SIMULATOR,
  'upgrade/type_resolution.move': NODE_CACHE,
  'upgrade/type_resolution_v82.move': NODE_CACHE,
};

const INSPECTING = [
  ...['arbitrary_args', 'conservation', 'reference_coin_op_writes_invalid'].map(inFolder),
  ...['reference_coin_op_writes_valid', 'reference_return_no_inputs'].map(inFolder),
  ...['reference_return_value', 'reference_return_values_usage'].map(inFolder),
  ...['reference_return_writes_invalid', 'reference_return_writes_valid'].map(inFolder),
  ...['reference_return_writes_valid_auto_drop', 'unused_value_without_drop'].map(inFolder),
  'mvcc/not_root_version.move',
  'mvcc/not_root_version_flipped_case.move',
  'mvcc/v0/not_root_version.move',
  'mvcc/v0/not_root_version_flipped_case.move',
  'programmable/large_dev_inspect_pure.move',
  'programmable/large_dev_inspect_pure_v81.move',
  'programmable/pure_arg_mut.move',
  'receive_object/pt_receive_type_separation.move',
];

function inFolder(name: string): string {
  return `dev_inspect/${name}.move`;
}

/** Tests of older protocols run the first version of execution in either case. */
const INSPECTING_OLD: ReadonlySet<string> = new Set([
  'programmable/large_dev_inspect_pure_v81.move',
  'mvcc/v0/not_root_version.move',
  'mvcc/v0/not_root_version_flipped_case.move',
]);

/** Why a test differs; undefined for one that has no reason to. */
export function explanationOf(name: string, isV2: boolean): string | undefined {
  const always = Object.hasOwn(ALWAYS, name) ? ALWAYS[name] : undefined;
  if (always !== undefined) return always;
  return INSPECTING.includes(name) && (!isV2 || INSPECTING_OLD.has(name)) ? INSPECTS : undefined;
}
