/** Entry functions and scripts, loaded, checked and run (aptos_vm.rs, `validate_and_execute_*`). */
import { BcsWriter } from '../../core/bcs';
import { APTOS_FORMAT, type CompiledScript, decodeScript } from '../../core/format';
import { dependencies, type MoveFunction, moduleId } from '../../core/loader';
import type { TypeTag } from '../../core/types';
import type { Address } from '../../core/values';
import { type VerifierConfig, verifyLinkage, verifyScript } from '../../core/verifier';
import type { AptosGas } from '../gas';
import type { StateModules } from '../storage';
import type { EntryFunction, Script } from '../transaction';
import { transactionArguments } from './arguments';
import { FLAG } from './flags';
import { isUnstable, metadataOf } from './groups';
import type { Meter } from './metering';
import type { Session, SessionRules } from './session';
import { VmError } from './status';
import { typeArguments } from './type-arguments';

/** What pays for a payload: the gas meter of a transaction, or nothing. */
export interface Payment {
  readonly meter: Meter;
  /** Undefined where nobody pays. */
  readonly modules: AptosGas['modules'] | undefined;
}

const MAINNET = 1;

/** @throws VmError, MoveError and the others of a run */
export function runEntryFunction(
  session: Session,
  call: EntryFunction,
  signers: readonly Address[],
  { meter, modules }: Payment,
  rules: SessionRules,
): void {
  const { loader } = session;
  const id = moduleId(call.address, call.module);
  // What is missing is named before anything is paid for.
  const { unit } = loader.module(id);
  modules?.visitEntry([id], call.typeArguments);
  const declared = loader.function(id, call.function);
  if (declared.code === undefined) throw new VmError('USER_DEFINED_NATIVE_NOT_ALLOWED');
  const attributes =
    unit.kind === 'module' ? metadataOf(unit)?.functions.get(call.function) : undefined;
  if (
    declared.visibility !== 'public' &&
    attributes?.some(({ kind }) => kind === 'randomness') === true
  )
    session.markUnbiasable();
  run(session, declared, call.typeArguments, signers, call.args, meter, rules);
}

/** Of the chain that a script runs on. */
export interface ScriptContext {
  readonly rules: SessionRules;
  readonly modules: StateModules;
  readonly verifier: VerifierConfig;
}

/** @throws VmError, VerificationError, FormatError, MoveError and the others of a run */
export function runScript(
  session: Session,
  { code, typeArguments: tags, args }: Script,
  signers: readonly Address[],
  { meter, modules }: Payment,
  { rules, modules: source, verifier }: ScriptContext,
): void {
  if (
    args.some(({ kind }) => kind === 'serialized') &&
    !rules.features.isEnabled(FLAG.serializedScriptArguments)
  )
    throw new VmError('FEATURE_UNDER_GATING');
  const script = decodeScript(code, APTOS_FORMAT);
  const linked = session.loader.script(script);
  modules?.visitEntry(dependencies(script), tags);
  verifyScript(script, verifier);
  verifyLinkage(script, source);
  if (rules.chainId === MAINNET && isUnstable(script))
    throw new VmError(
      'UNSTABLE_BYTECODE_REJECTED',
      'script marked unstable cannot be run on mainnet',
    );
  requireNoEvents(script);
  const [declared] = linked.functions;
  if (declared === undefined) throw new VmError('INVALID_MAIN_FUNCTION_SIGNATURE');
  const encoded = args.map(({ kind, bytes }) => (kind === 'bytes' ? withLength(bytes) : bytes));
  run(session, declared, tags, signers, encoded, meter, rules);
}

function run(
  session: Session,
  declared: MoveFunction,
  tags: readonly TypeTag[],
  signers: readonly Address[],
  args: readonly Uint8Array[],
  meter: Meter,
  { features }: SessionRules,
): void {
  const instance = declared.instance(typeArguments(session.loader, declared, tags));
  const structConstructors = features.isEnabled(FLAG.structConstructors);
  const rules = { structConstructors };
  const values = transactionArguments(session, instance, signers, args, rules, meter);
  if (!declared.isEntry) throw new VmError('EXECUTE_ENTRY_FUNCTION_CALLED_ON_NON_ENTRY_FUNCTION');
  session.run(instance, values, meter);
}

/** A script has no events of its own, and those of others are theirs to emit (event_validation.rs). */
function requireNoEvents(script: CompiledScript): void {
  const emits = script.functionHandles.some(({ module, name }) => {
    const owner = script.moduleHandles[module];
    return (
      owner !== undefined &&
      script.identifiers[name] === 'emit' &&
      script.identifiers[owner.name] === 'event' &&
      script.addresses[owner.address]?.every((byte, i) => byte === (i === 31 ? 1 : 0)) === true
    );
  });
  if (emits) throw new VmError('INVALID_OPERATION_IN_SCRIPT');
}

function withLength(bytes: Uint8Array): Uint8Array {
  return new BcsWriter().blob(bytes).finish();
}
