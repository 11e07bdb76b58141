/** The syscalls by which programs call programs. Source: agave `program-runtime/src/cpi.rs`. */
import { LOADER_V1, LOADER_V2, LOADER_V3, NATIVE_LOADER } from '../../programs/ids';
import { SyscallFailure } from '../../syscalls/errors';
import { type CallingContext, callingContext } from '../calling-context';
import type { Instruction, InvokeContext } from '../types';
import {
  type AccountInfoReader,
  C_ACCOUNT_INFO,
  hasAddressRestrictions,
  RUST_ACCOUNT_INFO,
} from './caller-account';
import { translateInstructionC, translateInstructionRust } from './instruction';
import { translateSigners } from './signers';
import { updateCalleeAccount, updateCallerAccount } from './sync';
import { translateAccounts } from './translate-accounts';

/** How one language's programs pass a call. */
interface CallingConvention {
  readonly accountInfo: AccountInfoReader;
  translateInstruction(invoke: InvokeContext, address: bigint): Instruction;
}

const RUST: CallingConvention = {
  accountInfo: RUST_ACCOUNT_INFO,
  translateInstruction: translateInstructionRust,
};

const C: CallingConvention = {
  accountInfo: C_ACCOUNT_INFO,
  translateInstruction: translateInstructionC,
};

/**
 * `sol_invoke_signed_c`
 *
 * @param instruction - address of a SolInstruction
 * @param accountInfos - address of SolAccountInfos
 * @param signersSeeds - address of slices of slices of seeds
 * @returns 0
 */
export function invokeSignedC(
  invoke: InvokeContext,
  instruction: bigint,
  accountInfos: bigint,
  accountInfosLength: bigint,
  signersSeeds: bigint,
  signersSeedsLength: bigint,
): bigint {
  const context = callingContext(invoke);
  call(context, C, instruction, accountInfos, accountInfosLength, signersSeeds, signersSeedsLength);
  return 0n;
}

/** `sol_invoke_signed_rust`: as `invokeSignedC`, with a StableInstruction and AccountInfos. */
export function invokeSignedRust(
  invoke: InvokeContext,
  instruction: bigint,
  accountInfos: bigint,
  accountInfosLength: bigint,
  signersSeeds: bigint,
  signersSeedsLength: bigint,
): bigint {
  const context = callingContext(invoke);
  call(
    context,
    RUST,
    instruction,
    accountInfos,
    accountInfosLength,
    signersSeeds,
    signersSeedsLength,
  );
  return 0n;
}

/** `cpi_common` */
function call(
  context: CallingContext,
  convention: CallingConvention,
  instructionAddress: bigint,
  accountInfosAddress: bigint,
  accountInfosLength: bigint,
  signersSeedsAddress: bigint,
  signersSeedsLength: bigint,
): void {
  context.meter.consume(context.cost.invokeUnits);
  const instruction = convention.translateInstruction(context, instructionAddress);
  const caller = context.transaction.currentInstruction();
  const signers = translateSigners(
    context,
    caller.programKey,
    signersSeedsAddress,
    signersSeedsLength,
  );
  checkAuthorizedProgram(context, instruction);
  context.prepareNextInstruction(instruction, signers);

  context.programMemory.syncAccounts();
  const accounts = translateAccounts(
    context,
    convention.accountInfo,
    accountInfosAddress,
    accountInfosLength,
  );
  if (hasAddressRestrictions(context)) {
    for (const translated of accounts) {
      const account = caller.borrow(translated.positionInCaller);
      const mustUpdate = updateCalleeAccount(context, translated.caller, account);
      translated.updateRegion = translated.updateInfo || mustUpdate;
      account.release();
    }
  }

  context.processInstruction();

  for (const translated of accounts) {
    if (!translated.updateInfo) continue;
    const account = caller.borrow(translated.positionInCaller);
    updateCallerAccount(context, translated.caller, account);
    account.release();
  }
  if (!context.programMemory.layout.isSpaceAdjusted) return;
  for (const translated of accounts) {
    if (!translated.updateRegion) continue;
    const account = caller.borrow(translated.positionInCaller);
    context.programMemory.updateRegion(translated.caller.serialized, account);
    account.release();
  }
}

/** First byte of the loader v3 instructions that programs may call. */
const UPGRADE = 3;
const SET_AUTHORITY = 4;
const CLOSE = 5;
const SET_AUTHORITY_CHECKED = 7;

/** `check_authorized_program` */
function checkAuthorizedProgram(context: CallingContext, instruction: Instruction): void {
  const { programId, data } = instruction;
  const kind = data[0];
  const isAllowedOfLoaderV3 =
    kind === UPGRADE ||
    kind === SET_AUTHORITY ||
    kind === CLOSE ||
    (kind === SET_AUTHORITY_CHECKED &&
      context.features.isActive('enable_bpf_loader_set_authority_checked_ix'));
  if (
    programId.equals(NATIVE_LOADER) ||
    programId.equals(LOADER_V2) ||
    programId.equals(LOADER_V1) ||
    (programId.equals(LOADER_V3) && !isAllowedOfLoaderV3) ||
    context.isPrecompile(programId)
  ) {
    throw SyscallFailure.programNotSupported(programId.toBase58());
  }
}
