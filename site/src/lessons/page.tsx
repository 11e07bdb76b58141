export default function LessonsPage() {
  return (
    <div className="page">
      <div className="page-head">
        <h1>Lessons in the preview</h1>
        <p className="lead">What a site says, and what its transaction does.</p>
      </div>
    </div>
  );
}
