/** A link to what is previewed. A node that the visitor named stays out of it unless they put it in. */
import { useState } from 'react';
import { Copy } from '../parts/copy';
import { plain } from '../parts/text';
import { linkTo, type SharedTransaction } from './link';
import { CUSTOM } from './networks';

export function Share({ shared }: { shared: SharedTransaction }) {
  const [withEndpoint, setWithEndpoint] = useState(false);
  const isCustom = shared.network === CUSTOM;
  const included = isCustom && withEndpoint ? shared.endpoint : undefined;
  const link = linkTo({ ...shared, endpoint: included });
  if (link === undefined) {
    return <p className="quiet share">This transaction is too long for a link.</p>;
  }
  const whole = new URL(link, window.location.href).href;
  return (
    <section className="share" aria-label="Link to this preview">
      <div className="share-link">
        <a href={link}>Link to this preview</a>
        <Copy value={whole} what="the link" />
      </div>
      <p className="quiet">
        It holds the transaction and the network, and is read in the browser alone.
      </p>
      {isCustom ? (
        <label className="check">
          <input
            type="checkbox"
            checked={withEndpoint}
            onChange={(event) => setWithEndpoint(event.target.checked)}
          />
          <span>
            Put the address of my node into the link, too
            {included === undefined ? '' : `: ${plain(included, 120)}`}
          </span>
        </label>
      ) : null}
    </section>
  );
}
