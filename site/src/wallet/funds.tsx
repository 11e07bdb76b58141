import { useCallback, useEffect, useState } from 'react';
import type { Balance, LocalChain } from '../local/chain';
import { useTask } from './use-task';

/** What an address has on a local chain, and a button for more. */
export function Funds({ chain, address }: { chain: LocalChain; address: string }) {
  const [balances, setBalances] = useState<readonly Balance[]>([]);
  const { running, problem, start } = useTask();

  const look = useCallback(
    async () => setBalances(await chain.balances(address)),
    [chain, address],
  );
  useEffect(() => start('Reading', look), [start, look]);

  const fund = async () => {
    await chain.fund(address);
    await look();
  };

  return (
    <div className="card">
      <h3>On the local {chain.name} chain</h3>
      <ul className="accounts">
        {balances.map(({ symbol, amount }) => (
          <li key={symbol} className="entry">
            <span>{symbol}</span>
            <span className="amount">{amount}</span>
          </li>
        ))}
      </ul>
      <div className="row field">
        <button
          type="button"
          className="button main"
          disabled={running !== undefined}
          onClick={() => start('Funding', fund)}
        >
          Get test money
        </button>
      </div>
      {problem === undefined ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
