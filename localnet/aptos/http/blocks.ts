import type { Json } from '../../json';
import type { Chain } from '../chain';
import { type Answer, json, notFound, type Request } from './answer';
import { u64 } from './scope';
import { versionJson } from './transactions';

/** Blocks by height or by a version in them. */
export function blockAnswer(chain: Chain, { parts, query }: Request): Answer | undefined {
  const [, by, which = ''] = parts;
  if (by !== 'by_height' && by !== 'by_version') return undefined;
  const number = Number(u64(which));
  if (by === 'by_version' && number > chain.head.version)
    throw notFound('Block', `Ledger version(${number})`, 'block_not_found');
  const height = by === 'by_height' ? number : chain.heightOf(number);
  const block = chain.block(height);
  if (block === undefined) throw notFound('Block', `Block height(${height})`, 'block_not_found');
  const { end, first } = block;
  const start = chain.landed(first);
  const timestamp = start === undefined ? 0n : start.timestampMicros;
  const withTransactions = query.get('with_transactions') === 'true';
  const transactions: Json[] | null = withTransactions
    ? Array.from({ length: end - first }, (_, i) => versionJson(chain, first + i))
    : null;
  return json({
    block_height: String(height),
    block_hash: `0x${height.toString(16).padStart(64, '0')}`,
    block_timestamp: timestamp.toString(),
    first_version: String(first),
    last_version: String(end - 1),
    transactions,
  });
}
