import type { ChainId, DecodedCall, DecodedField } from '../../../src/vm-preview/model/preview';
import { CHAIN_WORDS } from '../../../src/vm-preview/model/words';
import { Address } from '../parts/address';
import { amount } from '../parts/amount';
import { counted, plain, thousands } from '../parts/text';

/** The instructions or commands, each with the calls that it made in turn and the work it took. */
export function CallTree({ calls, chain }: { calls: readonly DecodedCall[]; chain: ChainId }) {
  return (
    <ol className="calls">
      {calls.map((call) => (
        <Call key={call.index} call={call} chain={chain} />
      ))}
    </ol>
  );
}

function Call({ call, chain }: { call: DecodedCall; chain: ChainId }) {
  return (
    <li className="call">
      <div className="call-title">
        <strong>{call.name === undefined ? 'Unknown call' : plain(call.name, 60)}</strong>
        <span className="quiet">
          {call.program.name === undefined ? (
            <Address value={call.program.address} />
          ) : (
            <span title={call.program.address}>{plain(call.program.name, 60)}</span>
          )}
        </span>
        {call.units === undefined ? null : (
          <span className="units">
            {thousands(call.units)} {CHAIN_WORDS[chain].units}
          </span>
        )}
      </div>
      {call.fields.length === 0 && call.data === '' ? null : (
        <dl className="fields">
          {call.fields.map((field, index) => (
            // A preview never changes: its fields keep their places, and labels may be the same.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <Field key={index} field={field} />
          ))}
          {call.fields.length > 0 ? null : (
            <div>
              <dt>Data</dt>
              <dd>
                {counted(call.data.length / 2, 'byte')} <code>{plain(call.data, 48)}</code>
              </dd>
            </div>
          )}
        </dl>
      )}
      {call.inner.length === 0 ? null : <CallTree calls={call.inner} chain={chain} />}
    </li>
  );
}

function Field({ field }: { field: DecodedField }) {
  return (
    <div>
      <dt>{plain(field.label, 60)}</dt>
      <dd>{fieldValue(field)}</dd>
    </div>
  );
}

function fieldValue(field: DecodedField) {
  switch (field.kind) {
    case 'address':
      return <Address value={field.value} />;
    case 'amount':
      return <span className="amount">{amount(field.value, field.asset)}</span>;
    case 'text':
      return plain(field.untrustedValue, 300);
    case 'words':
      return field.value;
    case 'number':
      return <span className="amount">{thousands(field.value)}</span>;
  }
}
