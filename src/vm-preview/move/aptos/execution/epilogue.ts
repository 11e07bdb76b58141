/**
 * What is done when a transaction has run: the fee is taken, the sequence number goes up.
 * Source: aptos-core `aptos-vm/src/{transaction_validation,errors}.rs`.
 */
import { BcsWriter } from '../../core/bcs';
import { MoveError } from '../../core/runtime';
import type { AptosFeatures } from '../natives/context';
import type { FeeStatement } from '../types';
import { FLAG } from './flags';
import type { Meter } from './metering';
import { textOf, usesUnified } from './prologue';
import type { TransactionData } from './request';
import { frameworkModule, type Session, type SystemArgument } from './session';
import { failureOf, VmError } from './status';

const VALIDATION = frameworkModule('transaction_validation');
const TRANSACTION_FEE = frameworkModule('transaction_fee');

const LIMIT_EXCEEDED = 2n;
const CANNOT_PAY_GAS_DEPOSIT = 1005n;

export interface EpilogueInput {
  readonly data: TransactionData;
  readonly features: AptosFeatures;
  readonly fee: FeeStatement;
  /** Gas units left. */
  readonly gasRemaining: bigint;
  readonly meter: Meter;
}

/** @throws MoveError when the sender cannot pay any more; VmError when anything else goes wrong */
export function runSuccessEpilogue(session: Session, input: EpilogueInput): void {
  try {
    runEpilogue(session, input);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'abort' && failure.module === VALIDATION.key) {
      const reason = failure.code & 0xffffn;
      const category = (failure.code >> 16n) & 0xffn;
      if (
        category === LIMIT_EXCEEDED &&
        reason === CANNOT_PAY_GAS_DEPOSIT &&
        error instanceof MoveError
      )
        throw error;
    }
    throw new VmError('UNEXPECTED_ERROR_FROM_KNOWN_MOVE_FUNCTION', textOf(failure));
  }
}

/** @throws VmError: it ought not to fail, and the transaction is discarded when it does */
export function runFailureEpilogue(session: Session, input: EpilogueInput): void {
  try {
    runEpilogue(session, input);
  } catch (error) {
    throw new VmError('UNEXPECTED_ERROR_FROM_KNOWN_MOVE_FUNCTION', textOf(failureOf(error)));
  }
}

function runEpilogue(session: Session, input: EpilogueInput): void {
  const { features, fee, meter } = input;
  const [name, args] = usesUnified(features) ? unifiedEpilogue(input) : olderEpilogue(input);
  session.call(VALIDATION, name, args, meter);
  if (features.isEnabled(FLAG.emitFeeStatement))
    session.call(TRANSACTION_FEE, 'emit_fee_statement', [encodeFee(fee)], meter);
}

type EpilogueCall = readonly [name: string, args: readonly SystemArgument[]];

const u64 = (value: bigint): Uint8Array => new BcsWriter().u64(value).finish();
const bool = (value: boolean): Uint8Array => Uint8Array.of(value ? 1 : 0);

const bill = ({ data, fee, gasRemaining }: EpilogueInput): Uint8Array[] => [
  u64(fee.storageRefundOctas),
  u64(data.raw.gasUnitPrice),
  u64(data.raw.maxGasAmount),
  u64(gasRemaining),
];

function unifiedEpilogue(input: EpilogueInput): EpilogueCall {
  const { data, features } = input;
  const payer = data.request.feePayer ?? data.sender;
  const isV2 = features.isEnabled(FLAG.payloadV2);
  const orderless = isV2 ? [bool(data.replayProtector.kind === 'nonce')] : [];
  return [
    isV2 ? 'unified_epilogue_v2' : 'unified_epilogue',
    [data.sender, payer, ...bill(input), bool(false), ...orderless],
  ];
}

function olderEpilogue(input: EpilogueInput): EpilogueCall {
  const { data, features } = input;
  const isExtended = features.isEnabled(FLAG.simulationEnhancement);
  const suffix = isExtended ? '_extended' : '';
  const simulation = isExtended ? [bool(false)] : [];
  const { feePayer } = data.request;
  return feePayer === undefined
    ? [`epilogue${suffix}`, [data.sender, ...bill(input), ...simulation]]
    : [`epilogue_gas_payer${suffix}`, [data.sender, feePayer.bytes, ...bill(input), ...simulation]];
}

/** BCS of 0x1::transaction_fee::FeeStatement. */
function encodeFee(fee: FeeStatement): Uint8Array {
  return new BcsWriter()
    .u64(fee.gasUsed)
    .u64(fee.executionGas)
    .u64(fee.ioGas)
    .u64(fee.storageFeeOctas)
    .u64(fee.storageRefundOctas)
    .finish();
}
