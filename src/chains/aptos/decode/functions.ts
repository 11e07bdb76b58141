/** Functions of the framework that everybody calls: what their arguments are called, and what they are. */

export type ArgumentKind =
  | 'address'
  | 'octas'
  | 'u64'
  | 'bool'
  | 'text'
  | 'amount'
  | 'asset-amount'
  | 'bytes';

export interface KnownFunction {
  readonly name: string;
  /** In their order, signers left out. `amount` is of the first type argument's coin. */
  readonly args: readonly (readonly [label: string, kind: ArgumentKind])[];
}

const RECIPIENT = ['recipient', 'address'] as const;

export const FUNCTIONS: Readonly<Record<string, KnownFunction>> = {
  '0x1::aptos_account::transfer': {
    name: 'Transfer',
    args: [RECIPIENT, ['amount', 'octas']],
  },
  '0x1::aptos_account::transfer_coins': {
    name: 'Transfer',
    args: [RECIPIENT, ['amount', 'amount']],
  },
  '0x1::aptos_account::create_account': { name: 'Create account', args: [['account', 'address']] },
  '0x1::aptos_account::transfer_fungible_assets': {
    name: 'Transfer',
    args: [['asset', 'address'], RECIPIENT, ['amount', 'asset-amount']],
  },
  '0x1::aptos_account::set_allow_direct_coin_transfers': {
    name: 'Allow coins that are not registered',
    args: [['allow', 'bool']],
  },
  '0x1::coin::transfer': { name: 'Transfer', args: [RECIPIENT, ['amount', 'amount']] },
  '0x1::coin::migrate_to_fungible_store': { name: 'Migrate coin to fungible asset', args: [] },
  '0x1::managed_coin::register': { name: 'Register for a coin', args: [] },
  '0x1::primary_fungible_store::transfer': {
    name: 'Transfer',
    args: [['asset', 'address'], RECIPIENT, ['amount', 'asset-amount']],
  },
  '0x1::fungible_asset::transfer': {
    name: 'Transfer between stores',
    args: [
      ['from store', 'address'],
      ['to store', 'address'],
      ['amount', 'u64'],
    ],
  },
  '0x1::object::transfer': { name: 'Transfer object', args: [['object', 'address'], RECIPIENT] },
  '0x1::object::transfer_call': {
    name: 'Transfer object',
    args: [['object', 'address'], RECIPIENT],
  },
  '0x1::account::rotate_authentication_key_call': {
    name: 'Rotate key without proof',
    args: [['new authentication key', 'bytes']],
  },
  '0x1::account::revoke_any_rotation_capability': { name: 'Revoke rotation capability', args: [] },
  '0x1::account::revoke_any_signer_capability': { name: 'Revoke signer capability', args: [] },
  '0x1::code::publish_package_txn': { name: 'Publish package', args: [] },
  '0x1::delegation_pool::add_stake': {
    name: 'Add stake',
    args: [
      ['pool', 'address'],
      ['amount', 'octas'],
    ],
  },
  '0x1::delegation_pool::unlock': {
    name: 'Unlock stake',
    args: [
      ['pool', 'address'],
      ['amount', 'octas'],
    ],
  },
  '0x1::delegation_pool::reactivate_stake': {
    name: 'Lock stake again',
    args: [
      ['pool', 'address'],
      ['amount', 'octas'],
    ],
  },
  '0x1::delegation_pool::withdraw': {
    name: 'Withdraw stake',
    args: [
      ['pool', 'address'],
      ['amount', 'octas'],
    ],
  },
  '0x1::multisig_account::create_transaction': {
    name: 'Propose multisig transaction',
    args: [
      ['multisig account', 'address'],
      ['payload', 'bytes'],
    ],
  },
  '0x1::multisig_account::approve_transaction': {
    name: 'Approve multisig transaction',
    args: [
      ['multisig account', 'address'],
      ['transaction', 'u64'],
    ],
  },
  '0x1::multisig_account::reject_transaction': {
    name: 'Reject multisig transaction',
    args: [
      ['multisig account', 'address'],
      ['transaction', 'u64'],
    ],
  },
};

const NAMES: Readonly<Record<string, string>> = {
  '0x1': 'Aptos Framework',
  '0x3': 'Aptos Token (v1)',
  '0x4': 'Aptos Token Objects',
};

/** @param address - short, as the chain writes it in types */
export function packageName(address: string): string | undefined {
  return Object.hasOwn(NAMES, address) ? NAMES[address] : undefined;
}
