/**
 * What a transaction needs to be loaded before it runs, found out all at once: the keys and tables of
 * the message first, then what the tables and the programs point at.
 */

import type { Account } from '../account';
import { findProgramAddress } from '../address';
import type { FeatureSet } from '../features/feature-set';
import { LOADER_V3, STAKE_PROGRAM } from '../programs/ids';
import { builtinProgram, isPrecompile } from '../programs/registry';
import type { Pubkey } from '../pubkey';
import { MissingStateError, type StateReader } from '../state';
import { SYSVAR_IDS } from '../sysvars/ids';
import { programDataOf } from './load-accounts';
import { decodeLookupTable } from './lookup-tables';
import type { ParsedTransaction } from './message';

/** Small, and read by the chain or by programs without being named in the message. */
const ALWAYS: readonly Pubkey[] = [
  SYSVAR_IDS.clock,
  SYSVAR_IDS.rent,
  SYSVAR_IDS.epochSchedule,
  SYSVAR_IDS.epochRewards,
  SYSVAR_IDS.lastRestartSlot,
];

/** Where loader v3 puts the code of a program that was deployed at `programId`. */
export function programDataAddress(programId: Pubkey): Pubkey {
  const found = findProgramAddress([programId.bytes], LOADER_V3);
  if (found === undefined) throw new RangeError('no bump gives a program data address');
  return found.address;
}

/** Looks accounts up and remembers those that were never loaded. */
class Search {
  readonly #missing = new Map<string, Pubkey>();
  readonly #maybePrograms: Pubkey[] = [];

  constructor(private readonly state: StateReader) {}

  get(address: Pubkey): Account | undefined {
    try {
      return this.state.get(address);
    } catch (thrown) {
      if (!(thrown instanceof MissingStateError)) throw thrown;
      this.#missing.set(address.key, address);
      return undefined;
    }
  }

  /** An account, and its code if it is a program. */
  getWithProgramData(address: Pubkey, maybeProgram: boolean): void {
    const account = this.get(address);
    if (account !== undefined) {
      const programData = programDataOf(account);
      if (programData !== undefined) this.get(programData);
    } else if (maybeProgram && this.#missing.has(address.key)) {
      this.#maybePrograms.push(address);
    }
  }

  /**
   * @throws MissingStateError with what was missing, and with where the code of accounts that may be
   * programs would be: asking for it at once spares a round trip
   */
  end(): void {
    if (this.#missing.size === 0) return;
    for (const address of this.#maybePrograms) {
      const guess = programDataAddress(address);
      this.#missing.set(guess.key, guess);
    }
    throw new MissingStateError([...this.#missing.values()]);
  }
}

const SYSVAR_KEYS: ReadonlySet<string> = new Set(Object.values(SYSVAR_IDS).map(({ key }) => key));

/** An address that a program may be deployed at. */
function mayBeProgram(address: Pubkey, features: FeatureSet): boolean {
  return (
    !SYSVAR_KEYS.has(address.key) &&
    builtinProgram(address, features) === undefined &&
    !isPrecompile(address, features)
  );
}

function searchStaticKeys(
  search: Search,
  transaction: ParsedTransaction,
  features: FeatureSet,
): void {
  const { header, staticKeys, instructions } = transaction;
  const invoked = new Set(instructions.map(({ programIdIndex }) => programIdIndex));
  const firstReadonly = staticKeys.length - header.numReadonlyUnsigned;
  for (const [index, address] of staticKeys.entries()) {
    // It is made for each transaction, not stored.
    if (address.equals(SYSVAR_IDS.instructions)) continue;
    const isReadonly = index >= Math.max(firstReadonly, header.numRequiredSignatures);
    const maybeProgram = (isReadonly || invoked.has(index)) && mayBeProgram(address, features);
    search.getWithProgramData(address, maybeProgram);
    // The Stake program reads it without being given it.
    if (address.equals(STAKE_PROGRAM)) search.get(SYSVAR_IDS.stakeHistory);
  }
}

function searchLookups(search: Search, transaction: ParsedTransaction, features: FeatureSet): void {
  for (const lookup of transaction.lookups) {
    const account = search.get(lookup.table);
    const addresses =
      account === undefined ? [] : (decodeLookupTable(account.data)?.addresses ?? []);
    const visit = (indexes: Uint8Array, isReadonly: boolean): void => {
      for (const index of indexes) {
        const address = addresses[index];
        if (address === undefined || address.equals(SYSVAR_IDS.instructions)) continue;
        search.getWithProgramData(address, isReadonly && mayBeProgram(address, features));
      }
    };
    visit(lookup.writableIndexes, false);
    visit(lookup.readonlyIndexes, true);
  }
}

/**
 * @param transaction - sanitized
 * @throws MissingStateError with all that is known to be needed and was never loaded
 */
export function requireState(
  transaction: ParsedTransaction,
  state: StateReader,
  features: FeatureSet,
): void {
  const search = new Search(state);
  for (const address of ALWAYS) search.get(address);
  searchStaticKeys(search, transaction, features);
  searchLookups(search, transaction, features);
  search.end();
}
