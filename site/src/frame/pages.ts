/** The pages: each is loaded when it is opened, and brings its own chain code. */
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { PageId } from './route';

interface Page {
  /** In the browser's tab. */
  readonly title: string;
  /** In the menu; absent where nothing leads there but a link. */
  readonly menu?: string;
  readonly view: LazyExoticComponent<ComponentType>;
}

/** In the menu's order. */
export const PAGE: Readonly<Record<PageId, Page>> = {
  start: { title: 'Get started', menu: 'Start', view: lazy(() => import('../start/page')) },
  portfolio: {
    title: 'Portfolio',
    menu: 'Portfolio',
    view: lazy(() => import('../portfolio/page')),
  },
  playground: {
    title: 'Playground',
    menu: 'Playground',
    view: lazy(() => import('../playground/page')),
  },
  lessons: { title: 'Lessons', menu: 'Lessons', view: lazy(() => import('../lessons/page')) },
  developers: {
    title: 'For developers',
    menu: 'Developers',
    view: lazy(() => import('../developers/page')),
  },
  transaction: { title: 'Transaction', view: lazy(() => import('../transaction/page')) },
};
