/** Accounts: made, their key rotated, capabilities over them offered, ways to sign for them added. */
import type { Change } from '../../../vm-preview/model/preview';
import { addressAt, at, bigAt, isRecord, type MoveJson, optionAt, textAt } from '../decode/json';
import { type EffectReader, ownersOf } from './context';
import type { ResourceView } from './view';

const ACCOUNT = '0x1::account::Account';
const AUTHENTICATOR = '0x1::account_abstraction::DispatchableAuthenticator';
const MULTISIG = '0x1::multisig_account::MultisigAccount';

const OFFERS = [
  ['signer_capability_offer', 'signer-capability'],
  ['rotation_capability_offer', 'rotation-capability'],
] as const;

export const accountEffects: EffectReader = ({ views }) =>
  views.resources.flatMap((view) =>
    view.type === ACCOUNT && view.changed ? accountChanges(view) : [],
  );

function accountChanges({ address, after, before }: ResourceView): Change[] {
  const changes: Change[] = [];
  if (before === null) changes.push({ kind: 'opened', address, what: 'wallet' });
  // One that code makes for itself has no key, and acts by a capability that it holds itself.
  if (before === null && optionAt(after, 'signer_capability_offer.for') === address) return changes;
  // Of an account that has no resource yet, the address is the key.
  const was = before === null ? address : textAt(before, 'authentication_key');
  const is = textAt(after, 'authentication_key');
  if (was !== undefined && is !== undefined && was !== is) {
    changes.push(authority(address, 'authentication-key', was, is));
  }
  for (const [field, role] of OFFERS) {
    const from = before === null ? null : optionAt(before, `${field}.for`);
    const to = optionAt(after, `${field}.for`);
    if (typeof to === 'string' && to !== from) {
      changes.push(authority(address, role, typeof from === 'string' ? from : null, to));
    }
    if (to === null && typeof from === 'string') {
      changes.push(authority(address, role, from, null));
    }
  }
  return changes;
}

function authority(
  address: string,
  role: string,
  before: string | null,
  after: string | null,
  owner?: string,
): Change {
  return {
    kind: 'authority',
    address,
    ...(owner === undefined ? {} : { owner }),
    role,
    before,
    after,
  };
}

/** Functions that may sign for an account. They are kept at an object that the account derives. */
export const abstractionEffects: EffectReader = (context) =>
  context.views.resources.flatMap((view): Change[] => {
    if (view.type !== AUTHENTICATOR || !view.changed) return [];
    const { address, after, before } = view;
    const owners = ownersOf(context, address);
    const owner = owners?.after ?? owners?.before ?? undefined;
    const was = functionsOf(before);
    const is = functionsOf(after);
    const role = 'authentication-function';
    return [
      ...is
        .filter((one) => !was.includes(one))
        .map((one) => authority(address, role, null, one, owner)),
      ...was
        .filter((one) => !is.includes(one))
        .map((one) => authority(address, role, one, null, owner)),
    ];
  });

function functionsOf(json: MoveJson | null | undefined): string[] {
  const entries = at(json, 'auth_functions.entries');
  if (!Array.isArray(entries)) return [];
  return entries.map((entry: MoveJson) => {
    const key = at(entry, 'key');
    return [
      addressAt(key, 'module_address'),
      textAt(key, 'module_name'),
      textAt(key, 'function_name'),
    ]
      .map((part) => part ?? '?')
      .join('::');
  });
}

/** Who may act for an account of several owners, and how many of them it takes. */
export const multisigEffects: EffectReader = ({ views }) =>
  views.resources.flatMap((view): Change[] => {
    if (view.type !== MULTISIG || !view.changed || !isRecord(view.after ?? undefined)) return [];
    const { address, after, before } = view;
    const was = addressesAt(before, 'owners');
    const is = addressesAt(after, 'owners');
    const threshold = [before, after].map((json) =>
      bigAt(json, 'num_signatures_required')?.toString(),
    );
    const [needed, needs] = threshold;
    return [
      ...is
        .filter((one) => !was.includes(one))
        .map((one) => authority(address, 'multisig-owner', null, one)),
      ...was
        .filter((one) => !is.includes(one))
        .map((one) => authority(address, 'multisig-owner', one, null)),
      ...(needed === needs
        ? []
        : [authority(address, 'multisig-signatures-needed', needed ?? null, needs ?? null)]),
    ];
  });

function addressesAt(json: MoveJson | null | undefined, path: string): string[] {
  const items = at(json, path);
  if (!Array.isArray(items)) return [];
  return items.flatMap((_, i) => addressAt(items, String(i)) ?? []);
}
