import './lessons.css';
import { hrefOf, useRoute } from '../frame/route';
import { CHAIN_NAMES } from '../playground/networks';
import { type BoundLesson, LESSONS } from './all';
import { LessonView } from './lesson-view';

const CHAINS = ['solana', 'aptos', 'sui'] as const;

/** The gallery, or the lesson that the address names. */
export default function LessonsPage() {
  const { rest } = useRoute();
  const index = LESSONS.findIndex(({ id }) => id === rest[0]);
  const lesson = LESSONS[index];
  if (lesson === undefined) return <Gallery />;
  return (
    <div className="page">
      {/* Another lesson begins anew. */}
      <LessonView key={lesson.id} lesson={lesson} next={LESSONS[index + 1]} />
    </div>
  );
}

function Gallery() {
  return (
    <div className="page">
      <div className="page-head">
        <h1>Lessons in the preview</h1>
        <p className="lead">
          What a site says, and what its transaction does. The sites are made up; the transactions
          are real ones of the local chains, and each is run here when you try it.
        </p>
      </div>
      {CHAINS.map((chain) => (
        <section key={chain} className="part" aria-labelledby={`lessons-${chain}`}>
          <h2 id={`lessons-${chain}`}>{CHAIN_NAMES[chain]}</h2>
          <ul className="gallery">
            {LESSONS.filter((lesson) => lesson.chain === chain).map((lesson) => (
              <Card key={lesson.id} lesson={lesson} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Card({ lesson: { id, site, title } }: { lesson: BoundLesson }) {
  return (
    <li>
      <a className="lesson-card" href={hrefOf('lessons', [id])}>
        <strong>{title}</strong>
        <span className="quiet">
          {site.name}: “{site.says}”
        </span>
      </a>
    </li>
  );
}
