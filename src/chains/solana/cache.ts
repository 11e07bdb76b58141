/**
 * What is kept between previews: programs by their deployment slot, the feature set of an epoch, and
 * hints about what to ask for at once. All of it is public and can be fetched again; nothing is used
 * unless the node confirms it in the same read (programs, tables) or it only names things (tokens).
 */
import {
  array,
  boolean,
  type Infer,
  literal,
  nullable,
  object,
  string,
} from '@metamask/superstruct';
import { type Account, type ProgramCache, Pubkey } from '../../vm-preview/svm';
import { decodeBase64, encodeBase64 } from '../base64';
import { BoundedMap } from '../bounded-map';
import { HintStore, HintTable, shaped, tokenInfoStruct } from '../hints';
import { type KeyValueStore, readStored, writeStored } from '../key-value';

/** An executable's account with its bytes, whole. */
export interface CachedProgram {
  /** Of programs that can be upgraded; `null` for those of loaders v1 and v2, which never change. */
  readonly slot: bigint | null;
  readonly account: Account;
}

const programStruct = object({
  slot: nullable(string()),
  lamports: string(),
  owner: string(),
  executable: boolean(),
  rentEpoch: string(),
  data: string(),
});

const featuresStruct = object({ epoch: string(), active: array(string()), complete: boolean() });

export interface CachedFeatures {
  readonly epoch: bigint;
  /** Addresses of the active ones. */
  readonly active: readonly string[];
  /** Whether the node listed all that there are, those unknown to us included. */
  readonly complete: boolean;
}

/** Bytes of programs kept in memory. */
const MAX_PROGRAM_BYTES = 32 * 1024 * 1024;
const MAX_HINTS = {
  executables: 300,
  plain: 500,
  tables: 16,
  sysvars: 300,
  tokens: 300,
  programs: 64,
} as const;

/** Hints of one network. */
const noHints = () => ({
  /** Program to the account that holds its ELF: its program data, or itself. */
  executables: new HintTable(shaped(string()), MAX_HINTS.executables),
  /** Accounts that were no programs, so that their code is not looked for again. */
  plain: new HintTable(shaped(literal(true)), MAX_HINTS.plain),
  tables: new HintTable<readonly string[]>(shaped(array(string())), MAX_HINTS.tables),
  /** Program to the large sysvars that its runs read. */
  sysvars: new HintTable<readonly string[]>(shaped(array(string())), MAX_HINTS.sysvars),
  tokens: new HintTable(shaped(tokenInfoStruct), MAX_HINTS.tokens),
});
export type Hints = ReturnType<typeof noHints>;

/** Executables that were loaded and verified; they live in memory only. */
class VerifiedPrograms implements ProgramCache {
  readonly #programs = new BoundedMap<object>(MAX_HINTS.programs);

  get(key: string): object | undefined {
    return this.#programs.get(key);
  }

  set(key: string, program: object): void {
    this.#programs.set(key, program);
  }
}

export class SolanaCache {
  readonly #genesis = new Set<string>();
  readonly #programs: BoundedMap<CachedProgram>;
  readonly #features = new Map<string, CachedFeatures>();
  readonly #hints: HintStore<Hints>;
  readonly #verified = new Map<string, VerifiedPrograms>();

  /** @param maxProgramBytes - of programs in memory; the store bounds itself */
  constructor(
    private readonly store?: KeyValueStore,
    maxProgramBytes: number = MAX_PROGRAM_BYTES,
  ) {
    this.#hints = new HintStore(store, 'solana:hints', noHints);
    this.#programs = new BoundedMap(maxProgramBytes, (program) => program.account.data.length);
  }

  isGenesisKnown(key: string): boolean {
    return this.#genesis.has(key);
  }

  rememberGenesis(key: string): void {
    this.#genesis.add(key);
  }

  /** @param genesis - the network's, since the same address holds other programs elsewhere */
  async program(genesis: string, address: Pubkey): Promise<CachedProgram | undefined> {
    const key = programKey(genesis, address);
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    const stored = await readStored(this.store, key, programStruct);
    if (stored === undefined) return undefined;
    const program: CachedProgram = {
      slot: stored.slot === null ? null : BigInt(stored.slot),
      account: {
        lamports: BigInt(stored.lamports),
        owner: Pubkey.fromBase58(stored.owner),
        executable: stored.executable,
        rentEpoch: BigInt(stored.rentEpoch),
        data: decodeBase64(stored.data),
      },
    };
    this.#programs.set(key, program);
    return program;
  }

  async rememberProgram(genesis: string, address: Pubkey, program: CachedProgram): Promise<void> {
    const key = programKey(genesis, address);
    this.#programs.set(key, program);
    const { account, slot } = program;
    await writeStored<Infer<typeof programStruct>>(this.store, key, {
      slot: slot === null ? null : slot.toString(),
      lamports: account.lamports.toString(),
      owner: account.owner.toBase58(),
      executable: account.executable,
      rentEpoch: account.rentEpoch.toString(),
      data: encodeBase64(account.data),
    });
  }

  async features(genesis: string): Promise<CachedFeatures | undefined> {
    const known = this.#features.get(genesis);
    if (known !== undefined) return known;
    const stored = await readStored(this.store, `solana:features:${genesis}`, featuresStruct);
    if (stored === undefined) return undefined;
    const features = { ...stored, epoch: BigInt(stored.epoch) };
    this.#features.set(genesis, features);
    return features;
  }

  async rememberFeatures(genesis: string, features: CachedFeatures): Promise<void> {
    this.#features.set(genesis, features);
    await writeStored<Infer<typeof featuresStruct>>(this.store, `solana:features:${genesis}`, {
      epoch: features.epoch.toString(),
      active: [...features.active],
      complete: features.complete,
    });
  }

  hints(genesis: string): Promise<Hints> {
    return this.#hints.of(genesis);
  }

  saveHints(genesis: string): Promise<void> {
    return this.#hints.save(genesis);
  }

  /** Verified programs of one network, for the VM. */
  verifiedPrograms(genesis: string): ProgramCache {
    const known = this.#verified.get(genesis) ?? new VerifiedPrograms();
    this.#verified.set(genesis, known);
    return known;
  }
}

function programKey(genesis: string, address: Pubkey): string {
  return `solana:program:${genesis}:${address.toBase58()}`;
}

/**
 * @param store - keeps what is worth keeping beyond this process; without one all is in memory
 */
export function createSolanaCache(store?: KeyValueStore): SolanaCache {
  return new SolanaCache(store);
}
