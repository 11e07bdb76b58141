/** What stands around every page: the brand, the menu, the page's place, the foot. */
import { Suspense, useEffect, useRef } from 'react';
import { isReturning } from '../wallet/memory';
import { PageErrors } from './page-errors';
import { PAGE } from './pages';
import { hrefOf, PAGES, type PageId, useRoute } from './route';
import { ThemeSwitch } from './theme-switch';

export function Frame() {
  const route = useRoute();
  const page = route.page ?? (isReturning() ? 'portfolio' : 'start');
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const { title, view: View } = PAGE[page];

  useEffect(() => {
    document.title = `${title} · Lookahead`;
    // A screen reader is told of the new page as it would be of one that was loaded.
    if (isFirst.current) isFirst.current = false;
    else {
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
  }, [title]);

  return (
    <div className="site">
      <button type="button" className="button skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header className="top">
        <div className="top-inner">
          <a className="brand" href="#/">
            <img src="./icon.svg" alt="" width="30" height="30" />
            Lookahead
          </a>
          <Menu current={page} />
          <ThemeSwitch />
        </div>
      </header>
      <main ref={main} tabIndex={-1}>
        <PageErrors key={page}>
          <Suspense fallback={<PageLoading />}>
            <View />
          </Suspense>
        </PageErrors>
      </main>
      <footer className="foot">
        <p>
          Lookahead is open source under the MIT license. Coins of local and test chains have no
          value.
        </p>
      </footer>
    </div>
  );
}

function Menu({ current }: { current: PageId }) {
  return (
    <nav className="menu" aria-label="Pages">
      <ul>
        {PAGES.map((id) => {
          const { menu } = PAGE[id];
          return menu === undefined ? null : (
            <li key={id}>
              <a href={hrefOf(id)} aria-current={id === current ? 'page' : undefined}>
                {menu}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** Takes the room of a page, so that the foot does not jump. */
function PageLoading() {
  return (
    <div className="page page-loading">
      <p className="row quiet busy" role="status">
        Loading…
      </p>
    </div>
  );
}
