import type { ReactNode } from 'react';
import type { Asset, ChainId, Change, ObjectView } from '../../../src/vm-preview/model/preview';
import {
  authorityWords,
  CHAIN_WORDS,
  type ChainWords,
  codeWords,
  nameWords,
  objectWords,
} from '../../../src/vm-preview/model/words';
import { Address } from '../parts/address';
import { amount, difference, symbolOf, units } from '../parts/amount';
import { counted, plain, shortened } from '../parts/text';

type Tone = 'gain' | 'loss' | 'warn' | 'plain';

interface Line {
  readonly tone: Tone;
  readonly text: ReactNode;
  readonly note?: ReactNode;
}

/** What a line needs to know besides the change. */
export interface Setting {
  readonly chain: ChainId;
  /** That pays fees. */
  readonly coin: Asset;
}

export function ChangeList({
  title,
  changes,
  setting,
}: {
  title: string;
  changes: readonly Change[];
  setting: Setting;
}) {
  return (
    <section className="block">
      <h4>{title}</h4>
      {changes.length === 0 ? <p className="quiet">Nothing.</p> : null}
      <ul className="changes">
        {changes.map((change, index) => (
          // A preview never changes: its lines keep their places.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <ChangeLine key={index} change={change} setting={setting} />
        ))}
      </ul>
    </section>
  );
}

/** What the address of a change is, where it is no account. */
const PLACES: Readonly<Partial<Record<Change['kind'], string>>> = {
  object: 'object',
  resource: 'at',
  supply: 'token',
};

function ChangeLine({ change, setting }: { change: Change; setting: Setting }) {
  const { tone, text, note } = lineOf(change, CHAIN_WORDS[setting.chain], setting.coin);
  return (
    <li className={`change ${tone}`}>
      <div className="change-text">{text}</div>
      {note === undefined ? null : <div className="quiet">{note}</div>}
      <div className="quiet where">
        {change.owner === undefined || change.kind === 'object' ? null : (
          <span>
            of <Address value={change.owner} />
          </span>
        )}
        <span>
          {PLACES[change.kind] ?? 'account'} <Address value={change.address} />
        </span>
      </div>
    </li>
  );
}

function lineOf(change: Change, words: ChainWords, coin: Asset): Line {
  switch (change.kind) {
    case 'balance':
      return {
        tone: change.delta.startsWith('-') ? 'loss' : 'gain',
        text: (
          <>
            <strong className="amount">{difference(change.delta, change.asset)}</strong>{' '}
            <TokenName asset={change.asset} tokenId={words.tokenId} />
          </>
        ),
        note: `${units(change.before, change.asset.decimals)} → ${amount(change.after, change.asset)}`,
      };
    case 'allowance':
      return allowanceLine(change);
    case 'owner':
      return {
        tone: 'loss',
        text:
          change.role === 'holder'
            ? 'The tokens are handed to another holder'
            : 'The account is handed to another program',
        note: <FromTo before={change.before} after={change.after} />,
      };
    case 'authority':
      return {
        tone: 'warn',
        text: plain(authorityWords(change).text, 120),
        note: <FromTo before={change.before} after={change.after} />,
      };
    case 'opened':
    case 'closed':
      return {
        tone: 'plain',
        text: `${change.kind === 'opened' ? 'A new' : 'The'} ${words.accountKinds[change.what]} is ${change.kind}${forAsset(change.asset)}`,
      };
    case 'frozen':
    case 'thawed':
      return {
        tone: change.kind === 'frozen' ? 'loss' : 'plain',
        text: `The ${words.accountKinds['token-account']} is ${change.kind}${forAsset(change.asset)}`,
      };
    case 'stake':
      return {
        tone: 'plain',
        text: `Stake: ${plain(change.action, 120)}${change.amount === undefined ? '' : `, ${amount(change.amount, coin)}`}`,
        note:
          change.validator === undefined ? undefined : (
            <>
              validator <Address value={change.validator} />
            </>
          ),
      };
    case 'nonce':
      return { tone: 'plain', text: `The nonce is ${change.action}` };
    case 'code': {
      const what = change.module === undefined ? 'program' : `module ${plain(change.module, 60)}`;
      return { tone: 'warn', text: `The ${what} ${codeWords(change)}` };
    }
    case 'supply':
      return {
        tone: 'plain',
        text: `The supply changes by ${difference(change.delta, change.asset)}`,
      };
    case 'object':
      return {
        tone: change.before === null ? 'gain' : 'warn',
        text: `${itemName(change.item)} ${objectWords(change)}`,
        note:
          change.before === change.after ? undefined : (
            <FromTo before={change.before} after={change.after} />
          ),
      };
    case 'collectible':
      return {
        tone: change.delta.startsWith('-') ? 'loss' : 'gain',
        text: `${change.delta.startsWith('-') ? '−' : '+'}${change.delta.replace('-', '')} of ${itemName(change.item)}`,
      };
    case 'name':
      return {
        tone: 'plain',
        text: `The name “${plain(change.untrustedName, 60)}” ${nameWords(change)}`,
        note: change.target == null ? undefined : <Address value={change.target} />,
      };
    case 'resource':
      return {
        tone: 'plain',
        text: `Data of an app is ${change.action}`,
        note: <code className="long">{plain(change.type, 200)}</code>,
      };
    case 'data':
      return { tone: 'plain', text: `${counted(change.bytesChanged, 'byte')} of data change` };
  }
}

function itemName({ type, untrustedCollection, untrustedName }: ObjectView): string {
  if (untrustedName === undefined) {
    return type === undefined ? 'An object' : plain(shortened(type), 120);
  }
  const of = untrustedCollection === undefined ? '' : ` of “${plain(untrustedCollection, 60)}”`;
  return `“${plain(untrustedName, 60)}”${of}`;
}

function allowanceLine(change: Extract<Change, { kind: 'allowance' }>): Line {
  if (change.spender === null || change.after === '0') {
    return { tone: 'gain', text: `Nobody else may spend the ${symbolOf(change.asset)} any more` };
  }
  return {
    tone: 'loss',
    text: (
      <>
        <Address value={change.spender} /> may take{' '}
        <strong className="amount">
          {change.unlimited
            ? `all the ${symbolOf(change.asset)}`
            : `up to ${amount(change.after, change.asset)}`}
        </strong>
        , at any time
      </>
    ),
  };
}

/** What a token calls itself is its own claim; what it is known by counts. */
function TokenName({ asset, tokenId }: { asset: Asset; tokenId: string }) {
  if (asset.kind === 'native' || asset.id === undefined) return null;
  return (
    <span className="quiet token">
      {asset.untrustedName === undefined ? null : `“${plain(asset.untrustedName, 40)}” `}
      {tokenId} <Address value={asset.id} />
    </span>
  );
}

function FromTo({ before, after }: { before: string | null; after: string | null }) {
  return (
    <>
      {before === null ? 'nobody' : <Address value={before} />}
      {' → '}
      {after === null ? 'nobody' : <Address value={after} />}
    </>
  );
}

function forAsset(asset: Asset | undefined): string {
  return asset === undefined ? '' : ` for ${symbolOf(asset)}`;
}
