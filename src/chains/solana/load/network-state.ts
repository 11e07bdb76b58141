/** What a round learns of the network itself: its clock, its features, its blockhashes. */
import { base58 } from '@scure/base';
import { StateError } from '../../../vm-preview/errors';
import { type Account, type Message, type Pubkey, SYSVAR_IDS } from '../../../vm-preview/svm';
import { equalBytes } from '../../hex';
import { recentBlockhashes } from '../blockhash';
import { ByteReader } from '../bytes';
import type { CachedFeatures, SolanaCache } from '../cache';
import { isDurableNonce } from '../nonce';
import type { SolanaRpc } from '../rpc';
import { type ReadFeatures, readFeatures } from './features';

/** Slots by which the Clock may differ from the slot that the node says it answered for. */
const MAX_CLOCK_DISTANCE = 150n;

type Read = (address: Pubkey) => Account | null | undefined;

export interface BlockhashAnswer {
  /** The newest of the network, 32 bytes. */
  readonly latest: Uint8Array;
  /** Those of the sysvar, newest first; none where there is no sysvar. */
  readonly recent: readonly Uint8Array[];
  /** Whether the network still accepts the transaction's own. */
  readonly isValid: boolean;
}

export class NetworkState {
  #fresh: ReadFeatures | undefined;
  #blockhash: BlockhashAnswer | undefined;

  constructor(
    private readonly rpc: SolanaRpc,
    private readonly cache: SolanaCache,
    private readonly genesis: string,
    private kept: CachedFeatures | undefined,
  ) {}

  /** Whether the features of the epoch are still to be read. */
  get isOpen(): boolean {
    return this.kept === undefined;
  }

  get features(): CachedFeatures {
    if (this.kept === undefined) throw notRead('features');
    return this.kept;
  }

  get blockhash(): BlockhashAnswer {
    if (this.#blockhash === undefined) throw notRead('blockhash');
    return this.#blockhash;
  }

  /** Part of a round: asks for the features where they are not known. */
  async readFeatures(): Promise<void> {
    if (this.kept === undefined) this.#fresh = await readFeatures(this.rpc);
  }

  /**
   * After a round: holds what was read against the slot it was read at.
   *
   * @throws StateError `sysvar-missing`, `node-slots-disagree`
   */
  async settle(message: Message, slot: bigint, read: Read): Promise<void> {
    const epoch = this.#checkClock(slot, read);
    if (this.#fresh !== undefined) {
      this.kept = { ...this.#fresh, epoch };
      this.#fresh = undefined;
      await this.cache.rememberFeatures(this.genesis, this.kept);
    }
    // Features change only where an epoch begins: those of another are read again.
    if (this.kept?.epoch !== epoch) this.kept = undefined;
    await this.#settleBlockhash(message, read);
  }

  /** @returns the epoch */
  #checkClock(slot: bigint, read: Read): bigint {
    const { host } = this.rpc;
    const data = read(SYSVAR_IDS.clock)?.data;
    if (data === undefined || data.length < 40) {
      throw new StateError('sysvar-missing', `${host} has no Clock`, { host });
    }
    const clockSlot = new ByteReader(data).u64();
    const distance = clockSlot > slot ? clockSlot - slot : slot - clockSlot;
    if (distance > MAX_CLOCK_DISTANCE) {
      throw new StateError(
        'node-slots-disagree',
        `${host} answered for slot ${slot}, and its Clock says ${clockSlot}`,
        { host, slot: slot.toString(), clock: clockSlot.toString() },
      );
    }
    return new ByteReader(data, 16).u64();
  }

  /**
   * The sysvar holds the last 150 in order, of the same slot as the rest. Only where it does not know
   * the transaction's, the node is asked: the network accepts one that is older by one block.
   */
  async #settleBlockhash(message: Message, read: Read): Promise<void> {
    const own = message.recentBlockhash;
    const recent = recentBlockhashes(read(SYSVAR_IDS.recentBlockhashes) ?? undefined);
    const [newest] = recent;
    const isListed = recent.some((hash) => equalBytes(hash, own));
    if (newest !== undefined && (isListed || isDurableNonce(message))) {
      this.#blockhash = { latest: newest, isValid: isListed, recent };
      return;
    }
    const [latest, isValid] = await Promise.all([
      newest ?? this.rpc.getLatestBlockhash().then(({ blockhash }) => base58.decode(blockhash)),
      this.rpc.isBlockhashValid(base58.encode(own)),
    ]);
    this.#blockhash = { latest, isValid: isValid || equalBytes(latest, own), recent };
  }
}

function notRead(what: string): StateError {
  return new StateError('state-incomplete', `the ${what} of the network was not read`);
}
