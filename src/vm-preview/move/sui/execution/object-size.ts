/** Bytes that an object is charged for (sui-types, object.rs `object_size_for_gas_metering`). */
import { encode, OBJECT_TYPE } from '../data';
import type { PackageData, SuiObject } from '../state';

/** Whatever it is. */
const OWNER = 40;
const DIGEST = 32;
const AMOUNT = 8;
const VERSION = 8;
const PUBLIC_TRANSFER = 1;
const ID = 32;

const TEXT = new TextEncoder();

const textSize = (text: string): number => TEXT.encode(text).length;

export function objectSize({ data }: SuiObject): number {
  const dataSize =
    data.kind === 'package'
      ? packageSize(data)
      : data.contents.length + encode(OBJECT_TYPE, data.type).length + PUBLIC_TRANSFER + VERSION;
  return OWNER + DIGEST + AMOUNT + dataSize;
}

/** move_package.rs, `size`. */
export function packageSize({ modules, typeOrigins, linkage }: PackageData): number {
  let size = VERSION + linkage.size * (ID + ID + VERSION);
  for (const [name, module] of modules) size += textSize(name) + module.length;
  for (const { module, datatype } of typeOrigins)
    size += textSize(module) + textSize(datatype) + ID;
  return size;
}
