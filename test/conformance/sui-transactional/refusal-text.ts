/** Refusals in the chain's words, and as Rust's `Debug` prints them (sui-types, error.rs `UserInputError`). */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { SuiStatus } from '../../../src/vm-preview/move/sui';
import type { RefusalFacts } from '../../../src/vm-preview/move/sui/execution';

export type Refused = Extract<SuiStatus, { kind: 'refused' }>;

const id = (bytes: Uint8Array): string => `0x${bytesToHex(bytes)}`;

/** Those that say no more. */
const PLAIN: Readonly<Record<string, string>> = {
  DuplicateObjectRefInput: "The transaction inputs contain duplicated ObjectRef's",
  EmptyCommandInput:
    'TransferObjects, MergeCoin, and Publish cannot have empty arguments. If MakeMoveVec has empty arguments, it must have a type specified',
  NotSharedObjectError: 'Object used as shared is not shared',
  PostRandomCommandRestrictions:
    'Commands following a command with Random can only be TransferObjects or MergeCoins',
};

/** `Display`; the kind's name where no test has the text. */
export function refusalText({ code, facts }: Refused): string {
  return facts === undefined ? (PLAIN[code] ?? code) : factsText(facts);
}

function factsText(facts: RefusalFacts): string {
  switch (facts.kind) {
    case 'ObjectNotFound':
      return `Could not find the referenced object ${id(facts.object)} at version ${versionText(facts.version)}`;
    case 'DependentPackageNotFound':
      return `Dependent package not found on-chain: ${id(facts.package)}`;
    case 'MovePackageAsObject':
      return `A move object is expected, instead a move package is passed: ${id(facts.object)}`;
    case 'InvalidChildObjectArgument':
      return `Object ${id(facts.child)} is owned by object ${id(facts.parent)}. Objects owned by other objects cannot be used as input arguments`;
    case 'IncorrectUserSignature':
      return `Transaction was not signed by the correct sender: ${signerText(facts)}`;
    case 'GasBalanceTooLow':
      return `Balance of gas object ${facts.balance} is lower than the needed amount: ${facts.needed}`;
    case 'AddressDeniedForCoin':
      return `Address ${id(facts.address)} is denied for coin ${facts.coinType}`;
    case 'CoinTypeGlobalPause':
      return `Coin type is globally paused for use: ${facts.coinType}`;
    case 'Unsupported':
      return `Feature is not supported: ${facts.feature}`;
  }
}

/** `Debug`, as older nodes print them. */
export function refusalDebug({ code, facts }: Refused): string {
  return facts === undefined ? code : `${code}${factsDebug(facts)}`;
}

function factsDebug(facts: RefusalFacts): string {
  switch (facts.kind) {
    case 'ObjectNotFound':
      return ` { object_id: ${id(facts.object)}, version: ${versionText(facts.version)} }`;
    case 'DependentPackageNotFound':
      return ` { package_id: ${id(facts.package)} }`;
    case 'MovePackageAsObject':
      return ` { object_id: ${id(facts.object)} }`;
    case 'InvalidChildObjectArgument':
      return ` { child_id: ${id(facts.child)}, parent_id: ${id(facts.parent)} }`;
    case 'IncorrectUserSignature':
      return ` { error: ${JSON.stringify(signerText(facts))} }`;
    case 'GasBalanceTooLow':
      return ` { gas_balance: ${facts.balance}, needed_gas_amount: ${facts.needed} }`;
    case 'AddressDeniedForCoin':
      return ` { address: ${id(facts.address)}, coin_type: ${JSON.stringify(facts.coinType)} }`;
    case 'CoinTypeGlobalPause':
      return ` { coin_type: ${JSON.stringify(facts.coinType)} }`;
    case 'Unsupported':
      return `(${JSON.stringify(facts.feature)})`;
  }
}

function signerText({
  object,
  owner,
  signer,
}: Extract<RefusalFacts, { kind: 'IncorrectUserSignature' }>): string {
  return `Object ${id(object)} is owned by account address ${id(owner)}, but given owner/signer address is ${id(signer)}`;
}

const versionText = (version: bigint | undefined): string =>
  version === undefined ? 'None' : `Some(SequenceNumber(${version}))`;
