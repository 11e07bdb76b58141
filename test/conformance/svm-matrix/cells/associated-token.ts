import { at, type Cell, custom } from '../cell';
import {
  addr,
  associatedAddress,
  createAssociated,
  mintTo,
  setUpTokens,
  signer,
  TOKEN,
  TOKEN_2022,
  token,
  web3,
} from '../token';

const program = 'Associated Token';

export const ASSOCIATED_TOKEN_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'Create',
    outcome: 'success',
    build: (bench) => {
      const { mint } = setUpTokens(bench);
      return bench.transaction([createAssociated(bench, bench.key('carol'), mint, TOKEN)]);
    },
  },
  {
    program,
    instruction: 'Create',
    outcome: 'success where lamports already are',
    build: (bench) => {
      const { mint } = setUpTokens(bench);
      bench.fund(associatedAddress(bench.key('carol'), mint, TOKEN), 1_000_000n);
      return bench.transaction([createAssociated(bench, bench.key('carol'), mint, TOKEN)]);
    },
  },
  {
    program,
    instruction: 'Create',
    outcome: 'exists already',
    error: at(0, 'IllegalOwner'),
    build: (bench) => {
      const { mint } = setUpTokens(bench);
      bench.run(createAssociated(bench, bench.key('carol'), mint, TOKEN));
      return bench.transaction([createAssociated(bench, bench.key('carol'), mint, TOKEN)]);
    },
  },
  {
    program,
    instruction: 'CreateIdempotent',
    outcome: 'exists already',
    build: (bench) => {
      const { mint } = setUpTokens(bench);
      const carol = bench.key('carol');
      bench.run(createAssociated(bench, carol, mint, TOKEN));
      return bench.transaction([createAssociated(bench, carol, mint, TOKEN, 'CreateIdempotent')]);
    },
  },
  {
    program,
    instruction: 'Create',
    outcome: 'address is not the derived one',
    error: at(0, 'InvalidSeeds'),
    build: (bench) => {
      const { mint } = setUpTokens(bench);
      const instruction = createAssociated(bench, bench.key('carol'), mint, TOKEN);
      for (const key of instruction.keys) {
        if (key.pubkey.equals(bench.key('carol'))) key.pubkey = bench.key('dave');
      }
      return bench.transaction([instruction]);
    },
  },
  {
    program,
    instruction: 'Create',
    outcome: 'payer has too little',
    error: custom(0, 1),
    build: (bench) => {
      const { mint } = setUpTokens(bench);
      bench.fund(bench.payer, bench.rent(0) + 5000n);
      return bench.transaction([createAssociated(bench, bench.key('carol'), mint, TOKEN)]);
    },
  },
  {
    program,
    instruction: 'Create',
    outcome: 'for Token-2022',
    build: (bench) => {
      const { mint } = setUpTokens(bench, TOKEN_2022);
      return bench.transaction([createAssociated(bench, bench.key('carol'), mint, TOKEN_2022)]);
    },
  },
  {
    program,
    instruction: 'RecoverNested',
    outcome: 'success',
    build: (bench) => {
      const { mint, alice } = setUpTokens(bench);
      const outer = associatedAddress(alice, mint, TOKEN);
      const nested = associatedAddress(outer, mint, TOKEN);
      bench.run(
        createAssociated(bench, alice, mint, TOKEN),
        createAssociated(bench, outer, mint, TOKEN),
        mintTo(TOKEN, mint, nested, bench.payer, 12n),
      );
      const input = {
        nestedAssociatedAccountAddress: addr(nested),
        nestedTokenMintAddress: addr(mint),
        destinationAssociatedAccountAddress: addr(outer),
        ownerAssociatedAccountAddress: addr(outer),
        ownerTokenMintAddress: addr(mint),
        walletAddress: signer(alice),
        tokenProgram: addr(TOKEN),
      };
      return bench.transaction([web3(token.getRecoverNestedAssociatedTokenInstruction(input))]);
    },
  },
];
