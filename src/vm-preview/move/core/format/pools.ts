import { blob, type Codec, record } from './codec';
import { FormatError } from './errors';
import {
  ADDRESS_LENGTH,
  CONSTANT_SIZE_MAX,
  METADATA_KEY_SIZE_MAX,
  METADATA_VALUE_SIZE_MAX,
} from './limits';
import type { Format } from './reader';
import { SIGNATURE_TOKEN } from './signature';
import type { Constant, Metadata } from './types';

export const CONSTANT = record<Constant>({
  type: SIGNATURE_TOKEN,
  data: blob(CONSTANT_SIZE_MAX, 'constant'),
});

export const METADATA = record<Metadata>({
  key: blob(METADATA_KEY_SIZE_MAX, 'metadata key'),
  value: blob(METADATA_VALUE_SIZE_MAX, 'metadata value'),
});

export const ADDRESS: Codec<Uint8Array> = {
  read: (reader) => reader.take(ADDRESS_LENGTH, 'address').slice(),
  write(writer, value) {
    if (value.length !== ADDRESS_LENGTH)
      throw new FormatError('MALFORMED', `address of ${value.length} bytes`);
    writer.bytes(value);
  },
};

const PLAIN = /^(?:[a-zA-Z][a-zA-Z0-9_]*|_[a-zA-Z0-9_]+)$/;
const WITH_DOLLAR = /^(?:[a-zA-Z][a-zA-Z0-9_$]*|[_$][a-zA-Z0-9_$]+)$/;

/** Identifiers are ASCII (move-core-types, identifier.rs); Aptos takes `$` from version 9 on. */
function isIdentifier(text: string, { config, version }: Format): boolean {
  if (text === '<SELF>') return true;
  if (config.flavour === 'sui') return PLAIN.test(text);
  return (version < 9 ? PLAIN : WITH_DOLLAR).test(text) || /^<SELF>_[0-9]+$/.test(text);
}

export const IDENTIFIER: Codec<string> = {
  read(reader) {
    const at = reader.position;
    const size = reader.uleb(reader.format.config.maxIdentifierSize, 'size of an identifier');
    let text = '';
    for (const byte of reader.take(size, 'identifier')) text += String.fromCharCode(byte);
    if (!isIdentifier(text, reader.format)) throw reader.fail('MALFORMED', 'bad identifier', at);
    return text;
  },
  write(writer, text) {
    if (!isIdentifier(text, writer.format)) throw new FormatError('MALFORMED', 'bad identifier');
    writer.uleb(text.length, writer.format.config.maxIdentifierSize, 'size of an identifier');
    for (let i = 0; i < text.length; i++) writer.u8(text.charCodeAt(i), 'identifier');
  },
};
