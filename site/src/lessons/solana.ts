/** Lessons on the local Solana chain. Its alice has 100 SOL and 1,000 of each token. */
import { Pubkey } from '../../../src/vm-preview/svm/pubkey';
import { buildTransaction, type Instruction } from '../solana/build';
import {
  advanceNonce,
  approve,
  assign,
  giveTokenAccount,
  openTokenAccount,
  transferSol,
  transferToken,
} from '../solana/instructions';
import type { Localnet, LocalnetInfo } from '../solana/localnet';
import { newWallet, THIEF, tokenOf, U64_MAX } from '../solana/parties';
import type { BuiltLesson, Lesson } from './lesson';

export const SOLANA_LESSONS: readonly Lesson<Localnet>[] = [
  {
    id: 'solana-swap',
    chain: 'solana',
    title: 'An exchange, as it should be',
    site: {
      name: 'Corner Exchange',
      says: 'Swap 20 LOOK for 10 USDL. The maker signs the same transaction.',
      button: 'Swap',
    },
    look: 'Two lines change for you: 20 LOOK go, 10 USDL come. The same is said below for the maker, with the signs turned.',
    learn:
      'An exchange is both halves in one transaction: either all of it happens, or nothing does. Compare what comes in with what you were promised, not with what the site shows.',
    build: (node) =>
      build(node, (alice, info) => {
        const bob = Pubkey.fromBase58(info.wallets.bob);
        const [look, usdl] = [tokenOf(info, 'LOOK'), tokenOf(info, 'USDL')];
        return [
          openTokenAccount(alice, bob, look),
          transferToken(alice, bob, look, 20_000_000_000n),
          transferToken(bob, alice, usdl, 10_000_000n),
        ];
      }),
  },
  {
    id: 'solana-approval',
    chain: 'solana',
    title: 'An approval without limit',
    site: {
      name: 'Yield Garden',
      says: 'Enable USDL for staking. This step moves no tokens.',
      button: 'Enable USDL',
    },
    look: 'No balance changes but for the fee. Another account may take all the USDL, at any time.',
    learn:
      'An approval moves nothing today, and lets somebody else move everything later, without asking you again. Approve only what is needed, to a program that you trust.',
    build: (node) =>
      build(node, (alice, info) => [
        approve(alice, Pubkey.fromBase58(info.wallets.bob), tokenOf(info, 'USDL'), U64_MAX),
      ]),
  },
  {
    id: 'solana-owner',
    chain: 'solana',
    title: 'A claim that takes the account itself',
    site: {
      name: 'Airdrop Season',
      says: 'Claim 500 LOOK. You only pay a tiny network fee.',
      button: 'Claim 500 LOOK',
    },
    look: 'No LOOK come in. The account is handed to another program: what is in it, and what ever comes into it, is theirs.',
    learn:
      'A transaction can give away the account and not only what is in it. A balance that hardly changes is no sign of safety.',
    build: (node) =>
      build(node, (alice, info) => [
        transferSol(alice, Pubkey.fromBase58(info.wallets.bob), 1_000n),
        assign(alice, THIEF),
      ]),
  },
  {
    id: 'solana-hidden',
    chain: 'solana',
    title: 'A second instruction behind the first',
    site: {
      name: 'Tip Jar',
      says: 'Send Bob a tip of 1 USDL.',
      button: 'Tip 1 USDL',
    },
    look: 'The tip is there. So is a second instruction, which hands your token account with all its USDL to another holder.',
    learn:
      'A transaction is a list, and the first thing in it may be what you expect. Read all of what changes for you.',
    build: (node) =>
      build(node, (alice, info) => {
        const usdl = tokenOf(info, 'USDL');
        const bob = Pubkey.fromBase58(info.wallets.bob);
        return [
          transferToken(alice, bob, usdl, 1_000_000n),
          giveTokenAccount(alice, newWallet(), usdl),
        ];
      }),
  },
  {
    id: 'solana-nonce',
    chain: 'solana',
    title: 'A transaction that never expires',
    site: {
      name: 'Slow Bridge',
      says: 'Sign the deposit of 2 SOL now. We send it when the bridge is less busy.',
      button: 'Sign deposit',
    },
    look: 'It uses a durable nonce: the bytes stay good until that nonce is used, in a minute or in a year.',
    learn:
      'Most transactions of Solana are void after about a minute. One with a durable nonce can be held back, and sent when it suits whoever holds it.',
    async build(node) {
      const info = await node.info();
      const alice = Pubkey.fromBase58(info.wallets.alice);
      const instructions = [
        advanceNonce(Pubkey.fromBase58(info.nonceAccount), alice),
        transferSol(alice, Pubkey.fromBase58(info.wallets.bob), 2_000_000_000n),
      ];
      const bytes = buildTransaction(alice, instructions, await node.nonce(info.nonceAccount));
      return { bytes, account: info.wallets.alice };
    },
  },
  {
    id: 'solana-fails',
    chain: 'solana',
    title: 'A transaction that fails',
    site: {
      name: 'Bulk Pay',
      says: 'Pay Bob 1,000,000 USDL.',
      button: 'Pay',
    },
    look: 'It would land and fail: the token program says that the account holds too little. The fee would be paid all the same.',
    learn:
      'A failed transaction changes nothing, and still costs its fee. Seen beforehand it costs nothing.',
    build: (node) =>
      build(node, (alice, info) => [
        transferToken(
          alice,
          Pubkey.fromBase58(info.wallets.bob),
          tokenOf(info, 'USDL'),
          1_000_000_000_000n,
        ),
      ]),
  },
];

async function build(
  node: Localnet,
  instructions: (alice: Pubkey, info: LocalnetInfo) => readonly Instruction[],
): Promise<BuiltLesson> {
  const [info, blockhash] = await Promise.all([node.info(), node.latestBlockhash()]);
  const alice = Pubkey.fromBase58(info.wallets.alice);
  return {
    bytes: buildTransaction(alice, instructions(alice, info), blockhash),
    account: info.wallets.alice,
  };
}
