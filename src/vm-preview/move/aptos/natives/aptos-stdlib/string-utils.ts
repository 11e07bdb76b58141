/** 0x1::string_utils: values as text for people (string_utils.rs). */
import type { Type } from '../../../core/loader';
import { aborted, type Native, nativesOf } from '../../../core/runtime';
import { asBool, asBytes, asReference, asStruct, type Value } from '../../../core/values';
import { pricesOf } from '../charge';
import type { NativeContext } from '../context';
import { layoutOf } from '../layout';
import { limitedTypeTag } from '../type-tag';
import { stringValue, typeArgument, utf8 } from '../values';
import { type FormatOptions, ValueFormatter } from './format-value';

const ARGUMENTS_MISMATCH = 1n;
const INVALID_FORMAT = 2n;
const DELAYED_FIELD = 3n;

/** How an item of a list is written. */
const LIST_ITEM: FormatOptions = {
  typeTag: true,
  canonicalize: false,
  singleLine: true,
  integerTypes: false,
};

/** The head of a `Cons`, `undefined` for `NIL`. @throws MoveError for any other type */
function listStep(type: Type): readonly Type[] | undefined {
  limitedTypeTag(type);
  if (type.kind !== 'datatype') throw aborted(ARGUMENTS_MISMATCH);
  if (type.datatype.key === '0x1::string_utils::Cons') return type.typeArguments;
  if (type.datatype.key === '0x1::string_utils::NIL') return undefined;
  throw aborted(ARGUMENTS_MISMATCH);
}

/** Text and places for values, of `a = {}, {{b}}`. @throws MoveError for a brace that stands alone */
function* piecesOf(format: string): Generator<string | undefined> {
  const characters = [...format];
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i];
    if (character !== '{' && character !== '}') {
      yield character ?? '';
      continue;
    }
    const next = characters[++i];
    if (next === character) yield character;
    else if (character === '{' && next === '}') yield undefined;
    else throw aborted(INVALID_FORMAT);
  }
}

export const stringUtilsNatives = (context: NativeContext) => {
  const { each } = pricesOf(context, 'aptos_framework');
  const requirePlain = (type: Type, loader: Parameters<Native>[0]['loader']): void => {
    if (layoutOf(context, loader.types, type).hasDelayedFields) throw aborted(DELAYED_FIELD);
  };

  const format: Native = ({ args, typeArguments, loader }) => {
    const type = typeArgument(typeArguments);
    requirePlain(type, loader);
    const [value, typeTag, canonicalize, singleLine, integerTypes] = args;
    const formatter = new ValueFormatter(context, loader, {
      typeTag: asBool(typeTag),
      canonicalize: asBool(canonicalize),
      singleLine: asBool(singleLine),
      integerTypes: asBool(integerTypes),
    });
    return [stringValue(formatter.format(type, asReference(value).get()))];
  };

  const formatList: Native = ({ args: [format, list], typeArguments, loader }) => {
    let type = typeArgument(typeArguments);
    let rest: Value = asReference(list).get();
    const bytes = asBytes(asReference(format).get());
    const text = utf8(bytes);
    if (text === undefined) throw aborted(INVALID_FORMAT);
    each('string_utils.format.per_byte', bytes.length);
    let out = '';
    for (const piece of piecesOf(text)) {
      if (piece !== undefined) {
        out += piece;
        continue;
      }
      const types = listStep(type);
      if (types === undefined) throw aborted(ARGUMENTS_MISMATCH);
      const [head, tail] = asStruct(rest).fields;
      const itemType = typeArgument(types);
      requirePlain(itemType, loader);
      if (head === undefined || tail === undefined) throw aborted(ARGUMENTS_MISMATCH);
      out += new ValueFormatter(context, loader, LIST_ITEM).format(itemType, head);
      rest = tail;
      type = typeArgument(types, 1);
    }
    if (listStep(type) !== undefined) throw aborted(ARGUMENTS_MISMATCH);
    return [stringValue(out)];
  };

  return nativesOf('0x1::string_utils', { native_format: format, native_format_list: formatList });
};
