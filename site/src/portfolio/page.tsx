export default function PortfolioPage() {
  return (
    <div className="page">
      <div className="page-head">
        <h1>Portfolio</h1>
      </div>
    </div>
  );
}
