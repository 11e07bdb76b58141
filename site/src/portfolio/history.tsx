import { useQueries } from '@tanstack/react-query';
import type { Network } from '../../../src/chains/chain';
import type { RpcAccount, RpcChain } from '../../../src/rpc/types';
import type { Landed } from '../ledger/ledger';
import { ago } from '../parts/ago';
import { units } from '../parts/amount';
import { plain, shortened, thousands } from '../parts/text';
import { CHAIN_NAMES } from '../wallet/address-cards';
import { historyQuery } from '../wallet/balances';
import { explorerOf, isLocal } from '../wallet/networks';

const HEIGHTS: Readonly<Record<RpcChain, string>> = {
  solana: 'slot',
  aptos: 'version',
  sui: 'checkpoint',
};
const SHOWN = 12;
const MAX_CHANGES = 2;

/** What happened on all chains lately, newest first. */
export function History({
  accounts,
  networks,
}: {
  accounts: readonly RpcAccount[];
  networks: Readonly<Record<RpcChain, Network>>;
}) {
  const found = useQueries({
    queries: accounts.map(({ address, chain }) => historyQuery(networks[chain], address)),
  });
  const rows = accounts
    .flatMap(({ address, chain }, index) =>
      (found[index]?.data ?? []).map((landed) => ({ landed, address, network: networks[chain] })),
    )
    .sort((a, b) => (b.landed.time ?? 0) - (a.landed.time ?? 0))
    .slice(0, SHOWN);
  const isPending = found.some((one) => one.isPending);
  const silent = accounts.filter((_, index) => found[index]?.isError === true);
  return (
    <section className="card">
      <div className="card-head">
        <h2>Recent transactions</h2>
        {isPending ? (
          <span className="row quiet busy" role="status">
            Reading…
          </span>
        ) : null}
      </div>
      {rows.length === 0 && !isPending ? (
        <p className="quiet">
          {silent.length === accounts.length
            ? 'No network answered: see above.'
            : 'None yet on these networks. What you send appears here.'}
        </p>
      ) : (
        <ul className="history">
          {rows.map(({ landed, ...where }) => (
            <Row key={`${where.network.id} ${landed.id}`} landed={landed} {...where} />
          ))}
        </ul>
      )}
      {accounts.some(({ chain }) => chain === 'aptos') && rows.length > 0 ? (
        <p className="quiet history-note">
          Aptos nodes list only what the account sent itself, not what it received.
        </p>
      ) : null}
    </section>
  );
}

function Row({ address, landed, network }: { address: string; landed: Landed; network: Network }) {
  const { changes = [], error, height, id, time } = landed;
  const own = changes.filter((change) => change.address === address).slice(0, MAX_CHANGES);
  const away = isLocal(network) ? {} : { target: '_blank', rel: 'noreferrer' };
  return (
    <li className="history-row">
      <span className="history-chain">{CHAIN_NAMES[network.chain]}</span>
      <a href={explorerOf(network, id)} {...away}>
        <code>{shortened(id)}</code>
      </a>
      {error === undefined ? (
        <span className="tag good">Succeeded</span>
      ) : (
        <span className="tag bad" title={plain(error, 200)}>
          Failed
        </span>
      )}
      <span className="history-changes">
        {own.map(({ decimals, delta, symbol }) => (
          <span key={symbol} className={delta.startsWith('-') ? 'amount' : 'amount gain'}>
            {delta.startsWith('-') ? '' : '+'}
            {units(delta, decimals)} {plain(symbol, 12)}
          </span>
        ))}
      </span>
      <span className="quiet history-height amount">
        {HEIGHTS[network.chain]} {thousands(height)}
      </span>
      <span className="quiet history-time">
        {time === undefined ? '' : <time dateTime={new Date(time).toISOString()}>{ago(time)}</time>}
      </span>
    </li>
  );
}
