/** The format of v0 to v2. Source: sbpf `src/elf.rs`, `load_with_lenient_parser`, `validate`. */
import { ElfError, elfError } from './elf-error';
import {
  addressRange,
  contains,
  fileRange,
  isWritable,
  type SectionHeader,
  saturatingAdd,
  sliceAt,
} from './elf-headers';
import { Elf, shownName } from './elf-parser';
import { relocate } from './elf-relocations';
import type { LoadedElf } from './executable';
import { FunctionRegistry } from './function-registry';
import { MM_REGION_SIZE, MM_STACK_START, type SbpfConfig } from './types';

const EM_BPF = 247;
const EM_SBPF = 263;
const ET_DYN = 3;

const RODATA_SECTIONS = new Set(['.text', '.rodata', '.data.rel.ro', '.eh_frame']);

/** @throws ElfError */
export function loadLenient(
  bytes: Uint8Array,
  config: SbpfConfig,
  syscalls: ReadonlySet<number>,
): LoadedElf {
  const elf = new Elf(bytes);
  const text = validate(elf, bytes);
  const textAddress = saturatingAdd(text.address, MM_REGION_SIZE);
  if ((config.rejectBrokenElfs && text.address !== text.offset) || textAddress >= MM_STACK_START)
    throw elfError('ValueOutOfBounds');

  const relocated = new Uint8Array(bytes);
  const registry = new FunctionRegistry(syscalls);
  relocate({ elf, text, bytes: relocated, registry, syscalls, config });
  const entryPc = registry.setEntrypoint(elf.header.entry, text.address);
  const rodata = mergeRodata(elf, relocated, config);
  const textOffset = Number(text.address);
  const textRange = fileRange(text);
  const textLength = Number(textRange.end - textRange.start);
  return {
    rodata,
    rodataAddress: MM_REGION_SIZE,
    text: rodata.subarray(textOffset, textOffset + textLength),
    textAddress,
    entryPc,
    functions: registry.functions,
  };
}

/** @returns the text section */
function validate(elf: Elf, bytes: Uint8Array): SectionHeader {
  const { header, sections, sectionNames } = elf;
  if (header.ident[4] !== 2) throw elfError('WrongClass');
  if (header.ident[5] !== 1) throw elfError('WrongEndianess');
  if (header.ident[7] !== 0) throw elfError('WrongAbi');
  if (header.machine !== EM_BPF && header.machine !== EM_SBPF) throw elfError('WrongMachine');
  if (header.type !== ET_DYN) throw elfError('WrongType');

  const textIndex = sectionNames.indexOf('.text');
  const text = sections[textIndex];
  if (text === undefined || sectionNames.indexOf('.text', textIndex + 1) >= 0)
    throw elfError('NotOneTextSection');

  for (const [index, name] of sectionNames.entries()) {
    const section = sections[index];
    if (section !== undefined && isRefusedData(name, section))
      throw new ElfError(
        'WritableSectionNotSupported',
        `Found writable section (${shownName(name)}) in ELF, read-write data not supported`,
      );
  }
  for (const section of sections) {
    const end = section.offset + section.size;
    sliceAt(bytes, { start: section.offset, end });
  }
  if (!contains(addressRange(text), header.entry)) throw elfError('EntrypointOutOfBounds');
  return text;
}

function isRefusedData(name: string, section: SectionHeader): boolean {
  if (name.startsWith('.bss')) return true;
  return isWritable(section) && name.startsWith('.data') && !name.startsWith('.data.rel');
}

/**
 * The read-only sections at their addresses, zero between them. agave sets `optimize_rodata` to false,
 * so the region always begins at MM_REGION_SIZE. Source: `parse_ro_sections`.
 */
function mergeRodata(elf: Elf, bytes: Uint8Array, config: SbpfConfig): Uint8Array {
  const slices: { readonly at: bigint; readonly data: Uint8Array }[] = [];
  let lowest = 0xffff_ffff_ffff_ffffn;
  let highest = 0n;
  let filled = 0n;
  let invalidOffsets = false;
  for (const [index, section] of elf.sections.entries()) {
    if (!RODATA_SECTIONS.has(elf.sectionNames[index] ?? '')) continue;
    if (section.address !== section.offset) invalidOffsets = true;
    const end = saturatingAdd(section.address, MM_REGION_SIZE);
    if ((config.rejectBrokenElfs && invalidOffsets) || end > MM_STACK_START)
      throw elfError('ValueOutOfBounds');
    const data = sliceAt(bytes, fileRange(section));
    const dataEnd = section.address + BigInt(data.length);
    if (section.address < lowest) lowest = section.address;
    if (dataEnd > highest) highest = dataEnd;
    filled += BigInt(data.length);
    if (data.length > 0) slices.push({ at: section.address, data });
  }
  if (config.rejectBrokenElfs && saturatingAdd(lowest, filled) > highest)
    throw elfError('ValueOutOfBounds');
  if (highest > BigInt(bytes.length)) throw elfError('ValueOutOfBounds');
  const rodata = new Uint8Array(Number(highest));
  for (const { at, data } of slices) rodata.set(data, Number(at));
  return rodata;
}
