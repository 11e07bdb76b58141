/**
 * Which page is shown, told by the address after `#`: `#/playground?network=…`. A static server needs no
 * rules for that, and what a link carries there is not sent to it.
 */
import { useSyncExternalStore } from 'react';

export const PAGES = [
  'start',
  'portfolio',
  'playground',
  'lessons',
  'developers',
  'transaction',
] as const;
export type PageId = (typeof PAGES)[number];

export interface Route {
  /** Absent where the address names none: the visitor just came. */
  readonly page?: PageId | undefined;
  /** What follows the page's name, e.g. the id of a lesson. */
  readonly rest: readonly string[];
  readonly query: URLSearchParams;
}

/** The route, now and whenever it changes. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(watch, () => window.location.hash));
}

/** @param hash - with its `#` */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [name = '', ...rest] = path.split('/').map(decoded);
  return {
    page: PAGES.find((page) => page === name),
    rest: rest.filter((part) => part !== ''),
    query: new URLSearchParams(query),
  };
}

/** An address to link to. */
export function hrefOf(
  page: PageId,
  rest: readonly string[] = [],
  query: Readonly<Record<string, string>> = {},
): string {
  const path = [page, ...rest.map(encodeURIComponent)].join('/');
  const search = new URLSearchParams(query).toString();
  return `#/${path}${search === '' ? '' : `?${search}`}`;
}

/** Goes there, with a way back. */
export function go(...to: Parameters<typeof hrefOf>): void {
  window.location.hash = hrefOf(...to);
}

function watch(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not written by this site: taken as it is.
    return part;
  }
}
