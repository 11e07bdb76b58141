/** A transaction as its network tells it: the explorer of the local chains. */
import { useQuery } from '@tanstack/react-query';
import type { Network } from '../../../src/chains/chain';
import { hrefOf, useRoute } from '../frame/route';
import type { Transaction } from '../ledger/ledger';
import { loadLedger } from '../ledger/load';
import { Address } from '../parts/address';
import { ago } from '../parts/ago';
import { units } from '../parts/amount';
import { AdviceNotice } from '../parts/notice';
import { counted, plain, thousands } from '../parts/text';
import { adviceFor } from '../wallet/advice';
import { networkById } from '../wallet/networks';
import { CHAINS, useLookahead } from '../wallet/wallet';
import './transaction.css';

const HEIGHTS = { solana: 'Slot', aptos: 'Ledger version', sui: 'Checkpoint' } as const;
const LINES = { solana: 'Logs', aptos: 'Events', sui: 'Events' } as const;
/** While the network does not know it yet. */
const LOOK_EVERY_MS = 1_000;

export default function TransactionPage() {
  const { rest } = useRoute();
  const [name = '', networkId = '', id = ''] = rest;
  const chain = CHAINS.find((one) => one === name);
  const network = chain === undefined ? undefined : networkById(chain, networkId);
  return (
    <div className="page">
      <div className="page-head">
        <h1>Transaction</h1>
      </div>
      {network === undefined || id === '' ? (
        <div className="notice warn">
          <strong>There is no such transaction</strong>
          <p>
            The link is not whole. Open a transaction from your{' '}
            <a href={hrefOf('portfolio')}>portfolio</a>.
          </p>
        </div>
      ) : (
        <Told network={network} id={id} />
      )}
    </div>
  );
}

function Told({ id, network }: { id: string; network: Network }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['transaction', network.endpoint, id],
    queryFn: async () => (await (await loadLedger(network.chain)).transaction(network, id)) ?? null,
    refetchInterval: ({ state }) => (state.data === null ? LOOK_EVERY_MS : false),
  });
  if (error !== null) {
    return (
      <AdviceNotice advice={adviceFor(error, 'read')}>
        <button type="button" className="button small" onClick={() => void refetch()}>
          Try again
        </button>
      </AdviceNotice>
    );
  }
  return (
    <div className="stack">
      <section className="card">
        <dl className="facts">
          <div>
            <dt>Status</dt>
            <dd>
              <Status transaction={data} network={network} />
            </dd>
          </div>
          <div>
            <dt>
              {network.chain === 'sui'
                ? 'Digest'
                : network.chain === 'aptos'
                  ? 'Hash'
                  : 'Signature'}
            </dt>
            <dd>
              <Address value={id} full />
            </dd>
          </div>
          <div>
            <dt>Network</dt>
            <dd>
              {network.name} <span className="quiet">{new URL(network.endpoint).host}</span>
            </dd>
          </div>
          {data === null || data === undefined ? null : (
            <Facts transaction={data} network={network} />
          )}
        </dl>
      </section>
      {data === null || data === undefined ? null : (
        <>
          <Changes transaction={data} />
          <Lines transaction={data} title={LINES[network.chain]} />
        </>
      )}
    </div>
  );
}

function Status({
  network,
  transaction,
}: {
  network: Network;
  transaction: Transaction | null | undefined;
}) {
  if (transaction === undefined) return <span className="row busy">Asking the network…</span>;
  if (transaction === null) {
    return <span className="row busy">{network.name} does not know it yet. Looking again…</span>;
  }
  if (transaction.error === undefined) return <span className="tag good">Succeeded</span>;
  return (
    <>
      <span className="tag bad">Failed</span> <span>{plain(transaction.error, 300)}</span>
    </>
  );
}

function Facts({
  network,
  transaction: { fee, feePayer, height, time },
}: {
  network: Network;
  transaction: Transaction;
}) {
  const { decimals, symbol } = network.coin;
  return (
    <>
      <div>
        <dt>{HEIGHTS[network.chain]}</dt>
        <dd className="amount">{thousands(height)}</dd>
      </div>
      {time === undefined ? null : (
        <div>
          <dt>Time</dt>
          <dd>
            <time dateTime={new Date(time).toISOString()}>
              {new Date(time).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'medium' })}
            </time>{' '}
            <span className="quiet">{ago(time)}</span>
          </dd>
        </div>
      )}
      {fee === undefined ? null : (
        <div>
          <dt>Fee</dt>
          <dd className="amount">
            {units(fee, decimals)} {symbol}
          </dd>
        </div>
      )}
      {feePayer === undefined ? null : (
        <div>
          <dt>Paid by</dt>
          <dd>
            <Party address={feePayer} />
          </dd>
        </div>
      )}
    </>
  );
}

function Changes({ transaction: { changes } }: { transaction: Transaction }) {
  if (changes.length === 0) return null;
  return (
    <section className="card">
      <h2>Balances</h2>
      <ul>
        {changes.map(({ address, decimals, delta, symbol }) => (
          <li key={`${address} ${symbol}`} className="entry">
            <Party address={address} />
            <strong className={delta.startsWith('-') ? 'amount loss' : 'amount gain'}>
              {delta.startsWith('-') ? '' : '+'}
              {units(delta, decimals)} {plain(symbol, 16)}
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whose address it is, where it is the visitor's own. */
function Party({ address }: { address: string }) {
  const { accounts } = useLookahead();
  const own = accounts.find((account) => account.address === address);
  return (
    <span>
      {own === undefined ? null : <span className="tag">you</span>} <Address value={address} />
    </span>
  );
}

function Lines({ title, transaction: { lines } }: { title: string; transaction: Transaction }) {
  if (lines.length === 0) return null;
  return (
    <details className="card lines">
      <summary>
        {title} <span className="quiet">{counted(lines.length, 'line')}</span>
      </summary>
      <pre>{lines.map((line) => plain(line, 2_000)).join('\n')}</pre>
    </details>
  );
}
