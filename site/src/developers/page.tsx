export default function DevelopersPage() {
  return (
    <div className="page">
      <div className="page-head">
        <h1>Developers</h1>
      </div>
    </div>
  );
}
