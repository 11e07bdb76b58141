import { is } from '@metamask/superstruct';
import { StoreError } from './errors';
import { EMPTY_STATE, STATE_VERSION, type State, StateStruct } from './schema';

/** Updates wait for each other: MetaMask replaces the whole state, so two at once would lose one. */
let last: Promise<unknown> = Promise.resolve();

/**
 * What the snap remembers; on first use, nothing.
 *
 * @throws StoreError when it is not what this version wrote
 */
export async function readState(): Promise<State> {
  const found = await snap.request({
    method: 'snap_manageState',
    params: { operation: 'get', encrypted: true },
  });
  if (found === null) return EMPTY_STATE;
  if (typeof found.version === 'number' && found.version > STATE_VERSION) {
    throw new StoreError('state-newer', 'a newer version of Lookahead wrote what is remembered');
  }
  if (!is(found, StateStruct)) {
    throw new StoreError('state-corrupted', 'what Lookahead remembers cannot be read');
  }
  return found;
}

/**
 * Replaces the state by what `change` makes of it, one update after the other.
 *
 * @param change - pure; returning its argument writes nothing
 * @returns the state after the change
 * @throws StoreError when what is there cannot be read: it is not overwritten
 */
export async function updateState(change: (state: State) => State): Promise<State> {
  return queued(async () => {
    const before = await readState();
    const after = change(before);
    if (after === before) return before;
    if (!is(after, StateStruct)) {
      throw new StoreError('state-corrupted', 'refused to remember something malformed');
    }
    await snap.request({
      method: 'snap_manageState',
      params: { operation: 'update', encrypted: true, newState: after },
    });
    return after;
  });
}

/** Forgets everything but caches. Only ever at the user's word. */
export async function resetState(): Promise<void> {
  await queued(() =>
    snap.request({
      method: 'snap_manageState',
      params: { operation: 'clear', encrypted: true },
    }),
  );
}

async function queued<Result>(work: () => Promise<Result>): Promise<Result> {
  const run = last.then(work, work);
  last = run.catch(() => undefined);
  return run;
}
