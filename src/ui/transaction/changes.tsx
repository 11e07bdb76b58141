// biome-ignore-all lint/correctness/useJsxKeyInIterable: MetaMask redraws the whole tree, nothing is matched by key
import { Box, type JSXElement, Text } from '@metamask/snaps-sdk/jsx';
import type { AccountKind, Asset, Change, ObjectView } from '../../vm-preview/model/preview';
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

const ACCOUNT_KINDS: Readonly<Record<AccountKind, string>> = {
  wallet: 'account',
  'token-account': 'token account',
  mint: 'token mint',
  nonce: 'nonce account',
  stake: 'stake account',
  program: 'program',
  'lookup-table': 'lookup table',
  data: 'data account',
};

const SENTENCES: { readonly [Kind in Change['kind']]: (change: ChangeOf<Kind>) => Sentence } = {
  balance: ({ asset, before, after, delta }) => ({
    text: formatDelta(delta, asset),
    tone: delta.startsWith('-') ? 'error' : 'success',
    notes: [
      `${formatAmount(before, asset)} before, ${formatAmount(after, asset)} after`,
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
  authority: ({ role, before, after }) => ({
    text:
      after === null
        ? `The ${visible(role, 40)} authority is given up`
        : `The ${visible(role, 40)} authority goes to another account`,
    tone: 'warning',
    notes: [`From: ${before ?? 'nobody'}`, `To: ${after ?? 'nobody'}`],
  }),
  opened: ({ what, asset }) => ({
    text: `A new ${ACCOUNT_KINDS[what]} is opened${asset === undefined ? '' : ` for ${nameOf(asset)}`}`,
    tone: 'default',
    notes: [],
  }),
  closed: ({ what, asset }) => ({
    text: `The ${ACCOUNT_KINDS[what]}${asset === undefined ? '' : ` for ${nameOf(asset)}`} is closed`,
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
  stake: ({ action, validator }) => ({
    text: `Stake: ${visible(action, 60)}`,
    tone: 'default',
    notes: [validator === undefined ? undefined : `Validator: ${validator}`],
  }),
  nonce: ({ action }) => ({ text: `Nonce ${action}`, tone: 'default', notes: [] }),
  code: ({ action, module }) => ({
    text: module === undefined ? `Program ${action}` : `Module ${visible(module, 60)} ${action}`,
    tone: 'warning',
    notes: [],
  }),
  supply: ({ asset, delta }) => ({
    text: `The supply changes by ${formatDelta(delta, asset)}`,
    tone: 'default',
    notes: [assetOrigin(asset)],
  }),
  object: ({ item, before, after }) => ({
    text: `${itemName(item)} ${before === null ? 'is made' : after === null ? 'ends' : 'changes hands'}`,
    tone: before === null ? 'success' : 'warning',
    notes: [`From: ${before ?? 'nobody'}`, `To: ${after ?? 'nobody'}`, item.type],
  }),
  collectible: ({ item, delta }) => ({
    text: `${delta.startsWith('-') ? '−' : '+'}${delta.replace('-', '')} of ${itemName(item)}`,
    tone: delta.startsWith('-') ? 'error' : 'success',
    notes: [],
  }),
  name: ({ action, untrustedName, target }) => ({
    text: `Name “${visible(untrustedName, 60)}”: ${action}`,
    tone: 'default',
    notes: [target == null ? undefined : `Points to ${target}`],
  }),
  resource: ({ action, type }) => ({
    text: `${visible(type, 120)} is ${action}`,
    tone: 'default',
    notes: [],
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

function sentenceOf<Kind extends Change['kind']>(change: ChangeOf<Kind>): Sentence {
  const sentence: (change: ChangeOf<Kind>) => Sentence = SENTENCES[change.kind as Kind];
  return sentence(change);
}

/** Whose it is. An account's own address is left to the details where the owner says more. */
function placeOf(change: Change, isOwn: boolean): string | undefined {
  if (isOwn && change.kind === 'balance') return undefined;
  if (!isOwn && change.owner !== undefined) return `Belongs to ${change.owner}`;
  return `Account ${change.address}`;
}

function ChangeLine({ change, isOwn }: { change: Change; isOwn: boolean }): JSXElement {
  const { text, tone, notes } = sentenceOf(change);
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
export function OwnChanges({ changes }: { changes: readonly Change[] }): JSXElement {
  const { shown, more } = bounded(changes, MAX_OWN);
  return (
    <Block title="What changes for you">
      {shown.length === 0 ? <Text>Nothing, apart from the fee if you pay it.</Text> : null}
      {shown.map((change) => (
        <ChangeLine change={change} isOwn={true} />
      ))}
      {more}
    </Block>
  );
}

export function OthersChanges({ changes }: { changes: readonly Change[] }): JSXElement | null {
  if (changes.length === 0) return null;
  const { shown, more } = bounded(changes, MAX_OTHERS);
  return (
    <Block title="What changes for others">
      {shown.map((change) => (
        <ChangeLine change={change} isOwn={false} />
      ))}
      {more}
    </Block>
  );
}
