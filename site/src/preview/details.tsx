/** What is there for those who want to check: logs or events, all that changed, and all that was read. */
import type { Preview } from '../../../src/vm-preview/model/preview';
import { Address } from '../parts/address';
import { plain } from '../parts/text';
import { Events } from './events';
import { Logs } from './logs';
import { Reads } from './reads';
import { StateChanges } from './state-changes';

export function Details({ preview }: { preview: Preview }) {
  const { chain, provenance, raw, request } = preview;
  return (
    <>
      {raw.events === undefined ? (
        <Logs logs={raw.logs} calls={request} />
      ) : (
        <Events events={raw.events} />
      )}
      <StateChanges raw={raw} />
      {raw.reads === undefined ? null : (
        <Reads reads={raw.reads} chain={chain} provenance={provenance} />
      )}
      {raw.returnData === undefined ? null : (
        <p className="quiet">
          Return data from <Address value={raw.returnData.program} />:{' '}
          <code className="long">{plain(raw.returnData.hex, 96)}</code>
        </p>
      )}
    </>
  );
}
