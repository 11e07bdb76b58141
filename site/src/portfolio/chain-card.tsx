import { useRef } from 'react';
import type { Network } from '../../../src/chains/chain';
import type { RpcAccount } from '../../../src/rpc/types';
import { loadLocalChain } from '../local/load';
import { Address } from '../parts/address';
import { BalanceLines } from '../parts/balance-lines';
import { AdviceNotice } from '../parts/notice';
import { plain } from '../parts/text';
import { CHAIN_NAMES } from '../wallet/address-cards';
import { adviceFor } from '../wallet/advice';
import { useBalances, useRefresh } from '../wallet/balances';
import { isLocal } from '../wallet/networks';
import { useWork } from '../wallet/wallet';
import { ReceiveDialog } from './receive';
import { SendDialog } from './send-dialog';

/** An account on one network: what it has, and what can be done with it. */
export function ChainCard({
  account,
  network,
  networks,
  onNetwork,
}: {
  account: RpcAccount;
  network: Network;
  networks: readonly Network[];
  onNetwork: (network: Network) => void;
}) {
  const name = CHAIN_NAMES[account.chain];
  const { data: balances, error, isFetching } = useBalances(network, account.address);
  const refresh = useRefresh(network);
  const receive = useRef<HTMLDialogElement>(null);
  const send = useRef<HTMLDialogElement>(null);
  const fund = useWork('fund', async () => {
    await (await loadLocalChain(account.chain)).fund(account.address);
    await refresh();
  });
  const advice = fund.advice ?? (error === null ? undefined : adviceFor(error, 'read'));
  return (
    <section className="card chain-card" aria-label={`${name}: ${plain(account.label, 80)}`}>
      <div className="card-head">
        <h2>{name}</h2>
        <NetworkChoice network={network} networks={networks} onNetwork={onNetwork} chain={name} />
      </div>
      <div className="chain-balance" aria-busy={isFetching}>
        {error === null ? <BalanceLines balances={balances} /> : <p className="balance">—</p>}
      </div>
      <p className="quiet">
        {plain(account.label, 80)} <Address value={account.address} />
      </p>
      <AdviceNotice advice={advice}>
        <button type="button" className="button small" onClick={() => void refresh()}>
          Try again
        </button>
      </AdviceNotice>
      <div className="row chain-actions">
        <button
          type="button"
          className="button small"
          disabled={balances === undefined}
          onClick={() => send.current?.showModal()}
        >
          Send
        </button>
        <button type="button" className="button small" onClick={() => receive.current?.showModal()}>
          Receive
        </button>
        {isLocal(network) ? (
          <button
            type="button"
            className={fund.isRunning ? 'button small waiting' : 'button small'}
            disabled={fund.isRunning}
            onClick={fund.start}
          >
            Get test money
          </button>
        ) : null}
      </div>
      <ReceiveDialog dialog={receive} account={account} network={network} />
      <SendDialog
        key={network.id}
        dialog={send}
        account={account}
        network={network}
        available={balances?.[0]?.amount}
      />
    </section>
  );
}

function NetworkChoice({
  chain,
  network,
  networks,
  onNetwork,
}: {
  chain: string;
  network: Network;
  networks: readonly Network[];
  onNetwork: (network: Network) => void;
}) {
  if (networks.length < 2) return <span className="tag">{network.name}</span>;
  return (
    <select
      className="select small"
      aria-label={`Network of ${chain}`}
      value={network.id}
      onChange={({ target }) => {
        const chosen = networks.find(({ id }) => id === target.value);
        if (chosen !== undefined) onNetwork(chosen);
      }}
    >
      {networks.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
