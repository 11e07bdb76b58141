/** Handing a buffer or a program to another authority. Source: agave `programs/bpf_loader/src/lib.rs`. */
import { InstructionFailure } from '../../errors/instruction-error';
import type { Pubkey } from '../../pubkey';
import type { BorrowedAccount, InstructionContext, InvokeContext } from '../../runtime/types';
import { setState } from '../account-state';
import { BUFFER_AUTHORITY, fail, requireAuthority, UPGRADE_AUTHORITY } from './failure';
import {
  decodeLoaderState,
  encodeLoaderState,
  type LoaderState,
  PROGRAM_DATA_HEADER_BYTES,
} from './state';

/** Offset of `e_flags`, which is the sBPF version, in an ELF header. */
const ELF_FLAGS_OFFSET = 48;
const SBPF_V3 = 3;

/** A program of an old sBPF version may not be made final once such are no longer deployed. */
function refuseFinalOldVersion(invoke: InvokeContext, account: BorrowedAccount): void {
  if (!invoke.features.isActive('disable_sbpf_v0_v1_v2_deployment')) return;
  const offset = PROGRAM_DATA_HEADER_BYTES + ELF_FLAGS_OFFSET;
  const { data } = account;
  if (data.length < offset + 4) return;
  const version = new DataView(data.buffer, data.byteOffset + offset, 4).getUint32(0, true);
  if (version < SBPF_V3) throw new InstructionFailure('InvalidAccountData');
}

function withAuthority(state: LoaderState, authority: Pubkey | undefined): LoaderState {
  return state.kind === 'ProgramData' ? { ...state, authority } : { kind: 'Buffer', authority };
}

function requirePresentAuthority(
  invoke: InvokeContext,
  instruction: InstructionContext,
  state: LoaderState,
): void {
  if (state.kind === 'Buffer') {
    requireAuthority(invoke, instruction, 1, state.authority, BUFFER_AUTHORITY);
  } else if (state.kind === 'ProgramData') {
    requireAuthority(invoke, instruction, 1, state.authority, UPGRADE_AUTHORITY);
  } else {
    fail(invoke, 'InvalidArgument', 'Account does not support authorities');
  }
}

/** Accounts: 0 the buffer or program data, 1 its authority, 2 the new one; without it, final. */
export function setAuthority(invoke: InvokeContext, instruction: InstructionContext): void {
  instruction.checkNumberOfAccounts(2);
  const account = instruction.borrow(0);
  const authority = instruction.accounts.length > 2 ? instruction.keyOfAccount(2) : undefined;
  const state = decodeLoaderState(account.data);
  if (state.kind === 'Buffer' && authority === undefined) {
    fail(invoke, 'IncorrectAuthority', 'Buffer authority is not optional');
  }
  requirePresentAuthority(invoke, instruction, state);
  if (authority === undefined) refuseFinalOldVersion(invoke, account);
  setState(account, encodeLoaderState(withAuthority(state, authority)));
  invoke.log(`New authority ${authority === undefined ? 'None' : `Some(${authority})`}`);
}

/** As `setAuthority`, but the new authority must be there and sign. */
export function setAuthorityChecked(invoke: InvokeContext, instruction: InstructionContext): void {
  if (!invoke.features.isActive('enable_bpf_loader_set_authority_checked_ix')) {
    throw new InstructionFailure('InvalidInstructionData');
  }
  instruction.checkNumberOfAccounts(3);
  const account = instruction.borrow(0);
  const authority = instruction.keyOfAccount(2);
  const state = decodeLoaderState(account.data);
  requirePresentAuthority(invoke, instruction, state);
  if (!instruction.isSigner(2)) {
    fail(invoke, 'MissingRequiredSignature', 'New authority did not sign');
  }
  setState(account, encodeLoaderState(withAuthority(state, authority)));
  invoke.log(`New authority ${authority}`);
}
