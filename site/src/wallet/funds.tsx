import { useCallback, useEffect, useState } from 'react';
import { units } from '../parts/amount';
import type { Localnet } from '../solana/localnet';
import { useTask } from './use-task';

interface Balance {
  readonly symbol: string;
  readonly amount: string;
}

const SOL_DECIMALS = 9;

/** What an address has on the local chain, and a button for more. */
export function Funds({ localnet, address }: { localnet: Localnet; address: string }) {
  const [balances, setBalances] = useState<readonly Balance[]>([]);
  const { running, problem, start } = useTask();

  const look = useCallback(
    async () => setBalances(await read(localnet, address)),
    [localnet, address],
  );
  useEffect(() => start('Reading', look), [start, look]);

  const fund = async () => {
    const { tokens } = await localnet.info();
    await localnet.fund(address, tokens);
    await look();
  };

  return (
    <div className="card">
      <h3>On the local chain</h3>
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

async function read(localnet: Localnet, address: string): Promise<readonly Balance[]> {
  const { tokens } = await localnet.info();
  const [lamports, ...amounts] = await Promise.all([
    localnet.balance(address),
    ...tokens.map(({ mint }) => localnet.tokenBalance(address, mint)),
  ]);
  return [
    { symbol: 'SOL', amount: units(lamports, SOL_DECIMALS) },
    ...tokens.map(({ symbol, decimals }, index) => ({
      symbol,
      amount: units(amounts[index] ?? '0', decimals),
    })),
  ];
}
