import type { Balance } from '../ledger/ledger';
import { units } from './amount';

/** Amounts with their units, one a line; as many ghosts as there will be lines while they are read. */
export function BalanceLines({ balances }: { balances: readonly Balance[] | undefined }) {
  if (balances === undefined) {
    return (
      <p className="balance" aria-hidden="true">
        <span className="ghost">0.000 SOL</span>
      </p>
    );
  }
  return (
    <ul className="balances">
      {balances.map(({ amount, decimals, id, symbol }) => (
        <li key={id ?? symbol} className="balance" title={id}>
          <span className="amount">{units(amount, decimals)}</span> {symbol}
        </li>
      ))}
    </ul>
  );
}
