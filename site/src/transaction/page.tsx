export default function TransactionPage() {
  return (
    <div className="page">
      <div className="page-head">
        <h1>Transaction</h1>
      </div>
    </div>
  );
}
