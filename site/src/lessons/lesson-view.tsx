/** One lesson: the site on the left, the preview of what its button would send on the right. */
import { useState } from 'react';
import { hrefOf } from '../frame/route';
import { LOCAL_NETWORKS } from '../local/networks';
import { toBase64 } from '../parts/base64';
import { linkTo } from '../playground/link';
import { CHAIN_NAMES } from '../playground/networks';
import { usePreviewer } from '../playground/previewer';
import { PreviewResult } from '../playground/result';
import type { BoundLesson } from './all';

const EMPTY = 'Press the site’s button. What its transaction would do appears here.';

export function LessonView({
  lesson,
  next,
}: {
  lesson: BoundLesson;
  next: BoundLesson | undefined;
}) {
  const { chain, learn, look, site, title } = lesson;
  const [state, run] = usePreviewer();
  const [isBuilding, setBuilding] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [link, setLink] = useState<string>();
  const isDone = state.step === 'done';

  const start = async () => {
    setBuilding(true);
    setProblem(undefined);
    try {
      const { account, bytes } = await lesson.build();
      const network = LOCAL_NETWORKS[chain];
      const base64 = toBase64(bytes);
      setLink(linkTo({ chain, network: network.id, bytes: base64, account, endpoint: undefined }));
      run(base64, network, account);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBuilding(false);
    }
  };

  return (
    <>
      <div className="page-head">
        <p className="quiet">
          <a href={hrefOf('lessons')}>Lessons</a> · {CHAIN_NAMES[chain]}
        </p>
        <h1>{title}</h1>
      </div>
      <div className="two lesson">
        <div className="stack">
          <section className="site-claim" aria-label="What the site shows">
            <p className="site-bar">
              <span className="tag">a made-up site</span> {site.name}
            </p>
            <div className="site-body">
              <p className="site-says">{site.says}</p>
              <button
                type="button"
                className={isBuilding ? 'button main waiting' : 'button main'}
                disabled={isBuilding || state.step === 'running'}
                onClick={start}
              >
                {site.button}
              </button>
            </div>
          </section>
          {problem === undefined ? null : (
            <p className="problem" role="alert">
              {problem}
            </p>
          )}
          <section className="card learn" aria-labelledby="learn-title" hidden={!isDone}>
            <h2 id="learn-title">What to see</h2>
            <p>{look}</p>
            <h2>What to learn</h2>
            <p>{learn}</p>
            <p className="row lesson-links">
              {next === undefined ? null : (
                <a className="button small" href={hrefOf('lessons', [next.id])}>
                  Next: {next.title}
                </a>
              )}
              {link === undefined ? null : <a href={link}>Open it in the playground</a>}
            </p>
          </section>
        </div>
        <div className="card result">
          <h2 className="unseen">The preview</h2>
          <PreviewResult state={state} empty={EMPTY} />
        </div>
      </div>
    </>
  );
}
