/** Calls and addresses as a program file leaves them to its loader. Source: sbpf `src/elf.rs`, `relocate`. */
import { ElfError, elfError } from './elf-error';
import {
  addressRange,
  contains,
  fileRange,
  type SectionHeader,
  sliceAt,
  viewOf,
} from './elf-headers';
import { type Elf, lossyText } from './elf-parser';
import type { FunctionRegistry } from './function-registry';
import { CALL_IMM } from './instructions';
import { murmur3 } from './murmur3';
import { MM_REGION_SIZE, type SbpfConfig } from './types';

const R_BPF_64_64 = 1;
const R_BPF_64_RELATIVE = 8;
const R_BPF_64_32 = 10;

const SYMBOL_SIZE = 24;
const STT_FUNC = 2;
const TWO_32 = 0x1_0000_0000;
const U64_MAX = 0xffff_ffff_ffff_ffffn;

interface Context {
  readonly elf: Elf;
  readonly text: SectionHeader;
  /** The whole file; changed in place. */
  readonly bytes: Uint8Array;
  readonly registry: FunctionRegistry;
  readonly syscalls: ReadonlySet<number>;
  readonly config: SbpfConfig;
}

interface Symbol {
  readonly nameOffset: number;
  readonly isFunction: boolean;
  readonly value: bigint;
}

/** @throws ElfError */
export function relocate(context: Context): void {
  relocateCalls(context);
  const { relocations } = context.elf;
  if (relocations === undefined) return;
  const view = viewOf(context.bytes);
  const range = fileRange(context.text);
  const textStart = Number(range.start);
  const textEnd = Number(range.end);
  const syscallHashes = new Map<number, number>();
  for (let at = 0; at < relocations.byteLength; at += 16) {
    // Exact below 2^53; whatever is above lies outside any file.
    const offset = relocations.getUint32(at, true) + relocations.getUint32(at + 4, true) * TWO_32;
    const type = relocations.getUint32(at + 8, true);
    const symbolIndex = relocations.getUint32(at + 12, true);
    switch (type) {
      case R_BPF_64_64:
        relocateAddress(context, view, offset, symbolIndex);
        break;
      case R_BPF_64_RELATIVE:
        if (offset >= textStart && offset < textEnd) relocateLddw(view, offset);
        else relocateData(view, offset);
        break;
      case R_BPF_64_32:
        relocateSymbolCall(
          context,
          view,
          relocations.getBigUint64(at, true),
          symbolIndex,
          syscallHashes,
        );
        break;
      default:
        throw new ElfError('UnknownRelocation', `Relocation failed, unknown type ${type}`);
    }
  }
}

/** Calls relative to their place become calls by hash. */
function relocateCalls({ text, bytes, registry }: Context): void {
  const code = viewOf(sliceAt(bytes, fileRange(text)));
  const count = Math.floor(code.byteLength / 8);
  for (let pc = 0; pc < count; pc++) {
    if (code.getUint8(pc * 8) !== CALL_IMM) continue;
    const imm = code.getInt32(pc * 8 + 4, true);
    if (imm === -1) continue;
    const target = pc + 1 + imm;
    if (target < 0 || target >= count)
      throw new ElfError(
        'RelativeJumpOutOfBounds',
        `Relative jump out of bounds at instruction #${pc}`,
      );
    code.setUint32(pc * 8 + 4, registry.register(target), true);
  }
}

function checkRoom(view: DataView, offset: number, length: number): void {
  if (offset + length > view.byteLength) throw elfError('ValueOutOfBounds');
}

/** A lddw of a symbol's address plus what stands in its first half. */
function relocateAddress(
  { elf }: Context,
  view: DataView,
  offset: number,
  symbolIndex: number,
): void {
  checkRoom(view, offset + 4, 4);
  const addend = BigInt(view.getUint32(offset + 4, true));
  let address = symbolAt(elf, symbolIndex).value + addend;
  if (address > U64_MAX) address = U64_MAX;
  if (address < MM_REGION_SIZE) address += MM_REGION_SIZE;
  view.setUint32(offset + 4, Number(address & 0xffff_ffffn), true);
  checkRoom(view, offset + 12, 4);
  view.setUint32(offset + 12, Number(address >> 32n), true);
}

/** A lddw whose two halves already hold the address. */
function relocateLddw(view: DataView, offset: number): void {
  checkRoom(view, offset + 4, 4);
  checkRoom(view, offset + 12, 4);
  const low = view.getUint32(offset + 4, true);
  const high = view.getUint32(offset + 12, true);
  if (low === 0 && high === 0)
    throw new ElfError(
      'InvalidVirtualAddress',
      'Relocation failed, invalid referenced virtual address 0x0',
    );
  if (high === 0) view.setUint32(offset + 12, 1, true);
}

/** A pointer in data: only its low half is there, shifted to the left (an old toolchain's way). */
function relocateData(view: DataView, offset: number): void {
  checkRoom(view, offset + 4, 4);
  const low = view.getUint32(offset + 4, true);
  checkRoom(view, offset, 8);
  view.setUint32(offset, low, true);
  view.setUint32(offset + 4, 1, true);
}

/** A call of a symbol: one of the program's functions, or a syscall. */
function relocateSymbolCall(
  context: Context,
  view: DataView,
  exactOffset: bigint,
  symbolIndex: number,
  syscallHashes: Map<number, number>,
): void {
  const { elf, text, registry, syscalls, config } = context;
  const symbol = symbolAt(elf, symbolIndex);
  const name = nameOf(elf, symbol);
  let key: number;
  if (symbol.isFunction && symbol.value !== 0n) {
    if (!contains(addressRange(text), symbol.value)) throw elfError('ValueOutOfBounds');
    const pc = Number((symbol.value - text.address) / 8n);
    key =
      lossyText(name) === 'entrypoint' ? registry.registerEntrypoint(pc) : registry.register(pc);
  } else {
    key = syscallHashes.get(symbol.nameOffset) ?? murmur3(name);
    syscallHashes.set(symbol.nameOffset, key);
    if (config.rejectBrokenElfs && !syscalls.has(key))
      throw new ElfError(
        'UnresolvedSymbol',
        `Unresolved symbol (${lossyText(name)}) at instruction #${exactOffset / 8n} (ELF file offset 0x${exactOffset.toString(16)})`,
      );
  }
  const offset = Number(exactOffset);
  checkRoom(view, offset + 4, 4);
  view.setUint32(offset + 4, key, true);
}

function unknownSymbol(index: number): ElfError {
  return new ElfError('UnknownSymbol', `Unknown symbol with index ${index}`);
}

function symbolAt({ symbols }: Elf, index: number): Symbol {
  const at = index * SYMBOL_SIZE;
  if (symbols === undefined || at + SYMBOL_SIZE > symbols.byteLength) throw unknownSymbol(index);
  return {
    nameOffset: symbols.getUint32(at, true),
    isFunction: (symbols.getUint8(at + 4) & 0xf) === STT_FUNC,
    value: symbols.getBigUint64(at + 8, true),
  };
}

function nameOf(elf: Elf, symbol: Symbol): Uint8Array {
  try {
    return elf.symbolName(symbol.nameOffset);
  } catch (error) {
    if (error instanceof ElfError) throw unknownSymbol(symbol.nameOffset);
    throw error;
  }
}
