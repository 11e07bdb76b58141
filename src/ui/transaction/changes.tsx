// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
import { Box, type JSXElement, Text } from '@metamask/snaps-sdk/jsx';
import type { Asset, Change, ObjectView, Preview } from '../../vm-preview/model/preview';
import {
  authorityWords,
  CHAIN_WORDS,
  type ChainWords,
  codeWords,
  nameWords,
  objectWords,
} from '../../vm-preview/model/words';
import { assetOrigin, formatAmount, formatDelta } from '../amount';
import { Block, bounded, Note } from '../parts';
import { count, visible } from '../text';

type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;
type Tone = 'default' | 'error' | 'success' | 'warning';

/** One change in words: the headline, how it feels, and the small print under it. */
interface Sentence {
  readonly text: string;
  readonly tone: Tone;
  readonly notes: readonly (string | undefined)[];
}

/** What a sentence needs to know besides the change. */
interface Setting {
  readonly words: ChainWords;
  /** That pays fees. */
  readonly coin: Asset;
}

/** Where an account keeps an asset. */
const PARTS = { coins: 'in coins', balance: 'in the account’s balance' } as const;

const SENTENCES: {
  readonly [Kind in Change['kind']]: (change: ChangeOf<Kind>, setting: Setting) => Sentence;
} = {
  balance: ({ asset, before, after, delta, parts = [] }) => ({
    text: delta === '0' ? `${nameOf(asset)} moves within the account` : formatDelta(delta, asset),
    tone: delta === '0' ? 'default' : delta.startsWith('-') ? 'error' : 'success',
    notes: [
      `${formatAmount(before, asset)} before, ${formatAmount(after, asset)} after`,
      ...parts.map((part) => `${formatDelta(part.delta, asset)} ${PARTS[part.where]}`),
      assetOrigin(asset),
    ],
  }),
  allowance: ({ asset, spender, after, unlimited }) =>
    spender === null || after === '0'
      ? { text: `Nobody else may spend ${nameOf(asset)} any more`, tone: 'success', notes: [] }
      : {
          text: unlimited
            ? `Another account may take all of ${nameOf(asset)}, at any time`
            : `Another account may take up to ${formatAmount(after, asset)}, at any time`,
          tone: 'error',
          notes: [`Who: ${spender}`, assetOrigin(asset)],
        },
  owner: ({ role, before, after }) => ({
    text:
      role === 'holder'
        ? 'The tokens in this account are handed to somebody else'
        : 'This account is handed to another program',
    tone: 'error',
    notes: [`From: ${before}`, `To: ${after}`],
  }),
  authority: (change) => {
    const { text, from, to } = authorityWords(change);
    return {
      text: visible(text, 120),
      tone: 'warning',
      notes: [
        change.before === null ? undefined : `${from}: ${visible(change.before, 200)}`,
        change.after === null ? undefined : `${to}: ${visible(change.after, 200)}`,
      ],
    };
  },
  opened: ({ what, asset }, { words }) => ({
    text: `A new ${words.accountKinds[what]} is opened${asset === undefined ? '' : ` for ${nameOf(asset)}`}`,
    tone: 'default',
    notes: [],
  }),
  closed: ({ what, asset }, { words }) => ({
    text: `The ${words.accountKinds[what]}${asset === undefined ? '' : ` for ${nameOf(asset)}`} is closed`,
    tone: 'warning',
    notes: [],
  }),
  frozen: ({ asset }) => ({
    text: `The account for ${nameOf(asset)} is frozen`,
    tone: 'error',
    notes: [assetOrigin(asset)],
  }),
  thawed: ({ asset }) => ({
    text: `The account for ${nameOf(asset)} is no longer frozen`,
    tone: 'success',
    notes: [assetOrigin(asset)],
  }),
  stake: ({ action, amount, validator }, { coin }) => ({
    text: `Stake: ${visible(action, 120)}${amount === undefined ? '' : `, ${formatAmount(amount, coin)}`}`,
    tone: 'default',
    notes: [validator === undefined ? undefined : `Validator: ${validator}`],
  }),
  nonce: ({ action }) => ({ text: `Nonce ${action}`, tone: 'default', notes: [] }),
  code: (change, { words }) => ({
    text: `${change.module === undefined ? `The ${words.accountKinds.program}` : `Module ${visible(change.module, 60)}`} ${codeWords(change)}`,
    tone: 'warning',
    notes: [],
  }),
  supply: ({ asset, delta }) => ({
    text: `The supply changes by ${formatDelta(delta, asset)}`,
    tone: 'default',
    notes: [assetOrigin(asset)],
  }),
  object: (change) => ({
    text: `${itemName(change.item)} ${objectWords(change)}`,
    tone: change.before === null && change.state === undefined ? 'success' : 'warning',
    notes: [
      change.before === null || change.before === change.after
        ? undefined
        : `From: ${change.before}`,
      change.after === null || change.before === change.after ? undefined : `To: ${change.after}`,
      change.item.type === undefined ? undefined : `Type: ${visible(change.item.type, 200)}`,
    ],
  }),
  collectible: ({ item, delta }) => ({
    text: `${delta.startsWith('-') ? '−' : '+'}${delta.replace('-', '')} of ${itemName(item)}`,
    tone: delta.startsWith('-') ? 'error' : 'success',
    notes: [],
  }),
  name: (change) => ({
    text: `The name “${visible(change.untrustedName, 60)}” ${nameWords(change)}`,
    tone: 'default',
    notes: [change.target == null ? undefined : `Points to ${change.target}`],
  }),
  resource: ({ action, type }) => ({
    text: `Data of an app is ${action}`,
    tone: 'default',
    notes: [`Type: ${visible(type, 200)}`],
  }),
  data: ({ bytesChanged }) => ({
    text: `${count(bytesChanged, 'byte')} of data changed`,
    tone: 'default',
    notes: [],
  }),
};

