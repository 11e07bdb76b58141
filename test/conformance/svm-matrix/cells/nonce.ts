import { sha256 } from '@noble/hashes/sha2.js';
import {
  NONCE_ACCOUNT_LENGTH,
  NonceAccount,
  SystemProgram,
  TransactionInstruction,
} from '@solana/web3.js';
import type { RunResult } from '../../../support/litesvm-world';
import type { Bench } from '../bench';
import { at, type Cell, custom } from '../cell';

const program = 'Nonce';

interface Nonce {
  readonly noncePubkey: ReturnType<Bench['key']>;
  readonly authorizedPubkey: ReturnType<Bench['key']>;
}

function pair(bench: Bench): Nonce {
  return { noncePubkey: bench.key('nonce'), authorizedPubkey: bench.payer };
}

function creation(bench: Bench, lamports: bigint): TransactionInstruction[] {
  return SystemProgram.createNonceAccount({
    fromPubkey: bench.payer,
    lamports: Number(lamports),
    ...pair(bench),
  }).instructions;
}

/** A nonce that was made under an older blockhash. */
function withNonce(bench: Bench, extra = 0n): Nonce {
  bench.run(...creation(bench, bench.rent(NONCE_ACCOUNT_LENGTH) + extra));
  bench.world.native.expireBlockhash();
  return pair(bench);
}

function durable(bench: Bench): string {
  return NonceAccount.fromAccountData(bench.get(bench.key('nonce')).data).nonce;
}

function transfer(bench: Bench, lamports: bigint): TransactionInstruction {
  return SystemProgram.transfer({ fromPubkey: bench.payer, toPubkey: bench.key('to'), lamports });
}

/** Hex digits of a nonce account's data, and where the nonce stands among them. */
const NONCE_DIGITS = { length: 160, start: 80, end: 144 };

/**
 * The nonce has become another one and its fee the present one; version, state and authority stay,
 * and every other account is as litesvm has it.
 */
function nonceAdvanced(ours: RunResult, theirs: RunResult, { world }: Bench): string[] {
  const problems: string[] = [];
  const advanced = Buffer.from(
    sha256(Buffer.concat([Buffer.from('DURABLE_NONCE'), world.blockhash])),
  ).toString('hex');
  for (const [address, account] of Object.entries(theirs.post)) {
    const after = ours.post[address];
    if (account?.data.length !== NONCE_DIGITS.length) {
      if (JSON.stringify(after) !== JSON.stringify(account)) problems.push(`${address} differs`);
      continue;
    }
    const { start, end } = NONCE_DIGITS;
    const nonce = after?.data.slice(start, end);
    if (after?.data.slice(0, start) !== account.data.slice(0, start))
      problems.push('another state');
    if (after?.data.slice(end) !== account.data.slice(end)) problems.push('another fee');
    if (nonce !== advanced) problems.push(`the nonce is ${nonce}, not ${advanced}`);
  }
  return problems;
}

