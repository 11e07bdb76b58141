/** What returning users come for: what they have on all chains, and what happened lately. */
import { useEffect, useState } from 'react';
import type { Network } from '../../../src/chains/chain';
import type { RpcChain } from '../../../src/rpc/types';
import { Segments } from '../parts/segments';
import { recall, remember, setReturning } from '../wallet/memory';
import { KINDS, type Kind, networksOf } from '../wallet/networks';
import { CHAINS, useLookahead } from '../wallet/wallet';
import { ChainCard } from './chain-card';
import { Connection } from './connection';
import { History } from './history';
import { NotConnected } from './not-connected';
import './portfolio.css';

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  local: 'Local',
  test: 'Test',
  main: 'Main',
};

export default function PortfolioPage() {
  const { stage } = useLookahead();
  const [kind, setKind] = useState<Kind>(() => keptKind());
  const choose = (chosen: Kind) => {
    remember('networks', chosen);
    setKind(chosen);
  };
  return (
    <div className="page">
      <div className="portfolio-head">
        <h1>Portfolio</h1>
        {stage.at === 'connected' ? (
          <Segments
            label="Networks"
            options={KINDS.map((value) => ({ value, text: KIND_WORDS[value] }))}
            value={kind}
            onChoose={choose}
          />
        ) : null}
      </div>
      {stage.at === 'connected' ? <Connected key={kind} kind={kind} /> : <NotConnected />}
    </div>
  );
}

function Connected({ kind }: { kind: Kind }) {
  const { accounts } = useLookahead();
  const [networks, setNetworks] = useState(() => keptNetworks(kind));
  // Who has been here comes back here.
  useEffect(() => setReturning(true), []);
  const choose = (network: Network) => {
    remember(`network.${kind}.${network.chain}`, network.id);
    setNetworks((before) => ({ ...before, [network.chain]: network }));
  };
  return (
    <div className="stack portfolio">
      <div className="chain-cards">
        {accounts.map((account) => (
          <ChainCard
            key={`${account.chain} ${account.address}`}
            account={account}
            network={networks[account.chain]}
            networks={networksOf(kind, account.chain)}
            onNetwork={choose}
          />
        ))}
      </div>
      <History accounts={accounts} networks={networks} />
      <Connection />
    </div>
  );
}

function keptKind(): Kind {
  const kept = recall('networks');
  return KINDS.find((kind) => kind === kept) ?? 'local';
}

function keptNetworks(kind: Kind): Readonly<Record<RpcChain, Network>> {
  const entries = CHAINS.map((chain) => {
    const all = networksOf(kind, chain);
    const kept = recall(`network.${kind}.${chain}`);
    return [chain, all.find(({ id }) => id === kept) ?? all[0]] as const;
  });
  return Object.fromEntries(entries) as Record<RpcChain, Network>;
}
