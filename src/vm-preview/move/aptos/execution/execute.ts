/** An Aptos user transaction from prologue to epilogue (aptos_vm.rs, `execute_user_transaction_impl`). */
import { MissingModulesError } from '../../core/loader';
import { type AptosGas, checkGas, type Surcharge, spacePricing } from '../gas';
import { type AptosState, MissingStateError } from '../state';
import { type ChangeSet, EMPTY_CHANGE_SET, ModuleCache, moduleKey, StateView } from '../storage';
import type { AptosEnvironment, AptosOutcome, FeeStatement } from '../types';
import { authenticate } from './abstraction';
import { chargeChangeSet, requireWithinLimits } from './charges';
import { countsSignatures } from './configuration';
import { runFailureEpilogue, runSuccessEpilogue } from './epilogue';
import { FLAG } from './flags';
import { cleanUp, nextPayload } from './multisig';
import { discarded, kept, statusOf } from './outcome';
import { type Payment, runEntryFunction, runScript } from './payload';
import { requirePresent } from './prefetch';
import { accountKey, runMultisigPrologue, runPrologue, signerKeys, usesUnified } from './prologue';
import { finishWithPublishing } from './publish';
import { type AptosRequest, type TransactionData, transactionData } from './request';
import { TransactionRun } from './run';
import { frameworkModule, type Session } from './session';
import { type SessionKind, sessionHash } from './session-id';
import { type Failure, failureOf, isKept, VmError } from './status';

const ACCOUNT = frameworkModule('account');
const REFUNDABLE_BYTES = 51;

/**
 * Runs a transaction on the chain's state.
 *
 * @param cache - of decoded modules, kept between previews
 * @returns what the chain would make of it, also where it would not take it (`discarded`)
 * @throws MissingStateError with all state that is known to be missing; CannotPreview; StateError
 */
export function executeTransaction(
  request: AptosRequest,
  state: AptosState,
  environment: AptosEnvironment,
  cache: ModuleCache = new ModuleCache(),
): AptosOutcome {
  try {
    const data = transactionData(request);
    requirePresent(state, data, cache);
    const run = new TransactionRun(state, environment, cache);
    return new Execution(run, data).execute();
  } catch (error) {
    if (!(error instanceof MissingModulesError)) throw error;
    throw new MissingStateError(error.modules.map(moduleKey));
  }
}

/** What the payload changed, paid for, and what comes back for it. */
interface PaidChanges {
  readonly changes: ChangeSet;
  /** Octas. */
  readonly refund: bigint;
  /** The epilogue's session, where it has begun already. */
  readonly session?: Session;
}

/** A transaction under way. */
class Execution {
  readonly #gas: AptosGas;
  readonly #payment: Payment;
  readonly #createsAccount: boolean;
  /** Of the transaction, in bytes. */
  readonly #size: number;

  constructor(
    readonly run: TransactionRun,
    readonly data: TransactionData,
  ) {
    const { maxGasAmount, gasUnitPrice } = data.raw;
    this.#size = countsSignatures(run.configuration) ? data.signedSize : data.rawSize;
    this.#gas = run.gas(maxGasAmount, gasUnitPrice, this.#authenticationGas());
    const { modules } = this.#gas;
    this.#payment = { meter: { gas: this.#gas, natives: this.#gas.natives }, modules };
    this.#createsAccount = this.#shouldCreateAccount();
  }

