import type { JsonValue, RawEvent } from '../../../src/vm-preview/model/preview';
import { Address } from '../parts/address';
import { counted, plain, thousands } from '../parts/text';
import { Fold } from './fold';
import { flat } from './json-diff';

export function Events({ events }: { events: readonly RawEvent[] }) {
  return (
    <Fold title="Events" count={counted(events.length, 'event')}>
      {() => (
        <ol className="diffs">
          {events.map((event, index) => (
            // A preview never changes: its lines keep their places.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Event key={index} event={event} />
          ))}
        </ol>
      )}
    </Fold>
  );
}

function Event({ event: { type, untrustedData } }: { event: RawEvent }) {
  const value = parsed(untrustedData);
  return (
    <li>
      <code className="long type">{plain(type, 300)}</code>
      {value === undefined ? (
        <p>
          <code className="long">{plain(untrustedData, 1_000)}</code>
        </p>
      ) : (
        <dl className="fields">
          {[...flat(value).fields].map(([path, text]) => (
            <div key={path}>
              <dt>{plain(path, 80)}</dt>
              <dd>
                <FieldText text={text} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** Undefined where the data is no JSON: hex, or cut short. */
function parsed(data: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(data);
    return typeof value === 'object' ? value : undefined;
  } catch {
    // Bytes of a type that could not be had.
    return undefined;
  }
}

/** A value of a field: addresses with copy, all else as plain text. */
export function FieldText({ text }: { text: string }) {
  if (/^(?:[1-9A-HJ-NP-Za-km-z]{32,44}|0x[0-9a-f]{64})$/.test(text))
    return <Address value={text} />;
  const words = /^\d{5,}$/.test(text) ? thousands(text) : plain(text, 300);
  return <span className="value">{words}</span>;
}
