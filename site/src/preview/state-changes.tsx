/** The whole state diff: each account, value or object by its fields, or by its bytes where they are unknown. */
import { decodeBase64 } from '../../../src/chains/base64';
import type {
  DecodedDiff,
  RawAccount,
  RawOutcome,
  RawValue,
  StateDiff,
  ValueDiff,
} from '../../../src/vm-preview/model/preview';
import { Address } from '../parts/address';
import { counted, plain, thousands } from '../parts/text';
import { bytesDiff } from './bytes-diff';
import { FieldText } from './events';
import { Fold } from './fold';
import { type FieldChange, jsonDiff } from './json-diff';

export function StateChanges({ raw }: { raw: RawOutcome }) {
  const accounts = raw.diff.filter(({ after, before }) => !sameAccount(before, after));
  const values = raw.values ?? [];
  const noun = raw.values === undefined ? 'account' : 'value';
  const number = raw.values === undefined ? accounts.length : values.length;
  return (
    <Fold title="State changes" count={counted(number, noun)}>
      {() => (
        <ul className="diffs">
          {accounts.map((diff) => (
            <AccountDiff key={diff.address} diff={diff} decoded={find(raw, diff.address)} />
          ))}
          {values.map((diff) => (
            <ValueChange
              key={`${diff.kind} ${diff.address} ${diff.key}`}
              diff={diff}
              decoded={decodedOf(diff, raw.decoded ?? [])}
            />
          ))}
        </ul>
      )}
    </Fold>
  );
}

function find({ decoded }: RawOutcome, address: string): DecodedDiff | undefined {
  return decoded?.find((one) => one.address === address);
}

/** A group is one value on the chain, and holds several resources. */
function decodedOf(
  { address, key, kind }: ValueDiff,
  decoded: readonly DecodedDiff[],
): readonly DecodedDiff[] {
  const here = decoded.filter((one) => one.address === address);
  switch (kind) {
    case 'group':
      return here.filter((one) => one.untrustedKey === undefined);
    case 'resource':
      return here.filter(({ type }) => type === key);
    case 'object':
    case 'table-item':
      return here;
    case 'module':
      return [];
  }
}

const ACCOUNT_TYPES: Readonly<Record<string, string>> = {
  'token-account': 'Token account',
  mint: 'Token mint',
  nonce: 'Nonce account',
  stake: 'Stake account',
  program: 'Program',
  'lookup-table': 'Lookup table',
};

function AccountDiff({
  diff: { address, after, before },
  decoded,
}: {
  diff: StateDiff;
  decoded: DecodedDiff | undefined;
}) {
  const facts: FieldChange[] = [
    { path: 'lamports', before: lamports(before), after: lamports(after) },
    { path: 'owner', before: before?.owner, after: after?.owner },
    { path: 'executable', before: yesNo(before), after: yesNo(after) },
    { path: 'data', before: size(before), after: size(after) },
  ];
  return (
    <li>
      <Address value={address} full />
      <span className="quiet">
        {before === null ? 'new ' : ''}
        {after === null ? 'is gone ' : ''}
        {decoded === undefined ? '' : (ACCOUNT_TYPES[decoded.type] ?? decoded.type)}
      </span>
      <FieldChanges rows={facts.filter((row) => row.before !== row.after)} />
      {decoded === undefined ? <Bytes before={before} after={after} /> : <Fields diff={decoded} />}
    </li>
  );
}

const VALUE_KINDS: Readonly<Record<ValueDiff['kind'], string>> = {
  resource: 'Resource',
  group: 'Resource group',
  module: 'Module',
  'table-item': 'Table item',
  object: 'Object',
};

function ValueChange({
  diff: { address, after, before, key, kind },
  decoded,
}: {
  diff: ValueDiff;
  decoded: readonly DecodedDiff[];
}) {
  const size = {
    path: 'size',
    before: before === null ? undefined : counted(before.length, 'byte'),
    after: after === null ? undefined : counted(after.length, 'byte'),
  };
  return (
    <li>
      <Address value={address} full />
      <span className="quiet">
        {before === null ? 'new ' : ''}
        {after === null ? 'removed ' : ''}
        {VALUE_KINDS[kind]}
      </span>
      <code className="long type">{plain(key, 300)}</code>
      {size.before === size.after ? null : <FieldChanges rows={[size]} />}
      {decoded.length === 0 ? <Bytes before={before} after={after} /> : null}
      {decoded.map((one) => (
        <div key={one.type}>
          {one.type === key ? null : <code className="long type">{plain(one.type, 300)}</code>}
          <Fields diff={one} />
        </div>
      ))}
    </li>
  );
}

function Fields({ diff: { untrustedAfter, untrustedBefore } }: { diff: DecodedDiff }) {
  if (untrustedAfter === undefined || untrustedBefore === undefined) {
    return <p className="quiet">Its fields cannot be read.</p>;
  }
  const { changed, isCut, same } = jsonDiff(untrustedBefore, untrustedAfter);
  return (
    <>
      <FieldChanges rows={changed} />
      {same === 0 && !isCut ? null : (
        <p className="quiet">
          {isCut ? 'There are more fields than are shown. ' : ''}
          {same === 0 ? '' : `${counted(same, 'field')} stay${same === 1 ? 's' : ''} as before.`}
        </p>
      )}
    </>
  );
}

function FieldChanges({ rows }: { rows: readonly FieldChange[] }) {
  if (rows.length === 0) return null;
  return (
    <dl className="fields changed">
      {rows.map(({ after, before, path }) => (
        <div key={path}>
          <dt>{plain(path === '' ? 'value' : path, 80)}</dt>
          <dd>
            {before === undefined ? null : (
              <del>
                <FieldText text={before} />
              </del>
            )}
            {before === undefined || after === undefined ? null : <span aria-hidden="true">→</span>}
            {after === undefined ? (
              <span className="quiet">removed</span>
            ) : (
              <ins>
                <FieldText text={after} />
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** For data of no known layout: which bytes change. */
function Bytes({
  after,
  before,
}: {
  before: RawAccount | RawValue | null;
  after: RawAccount | RawValue | null;
}) {
  const from = bytesOf(before);
  const to = bytesOf(after);
  if (from === undefined || to === undefined) {
    return <p className="quiet">Its bytes are too many to show.</p>;
  }
  if (from.length + to.length === 0) return null;
  const { changes, more } = bytesDiff(from, to);
  const rows = changes.map(({ after: made, before: old, left, offset }) => ({
    path: `byte ${thousands(String(offset))}`,
    before: old === '' ? undefined : `${old}${left > 0 ? '…' : ''}`,
    after: made === '' ? undefined : `${made}${left > 0 ? '…' : ''}`,
  }));
  return (
    <>
      <FieldChanges rows={rows} />
      {more === 0 ? null : (
        <p className="quiet">{counted(more, 'more place')} where bytes change.</p>
      )}
    </>
  );
}

/** Undefined where they were left out. Data that stays is left out, too, and is empty then. */
function bytesOf(side: RawAccount | RawValue | null): Uint8Array | undefined {
  if (side === null) return new Uint8Array(0);
  if (side.data !== undefined) return decodeBase64(side.data);
  return 'lamports' in side ? new Uint8Array(0) : undefined;
}

function lamports(account: RawAccount | null): string | undefined {
  return account === null ? undefined : thousands(account.lamports);
}

function yesNo(account: RawAccount | null): string {
  return account?.executable === true ? 'yes' : 'no';
}

function size(account: RawAccount | null): string {
  return counted(account?.dataLength ?? 0, 'byte');
}

function sameAccount(before: RawAccount | null, after: RawAccount | null): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
