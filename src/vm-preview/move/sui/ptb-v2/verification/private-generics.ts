/** Functions that only the module of a type may call with it (sui-verifier, private_generics*.rs). */
import type { MoveFunction } from '../../../core/loader';
import type { ProtocolConfig } from '../../protocol';

const EVENT = '0x2::event';
const TRANSFER = '0x2::transfer';
/** Have public variants, which ask for `store`. */
const PRIVATE_TRANSFERS = [
  'transfer',
  'freeze_object',
  'share_object',
  'receive',
  'party_transfer',
];

/**
 * By the rules since `private_generics_verifier_v2`: functions of which some type parameter must be of
 * the calling module, which a transaction has none of.
 */
const INTERNAL: ReadonlySet<string> = new Set([
  ...PRIVATE_TRANSFERS.map((name) => `${TRANSFER}::${name}`),
  `${EVENT}::emit`,
  `${EVENT}::emit_authenticated`,
  '0x2::coin_registry::new_currency',
  '0x1::internal::permit',
]);

/** Why a command may not call it, in the chain's words; undefined where it may. */
export function privateGenericsProblem(
  { key, name, owner }: MoveFunction,
  protocol: ProtocolConfig,
): string | undefined {
  if (protocol.feature('private_generics_verifier_v2'))
    return INTERNAL.has(key)
      ? `Cannot directly call function '${key}' since a type parameter can only be instantiated ` +
          "with types defined within the caller's module."
      : undefined;
  const module = owner.id?.key;
  if (module === EVENT) return 'Cannot directly call functions in sui::event';
  if (module === TRANSFER && PRIVATE_TRANSFERS.includes(name))
    return (
      `Cannot directly call sui::transfer::${name}. Use the public variant instead, ` +
      `sui::transfer::public_${name}`
    );
  return undefined;
}
