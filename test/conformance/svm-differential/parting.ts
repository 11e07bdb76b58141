/**
 * A process of its own, for SBF_TRACE_DIR: traces one case, in a world that shows our side another byte
 * of an account than the native VM when "other" is asked for.
 */
import { type Account, LOADER_V2, type Pubkey, SYSTEM_PROGRAM } from '../../../src/vm-preview/svm';
import { LitesvmWorld } from '../../support/litesvm-world';
import { elf } from '../../support/sbpf-assembler';
import { address, instruction } from '../../support/solana-transaction';
import { account, caseOf } from './case';
import { traceCase } from './trace';

const [asked = 'same'] = process.argv.slice(2);
const payer = address(9);
const program = address(78);
const holder = address(80);

class OtherWorld extends LitesvmWorld {
  override get(of: Pubkey): Account | undefined {
    const found = super.get(of);
    const isOther = asked === 'other' && of.equals(holder) && found !== undefined;
    return isOther ? { ...found, data: Uint8Array.of(2) } : found;
  }
}

// Past the account's header, its first byte of data.
const text = 'entrypoint:\n mov64 r7, 5\n ldxb r8, [r1+96]\n add64 r7, r8\n mov64 r0, 0\n exit';
const world = new OtherWorld();
const of = caseOf(
  world,
  payer,
  [instruction(program, [{ pubkey: holder }])],
  [
    [payer, account(10_000_000_000n, SYSTEM_PROGRAM)],
    [program, account(1_000_000_000n, LOADER_V2, elf(text), { executable: true })],
    [holder, account(1_000_000_000n, SYSTEM_PROGRAM, Uint8Array.of(1))],
  ],
);
process.stdout.write(traceCase(world, of, process.env.SBF_TRACE_DIR ?? ''));