export const NONCE_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'Initialize',
    outcome: 'success',
    build: (bench) => bench.transaction(creation(bench, bench.rent(NONCE_ACCOUNT_LENGTH))),
  },
  {
    program,
    instruction: 'Initialize',
    outcome: 'insufficient funds',
    error: at(1, 'InsufficientFunds'),
    build: (bench) => bench.transaction(creation(bench, bench.rent(NONCE_ACCOUNT_LENGTH) - 1n)),
  },
  {
    program,
    instruction: 'Advance',
    outcome: 'success',
    build: (bench) => bench.transaction([SystemProgram.nonceAdvance(withNonce(bench))]),
  },
  {
    program,
    instruction: 'Advance',
    outcome: 'twice in a transaction',
    error: custom(1, 7),
    build: (bench) => {
      const advance = SystemProgram.nonceAdvance(withNonce(bench));
      return bench.transaction([advance, advance]);
    },
  },
  {
    program,
    instruction: 'Advance',
    outcome: 'wrong authority',
    error: at(0, 'MissingRequiredSignature'),
    build: (bench) => {
      const { noncePubkey } = withNonce(bench);
      const authorizedPubkey = bench.key('somebody');
      return bench.transaction([SystemProgram.nonceAdvance({ noncePubkey, authorizedPubkey })]);
    },
  },
  {
    program,
    instruction: 'Authorize',
    outcome: 'success',
    build: (bench) => {
      const newAuthorizedPubkey = bench.key('somebody');
      const fields = { ...withNonce(bench), newAuthorizedPubkey };
      return bench.transaction([SystemProgram.nonceAuthorize(fields)]);
    },
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'a part',
    build: (bench) => {
      const fields = { ...withNonce(bench, 500n), toPubkey: bench.payer, lamports: 500 };
      return bench.transaction([SystemProgram.nonceWithdraw(fields)]);
    },
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'more than rent allows',
    error: at(0, 'InsufficientFunds'),
    build: (bench) => {
      const fields = { ...withNonce(bench, 500n), toPubkey: bench.payer, lamports: 501 };
      return bench.transaction([SystemProgram.nonceWithdraw(fields)]);
    },
  },
  {
    program,
    instruction: 'Withdraw',
    outcome: 'everything',
    build: (bench) => {
      const nonce = withNonce(bench);
      const lamports = Number(bench.rent(NONCE_ACCOUNT_LENGTH));
      const fields = { ...nonce, toPubkey: bench.payer, lamports };
      return bench.transaction([SystemProgram.nonceWithdraw(fields)]);
    },
  },
  {
    program,
    instruction: 'durable transaction',
    outcome: 'success',
    departure: {
      reason:
        "litesvm advances a durable transaction's nonce to the hash of the old nonce, not of the last blockhash",
      source:
        'runtime/src/bank.rs (load_and_execute_transactions: last_blockhash_and_lamports_per_signature)',
      aspects: ['post'],
      check: nonceAdvanced,
    },
    build: (bench) => {
      const advance = SystemProgram.nonceAdvance(withNonce(bench));
      const blockhash = durable(bench);
      return bench.transaction([advance, transfer(bench, bench.rent(0))], { blockhash });
    },
  },
  {
    program,
    instruction: 'durable transaction',
    outcome: 'its blockhash is not the nonce',
    error: 'BlockhashNotFound',
    build: (bench) => {
      const advance = SystemProgram.nonceAdvance(withNonce(bench));
      const blockhash = bench.key('other').toBase58();
      return bench.transaction([advance, transfer(bench, bench.rent(0))], { blockhash });
    },
  },
  {
    program,
    instruction: 'durable transaction',
    outcome: 'fails: fee paid, nonce advanced all the same',
    error: custom(1, 1),
    departure: {
      reason: 'litesvm forgets to advance the nonce of a transaction that fails',
      source: 'svm/src/rollback_accounts.rs (RollbackAccounts::new)',
      aspects: ['post'],
      check: nonceAdvanced,
    },
    build: (bench) => {
      const advance = SystemProgram.nonceAdvance(withNonce(bench));
      const blockhash = durable(bench);
      return bench.transaction([advance, transfer(bench, 1_000_000_000_000n)], { blockhash });
    },
  },
  {
    program,
    instruction: 'durable transaction',
    outcome: 'cannot be loaded: fee paid, nonce advanced all the same',
    error: 'ProgramAccountNotFound',
    departure: {
      reason:
        'litesvm neither charges nor advances the nonce of a transaction that cannot be loaded',
      source: 'svm/src/account_loader.rs (load_transaction), svm/src/rollback_accounts.rs',
      aspects: ['error', 'post'],
      check: (ours, theirs, bench) => {
        const payer = bench.payer.toBase58();
        const charged = { ...theirs, post: { ...theirs.post } };
        const before = theirs.post[payer];
        if (before !== null && before !== undefined) {
          const lamports = String(BigInt(before.lamports) - bench.fee);
          charged.post[payer] = { ...before, lamports };
        }
        return nonceAdvanced(ours, charged, bench);
      },
    },
    build: (bench) => {
      const advance = SystemProgram.nonceAdvance(withNonce(bench));
      const blockhash = durable(bench);
      const missing = transfer(bench, 1n);
      missing.programId = bench.key('nothing');
      return bench.transaction([advance, missing], { blockhash });
    },
  },
  {
    program,
    instruction: 'durable transaction',
    outcome: 'fails, paid by the nonce account itself',
    error: custom(1, 1),
    departure: {
      reason: 'litesvm forgets to advance the nonce of a transaction that fails',
      source: 'svm/src/rollback_accounts.rs (RollbackAccounts::SameNonceAndFeePayer)',
      aspects: ['post'],
      check: nonceAdvanced,
    },
    build: (bench) => {
      const { noncePubkey } = withNonce(bench, 1_000_000n);
      const fields = { noncePubkey, authorizedPubkey: bench.payer };
      const instructions = [
        SystemProgram.nonceAdvance(fields),
        transfer(bench, 1_000_000_000_000n),
      ];
      return bench.transaction(instructions, { payer: noncePubkey, blockhash: durable(bench) });
    },
  },
  {
    program,
    instruction: 'Upgrade',
    outcome: 'a legacy nonce',
    build: (bench) => {
      const { noncePubkey } = withNonce(bench);
      const data = Uint8Array.from(bench.get(noncePubkey).data);
      data[0] = 0;
      bench.set(noncePubkey, { data });
      const { programId } = SystemProgram;
      const keys = [{ pubkey: noncePubkey, isSigner: false, isWritable: true }];
      const upgrade = { programId, keys, data: Buffer.from([12, 0, 0, 0]) };
      return bench.transaction([new TransactionInstruction(upgrade)]);
    },
  },
];
