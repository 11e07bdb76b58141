/** What a run gives: its status in the chain's terms, what it changed, what it read. */
import { moduleId } from '../../core/loader';
import { Address } from '../../core/values';
import { explainAbort } from '../metadata';
import { type ChangeSet, sortedWrites, valueAfter } from '../storage';
import type { AptosOutcome, AptosStatus, FeeStatement, StateChange } from '../types';
import { FLAG, VERSION } from './flags';
import { textOf } from './prologue';
import type { TransactionData } from './request';
import type { TransactionRun } from './run';
import type { Failure } from './status';

const NO_FEE: FeeStatement = {
  gasUsed: 0n,
  executionGas: 0n,
  ioGas: 0n,
  storageFeeOctas: 0n,
  storageRefundOctas: 0n,
};

/** Statuses of running code that the chain keeps without saying where they happened. */
const WITHOUT_PLACE = new Set([
  'EXECUTION_LIMIT_REACHED',
  'IO_LIMIT_REACHED',
  'STORAGE_LIMIT_REACHED',
]);

export function kept(
  run: TransactionRun,
  { raw }: TransactionData,
  status: AptosStatus,
  fee: FeeStatement,
  changes: ChangeSet,
): AptosOutcome {
  return {
    status,
    gasUnitPrice: raw.gasUnitPrice,
    fee,
    events: changes.events,
    changes: sortedWrites(changes).map(
      ([id, op]): StateChange => ({
        key: op.key,
        before: run.state.before(id),
        after: valueAfter(op),
      }),
    ),
    reads: run.state.keys,
    estimates: estimates(run),
  };
}

/** A transaction that the chain does not take: nothing happens. Its code is that of `VMStatus::status_code`. */
export function discarded(
  run: TransactionRun,
  { raw }: TransactionData,
  failure: Failure,
): AptosOutcome {
  const code = failure.kind === 'abort' ? 'ABORTED' : failure.status;
  const text = failure.kind === 'error' ? failure.text : textOf(failure);
  return {
    status: { kind: 'discarded', code, ...(text === undefined ? {} : { text }) },
    gasUnitPrice: raw.gasUnitPrice,
    fee: NO_FEE,
    events: [],
    changes: [],
    reads: run.state.keys,
    estimates: estimates(run),
  };
}

/** Of a transaction that is kept although it failed (`TransactionStatus::from_vm_status`). */
export function statusOf(failure: Failure, run: TransactionRun): AptosStatus {
  switch (failure.kind) {
    case 'abort':
      return abortStatus(failure, run);
    case 'executionFailure': {
      const { status, location } = failure;
      if (status === 'OUT_OF_GAS') return { kind: 'outOfGas' };
      if (isPlaceless(status, run)) return { kind: 'failure', code: status };
      return {
        kind: 'executionFailure',
        module: location.module,
        function: location.function,
        offset: location.offset,
        reason: status,
      };
    }
    case 'error': {
      const { status, text } = failure;
      if (status === 'OUT_OF_GAS') return { kind: 'outOfGas' };
      return { kind: 'failure', code: status, ...(text === undefined ? {} : { text }) };
    }
  }
}

function isPlaceless(status: string, { configuration }: TransactionRun): boolean {
  if (status === 'VM_MAX_VALUE_DEPTH_REACHED')
    return configuration.features.isEnabled(FLAG.functionValues);
  if (status === 'MEMORY_LIMIT_EXCEEDED')
    return configuration.schedule.version >= VERSION.memoryLimitPlaceless;
  return WITHOUT_PLACE.has(status);
}

function abortStatus(
  { module, code, message }: Extract<Failure, { kind: 'abort' }>,
  run: TransactionRun,
): AptosStatus {
  const words = module === undefined ? undefined : explanation(module, code, run);
  return {
    kind: 'abort',
    module,
    code,
    ...(words === undefined ? {} : { name: words.name, description: words.description }),
    ...(message === undefined ? {} : { message }),
  };
}

/** Of a module that is being published there is none. */
function explanation(module: string, code: bigint, run: TransactionRun) {
  const [address = '', name = ''] = module.split('::');
  const unit = run.modules.module(moduleId(Address.parse(address), name));
  return unit == null ? undefined : explainAbort(unit, code);
}

/** Gas follows the chain's rules, but no transaction with its gas was ever recorded to hold it to. */
function estimates({ configuration }: TransactionRun): readonly string[] {
  const { schedule } = configuration;
  return [
    schedule.isKnownVersion
      ? `the gas is computed by the chain's rules of version ${schedule.version}, which no recorded transaction confirms yet`
      : `the chain's gas rules are of version ${schedule.version}, which is newer than known here`,
  ];
}
