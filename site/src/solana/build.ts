/** Unsigned transactions, made in the page: legacy messages with one fee payer. */
import { Pubkey } from '../../../src/vm-preview/svm/pubkey';
import { encodeTransaction, type Message } from '../../../src/vm-preview/svm/transaction/message';

export interface AccountUse {
  readonly address: Pubkey;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

export interface Instruction {
  readonly program: Pubkey;
  readonly accounts: readonly AccountUse[];
  readonly data: Uint8Array;
}

const SIGNATURE_BYTES = 64;

/** The transaction's bytes, its signatures all zero. */
export function buildTransaction(
  feePayer: Pubkey,
  instructions: readonly Instruction[],
  blockhash: string,
): Uint8Array {
  const uses = collect(feePayer, instructions);
  const keys = uses.map(({ address }) => address);
  const indexOf = (address: Pubkey) => keys.findIndex((key) => key.equals(address));
  const signers = uses.filter(({ isSigner }) => isSigner);
  const message: Message = {
    version: 'legacy',
    header: {
      numRequiredSignatures: signers.length,
      numReadonlySigned: signers.filter(({ isWritable }) => !isWritable).length,
      numReadonlyUnsigned: uses.filter(({ isSigner, isWritable }) => !isSigner && !isWritable)
        .length,
    },
    staticKeys: keys,
    // A hash has the form of an address.
    recentBlockhash: Pubkey.fromBase58(blockhash).bytes,
    instructions: instructions.map(({ program, accounts, data }) => ({
      programIdIndex: indexOf(program),
      accounts: Uint8Array.from(accounts, ({ address }) => indexOf(address)),
      data,
    })),
    lookups: [],
    config: {},
  };
  return encodeTransaction(
    message,
    signers.map(() => new Uint8Array(SIGNATURE_BYTES)),
  );
}

/** Each address once, with all that is asked of it: the fee payer, then signers, then writable ones. */
function collect(feePayer: Pubkey, instructions: readonly Instruction[]): readonly AccountUse[] {
  const uses = new Map<string, AccountUse>();
  const add = ({ address, isSigner, isWritable }: AccountUse): void => {
    const known = uses.get(address.key);
    uses.set(address.key, {
      address,
      isSigner: isSigner || known?.isSigner === true,
      isWritable: isWritable || known?.isWritable === true,
    });
  };
  add({ address: feePayer, isSigner: true, isWritable: true });
  for (const { program, accounts } of instructions) {
    for (const use of accounts) add(use);
    add({ address: program, isSigner: false, isWritable: false });
  }
  const rank = ({ address, isSigner, isWritable }: AccountUse) =>
    address.equals(feePayer) ? 0 : isSigner ? (isWritable ? 1 : 2) : isWritable ? 3 : 4;
  return [...uses.values()].sort((a, b) => rank(a) - rank(b));
}
