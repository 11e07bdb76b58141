import { WalletPart } from '../wallet/wallet';

export default function StartPage() {
  return (
    <div className="page">
      <div className="page-head">
        <h1>See what a transaction does before you sign it</h1>
      </div>
      <WalletPart />
    </div>
  );
}
