/** Tests whose output differs, each with the reason: what the VM or this harness has no part for. */

export interface Explanation {
  readonly reason: string;
  /** Numbers of the tasks that differ; all may where none is named. */
  readonly tasks?: readonly number[];
}

const INSPECTS =
  'inspects without the rules of what is sent (any bytes for any value, references as results), for which ' +
  'only the second version of execution has a mode here; no network runs the first any more';
const RANDOM = 'uses randomness, which no preview can know and the VM refuses';
const NODE_CACHE =
  'expects types by a package that does not define them, found because the test’s node had loaded the ' +
  'package that does: what is in a node’s cache is no state of the chain';
const OLD_LOCALS =
  'asks for a check of the first interpreter, that no local is overwritten while it is borrowed, of a ' +
  'protocol that no network runs any more';
const OLD_PRIVATE_RECEIVE =
  'calls a private generic function of the framework by the rules of protocol 30, which no network runs any more';
const UNRESERVED =
  'sends on the simulator what validators refuse to sign: it withdraws in all more than any balance can ' +
  'have, and from a balance that is empty';
const STREAM_HEAD =
  'shows the head of a stream of events, which only a transaction of the validators’ writes';
const NON_EXCLUSIVE =
  'writes to an object that others write to at the same time, by a setting that no network has: there the ' +
  'system alone does, and the VM refuses what asks for it by name';

/** In both versions of execution. */
const ALWAYS: Readonly<Record<string, Explanation>> = {
  'address_balances/large_balance_transfer.move': { reason: UNRESERVED, tasks: [13] },
  'event_streams/emit_authenticated.move': { reason: STREAM_HEAD, tasks: [4, 7, 10, 13, 16] },
  'random/happy_flows.move': { reason: RANDOM },
  'runtime_behavior/versioned_check_swap_loc_old.move': { reason: OLD_LOCALS },
  'shared/non_exclusive_write.move': {
    reason: NON_EXCLUSIVE,
    tasks: [4, 7, 8, 10, 11, 13, 14, 15, 16, 17, 18],
  },
  'transfer_object/does_not_have_store_receive_version30.move': { reason: OLD_PRIVATE_RECEIVE },
  'upgrade/type_resolution.move': { reason: NODE_CACHE },
  'upgrade/type_resolution_v82.move': { reason: NODE_CACHE },
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
export function explanationOf(name: string, isV2: boolean): Explanation | undefined {
  if (Object.hasOwn(ALWAYS, name)) return ALWAYS[name];
  return INSPECTING.includes(name) && (!isV2 || INSPECTING_OLD.has(name))
    ? { reason: INSPECTS }
    : undefined;
}

/** Whether all that differs is what the reason is for. @param different - as the comparison gives it */
export function isCovered({ tasks }: Explanation, different: readonly string[]): boolean {
  if (tasks === undefined) return true;
  return different.every((text) => {
    const [, number] = /^task (\d+),/.exec(text) ?? [];
    return number !== undefined && tasks.includes(Number(number));
  });
}
