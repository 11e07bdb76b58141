/** The compiled package of this search; `move/build.mjs` makes it. */
import { decodeBase64 } from '../../../src/chains/base64';
import { fromHex } from '../../../src/chains/hex';
import {
  type CompiledModule,
  decodeModule,
  encode,
  SUI_FORMAT,
} from '../../../src/vm-preview/move/core/format';
import { Address } from '../../../src/vm-preview/move/core/values';
import bytecode from './move/bytecode.json';

/** Where the search finds it. */
export const FUZZ = Address.parse('0xf0225ed');

const ZERO = new Uint8Array(32);

/** At 0x0, as they are published. */
export function publishedModules(): Uint8Array[] {
  return bytecode.modules.map(decodeBase64);
}

/** By which an upgrade to the same modules is allowed. */
export const DIGEST = fromHex(bytecode.digest);

/** SHA-256 of each source that the modules were made of, by its path. */
export const SOURCES: Readonly<Record<string, string>> = bytecode.sources;

/** As they are once they are published under an id. */
export function modulesAt({ bytes: id }: Address): Uint8Array[] {
  return publishedModules().map((bytes) => encode(movedTo(decode(bytes), id), SUI_FORMAT));
}

export const decode = (bytes: Uint8Array): CompiledModule => decodeModule(bytes, SUI_FORMAT);

/** With another address of its own. */
export function movedTo(module: CompiledModule, id: Uint8Array): CompiledModule {
  const { layout, ...bare } = module;
  return {
    ...bare,
    addresses: module.addresses.map((address) =>
      address.every((byte, i) => byte === ZERO[i]) ? id : address,
    ),
  };
}
