/** Finds the accounts of a call in the caller's memory. Source: agave `program-runtime/src/cpi.rs`. */
import { CannotPreview } from '../../../errors';
import { InstructionFailure } from '../../errors/instruction-error';
import { MM_INPUT_START } from '../../sbpf/types';
import { SyscallFailure } from '../../syscalls/errors';
import {
  saturatingAdd,
  saturatingMul,
  translateSlice,
  translateType,
} from '../../syscalls/translate';
import type { CallingContext } from '../calling-context';
import {
  type AccountInfoReader,
  type CallerAccount,
  chargeData,
  hasAddressRestrictions,
  viewOf,
} from './caller-account';
import { ACCOUNT_INFO_BYTE_SIZE, MAX_CPI_ACCOUNT_INFOS } from './limits';
import { updateCalleeAccount } from './sync';

/** An account of the call, as both sides know it. */
export interface TranslatedAccount {
  readonly positionInCaller: number;
  readonly caller: CallerAccount;
  /** Whether the callee may have changed it, so that the caller must see it anew. */
  readonly updateInfo: boolean;
  /** Whether the region that maps its data must be made anew (`update_caller_account_region`). */
  updateRegion: boolean;
}

/** The caller's account infos, copied out: its memory may move before they are needed. */
interface AccountInfos {
  readonly address: bigint;
  readonly bytes: Uint8Array;
  /** First position by key. */
  readonly positions: ReadonlyMap<string, number>;
}

/** Reads account infos and, where no later step does, hands the caller's changes to the callee. */
export function translateAccounts(
  context: CallingContext,
  reader: AccountInfoReader,
  address: bigint,
  count: bigint,
): TranslatedAccount[] {
  const { transaction } = context;
  const isRestricted = hasAddressRestrictions(context);
  if (context.programMemory.layout.isSpaceAdjusted && !isRestricted) {
    // The chain itself would read memory that no check has bounded.
    throw new CannotPreview('feature-combination', 'a combination of features that no chain has');
  }
  const infos = translateAccountInfos(context, reader, address, count);
  const callee = transaction.nextInstruction();
  const caller = transaction.currentInstruction();
  const accounts: TranslatedAccount[] = [];
  for (const [position, calleeAccount] of callee.accounts.entries()) {
    if (callee.duplicateOf(position) !== undefined) continue;
    const positionInCaller = caller.positionOf(calleeAccount.indexInTransaction);
    const account = caller.borrow(positionInCaller);
    try {
      if (account.executable) {
        chargeData(context, account.data.length);
        continue;
      }
      const infoPosition = infos.positions.get(account.key.key);
      if (infoPosition === undefined) {
        context.log(`Instruction references an unknown account ${account.key}`);
        throw new InstructionFailure('MissingAccount');
      }
      const offset = infoPosition * reader.size;
      const callerAccount = reader.read(
        context,
        saturatingAdd(infos.address, BigInt(offset)),
        new DataView(infos.bytes.buffer, infos.bytes.byteOffset + offset, reader.size),
        context.programMemory.account(positionInCaller),
      );
      let mustUpdate = true;
      if (isRestricted) {
        const length = context.memory.map('load', callerAccount.lengthAddress, 8n);
        chargeData(context, viewOf(length).getBigUint64(0, true));
      } else {
        mustUpdate = updateCalleeAccount(context, callerAccount, account);
      }
      accounts.push({
        positionInCaller,
        caller: callerAccount,
        updateInfo: calleeAccount.isWritable,
        updateRegion: calleeAccount.isWritable || mustUpdate,
      });
    } finally {
      account.release();
    }
  }
  return accounts;
}

/** `translate_account_infos` */
function translateAccountInfos(
  context: CallingContext,
  reader: AccountInfoReader,
  address: bigint,
  count: bigint,
): AccountInfos {
  const end = saturatingAdd(address, saturatingMul(count, BigInt(reader.size)));
  if (hasAddressRestrictions(context) && end >= MM_INPUT_START) {
    throw SyscallFailure.of('InvalidPointer');
  }
  const bytes = translateSlice(context, address, count, reader.size, 8).slice();
  if (count > BigInt(MAX_CPI_ACCOUNT_INFOS)) {
    throw SyscallFailure.maxInstructionAccountInfosExceeded(count, MAX_CPI_ACCOUNT_INFOS);
  }
  const length = Number(count);
  context.meter.consume(
    Math.floor((length * ACCOUNT_INFO_BYTE_SIZE) / context.cost.cpiBytesPerUnit),
  );
  const positions = new Map<string, number>();
  const view = viewOf(bytes);
  for (let position = 0; position < length; position++) {
    const keyAddress = view.getBigUint64(position * reader.size + reader.keyOffset, true);
    const key = String.fromCharCode(...translateType(context, keyAddress, 32, 1));
    if (!positions.has(key)) positions.set(key, position);
  }
  return { address, bytes, positions };
}
