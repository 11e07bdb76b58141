/** Values of one version's state in JSON, by the layouts that the chain's own modules declare. */
import { addressBytes } from '../../../src/chains/aptos/address';
import { fromHex } from '../../../src/chains/hex';
import {
  type AptosState,
  decodeGroup,
  type ModuleCache,
  memberId,
  type StateKey,
  type StateValue,
} from '../../../src/vm-preview/move/aptos';
import {
  EMPTY_CHANGE_SET,
  ReadState,
  StateModules,
  StateView,
} from '../../../src/vm-preview/move/aptos/storage';
import { BcsReader } from '../../../src/vm-preview/move/core/bcs';
import { APTOS_FORMAT, type CompiledModule } from '../../../src/vm-preview/move/core/format';
import { Loader } from '../../../src/vm-preview/move/core/loader';
import {
  parseTypeTag,
  readStructTag,
  type StructTag,
  type TypeTag,
} from '../../../src/vm-preview/move/core/types';
import type { Json } from '../../json';
import { parseValue, valueJson } from './value';

export interface Resource {
  readonly type: StructTag;
  readonly bytes: Uint8Array;
}

export class StateReader {
  readonly loader: Loader;

  constructor(
    readonly state: AptosState,
    private readonly cache: ModuleCache,
  ) {
    const view = new StateView(new ReadState(state), EMPTY_CHANGE_SET);
    this.loader = new Loader(new StateModules(view, cache));
  }

  /** @throws BcsError and MoveError where the bytes are no such value */
  json(bytes: Uint8Array, tag: TypeTag): Json {
    const type = this.loader.typeOf(tag);
    return valueJson(this.loader, this.loader.codec.decode(bytes, type), type);
  }

  /** BCS of a value that is given in JSON. @throws JsonValueError */
  encode(json: unknown, tag: TypeTag): Uint8Array {
    const type = this.loader.typeOf(tag);
    return this.loader.codec.encode(parseValue(this.loader, json, type), type);
  }

  module(bytes: Uint8Array): CompiledModule {
    return this.cache.decode(bytes, APTOS_FORMAT);
  }

  /** A resource by its type, wherever it is kept: on its own, or in a group. */
  resource(address: string, type: StructTag): Uint8Array | undefined {
    const owner = addressBytes(address);
    const own = this.state.read({ kind: 'resource', address: owner, type });
    if (own !== null) return own.bytes;
    const group = this.state.read({ kind: 'group', address: owner, type: OBJECT_GROUP });
    return group === null ? undefined : decodeGroup(group.bytes).get(memberId(type));
  }
}

const OBJECT_GROUP = ((): StructTag => {
  const tag = parseTypeTag('0x1::object::ObjectGroup');
  if (tag.kind !== 'struct') throw new TypeError('a group is a struct');
  return tag;
})();

/** The resources in a value of state; none in one that holds something else. */
export function resourcesOf([key, { bytes }]: readonly [StateKey, StateValue]): Resource[] {
  if (key.kind === 'resource') return [{ type: key.type, bytes }];
  if (key.kind !== 'group') return [];
  return [...decodeGroup(bytes)].map(([id, member]) => ({ type: memberTag(id), bytes: member }));
}

function memberTag(id: string): StructTag {
  const reader = new BcsReader(fromHex(id));
  return readStructTag(reader);
}
