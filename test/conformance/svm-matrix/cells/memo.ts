import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { at, type Cell } from '../cell';

const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
const MEMO_V1 = new PublicKey('Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo');

function memo(data: Uint8Array | string, signers: PublicKey[] = [], programId = MEMO) {
  const keys = signers.map((pubkey) => ({ pubkey, isSigner: true, isWritable: false }));
  return new TransactionInstruction({ programId, keys, data: Buffer.from(data) });
}

const program = 'Memo';

export const MEMO_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'memo',
    outcome: 'success with a signer',
    build: (bench) => bench.transaction([memo('hello, wörld', [bench.payer])]),
  },
  {
    program,
    instruction: 'memo',
    outcome: 'missing signature',
    error: at(0, 'MissingRequiredSignature'),
    build: (bench) => {
      const instruction = memo('hello', [bench.key('alice')]);
      for (const key of instruction.keys) key.isSigner = false;
      return bench.transaction([instruction]);
    },
  },
  {
    program,
    instruction: 'memo',
    outcome: 'not UTF-8',
    error: at(0, 'ProgramFailedToComplete'),
    build: (bench) => bench.transaction([memo(Uint8Array.of(0x61, 0xff, 0x62))]),
  },
  {
    program: 'Memo v1',
    instruction: 'memo',
    outcome: 'success',
    build: (bench) => bench.transaction([memo('hello', [], MEMO_V1)]),
  },
  {
    program,
    instruction: 'memo, many times',
    outcome: 'logs are cut at 10,000 bytes',
    log: 'Log truncated',
    build: (bench) => bench.transaction(Array.from({ length: 60 }, () => memo('x'.repeat(8)))),
  },
];
