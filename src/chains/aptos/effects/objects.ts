/** Objects and NFTs that are made, end, or change hands; tokens of the first standard. */
import type { Change, ObjectView } from '../../../vm-preview/model/preview';
import { typeTagText } from '../../../vm-preview/move/core/types';
import { addressAt, bigAt, type MoveJson, textAt } from '../decode/json';
import { type EffectContext, type EffectReader, OBJECT_CORE } from './context';

const TOKEN = '0x4::token::Token';
const IDENTIFIERS = '0x4::token::TokenIdentifiers';
const COLLECTION = '0x4::collection::Collection';
const TOKEN_STORE = '0x3::token::TokenStore';
const OLD_TOKEN = '0x3::token::Token';
/** What objects have that says nothing of what they are. */
const PLUMBING: ReadonlySet<string> = new Set([
  OBJECT_CORE,
  IDENTIFIERS,
  '0x1::object::TombStone',
  '0x1::object::Untransferable',
]);
/** Told by their balances. */
const STORE = '0x1::fungible_asset::FungibleStore';
const MAX_NAME = 120;

export const objectEffects: EffectReader = (context) =>
  context.views.resources.flatMap((view): Change[] => {
    if (view.type !== OBJECT_CORE || !view.changed) return [];
    const { address } = view;
    if (context.at(address).some(({ type }) => type === STORE)) return [];
    const before = addressAt(view.before, 'owner') ?? null;
    const after = addressAt(view.after, 'owner') ?? null;
    if (before === after) return [];
    const owner = after ?? before;
    return [
      {
        kind: 'object',
        address,
        ...(owner === null ? {} : { owner }),
        before,
        after,
        item: itemAt(address, context),
      },
    ];
  });

/** What an object is: an NFT with its names, else the first type that is not an object's own. */
export function itemAt(address: string, context: EffectContext): ObjectView {
  const views = context.at(address);
  const read = (type: string): MoveJson | undefined => {
    const view = views.find((one) => one.type === type);
    return view?.after ?? view?.before ?? undefined;
  };
  const token = read(TOKEN);
  if (token !== undefined) {
    const collection = addressAt(token, 'collection.inner');
    const of = collection === undefined ? undefined : context.find(collection, COLLECTION);
    return named(
      TOKEN,
      textAt(read(IDENTIFIERS), 'name.value') ?? textAt(token, 'name'),
      textAt(of, 'name'),
    );
  }
  const collection = read(COLLECTION);
  if (collection !== undefined) return named(COLLECTION, textAt(collection, 'name'), undefined);
  const main = views.find(({ type }) => !PLUMBING.has(type));
  if (main === undefined) return {};
  const json = main.after ?? main.before;
  return named(typeTagText(main.tag), textAt(json, 'name'), undefined);
}

function named(type: string, name: string | undefined, collection: string | undefined): ObjectView {
  return {
    type,
    ...(name === undefined || name === '' ? {} : { untrustedName: name.slice(0, MAX_NAME) }),
    ...(collection === undefined || collection === ''
      ? {}
      : { untrustedCollection: collection.slice(0, MAX_NAME) }),
  };
}

/** Tokens of the first standard are items of a table in their owner's store. */
export const collectibleEffects: EffectReader = (context) => {
  const owners = new Map<string, string>();
  for (const { address, after, before, type } of context.views.resources) {
    if (type !== TOKEN_STORE) continue;
    const handle = addressAt(after, 'tokens.handle') ?? addressAt(before, 'tokens.handle');
    if (handle !== undefined) owners.set(handle, address);
  }
  return context.views.items.flatMap((view): Change[] => {
    if (view.valueType !== OLD_TOKEN) return [];
    const before = bigAt(view.before, 'amount') ?? 0n;
    const after = bigAt(view.after, 'amount') ?? 0n;
    if (before === after) return [];
    const id = 'token_data_id';
    return [
      {
        kind: 'collectible',
        address: owners.get(view.handle) ?? view.handle,
        item: named(
          OLD_TOKEN,
          textAt(view.key, `${id}.name`),
          textAt(view.key, `${id}.collection`),
        ),
        before: before.toString(),
        after: after.toString(),
        delta: (after - before).toString(),
      },
    ];
  });
};
