import {
  type PublicKey,
  SystemProgram,
  type TransactionInstruction,
  VoteInit,
  VoteProgram,
} from '@solana/web3.js';
import type { Bench } from './bench';

export const VOTE_BYTES = 3762;

export function createVoteAccount(bench: Bench, lamports?: bigint): TransactionInstruction[] {
  const vote = bench.key('vote');
  const node = bench.key('node');
  return [
    SystemProgram.createAccount({
      fromPubkey: bench.payer,
      newAccountPubkey: vote,
      lamports: Number(lamports ?? bench.rent(VOTE_BYTES)),
      space: VOTE_BYTES,
      programId: VoteProgram.programId,
    }),
    VoteProgram.initializeAccount({
      votePubkey: vote,
      nodePubkey: node,
      voteInit: new VoteInit(node, node, bench.payer, 5),
    }),
  ];
}

/** A vote account whose withdrawer is the payer. */
export function voteAccount(bench: Bench, extra = 0n): PublicKey {
  bench.run(...createVoteAccount(bench, bench.rent(VOTE_BYTES) + extra));
  return bench.key('vote');
}