  execute(): AptosOutcome {
    const { run, data } = this;
    let prologue: ChangeSet;
    let payload: Session;
    try {
      prologue = this.#prologue();
      payload = this.#session('transaction', prologue);
      if (this.#createsAccount) this.#createAccount(payload, true);
    } catch (error) {
      return discarded(run, data, failureOf(error));
    }
    try {
      const paid =
        data.multisigAddress === undefined
          ? this.#plainPayload(payload)
          : this.#multisigPayload(payload, prologue);
      return this.#succeed(paid);
    } catch (error) {
      return this.#fail(prologue, failureOf(error));
    }
  }

  #session(kind: SessionKind, changes: ChangeSet): Session {
    const { run, data } = this;
    const hash = sessionHash(kind, data);
    return run.session(changes, hash, data.scriptHash, data.user, this.#gas.modules);
  }

  /** @throws VmError where the chain does not take the transaction */
  #prologue(): ChangeSet {
    const { run, data } = this;
    const { features, schedule } = run.configuration;
    const hexes = data.senders.map(({ hex }) => hex);
    if (new Set(hexes).size !== hexes.length) throw new VmError('SIGNERS_CONTAIN_DUPLICATES');
    const session = this.#session('prologue', EMPTY_CHANGE_SET);
    authenticate(session, data, features, this.#payment.meter);
    const isV2 = data.raw.payload.kind === 'payload';
    if (isV2 && !features.isEnabled(FLAG.payloadV2)) throw new VmError('FEATURE_UNDER_GATING');
    if (data.replayProtector.kind === 'nonce' && !features.isEnabled(FLAG.orderless))
      throw new VmError('FEATURE_UNDER_GATING');
    this.#checkGas();
    const { executable, multisigAddress } = data;
    if (executable.kind === 'empty' && multisigAddress === undefined)
      throw new VmError('EMPTY_PAYLOAD_PROVIDED');
    if (executable.kind === 'script' && multisigAddress !== undefined)
      throw new VmError('FEATURE_UNDER_GATING');
    const keys = signerKeys(data, new StateView(run.state, EMPTY_CHANGE_SET));
    runPrologue(session, data, keys, features, run.free);
    if (multisigAddress !== undefined)
      runMultisigPrologue(session, data, multisigAddress, features, run.free);
    const { squashed } = session.finish();
    requireWithinLimits(schedule, squashed);
    this.#returnAuthenticationGas();
    return squashed;
  }

  #checkGas(): void {
    const { run, data } = this;
    const { features, schedule } = run.configuration;
    const refusal = checkGas(schedule, features, {
      size: this.#size,
      scriptSize: data.scriptSize,
      maxGasAmount: data.raw.maxGasAmount,
      gasUnitPrice: data.raw.gasUnitPrice,
      surcharges: this.#surcharges,
      isGovernance: false,
      createsAccount: this.#createsAccount,
    });
    if (refusal !== undefined) throw new VmError(refusal);
  }

