import type { RpcAccount, RpcChain } from '../../../src/rpc/types';
import { loadLocalChain } from '../local/load';
import { LOCAL_NETWORKS } from '../local/networks';
import { BalanceLines } from '../parts/balance-lines';
import { AdviceNotice } from '../parts/notice';
import { adviceFor } from '../wallet/advice';
import { useBalances, useRefresh } from '../wallet/balances';
import { useWork } from '../wallet/wallet';

/** Money from the local chain's faucet; the public networks have faucets of their own. */
export function MoneyStep({ account, onDone }: { account: RpcAccount; onDone: () => void }) {
  const network = LOCAL_NETWORKS[account.chain];
  const { data: balances, error } = useBalances(network, account.address);
  const refresh = useRefresh(network);
  const fund = useWork('fund', async () => {
    await (await loadLocalChain(account.chain)).fund(account.address);
    await refresh();
  });
  const hasSome = balances?.some(({ amount }) => amount !== '0') ?? false;
  const readAdvice = error === null ? undefined : adviceFor(error, 'read');
  return (
    <>
      <p>
        A chain of its own runs on this machine. Its coins have no value, and nothing you do there
        can cost you anything.
      </p>
      <div className="panel">
        <h3 className="panel-title">On the {network.name.replace(/^Local/, 'local')}</h3>
        {error === null ? <BalanceLines balances={balances} /> : <p className="balance">—</p>}
      </div>
      <AdviceNotice advice={fund.advice ?? readAdvice}>
        {fund.advice === undefined && readAdvice !== undefined ? (
          <button type="button" className="button small" onClick={() => void refresh()}>
            Try again
          </button>
        ) : undefined}
      </AdviceNotice>
      <div className="row">
        <button
          type="button"
          className={`button ${hasSome ? '' : 'main'} ${fund.isRunning ? 'waiting' : ''}`}
          disabled={fund.isRunning}
          onClick={fund.start}
        >
          {hasSome ? 'Get more' : 'Get test money'}
        </button>
        {hasSome ? (
          <button type="button" className="button main" onClick={onDone}>
            Continue
          </button>
        ) : null}
        {fund.isRunning ? (
          <span className="quiet" role="status">
            Asking the faucet…
          </span>
        ) : null}
      </div>
      <PublicFaucets chain={account.chain} address={account.address} />
    </>
  );
}

interface Faucet {
  readonly name: string;
  readonly href: (address: string) => string;
}

const FAUCETS: Readonly<Record<RpcChain, readonly Faucet[]>> = {
  solana: [
    { name: 'Solana Devnet and Testnet', href: () => 'https://faucet.solana.com/' },
    {
      name: 'Eclipse Testnet',
      href: () => 'https://docs.eclipse.xyz/developers/rpc-and-block-explorers',
    },
  ],
  aptos: [
    {
      name: 'Aptos Testnet',
      href: (address) => `https://aptos.dev/network/faucet?address=${address}`,
    },
  ],
  sui: [
    {
      name: 'Sui Testnet and Devnet',
      href: (address) => `https://faucet.sui.io/?address=${address}`,
    },
  ],
};

export function PublicFaucets({ chain, address }: { chain: RpcChain; address: string }) {
  return (
    <details className="fold-out">
      <summary>Test money on public networks</summary>
      <p className="quiet">
        Public test networks give some away, too, on pages of their own; you paste your address
        there. Then choose the network in your portfolio.
      </p>
      <ul className="points">
        {FAUCETS[chain].map(({ href, name }) => (
          <li key={name}>
            <a href={href(address)} target="_blank" rel="noreferrer">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
