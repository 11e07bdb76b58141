/** Code, supply, and resources that nothing else tells of. */
import type { Change } from '../../../vm-preview/model/preview';
import { APT_METADATA } from '../address';
import { at, bigAt, type MoveJson } from '../decode/json';
import { coinOf } from './assets';
import { type EffectReader, ownerField } from './context';
import { isReadable } from './view';

export const codeEffects: EffectReader = ({ views }) =>
  views.modules.map(({ address, isGone, isNew, name }) => ({
    kind: 'code',
    address,
    action: isNew ? 'deployed' : isGone ? 'closed' : 'upgraded',
    module: name,
  }));

const SUPPLIES: Readonly<Record<string, string>> = {
  '0x1::fungible_asset::Supply': 'current',
  '0x1::fungible_asset::ConcurrentSupply': 'current.value',
};

/** What is made or burnt. Of the coin that pays fees each transaction burns some. */
export const supplyEffects: EffectReader = ({ assets, views }) =>
  views.resources.flatMap(({ address, after, before, changed, tag, type }): Change[] => {
    if (!changed) return [];
    const coin = coinOf(tag, 'coin', 'CoinInfo');
    const path = Object.hasOwn(SUPPLIES, type) ? SUPPLIES[type] : undefined;
    const asset = coin === undefined ? address : assets.idOfCoin(coin);
    if ((coin === undefined && path === undefined) || asset === APT_METADATA) return [];
    const amount = (json: MoveJson | null | undefined): bigint | undefined =>
      path === undefined ? coinSupply(json) : bigAt(json, path);
    const was = amount(before) ?? 0n;
    const is = amount(after);
    if (is === undefined || is === was) return [];
    return [
      {
        kind: 'supply',
        address,
        asset: assets.asset(asset),
        before: was.toString(),
        after: is.toString(),
        delta: (is - was).toString(),
      },
    ];
  });

/** A coin's supply is a number, or an aggregator whose value is elsewhere. */
function coinSupply(json: MoveJson | null | undefined): bigint | undefined {
  return bigAt(at(json, 'supply.vec.0'), 'integer.vec.0.value');
}

/** Told by others, or of no meaning to anybody. */
const TOLD: ReadonlySet<string> = new Set([
  '0x1::account::Account',
  '0x1::account_abstraction::DispatchableAuthenticator',
  '0x1::coin::CoinStore',
  '0x1::coin::CoinInfo',
  '0x1::fungible_asset::FungibleStore',
  '0x1::fungible_asset::ConcurrentFungibleBalance',
  '0x1::fungible_asset::FungibleAssetEvents',
  '0x1::fungible_asset::Supply',
  '0x1::fungible_asset::ConcurrentSupply',
  '0x1::coin::MigrationFlag',
  '0x1::multisig_account::MultisigAccount',
  '0x1::object::ObjectCore',
  '0x1::object::TombStone',
  '0x1::primary_fungible_store::DeriveRefPod',
  '0x1::delegation_pool::DelegationPool',
  '0x1::delegation_pool::GovernanceRecords',
  '0x1::stake::StakePool',
  '0x3::token::TokenStore',
  '0x3::token_event_store::TokenEventStoreV1',
  '0x4::token::Token',
  '0x4::token::TokenIdentifiers',
]);
const NAME_SERVICE = /::v2_1_domains::(?:\w+Events|NameRecord|ReverseRecord|SubdomainExt)$/;

export const resourceEffects: EffectReader = (context) =>
  context.views.resources.flatMap((view): Change[] => {
    const { address, after, before, changed, tag, type } = view;
    const plain = type.replace(/<.*$/, '');
    if (!changed) return [];
    if (isReadable(view) && (TOLD.has(plain) || NAME_SERVICE.test(plain))) return [];
    // Members of an object that is made or ends go with it.
    const isPartOfObject =
      (before === null || after === null) &&
      context
        .at(address)
        .some(
          (one) =>
            one.type === '0x1::object::ObjectCore' && (one.before === null || one.after === null),
        );
    if (isPartOfObject) return [];
    // The framework's own books change with every transaction.
    if (
      /^0x0{63}[0-9a-f]$/.test(address) &&
      tag.address.every((byte, i) => i === 31 || byte === 0)
    ) {
      return [];
    }
    return [
      {
        kind: 'resource',
        address,
        ...ownerField(context, address),
        action: before === null ? 'created' : after === null ? 'removed' : 'changed',
        type,
      },
    ];
  });
