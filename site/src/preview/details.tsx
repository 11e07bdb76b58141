import type {
  RawAccount,
  RawEvent,
  RawOutcome,
  RawValue,
  StateDiff,
  ValueDiff,
} from '../../../src/vm-preview/model/preview';
import { Address } from '../parts/address';
import { fromBase64 } from '../parts/base64';
import { counted, plain, thousands } from '../parts/text';

/** What is there for those who want to check: logs or events, and all that changed on the chain. */
export function Details({ raw }: { raw: RawOutcome }) {
  return (
    <>
      {raw.events === undefined ? <Logs logs={raw.logs} /> : <Events events={raw.events} />}
      {raw.values === undefined ? <Accounts diff={raw.diff} /> : <Values values={raw.values} />}
      {raw.returnData === undefined ? null : (
        <p className="quiet">
          Return data from <Address value={raw.returnData.program} />:{' '}
          <code>{plain(raw.returnData.hex, 96)}</code>
        </p>
      )}
    </>
  );
}

function Logs({ logs }: Pick<RawOutcome, 'logs'>) {
  return (
    <details className="fold">
      <summary>
        Logs <span className="quiet">{counted(logs.length, 'line')}</span>
      </summary>
      <pre className="logs">{logs.map((line) => plain(line, 400)).join('\n')}</pre>
    </details>
  );
}

function Events({ events }: { events: readonly RawEvent[] }) {
  return (
    <details className="fold">
      <summary>
        Events <span className="quiet">{counted(events.length, 'event')}</span>
      </summary>
      <ol className="diffs">
        {events.map(({ type, untrustedData }, index) => (
          // A preview never changes: its lines keep their places.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <code className="long">{plain(type, 300)}</code>
            <pre className="logs">{plain(untrustedData, 1_000)}</pre>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Accounts({ diff }: Pick<RawOutcome, 'diff'>) {
  const changed = diff.filter(({ before, after }) => !same(before, after));
  return (
    <details className="fold">
      <summary>
        State changes <span className="quiet">{counted(changed.length, 'account')}</span>
      </summary>
      <ul className="diffs">
        {changed.map((one) => (
          <Diff key={one.address} diff={one} />
        ))}
      </ul>
    </details>
  );
}

const VALUE_KINDS: Readonly<Record<ValueDiff['kind'], string>> = {
  resource: 'Resource',
  group: 'Resource group',
  module: 'Module',
  'table-item': 'Table item',
  object: 'Object',
};

function Values({ values }: { values: readonly ValueDiff[] }) {
  return (
    <details className="fold">
      <summary>
        State changes <span className="quiet">{counted(values.length, 'value')}</span>
      </summary>
      <ul className="diffs">
        {values.map(({ address, kind, key, before, after }) => (
          <li key={`${kind} ${address} ${key}`}>
            <Address value={address} full />
            <dl className="fields">
              <div>
                <dt>{VALUE_KINDS[kind]}</dt>
                <dd>
                  <code className="long">{plain(key, 300)}</code>
                </dd>
              </div>
              <div>
                <dt>Size</dt>
                <dd>{sizeText(before, after)}</dd>
              </div>
            </dl>
          </li>
        ))}
      </ul>
    </details>
  );
}

function sizeText(before: RawValue | null, after: RawValue | null): string {
  if (after === null) return `${counted(before?.length ?? 0, 'byte')} → removed`;
  if (before === null) return `new, ${counted(after.length, 'byte')}`;
  if (before.length !== after.length) {
    return `${thousands(String(before.length))} → ${counted(after.length, 'byte')}`;
  }
  const size = counted(after.length, 'byte');
  if (before.data === undefined || after.data === undefined) return `${size}, changed`;
  const to = fromBase64(after.data);
  const different = fromBase64(before.data).filter((byte, i) => byte !== to[i]).length;
  return `${size}, ${thousands(String(different))} of them changed`;
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