function itemName({ untrustedCollection, untrustedName }: ObjectView): string {
  if (untrustedName === undefined) return 'An object';
  const of = untrustedCollection === undefined ? '' : ` of “${visible(untrustedCollection, 60)}”`;
  return `“${visible(untrustedName, 60)}”${of}`;
}

function nameOf(asset: Asset): string {
  if (asset.symbol !== undefined && asset.symbol !== '') return visible(asset.symbol, 16);
  return asset.kind === 'native' ? 'coins' : 'an unnamed token';
}

function sentenceOf<Kind extends Change['kind']>(
  change: ChangeOf<Kind>,
  setting: Setting,
): Sentence {
  const sentence: (change: ChangeOf<Kind>, setting: Setting) => Sentence =
    SENTENCES[change.kind as Kind];
  return sentence(change, setting);
}

/** What the address of a change is, where it is no account. */
const PLACES: Readonly<Partial<Record<Change['kind'], string>>> = {
  supply: 'Token',
  resource: 'At',
  code: 'At',
};

/** Whose it is. An account's own address is left to the details where the owner says more. */
function placeOf(change: Change, isOwn: boolean): string | undefined {
  if (isOwn && change.kind === 'balance') return undefined;
  if (change.kind === 'object') return `Object ${change.address}`;
  if (!isOwn && change.owner !== undefined) return `Belongs to ${change.owner}`;
  return `${PLACES[change.kind] ?? 'Account'} ${change.address}`;
}

function ChangeLine({
  change,
  preview: { chain, fee },
  isOwn,
}: {
  change: Change;
  preview: Preview;
  isOwn: boolean;
}): JSXElement {
  const setting = { words: CHAIN_WORDS[chain], coin: fee.asset };
  const { text, tone, notes } = sentenceOf(change, setting);
  return (
    <Box>
      <Text color={tone} fontWeight="medium">
        {text}
      </Text>
      {[...notes, placeOf(change, isOwn)]
        .filter((note) => note !== undefined)
        .map((note) => (
          <Note text={note} />
        ))}
    </Box>
  );
}

const MAX_OWN = 40;
const MAX_OTHERS = 12;

/** What changes for the user: the first thing to read. */
export function OwnChanges({ preview }: { preview: Preview }): JSXElement {
  const { shown, more } = bounded(preview.changes, MAX_OWN);
  return (
    <Block title="What changes for you">
      {shown.length === 0 ? <Text>Nothing, apart from the fee if you pay it.</Text> : null}
      {shown.map((change) => (
        <ChangeLine change={change} preview={preview} isOwn={true} />
      ))}
      {more}
    </Block>
  );
}

export function OthersChanges({ preview }: { preview: Preview }): JSXElement | null {
  if (preview.othersChanges.length === 0) return null;
  const { shown, more } = bounded(preview.othersChanges, MAX_OTHERS);
  return (
    <Block title="What changes for others">
      {shown.map((change) => (
        <ChangeLine change={change} preview={preview} isOwn={false} />
      ))}
      {more}
    </Block>
  );
}
