import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { RpcAccount, RpcChain } from '../../../src/rpc/types';
import { hrefOf } from '../frame/route';
import type { Transaction } from '../ledger/ledger';
import { loadLocalChain } from '../local/load';
import { LOCAL_NETWORKS } from '../local/networks';
import { Address } from '../parts/address';
import { units } from '../parts/amount';
import { AdviceNotice } from '../parts/notice';
import { plain, thousands } from '../parts/text';
import { WorkButton } from '../parts/work-button';
import { CHAIN_NAMES } from '../wallet/address-cards';
import { useRefresh } from '../wallet/balances';
import { PHASES, type Phase, send } from '../wallet/send';
import { useIsLong, useLookahead, useWork, type Work } from '../wallet/wallet';

const PreviewHere = lazy(() => import('./preview-here'));

/** A tenth of a coin. */
const amountOf = (decimals: number): bigint => 10n ** BigInt(decimals - 1);

/** A transfer to somebody on the local chain: previewed, signed, confirmed. */
export function TransferStep({
  account,
  chains,
  onChain,
  onDone,
}: {
  account: RpcAccount;
  chains: readonly RpcChain[];
  onChain: (chain: RpcChain) => void;
  onDone: () => void;
}) {
  const { snap } = useLookahead();
  const network = LOCAL_NETWORKS[account.chain];
  const refresh = useRefresh(network);
  const [phase, setPhase] = useState<Phase>();
  const [landed, setLanded] = useState<Transaction>();
  const [isShown, setShown] = useState(false);
  const { data: bob } = useQuery({
    queryKey: ['bob', account.chain],
    queryFn: async () => (await loadLocalChain(account.chain)).bob(),
  });
  const { decimals, symbol } = network.coin;
  const amount = amountOf(decimals);
  const transfer = { from: account.address, to: bob ?? '', amount };
  const work = useWork('send', async () => {
    if (snap === undefined) return;
    setLanded(undefined);
    setLanded(await send({ snap, network, transfer }, setPhase));
    onDone();
    await refresh();
  });

  if (landed !== undefined) {
    return <Confirmed landed={landed} chain={account.chain} chains={chains} onChain={onChain} />;
  }
  const what = `${units(amount.toString(), decimals)} ${symbol}`;
  return (
    <>
      <dl className="panel facts">
        <div>
          <dt>Send</dt>
          <dd className="amount">{what}</dd>
        </div>
        <div>
          <dt>To</dt>
          <dd>
            Bob, somebody on the local chain{' '}
            {bob === undefined ? <span className="ghost">0x00…0000</span> : <Address value={bob} />}
          </dd>
        </div>
        <div>
          <dt>From</dt>
          <dd>
            {plain(account.label, 80)} <Address value={account.address} />
          </dd>
        </div>
      </dl>
      <p>MetaMask’s window will show Lookahead’s preview. Look for three things:</p>
      <ol className="numbered">
        <li>
          Whether it <strong>would succeed</strong>.
        </li>
        <li>
          <strong>What changes for you</strong>: here {what} and the fee, and nothing else.
        </li>
        <li>
          <strong>Warnings</strong>. There should be none; where there is one, it comes first.
        </li>
      </ol>
      <AdviceNotice advice={work.advice} />
      <div className="row">
        <WorkButton work={work} disabled={bob === undefined}>
          Review in MetaMask
        </WorkButton>
        <button
          type="button"
          className="button"
          aria-expanded={isShown}
          disabled={bob === undefined}
          onClick={() => setShown((before) => !before)}
        >
          {isShown ? 'Hide the preview' : 'Preview here first'}
        </button>
      </div>
      {work.isRunning ? <Phases phase={phase} work={work} /> : null}
      {isShown && bob !== undefined ? (
        <Suspense fallback={<p className="row quiet busy">Loading the virtual machines…</p>}>
          <PreviewHere network={network} transfer={transfer} />
        </Suspense>
      ) : null}
    </>
  );
}

const WORDS: Readonly<Record<Phase, string>> = {
  build: 'Build the transaction',
  network: 'Let Lookahead know the local chain (MetaMask asks the first time)',
  review: 'Read the preview in MetaMask, and approve',
  confirm: 'Wait for the chain to confirm it',
};

const PATIENCE_MS = 12_000;

function Phases({ phase, work }: { phase: Phase | undefined; work: Work }) {
  const isLong = useIsLong(work, PATIENCE_MS);
  const reached = phase === undefined ? 0 : PHASES.indexOf(phase);
  return (
    <div role="status">
      <ol className="phases">
        {PHASES.map((one, index) => (
          <li
            key={one}
            className={index < reached ? 'phase done' : index === reached ? 'phase busy' : 'phase'}
          >
            {WORDS[one]}
          </li>
        ))}
      </ol>
      <p className="quiet" hidden={!isLong}>
        No window to be seen? It may be behind this one: click the fox in the browser’s toolbar.
      </p>
    </div>
  );
}

const HEIGHTS: Readonly<Record<RpcChain, string>> = {
  solana: 'in slot',
  aptos: 'at ledger version',
  sui: 'in checkpoint',
};

function Confirmed({
  landed,
  chain,
  chains,
  onChain,
}: {
  landed: Transaction;
  chain: RpcChain;
  chains: readonly RpcChain[];
  onChain: (chain: RpcChain) => void;
}) {
  const { coin, id } = LOCAL_NETWORKS[chain];
  const where = `${HEIGHTS[chain]} ${thousands(landed.height)}`;
  const others = chains.filter((one) => one !== chain);
  return (
    <>
      {landed.error === undefined ? (
        <div className="notice good" role="status">
          <strong>Confirmed {where}</strong>
          <p>That was a transfer whose outcome you knew before you signed it.</p>
        </div>
      ) : (
        <div className="notice bad" role="alert">
          <strong>It failed {where}</strong>
          <p>{plain(landed.error, 300)} The fee was paid; nothing else changed.</p>
        </div>
      )}
      <dl className="panel facts">
        <div>
          <dt>Transaction</dt>
          <dd>
            <Address value={landed.id} />{' '}
            <a href={hrefOf('transaction', [chain, id, landed.id])}>See it in the explorer</a>
          </dd>
        </div>
        {landed.fee === undefined ? null : (
          <div>
            <dt>Fee</dt>
            <dd className="amount">
              {units(landed.fee, coin.decimals)} {coin.symbol}
            </dd>
          </div>
        )}
      </dl>
      <div className="row">
        <a className="button main" href={hrefOf('portfolio')}>
          Open your portfolio
        </a>
        {others.map((one) => (
          <button type="button" key={one} className="button" onClick={() => onChain(one)}>
            Try it on {CHAIN_NAMES[one]}
          </button>
        ))}
      </div>
      <p className="quiet">
        Or see what a preview says of a transaction that steals: open the{' '}
        <a href={hrefOf('lessons')}>lessons</a>.
      </p>
    </>
  );
}
