/** The coin itself, accounts that come and go, and the program that owns an account. */
import type { Change } from '../../../vm-preview/model/preview';
import { type EffectReader, kindOf, ownerOf } from './view';

export const lamportEffects: EffectReader = (view, { coin }) => {
  const before = view.before?.lamports ?? 0n;
  const after = view.after?.lamports ?? 0n;
  if (before === after) return [];
  return [
    {
      kind: 'balance',
      address: view.address,
      ...ownerOf(view),
      asset: coin,
      before: before.toString(),
      after: after.toString(),
      delta: (after - before).toString(),
    },
  ];
};

/** Accounts made and lost, and those that change from one kind to another. */
export const existenceEffects: EffectReader = (view, context) => {
  const { after, before, meaningAfter, meaningBefore } = view;
  const was = before === undefined ? undefined : kindOf(before, meaningBefore);
  const is = after === undefined ? undefined : kindOf(after, meaningAfter);
  // A wallet that data was put into is a new account of that kind, not a changed wallet.
  const changes: Change[] = [];
  const base = { address: view.address, ...ownerOf(view) };
  if (was !== undefined && was !== is && was !== 'wallet') {
    const mint = meaningBefore.token?.mint;
    changes.push({
      kind: 'closed',
      ...base,
      what: was,
      ...(mint === undefined ? {} : { asset: context.assetOf(mint) }),
    });
  } else if (was === 'wallet' && is === undefined) {
    changes.push({ kind: 'closed', ...base, what: was });
  }
  // One without data that changed owner has been handed over, not opened: `ownerEffects` says so.
  const isBare = was === 'wallet' && after?.data.length === 0;
  if (is !== undefined && was !== is && !isBare && (was === undefined || is !== 'wallet')) {
    const mint = meaningAfter.token?.mint;
    changes.push({
      kind: 'opened',
      ...base,
      what: is,
      ...(mint === undefined ? {} : { asset: context.assetOf(mint) }),
    });
  }
  return changes;
};

/** The owner field: whoever it names may do anything with the account. */
export const ownerEffects: EffectReader = ({ address, after, before }) => {
  if (before === undefined || after === undefined || before.owner.equals(after.owner)) return [];
  return [
    {
      kind: 'owner',
      address,
      role: 'program',
      before: before.owner.toBase58(),
      after: after.owner.toBase58(),
    },
  ];
};
