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
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th>Account</th>
                <th>Lamports</th>
                <th>Owner</th>
                <th>Data</th>
              </tr>
            </thead>
            <tbody>
              {changed.map((diff) => (
                <DiffRow key={diff.address} diff={diff} />
              ))}
            </tbody>
          </table>
        </div>
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

function DiffRow({ diff: { address, before, after } }: { diff: StateDiff }) {
  return (
    <tr>
      <td>
        <Address value={address} />
      </td>
      <td className="amount">
        <BeforeAfter
          before={before === null ? 'none' : thousands(before.lamports)}
          after={after === null ? 'none' : thousands(after.lamports)}
        />
      </td>
      <td>
        {before !== null && after !== null && before.owner === after.owner ? (
          <Address value={after.owner} />
        ) : (
          <>
            {before === null ? 'none' : <Address value={before.owner} />} →{' '}
            {after === null ? 'none' : <Address value={after.owner} />}
          </>
        )}
      </td>
      <td>{dataText(before, after)}</td>
    </tr>
  );
}

function BeforeAfter({ before, after }: { before: string; after: string }) {
  return before === after ? (
    after
  ) : (
    <>
      {before} → {after}
    </>
  );
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