  get #surcharges(): readonly Surcharge[] {
    return this.data.isKeyless ? ['keyless'] : [];
  }

  /** Gas units that abstract accounts may use before anything else; undefined where there are none. */
  #authenticationGas(): bigint | undefined {
    const { features, schedule } = this.run.configuration;
    if (!usesUnified(features)) return undefined;
    const most = schedule.price('txn.max_aa_gas');
    const { maxGasAmount } = this.data.raw;
    const isCapped = maxGasAmount > most;
    return isCapped ? most : maxGasAmount;
  }

  #returnAuthenticationGas(): void {
    const start = this.#authenticationGas();
    if (start === undefined) return;
    const rest = this.data.raw.maxGasAmount - start;
    if (rest > 0n) this.#gas.balance.inject(rest);
  }

  /** Whether the sender has no account resource yet and gets one by the way. */
  #shouldCreateAccount(): boolean {
    const { run, data } = this;
    const { features } = run.configuration;
    const isFirst =
      data.replayProtector.kind === 'sequenceNumber' && data.replayProtector.value === 0n;
    const mayCreate =
      features.isEnabled(FLAG.defaultAccountResource) ||
      (features.isEnabled(FLAG.sponsoredAccountCreation) && data.request.feePayer !== undefined);
    return isFirst && mayCreate && run.state.read(accountKey(data.sender)) === null;
  }

  #createAccount(session: Session, isPaid: boolean): void {
    const meter = isPaid ? this.#payment.meter : this.run.free;
    session.call(ACCOUNT, 'create_account_if_does_not_exist', [this.data.sender.bytes], meter);
  }

  #plainPayload(session: Session): PaidChanges {
    const { run, data } = this;
    const { executable } = data;
    this.#gas.chargeIntrinsic(this.#size, this.#surcharges);
    if (executable.kind === 'script')
      runScript(session, executable.script, data.senders, this.#payment, run);
    else if (executable.kind === 'entryFunction')
      runEntryFunction(session, executable.call, data.senders, this.#payment, run.rules);
    return this.#charge(this.#finishPayload(session));
  }

  #multisigPayload(session: Session, prologue: ChangeSet): PaidChanges {
    const { run, data } = this;
    const { multisigAddress } = data;
    if (multisigAddress === undefined) throw new VmError('UNKNOWN_INVARIANT_VIOLATION_ERROR');
    const { features } = run.configuration;
    const { meter } = this.#payment;
    this.#gas.chargeIntrinsic(this.#size, this.#surcharges);
    const payload = nextPayload(session, data, multisigAddress, features, meter);
    let failure: Failure | undefined;
    let changes = prologue;
    try {
      runEntryFunction(session, payload.call, [multisigAddress], this.#payment, run.rules);
      changes = this.#finishPayload(session);
    } catch (error) {
      failure = failureOf(error);
    }
    // What the payload wrote is paid for; what the account writes down of it is not.
    const paid = failure === undefined ? this.#charge(changes) : { changes, refund: 0n };
    const epilogue = this.#session('epilogue', paid.changes);
    cleanUp(epilogue, data, multisigAddress, payload, failure, run.free);
    return { ...paid, session: epilogue };
  }

  /** With what was asked to be published. */
  #finishPayload(session: Session): ChangeSet {
    const { run } = this;
    const request = session.takePublishRequest();
    const changes =
      request === undefined
        ? session.finish().squashed
        : finishWithPublishing(session, request, this.#payment, run);
    requireWithinLimits(run.configuration.schedule, changes);
    return changes;
  }

  #charge(changes: ChangeSet): PaidChanges {
    const { features } = this.run.configuration;
    const paid = chargeChangeSet(this.#gas, this.#size, changes);
    return {
      changes: paid.changes,
      refund: features.isEnabled(FLAG.storageDeletionRefund) ? paid.refund : 0n,
    };
  }

  /** @throws what the failure path takes up: the sender may not be able to pay any more */
  #succeed({ changes, refund, session }: PaidChanges): AptosOutcome {
    const { run } = this;
    const fee = this.#gas.feeStatement(refund);
    const epilogue = session ?? this.#session('epilogue', changes);
    runSuccessEpilogue(epilogue, this.#epilogueInput(fee));
    return kept(run, this.data, { kind: 'success' }, fee, this.#finishEpilogue(epilogue));
  }

  #fail(prologue: ChangeSet, failure: Failure): AptosOutcome {
    const { run, data } = this;
    const { features } = run.configuration;
    const rules = {
      chargesInvariantViolations: features.isEnabled(FLAG.chargeInvariantViolation),
    };
    if (!isKept(failure, rules)) return discarded(run, data, failure);
    try {
      const changes = this.#createsAccount ? this.#accountAfterFailure(prologue) : prologue;
      const fee = this.#gas.feeStatement(0n);
      const epilogue = this.#session('epilogue', changes);
      runFailureEpilogue(epilogue, this.#epilogueInput(fee));
      const status = statusOf(failure, run);
      return kept(run, data, status, fee, this.#finishEpilogue(epilogue));
    } catch (error) {
      return discarded(run, data, failureOf(error));
    }
  }

  /** The account that a first transaction makes stays when the transaction fails. */
  #accountAfterFailure(prologue: ChangeSet): ChangeSet {
    const { run, data } = this;
    const { schedule, features } = run.configuration;
    const session = this.#session('abortHook', prologue);
    try {
      this.#createAccount(session, true);
    } catch (error) {
      failureOf(error);
      // Likely out of gas: it is made all the same, and what was paid is looked at below.
      this.#createAccount(session, false);
    }
    const { squashed } = session.finish();
    requireWithinLimits(schedule, squashed);
    let changes = squashed;
    try {
      changes = chargeChangeSet(this.#gas, this.#size, squashed).changes;
    } catch (error) {
      failureOf(error);
    }
    const { gasUnitPrice } = data.raw;
    if (gasUnitPrice !== 0n || !features.isEnabled(FLAG.defaultAccountResource)) {
      const fee = this.#gas.feeStatement(0n);
      const paid = fee.gasUsed * gasUnitPrice + fee.storageFeeOctas;
      const pricing = spacePricing(schedule, features.isEnabled(REFUNDABLE_BYTES));
      if (paid < pricing.accountCreationMinimum)
        throw new VmError('UNEXPECTED_ERROR_FROM_KNOWN_MOVE_FUNCTION');
    }
    return changes;
  }

  #epilogueInput(fee: FeeStatement) {
    const { data, run } = this;
    return {
      data,
      features: run.configuration.features,
      fee,
      gasRemaining: this.#gas.balance.remaining,
      meter: run.free,
    };
  }

  /** @throws VmError when the epilogue makes a slot that nobody has paid for */
  #finishEpilogue(session: Session): ChangeSet {
    const { own, squashed } = session.finish();
    for (const { kind } of own.writes.values())
      if (kind === 'creation') throw new VmError('UNKNOWN_INVARIANT_VIOLATION_ERROR');
    requireWithinLimits(this.run.configuration.schedule, squashed);
    return squashed;
  }
}
