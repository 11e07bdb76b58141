import { CannotPreview } from '../../../errors';
import { ACCESS_SPECIFIERS } from './access';
import { checkBounds } from './bounds';
import { CODE } from './code';
import { type Codec, since } from './codec';
import { type FormatConfig, newestVersion, VERSION_MIN } from './config';
import { FormatError } from './errors';
import { ABILITY_SETS, index } from './handles';
import { type Format, Reader } from './reader';
import { readTables, writeTables } from './tables';
import type { AccessSpecifier, CompiledModule, CompiledScript, Layout } from './types';
import { Writer } from './writer';

const MAGIC = [0xa1, 0x1c, 0xeb, 0x0b];

const APTOS_MASK = 0x0a00_0000;
const SUI_FLAVOUR = 0x05;

const SELF_MODULE = index('handle of the module itself');
const PARAMETERS = index('parameters of a script');
const SCRIPT_ACCESS: Codec<readonly AccessSpecifier[] | undefined> = since(
  'aptos',
  8,
  ACCESS_SPECIFIERS,
  undefined,
);

/**
 * Decodes a module as the chain's deserializer and bounds checker would; it is not yet verified.
 *
 * @throws FormatError for bytes that the chain refuses
 * @throws CannotPreview for Aptos' formats before version 5
 */
export function decodeModule(bytes: Uint8Array, config: FormatConfig): CompiledModule {
  const { reader, versionWord } = open(bytes, config);
  const { tables, headers, contents } = readTables(reader, bytes, false);
  const selfModule = SELF_MODULE.read(reader);
  const layout: Layout = { versionWord, headers, contents, trailing: rest(reader, bytes) };
  const { version } = reader.format;
  const { flavour } = config;
  const module: CompiledModule = {
    kind: 'module',
    flavour,
    version,
    selfModule,
    ...tables,
    layout,
  };
  checkBounds(module);
  return module;
}

/**
 * Decodes an Aptos script; see `decodeModule`.
 *
 * @throws FormatError, CannotPreview
 */
export function decodeScript(bytes: Uint8Array, config: FormatConfig): CompiledScript {
  const { reader, versionWord } = open(bytes, config);
  const { tables, headers, contents } = readTables(reader, bytes, true);
  const typeParameters = ABILITY_SETS.read(reader);
  const parameters = PARAMETERS.read(reader);
  const accessSpecifiers = SCRIPT_ACCESS.read(reader);
  const code = CODE.read(reader);
  const layout: Layout = { versionWord, headers, contents, trailing: rest(reader, bytes) };
  const script: CompiledScript = {
    kind: 'script',
    flavour: config.flavour,
    version: reader.format.version,
    typeParameters,
    parameters,
    accessSpecifiers,
    code,
    ...tables,
    layout,
  };
  checkBounds(script);
  return script;
}

/**
 * Bytes of a module or script: those it was decoded from, or as the chain's serializer writes it.
 *
 * @throws FormatError when a number is over its bound or a part is newer than the version
 */
export function encode(unit: CompiledModule | CompiledScript, config: FormatConfig): Uint8Array {
  if (unit.flavour !== config.flavour)
    throw new FormatError('UNKNOWN_VERSION', `${unit.flavour} written as ${config.flavour}`);
  const format: Format = { config, version: unit.version };
  const writer = new Writer(format);
  for (const byte of MAGIC) writer.u8(byte, 'magic');
  writer.u32(unit.layout?.versionWord ?? versionWordOf(format), 'version');
  writeTables(writer, unit, unit.layout);
  if (unit.kind === 'module') SELF_MODULE.write(writer, unit.selfModule);
  else {
    ABILITY_SETS.write(writer, unit.typeParameters);
    PARAMETERS.write(writer, unit.parameters);
    SCRIPT_ACCESS.write(writer, unit.accessSpecifiers);
    CODE.write(writer, unit.code);
  }
  if (unit.layout !== undefined) writer.bytes(unit.layout.trailing);
  return writer.finish();
}

function open(bytes: Uint8Array, config: FormatConfig): { reader: Reader; versionWord: number } {
  if (MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new FormatError('BAD_MAGIC', 'no magic number', { offset: 0 });
  const header = new Reader(bytes, { config, version: 0 }, MAGIC.length, bytes.length);
  const versionWord = header.u32('version');
  const version = versionOf(versionWord, config);
  const format: Format = { config, version };
  return { reader: new Reader(bytes, format, header.position, bytes.length), versionWord };
}

/** The version without its flavour: file_format_common.rs of either chain. */
function versionOf(word: number, config: FormatConfig): number {
  const refuse = (): FormatError =>
    new FormatError('UNKNOWN_VERSION', `version word ${word} of ${config.flavour}`, {
      offset: MAGIC.length,
    });
  const newest = Math.min(config.maxVersion, newestVersion(config.flavour));
  if (config.flavour === 'aptos') {
    // The deserializer drops the bits of the mask from any version, whether all of them are set or not.
    const version = (word & ~APTOS_MASK) >>> 0;
    if (version === 0 || version > newest) throw refuse();
    if (version < VERSION_MIN)
      throw new CannotPreview('move-legacy-format', `Move bytecode of version ${version}`);
    return version;
  }
  const version = word <= 6 ? word : word & 0x00ff_ffff;
  if (version < VERSION_MIN || version > newest) throw refuse();
  if (version >= 7 && word >>> 24 !== SUI_FLAVOUR) throw refuse();
  return version;
}

function versionWordOf({ config, version }: Format): number {
  if (version < 7) return version;
  return config.flavour === 'aptos' ? version + APTOS_MASK : version + SUI_FLAVOUR * 2 ** 24;
}

/** What follows the end: Sui refuses it, Aptos never looks. */
function rest(reader: Reader, bytes: Uint8Array): Uint8Array {
  const trailing = bytes.slice(reader.position);
  if (trailing.length > 0 && reader.format.config.checkNoExtraneousBytes)
    throw reader.fail('TRAILING_BYTES', `${trailing.length} bytes after the end`);
  return trailing;
}
