/** `0x2::tx_context::TxContext`, and the ids that a transaction makes (sui-types, base_types.rs). */
import { BcsReader, BcsWriter } from '../../core/bcs';
import { Address } from '../../core/values';
import type { TransactionData } from '../data';
import { freshId, type TransactionContext } from '../natives';
import type { SuiEnvironment } from '../types';
import { invariantViolation } from './error';

export class RunningTransaction implements TransactionContext {
  readonly sender: Address;
  readonly sponsor: Address | undefined;
  readonly epoch: bigint;
  readonly epochTimestampMs: bigint;
  readonly referenceGasPrice: bigint;
  readonly gasPrice: bigint;
  readonly gasBudget: bigint;
  idsCreated = 0n;

  constructor(
    { sender, gas }: TransactionData,
    readonly digest: Uint8Array,
    environment: SuiEnvironment,
  ) {
    this.sender = Address.fromBytes(sender);
    const payer = Address.fromBytes(gas.owner);
    this.sponsor = payer.hex === this.sender.hex ? undefined : payer;
    this.epoch = environment.epoch;
    this.epochTimestampMs = environment.epochTimestampMs;
    this.referenceGasPrice = environment.referenceGasPrice;
    this.gasPrice = gas.price;
    this.gasBudget = gas.budget;
  }

  /** 64 hexadecimal digits. */
  freshId(): string {
    const id = freshId(this.digest, this.idsCreated);
    this.idsCreated++;
    return Address.fromBytes(id).hex;
  }

  encode(): Uint8Array {
    return new BcsWriter()
      .bytes(this.sender.bytes)
      .blob(this.digest)
      .u64(this.epoch)
      .u64(this.epochTimestampMs)
      .u64(this.idsCreated)
      .finish();
  }

  /** Takes over how many ids a call made. @throws ExecutionError when anything else is changed */
  update(bytes: Uint8Array): void {
    const reader = new BcsReader(bytes);
    const sender = Address.fromBytes(reader.take(32, 'sender'));
    const digest = reader.blob('digest');
    reader.u64('epoch');
    reader.u64('epoch timestamp');
    const created = reader.u64('ids created');
    const isSame =
      sender.hex === this.sender.hex &&
      digest.length === this.digest.length &&
      digest.every((byte, i) => byte === this.digest[i]);
    if (!isSame) throw invariantViolation('Immutable fields for TxContext changed');
    // Natives of newer frameworks count on their own and leave the struct as it is.
    if (created > this.idsCreated) this.idsCreated = created;
  }
}
