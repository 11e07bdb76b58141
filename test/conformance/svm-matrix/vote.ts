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

/** A vote account of an older version, laid out as it was then; one vote, one voter, no credits. */
export function olderVoteAccount(
  bench: Bench,
  version: 'v1.14.11' | 'v3',
  lamports: bigint,
): PublicKey {
  const isV3 = version === 'v3';
  const data = Buffer.alloc(isV3 ? VOTE_BYTES : 3731);
  data.writeUInt32LE(isV3 ? 2 : 1, 0);
  bench.key('node').toBuffer().copy(data, 4);
  bench.payer.toBuffer().copy(data, 36);
  data.writeUInt8(7, 68);
  data.writeBigUInt64LE(1n, 69);
  let at = 77;
  if (isV3) data.writeUInt8(4, at++);
  data.writeBigUInt64LE(55n, at);
  data.writeUInt32LE(2, at + 8);
  data.writeUInt8(1, at + 12);
  data.writeBigUInt64LE(44n, at + 13);
  data.writeBigUInt64LE(1n, at + 21);
  data.writeBigUInt64LE(0n, at + 29);
  bench
    .key('node')
    .toBuffer()
    .copy(data, at + 37);
  // The voters before: 32 entries, an index and a flag that says that there are none.
  data.writeUInt8(1, at + 69 + 32 * 48 + 8);
  return bench.set(bench.key('vote'), { data, lamports, owner: VoteProgram.programId });
}
