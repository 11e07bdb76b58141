/** 0x2::config (sui-move-natives, config.rs): settings such as deny lists, which change with an epoch. */
import type { DatatypeType, Type } from '../../../core/loader';
import { type NativeCall, type NativeRegistry, nativesOf } from '../../../core/runtime';
import {
  asAddress,
  asStruct,
  ByteVector,
  ItemVector,
  illTyped,
  isIntegerKind,
  itemVector,
  Struct,
  type Value,
} from '../../../core/values';
import { optionalCharger } from '../charge';
import type { SuiNativeContext } from '../context';
import { pricedSize } from '../sizes';
import { asItems, asU64, structType, typeArgument } from '../values';

/** `Field { id, name, value }` */
const VALUE = 2;

function fieldOf(value: Value | undefined, index: number): Value {
  const field = asStruct(value).fields[index];
  if (field === undefined) throw illTyped('leaves out a field');
  return field;
}

/** An Option without a value. */
function none({ kind }: Type): Struct {
  if (kind === 'u8') return new Struct([new ByteVector()]);
  return new Struct([isIntegerKind(kind) ? itemVector([], kind) : new ItemVector()]);
}

export function configNatives(context: SuiNativeContext): NativeRegistry {
  const charge = optionalCharger(context);

  /** The Option of a setting that holds in this epoch: the newer one's from the epoch after it was set. */
  function valueNow(call: NativeCall, valueType: Type): Value {
    const [config, name, epoch] = call.args;
    const typed = structType(context, call, typeArgument(call, 0));
    call.loader.layouts.of(typed.type);
    const field = context.objects.setting(asAddress(config).hex, asAddress(name).hex, typed);
    if (field === undefined) return none(valueType);
    const setting = fieldOf(field, VALUE);
    // `Setting { data: Option<SettingData> }`
    const [data] = asItems(fieldOf(fieldOf(setting, 0), 0));
    if (data === undefined) return none(valueType);
    const newerEpoch = asU64(fieldOf(data, 0));
    return asU64(epoch) > newerEpoch ? fieldOf(data, 1) : fieldOf(data, 2);
  }

  return nativesOf('0x2::config', {
    read_setting_impl: (call) => {
      charge({ config_read_setting_impl_cost_base: 1 });
      const value = valueNow(call, typeArgument(call, 3));
      const type = optionOf(call, typeArgument(call, 2));
      const size = pricedSize(context, value, type, call.loader);
      charge({ config_read_setting_impl_cost_per_byte: size });
      return [value];
    },
  });
}

/** The type of the Options in a `SettingData`. */
function optionOf({ loader }: NativeCall, data: Type): Type {
  if (data.kind !== 'datatype') throw illTyped('takes another type for a struct');
  const field = (data satisfies DatatypeType).datatype.fields()[1];
  if (field === undefined) throw illTyped('leaves out a field');
  return loader.types.substitute(field.type, data.typeArguments);
}
