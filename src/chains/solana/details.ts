/** What those see who want to check: accounts by their fields, and everything that was read. */
import type { DecodedDiff, JsonValue, RawOutcome, StateRead } from '../../vm-preview/model/preview';
import type { Account, Pubkey, SvmOutcome } from '../../vm-preview/svm';
import { toHex } from '../hex';
import type { AccountView, Meaning } from './effects/view';
import { isSameAccount } from './outcome';

const MAX_READS = 1_000;

/** @param read - undefined for what was never loaded */
export function detailsOf(
  outcome: SvmOutcome,
  views: readonly AccountView[],
  read: (address: Pubkey) => Account | null | undefined,
): Pick<RawOutcome, 'decoded' | 'reads'> {
  return {
    decoded: views.flatMap(diffOf),
    reads: outcome.read.slice(0, MAX_READS).map((address): StateRead => {
      return {
        kind: 'account',
        address: address.toBase58(),
        length: read(address)?.data.length ?? null,
      };
    }),
  };
}

function diffOf({ address, after, before, meaningAfter, meaningBefore }: AccountView) {
  if (isSameAccount(before, after)) return [];
  const old = fieldsOf(meaningBefore);
  const made = fieldsOf(meaningAfter);
  const type = made?.type ?? old?.type;
  if (type === undefined) return [];
  const diff: DecodedDiff = {
    address,
    type,
    ...(before === undefined || old !== undefined ? { untrustedBefore: old?.fields ?? null } : {}),
    ...(after === undefined || made !== undefined ? { untrustedAfter: made?.fields ?? null } : {}),
  };
  return [diff];
}

interface Fields {
  readonly type: string;
  readonly fields: JsonValue;
}

function fieldsOf(meaning: Meaning): Fields | undefined {
  const { mint, nonce, program, stake, table, token } = meaning;
  if (token !== undefined) return { type: 'token-account', fields: plain(token) };
  if (mint !== undefined) return { type: 'mint', fields: plain(mint) };
  if (nonce !== undefined) return { type: 'nonce', fields: plain(nonce) };
  if (stake !== undefined) return { type: 'stake', fields: plain(stake) };
  if (program !== undefined) return { type: 'program', fields: plain(program) };
  if (table !== undefined) return { type: 'lookup-table', fields: plain(table) };
  return undefined;
}

/** As JSON: big integers as digits, bytes as hex, addresses in base58. */
function plain(value: unknown): JsonValue {
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'object':
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(plain);
  if ('toBase58' in value && typeof value.toBase58 === 'function') return String(value.toBase58());
  const entries = Object.entries(value).filter(([name]) => name !== 'kind');
  return Object.fromEntries(entries.map(([name, inner]) => [name, plain(inner)]));
}
