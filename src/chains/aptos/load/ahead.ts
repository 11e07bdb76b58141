/** What to ask for before the first run. */
import type { StateKey } from '../../../vm-preview/move/aptos/state';
import { typeTagText } from '../../../vm-preview/move/core/types';
import { FRAMEWORK, fullAddress, isSpecial, pairedMetadata, primaryStore } from '../address';
import { functionId } from '../decode/call';
import { FUNCTIONS } from '../decode/functions';
import { coinInfoOf } from '../effects/assets';
import { feePayerOf, type ParsedAptosTransaction, signerAddresses } from '../transaction';
import { argumentsOf, callName, fromHints, partsOf } from './hints';
import {
  accountKeys,
  chainKeys,
  coinKeys,
  moduleKey,
  objectKey,
  packageKey,
  resourceKey,
} from './keys';
import type { Loader } from './loader';

/** Addresses among the arguments that are looked at. */
const MAX_ADDRESSES = 8;
const MAX_TYPES = 3;

export interface Ahead {
  readonly keys: readonly StateKey[];
  /** Addresses whose modules are all asked for. */
  readonly packages: readonly string[];
}

export function askAhead(transaction: ParsedAptosTransaction, { hints }: Loader): Ahead {
  const known = hints.keys.get(callName(transaction));
  const keys = [
    ...chainKeys(),
    ...accountsOf(transaction).flatMap(accountKeys),
    ...assetKeys(transaction),
    ...(known === undefined ? [] : fromHints(known, partsOf(transaction))),
    ...FRAMEWORK_MODULES,
  ];
  const { executable } = transaction;
  if (executable.kind !== 'entryFunction') return { keys, packages: [] };
  const { address, module } = executable.call;
  const owner = fullAddress(address);
  keys.push(moduleKey(owner, module));
  if (isSpecial(owner)) return { keys, packages: [] };
  keys.push(packageKey(owner));
  // What a module names is mostly beside it; later it is known.
  return { keys, packages: known === undefined ? [owner] : [] };
}

/** From where each run begins and ends; what they depend on follows. */
const FRAMEWORK_MODULES = [
  moduleKey(FRAMEWORK, 'transaction_validation'),
  moduleKey(FRAMEWORK, 'account_abstraction'),
];

/** Signers, who pays, and addresses among the arguments. */
function accountsOf(transaction: ParsedAptosTransaction): string[] {
  const { multisigAddress } = transaction;
  const given = argumentsOf(transaction)
    .filter(({ length }) => length === 32)
    .map((bytes) => fullAddress(bytes))
    .slice(0, MAX_ADDRESSES);
  return [
    ...new Set([
      ...signerAddresses(transaction),
      feePayerOf(transaction),
      ...(multisigAddress === undefined ? [] : [fullAddress(multisigAddress)]),
      ...given,
    ]),
  ];
}

/** Coins among the type arguments, and objects among the arguments, with what accounts hold of them. */
function assetKeys(transaction: ParsedAptosTransaction): StateKey[] {
  const { executable } = transaction;
  if (executable.kind !== 'entryFunction') return [];
  const { args, typeArguments } = executable.call;
  const accounts = accountsOf(transaction);
  const coins = typeArguments
    .filter(({ kind }) => kind === 'struct')
    .slice(0, MAX_TYPES)
    .map((tag) => typeTagText(tag));
  const keys = coins.flatMap((coin) => [
    resourceKey(...coinInfoOf(coin)),
    ...accounts.flatMap((account) => coinKeys(account, coin, pairedMetadata(coin))),
  ]);
  const objects = args.filter(({ length }) => length === 32).slice(0, MAX_ADDRESSES);
  keys.push(...objects.map((bytes) => objectKey(fullAddress(bytes))));
  const id = functionId(executable.call);
  const row = Object.hasOwn(FUNCTIONS, id) ? FUNCTIONS[id] : undefined;
  const [asset] = args;
  if (row?.args.some(([, kind]) => kind === 'asset-amount') && asset?.length === 32) {
    const metadata = fullAddress(asset);
    keys.push(...accounts.map((account) => objectKey(primaryStore(account, metadata))));
  }
  return keys;
}
