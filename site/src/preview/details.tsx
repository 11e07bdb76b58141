import type { RawAccount, RawOutcome, StateDiff } from '../../../src/vm-preview/model/preview';
import { Address } from '../parts/address';
import { counted, plain, thousands } from '../parts/text';

/** What is there for those who want to check: logs, units, every changed account. */
export function Details({ raw }: { raw: RawOutcome }) {
  const changed = raw.diff.filter(({ before, after }) => !same(before, after));
  return (
    <>
      <details className="fold">
        <summary>
          Logs <span className="quiet">{counted(raw.logs.length, 'line')}</span>
        </summary>
        <pre className="logs">{raw.logs.map((line) => plain(line, 400)).join('\n')}</pre>
      </details>
      <details className="fold">
        <summary>
          State changes <span className="quiet">{counted(changed.length, 'account')}</span>
        </summary>
        <ul className="diffs">
          {changed.map((diff) => (
            <Diff key={diff.address} diff={diff} />
          ))}
        </ul>
      </details>
      {raw.returnData === undefined ? null : (
        <p className="quiet">
          Return data from <Address value={raw.returnData.program} />:{' '}
          <code>{plain(raw.returnData.hex, 96)}</code>
        </p>
      )}
    </>
  );
}

function Diff({ diff: { address, before, after } }: { diff: StateDiff }) {
  const facts = [
    ['Lamports', lamportsText(before), lamportsText(after)],
    ['Owner', before?.owner, after?.owner],
    ['Executable', executableText(before), executableText(after)],
  ] as const;
  return (
    <li>
      <Address value={address} full />
      <dl className="fields">
        {facts
          .filter(([, from, to]) => from !== to)
          .map(([label, from, to]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd className="amount">
                <Value text={from} /> → <Value text={to} />
              </dd>
            </div>
          ))}
        <div>
          <dt>Data</dt>
          <dd>{dataText(before, after)}</dd>
        </div>
      </dl>
    </li>
  );
}

function Value({ text }: { text: string | undefined }) {
  if (text === undefined) return 'none';
  return text.length < 32 ? text : <Address value={text} />;
}

function lamportsText(account: RawAccount | null): string | undefined {
  return account === null ? undefined : thousands(account.lamports);
}

function executableText(account: RawAccount | null): string {
  return account?.executable === true ? 'yes' : 'no';
}

function dataText(before: RawAccount | null, after: RawAccount | null): string {
  const from = before?.dataLength ?? 0;
  const to = after?.dataLength ?? 0;
  if (from !== to) return `${thousands(String(from))} → ${counted(to, 'byte')}`;
  if (to === 0) return 'none';
  return `${counted(to, 'byte')}${before?.data === after?.data ? '' : ', changed'}`;
}

function same(before: RawAccount | null, after: RawAccount | null): boolean {
  if (before === null || after === null) return before === after;
  return (
    before.lamports === after.lamports &&
    before.owner === after.owner &&
    before.executable === after.executable &&
    before.dataLength === after.dataLength &&
    before.data === after.data
  );
}
