/** Lists in pages, as connections. Cursors are the place in the list. */
import { decodeBase64, encodeBase64 } from '../../../src/chains/base64';
import { userError } from './errors';

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

const DEFAULT_SIZE = 20;
const MAX_SIZE = 50;

export interface Page<Node> {
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
}

/** @throws GraphQLError */
export function pageOf<T, Node>(
  items: readonly T[],
  { after, before, first, last }: PageArgs,
  toNode: (item: T) => Node,
): Page<Node> {
  if (first != null && last != null)
    throw userError('Cannot provide both "first" and "last" parameters');
  const size = first ?? last ?? DEFAULT_SIZE;
  if (size < 0 || size > MAX_SIZE) throw userError(`Page size is too large: ${size} > ${MAX_SIZE}`);
  const low = after == null ? 0 : placeOf(after) + 1;
  const high = before == null ? items.length : Math.min(items.length, placeOf(before));
  const start = last == null ? low : Math.max(low, high - size);
  const end = Math.max(start, last == null ? Math.min(high, low + size) : high);
  const edges = items
    .slice(start, end)
    .map((item, i) => ({ cursor: cursorOf(start + i), node: toNode(item) }));
  return {
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0 && edges.length > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    nodes: edges.map(({ node }) => node),
    edges,
  };
}

function cursorOf(place: number): string {
  return encodeBase64(new TextEncoder().encode(String(place)));
}

function placeOf(cursor: string): number {
  const bytes = /^[A-Za-z0-9+/]+=*$/.test(cursor) ? decodeBase64(cursor) : undefined;
  const text = new TextDecoder().decode(bytes);
  if (!/^\d{1,9}$/.test(text)) throw userError('Failed to parse a cursor');
  return Number(text);
}
