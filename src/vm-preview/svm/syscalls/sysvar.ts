/** Reading sysvars. Source: agave `syscalls/src/sysvar.rs`. */
import { CannotPreview } from '../../errors';
import { InstructionFailure } from '../errors/instruction-error';
import type { Pubkey } from '../pubkey';
import type { InvokeContext } from '../runtime/types';
import { MM_INPUT_START } from '../sbpf/types';
import { SYSVAR_IDS } from '../sysvars/ids';
import { SyscallFailure } from './errors';
import {
  Destination,
  PUBKEY_SIZE,
  saturatingAdd,
  translateMut,
  translatePubkey,
  writeBytes,
} from './translate';

/** How a sysvar's account data becomes the struct that programs see, in `#[repr(C)]`. */
interface SysvarLayout {
  readonly id: Pubkey;
  /** Bytes of account data that are read. */
  readonly serializedSize: number;
  readonly size: number;
  readonly align: number;
  /** Account data from `from` on stands at `to`; what is between is padding, and zero. */
  readonly moved?: { readonly from: number; readonly to: number };
}

const LAYOUTS = {
  clock: { id: SYSVAR_IDS.clock, serializedSize: 40, size: 40, align: 8 },
  // Seven bytes of padding follow the bool.
  epochSchedule: {
    id: SYSVAR_IDS.epochSchedule,
    serializedSize: 33,
    size: 40,
    align: 8,
    moved: { from: 17, to: 24 },
  },
  epochRewards: { id: SYSVAR_IDS.epochRewards, serializedSize: 81, size: 96, align: 16 },
  rent: { id: SYSVAR_IDS.rent, serializedSize: 17, size: 24, align: 8 },
  lastRestartSlot: { id: SYSVAR_IDS.lastRestartSlot, serializedSize: 8, size: 8, align: 8 },
} satisfies Record<string, SysvarLayout>;

const SUCCESS = 0n;
const OFFSET_LENGTH_EXCEEDS_SYSVAR = 1n;
const SYSVAR_NOT_FOUND = 2n;
const U64_MAX = (1n << 64n) - 1n;

/** What both ways of reading refuse before they look at memory. */
function checkDestination(invoke: InvokeContext, address: bigint): void {
  if (!invoke.checkAligned) throw SyscallFailure.of('UnalignedPointer');
  if (
    address >= MM_INPUT_START &&
    invoke.features.isActive('syscall_parameter_address_restrictions')
  ) {
    throw SyscallFailure.of('InvalidPointer');
  }
}

function readStruct(invoke: InvokeContext, layout: SysvarLayout): Uint8Array {
  const data = invoke.sysvars.bytesOf(layout.id.bytes);
  if (data === undefined || data.length < layout.serializedSize) {
    throw new InstructionFailure('UnsupportedSysvar');
  }
  const struct = new Uint8Array(layout.size);
  const { from, to } = layout.moved ?? { from: layout.serializedSize, to: layout.size };
  struct.set(data.subarray(0, from));
  struct.set(data.subarray(from, layout.serializedSize), to);
  return struct;
}

function getStruct(invoke: InvokeContext, layout: SysvarLayout, address: bigint): bigint {
  invoke.meter.consume(invoke.cost.sysvarBaseCost + layout.size);
  checkDestination(invoke, address);
  const destination = Destination.type(address, layout.size, layout.align);
  translateMut(invoke, destination);
  destination.bytes.set(readStruct(invoke, layout));
  return SUCCESS;
}

type SysvarSyscall = (invoke: InvokeContext, address: bigint) => bigint;

export const getClockSysvar: SysvarSyscall = (invoke, address) =>
  getStruct(invoke, LAYOUTS.clock, address);
export const getEpochScheduleSysvar: SysvarSyscall = (invoke, address) =>
  getStruct(invoke, LAYOUTS.epochSchedule, address);
export const getEpochRewardsSysvar: SysvarSyscall = (invoke, address) =>
  getStruct(invoke, LAYOUTS.epochRewards, address);
export const getRentSysvar: SysvarSyscall = (invoke, address) =>
  getStruct(invoke, LAYOUTS.rent, address);
export const getLastRestartSlot: SysvarSyscall = (invoke, address) =>
  getStruct(invoke, LAYOUTS.lastRestartSlot, address);

/** Only registered where disable_fees_sysvar is not active: on no network known. */
export function getFeesSysvar(): never {
  throw new CannotPreview('syscall-unsupported', 'the syscall sol_get_fees_sysvar', {
    syscall: 'sol_get_fees_sysvar',
  });
}

/** `sol_get_sysvar`: a part of a sysvar's account data. Source: SIMD-0127. */
export function getSysvar(
  invoke: InvokeContext,
  idAddress: bigint,
  address: bigint,
  offset: bigint,
  length: bigint,
): bigint {
  const { sysvarBaseCost, cpiBytesPerUnit, memOpBaseCost } = invoke.cost;
  const idCost = Math.floor(PUBKEY_SIZE / cpiBytesPerUnit);
  const copying = length / BigInt(cpiBytesPerUnit);
  const copyCost = copying > memOpBaseCost ? copying : BigInt(memOpBaseCost);
  invoke.meter.consume(saturatingAdd(BigInt(sysvarBaseCost + idCost), copyCost));
  checkDestination(invoke, address);
  translateMut(invoke, Destination.slice(address, length));
  const id = translatePubkey(invoke, idAddress);
  if (offset + length > U64_MAX || address + length > U64_MAX) {
    throw new InstructionFailure('ArithmeticOverflow');
  }
  const data = invoke.sysvars.bytesOf(id.bytes);
  if (data === undefined) return SYSVAR_NOT_FOUND;
  if (offset + length > data.length) return OFFSET_LENGTH_EXCEEDS_SYSVAR;
  writeBytes(invoke, address, data.subarray(Number(offset), Number(offset + length)));
  return SUCCESS;
}
