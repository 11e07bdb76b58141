/** What an input that takes from an address balance is to commands (execution/values.rs, `funds_accumulator_withdrawal`). */
import { Address, integer, Struct, type Value } from '../../../core/values';
import type { LoadedWithdrawal } from '../loading/withdrawal';

/** `0x2::funds_accumulator::Withdrawal { owner: address, limit: u256 }` */
export function withdrawalValue({ owner, amount }: LoadedWithdrawal): Value {
  return new Struct([Address.fromBytes(owner), integer(amount)]);
}
