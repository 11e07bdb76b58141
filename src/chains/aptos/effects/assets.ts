/** Coins and fungible assets as the preview names them; a coin and its paired asset are one. */
import type { Asset } from '../../../vm-preview/model/preview';
import { parseTypeTag, type StructTag, typeTagText } from '../../../vm-preview/move/core/types';
import type { TokenInfo } from '../../hints';
import { APT_METADATA, FRAMEWORK, fullAddress, pairedMetadata } from '../address';
import { bigAt, type MoveJson, textAt } from '../decode/json';

const COIN_INFO = '0x1::coin::CoinInfo';
const METADATA = '0x1::fungible_asset::Metadata';

/** Looks for a resource: as the run left it, else as it was read. Asks for it where it was not. */
export type ResourceLookup = (address: string, type: string) => MoveJson | undefined;

/** Names of assets that were read for earlier previews, by metadata object. */
export interface KnownTokens {
  get(metadata: string): TokenInfo | undefined;
  set(metadata: string, info: TokenInfo): void;
}

const MAX_NAME = 120;

/** One for a preview: it learns which coin a metadata object stands for as it meets them. */
export class AssetBook {
  readonly #coins = new Map<string, string>();

  constructor(
    readonly native: Asset,
    private readonly find: ResourceLookup,
    private readonly remembered: KnownTokens | undefined = undefined,
  ) {}

  /** What both forms of the asset have in common: the metadata object's address. */
  idOfCoin(type: string): string {
    const metadata = pairedMetadata(type);
    this.#coins.set(metadata, type);
    return metadata;
  }

  /** @param metadata - as `idOfCoin` has it, or of a fungible asset */
  asset(metadata: string): Asset {
    if (metadata === APT_METADATA) return this.native;
    const coin = this.#coins.get(metadata);
    const id = coin ?? metadata;
    const info = this.#info(metadata, coin);
    if (info === undefined) return { kind: 'token', id, decimals: 0, named: 'none' };
    return {
      kind: 'token',
      id,
      decimals: info.decimals,
      ...(info.symbol === undefined ? {} : { symbol: info.symbol }),
      ...(info.name === undefined ? {} : { untrustedName: info.name }),
      named: 'metadata',
    };
  }

  coin(type: string): Asset {
    return this.asset(this.idOfCoin(type));
  }

  #info(metadata: string, coin: string | undefined): TokenInfo | undefined {
    const known =
      (coin === undefined ? undefined : tokenInfo(this.find(...coinInfoOf(coin)))) ??
      tokenInfo(this.find(metadata, METADATA));
    if (known !== undefined) this.remembered?.set(metadata, known);
    return known ?? this.remembered?.get(metadata);
  }
}

/** Address and type of the resource that describes a coin. */
export function coinInfoOf(type: string): readonly [address: string, type: string] {
  const tag = parseTypeTag(type);
  const address = tag.kind === 'struct' ? fullAddress(tag.address) : '0x0';
  return [address, `${COIN_INFO}<${type}>`];
}

function tokenInfo(json: MoveJson | undefined): TokenInfo | undefined {
  const decimals = bigAt(json, 'decimals');
  const name = textAt(json, 'name');
  const symbol = textAt(json, 'symbol');
  if (decimals === undefined || decimals > 255n) return undefined;
  return {
    decimals: Number(decimals),
    ...(name === undefined || name === '' ? {} : { name: name.slice(0, MAX_NAME) }),
    ...(symbol === undefined || symbol === '' ? {} : { symbol: symbol.slice(0, MAX_NAME) }),
  };
}

/** The coin of `0x1::coin::CoinStore<T>` and the like; undefined where it is no such type. */
export function coinOf(tag: StructTag, module: string, name: string): string | undefined {
  const [argument] = tag.typeArguments;
  if (tag.module !== module || tag.name !== name || argument === undefined) return undefined;
  return fullAddress(tag.address) === FRAMEWORK ? typeTagText(argument) : undefined;
}
