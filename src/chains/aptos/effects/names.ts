/** Names of the Aptos Name Service: each is an object with a record; an account has a primary one. */
import type { Change } from '../../../vm-preview/model/preview';
import { addressAt, bigAt, type MoveJson, optionAt, textAt } from '../decode/json';
import { type EffectContext, type EffectReader, ownerField } from './context';
import type { ResourceView } from './view';

/** Its packages on mainnet and testnet; on other networks nothing is taken for a name. */
const MODULES = [
  '0x867ed1f6bf916171b1de3ee92849b8978b7d1b9e0a8cc982a3d19d535dfd9c0c::v2_1_domains',
  '0x5f8fd2347449685cf41d4db97926ec3a096eaf381332be4f1318ad4d16a8497c::v2_1_domains',
];
const RECORDS = new Map(MODULES.map((module) => [`${module}::NameRecord`, module]));
const REVERSE = new Map(MODULES.map((module) => [`${module}::ReverseRecord`, module]));

export const nameEffects: EffectReader = (context) =>
  context.views.resources.flatMap((view): Change[] => {
    if (!view.changed) return [];
    const module = RECORDS.get(view.type);
    if (module !== undefined) return recordChanges(view, module, context);
    const reverse = REVERSE.get(view.type);
    return reverse === undefined ? [] : primaryChanges(view, reverse, context);
  });

function nameAt(
  address: string,
  record: MoveJson | null | undefined,
  module: string,
  context: EffectContext,
): string {
  const domain = textAt(record, 'domain_name') ?? '?';
  const sub = textAt(context.find(address, `${module}::SubdomainExt`), 'subdomain_name');
  return `${sub === undefined ? '' : `${sub}.`}${domain}.apt`;
}

function recordChanges(view: ResourceView, module: string, context: EffectContext): Change[] {
  const { address, after, before } = view;
  const untrustedName = nameAt(address, after ?? before, module, context);
  const base = { kind: 'name', address, ...ownerField(context, address), untrustedName } as const;
  if (after === null) return [{ ...base, action: 'removed' }];
  const is = optionAt(after, 'target_address');
  const was = optionAt(before, 'target_address');
  const target =
    is === undefined || is === null ? null : (addressAt(after, 'target_address.vec.0') ?? null);
  if (before === null) return [{ ...base, action: 'registered', target }];
  const changes: Change[] = [];
  const expiry = (json: MoveJson | null | undefined) => bigAt(json, 'expiration_time_sec') ?? 0n;
  if (expiry(after) > expiry(before)) changes.push({ ...base, action: 'renewed' });
  if (is !== was) changes.push({ ...base, action: 'points-elsewhere', target });
  return changes;
}

function primaryChanges(
  { address, after }: ResourceView,
  module: string,
  context: EffectContext,
): Change[] {
  const object = addressAt(after, 'token_addr.vec.0');
  if (object === undefined) {
    return [{ kind: 'name', address, action: 'primary', untrustedName: '', target: null }];
  }
  const record = context.find(object, `${module}::NameRecord`);
  const untrustedName = nameAt(object, record, module, context);
  return [{ kind: 'name', address, action: 'primary', untrustedName, target: object }];
}
