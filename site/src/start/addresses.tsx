import { hrefOf } from '../frame/route';
import { AddressCards } from '../wallet/address-cards';

export function AddressesStep({ onDone }: { onDone: () => void }) {
  return (
    <div className="stack">
      <p>
        One address on each chain, all from your recovery phrase: whoever has MetaMask with that
        phrase and Lookahead has them back.
      </p>
      <AddressCards />
      <div className="row">
        <button type="button" className="button main" onClick={onDone}>
          Continue
        </button>
        <a className="button" href={hrefOf('portfolio')}>
          Go to your portfolio
        </a>
      </div>
    </div>
  );
}
