/** Transactions of the local chain to look at, and to sign. */
import { Pubkey } from '../../../src/vm-preview/svm/pubkey';
import { buildTransaction, type Instruction } from './build';
import { approve, assign, openTokenAccount, transferSol, transferToken } from './instructions';
import type { Localnet, LocalnetInfo } from './localnet';
import { newWallet, THIEF, tokenOf, U64_MAX } from './parties';

export interface Sample {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  instructions(owner: Pubkey, info: LocalnetInfo): readonly Instruction[];
}

/** @param amount - in the token's smallest unit */
const toNewWallet =
  (symbol: string, amount: bigint): Sample['instructions'] =>
  (owner, info) => {
    const token = tokenOf(info, symbol);
    const to = newWallet();
    return [openTokenAccount(owner, to, token), transferToken(owner, to, token, amount)];
  };

export const SAMPLES: readonly Sample[] = [
  {
    id: 'send-token',
    title: 'Send 5 USDL to a new wallet',
    text: 'Opens the token account that the receiver lacks, and pays for it.',
    instructions: toNewWallet('USDL', 5_000_000n),
  },
  {
    id: 'send-sol',
    title: 'Send 0.1 SOL to Bob',
    text: 'The plainest transaction there is.',
    instructions: (owner, { wallets }) => [
      transferSol(owner, Pubkey.fromBase58(wallets.bob), 100_000_000n),
    ],
  },
  {
    id: 'send-fee-token',
    title: 'Send 20 FEES to a new wallet',
    text: 'A Token-2022 token that keeps 1 % of every transfer.',
    instructions: toNewWallet('FEES', 200_000n),
  },
  {
    id: 'approve',
    title: 'Approve a delegate without limit',
    text: 'Moves nothing today, and lets somebody take everything tomorrow.',
    instructions: (owner, info) => [
      approve(owner, Pubkey.fromBase58(info.wallets.bob), tokenOf(info, 'USDL'), U64_MAX),
    ],
  },
  {
    id: 'take-account',
    title: 'A claim that takes the account',
    text: 'Hardly a balance changes, yet the account is somebody else’s afterwards.',
    instructions: (owner, { wallets }) => [
      transferSol(owner, Pubkey.fromBase58(wallets.bob), 1_000n),
      assign(owner, THIEF),
    ],
  },
  {
    id: 'fails',
    title: 'Send more than there is',
    text: 'Would land, fail, and still cost its fee.',
    instructions(owner, info) {
      const usdl = tokenOf(info, 'USDL');
      const to = Pubkey.fromBase58(info.wallets.bob);
      return [transferToken(owner, to, usdl, 1_000_000_000_000n)];
    },
  },
];

/**
 * The sample's bytes, unsigned, with a fresh blockhash.
 *
 * @param owner - whose money it is, in base58; alice where absent
 */
export async function buildSample(
  sample: Sample,
  localnet: Localnet,
  owner?: string,
): Promise<{ readonly bytes: Uint8Array; readonly owner: string }> {
  const [info, blockhash] = await Promise.all([localnet.info(), localnet.latestBlockhash()]);
  const payer = owner ?? info.wallets.alice;
  const key = Pubkey.fromBase58(payer);
  return {
    bytes: buildTransaction(key, sample.instructions(key, info), blockhash),
    owner: payer,
  };
}
