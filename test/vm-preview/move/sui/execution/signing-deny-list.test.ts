/** Objects are laid out as `0x2::deny_list` and `0x2::config` declare them. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { BcsWriter } from '../../../../../src/vm-preview/move/core/bcs';
import { parseTypeTag, type TypeTag } from '../../../../../src/vm-preview/move/core/types';
import { Address } from '../../../../../src/vm-preview/move/core/values';
import {
  coinOf,
  dynamicFieldId,
  GAS_COIN,
  MissingObjectsError,
  type ObjectRequest,
  ProtocolConfig,
  type SuiObject,
} from '../../../../../src/vm-preview/move/sui';
import { RefusedError } from '../../../../../src/vm-preview/move/sui/execution';
import { requireSignable } from '../../../../../src/vm-preview/move/sui/execution/signing-deny-list';

const SENDER = new Uint8Array(32).fill(1);
const BAG = new Uint8Array(32).fill(2);
const COUNTS = new Uint8Array(32).fill(3);
const ADDRESSES = new Uint8Array(32).fill(4);
const CONFIG = new Uint8Array(32).fill(5);
const ROOT = Address.parse('0x403').bytes;
const CURRENCY = parseTypeTag('0xabc::dollar::DOLLAR');
const COIN_TYPE = `${'abc'.padStart(64, '0')}::dollar::DOLLAR`;

/** Types of fields are not looked at: they are found by ids that are hashes of them. */
function moveObject(contents: Uint8Array, type = GAS_COIN): SuiObject {
  return {
    id: contents.slice(0, 32),
    version: 1n,
    data: { kind: 'move', type, hasPublicTransfer: false, contents },
    owner: { kind: 'immutable' },
    previousTransaction: new Uint8Array(32),
    storageRebate: 0n,
  };
}

function field(
  parent: Uint8Array,
  keyType: TypeTag,
  key: Uint8Array,
  value: Uint8Array,
): SuiObject {
  const id = dynamicFieldId(parent, keyType, key);
  return moveObject(new BcsWriter().bytes(id).bytes(key).bytes(value).finish());
}

const stateOf = (objects: readonly SuiObject[]) => {
  const known = new Map(objects.map((object) => [bytesToHex(object.id), object]));
  return { object: ({ id }: ObjectRequest) => known.get(bytesToHex(id)) ?? null };
};

const u64 = (value: bigint): Uint8Array => new BcsWriter().u64(value).finish();
const text = (value: string): Uint8Array => new BcsWriter().string(value).finish();
const coin = (currency: TypeTag): SuiObject =>
  moveObject(new BcsWriter().bytes(new Uint8Array(32).fill(9)).u64(1n).finish(), coinOf(currency));

const root = moveObject(new BcsWriter().bytes(ROOT).bytes(BAG).u64(1n).finish());
const list = field(
  BAG,
  { kind: 'u64' },
  u64(0n),
  new BcsWriter().bytes(new Uint8Array(32)).bytes(COUNTS).u64(1n).bytes(ADDRESSES).u64(1n).finish(),
);
const count = field(COUNTS, { kind: 'address' }, SENDER, u64(1n));
const listed = field(
  ADDRESSES,
  parseTypeTag('vector<u8>'),
  text(COIN_TYPE),
  new BcsWriter().uleb32(1).bytes(SENDER).finish(),
);

const config = field(
  ROOT,
  parseTypeTag('0x2::dynamic_object_field::Wrapper<0x2::deny_list::ConfigKey>'),
  new BcsWriter().u64(0n).string(COIN_TYPE).finish(),
  CONFIG,
);
/** `Setting { data: Some { newer_value_epoch: 7, newer_value: Some(value), older_value_opt: None } }` */
const setting = (name: string, key: Uint8Array, value: boolean): SuiObject =>
  field(
    CONFIG,
    parseTypeTag(`0x2::deny_list::${name}`),
    key,
    Uint8Array.of(1, ...u64(7n), 1, value ? 1 : 0, 0),
  );

function refusal(objects: readonly SuiObject[], inputs: readonly SuiObject[], version = 92) {
  try {
    const protocol = ProtocolConfig.ofVersion(version, 'other');
    requireSignable(stateOf(objects), protocol, SENDER, inputs);
    return undefined;
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal;
    throw error;
  }
}

describe('coins that validators do not sign for', () => {
  it('are those of the older list, where the sender is in it', () => {
    expect(refusal([root, list, count, listed], [coin(CURRENCY)])).toBe('AddressDeniedForCoin');
    expect(refusal([root, list, listed], [coin(CURRENCY)])).toBeUndefined();
    expect(refusal([root, list, count], [coin(CURRENCY)])).toBeUndefined();
    expect(refusal([root, list, count, listed], [coin(parseTypeTag('0xabc::euro::EURO'))])).toBe(
      undefined,
    );
  });

  it('are those whose newer setting denies the sender or pauses the coin, in the epoch already', () => {
    const denied = setting('AddressKey', SENDER, true);
    const paused = setting('GlobalPauseKey', Uint8Array.of(0), true);
    expect(refusal([config, denied], [coin(CURRENCY)])).toBe('AddressDeniedForCoin');
    expect(refusal([config, paused, denied], [coin(CURRENCY)])).toBe('CoinTypeGlobalPause');
    expect(refusal([config, setting('AddressKey', SENDER, false)], [coin(CURRENCY)])).toBe(
      undefined,
    );
  });

  it('are found in two rounds of loading, however many coins there are', () => {
    const euro = parseTypeTag('0xabc::euro::EURO');
    const chain = stateOf([root, list, count, listed, config]);
    const loaded = new Map<string, SuiObject | null>([[bytesToHex(ROOT), root]]);
    const state = {
      object: (request: ObjectRequest) => {
        const found = loaded.get(bytesToHex(request.id));
        if (found === undefined) throw new MissingObjectsError([request]);
        return found;
      },
    };
    const protocol = ProtocolConfig.ofVersion(138, 'mainnet');
    const rounds: number[] = [];
    for (;;) {
      try {
        requireSignable(state, protocol, SENDER, [coin(euro), coin(CURRENCY)]);
        throw new Error('it is denied');
      } catch (error) {
        if (!(error instanceof MissingObjectsError)) {
          expect(error).toMatchObject({ refusal: 'AddressDeniedForCoin' });
          break;
        }
        rounds.push(error.requests.length);
        for (const request of error.requests)
          loaded.set(bytesToHex(request.id), chain.object(request));
      }
    }
    // The older list and two coins' settings; the sender's count and one coin's pause and denial; and,
    // since this sender is in the older list, its rows of both.
    expect(rounds).toEqual([3, 3, 2]);
  });

  it('are never SUI, and none before the protocol had lists', () => {
    const all = [root, list, count, listed];
    expect(refusal(all, [coin(parseTypeTag('0x2::sui::SUI'))])).toBeUndefined();
    expect(refusal(all, [coin(CURRENCY)], 34)).toBeUndefined();
    expect(refusal(all, [coin(CURRENCY)], 35)).toBe('AddressDeniedForCoin');
  });
});
