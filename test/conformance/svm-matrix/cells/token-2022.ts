import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { elf } from '../../../support/sbpf-assembler';
import type { Bench } from '../bench';
import { forwarded } from '../caller';
import { at, type Cell, custom } from '../cell';
import { createMint, type Extension, setUpExtended } from '../extensions';
import {
  addr,
  createAssociated,
  DECIMALS,
  mintTo,
  setUpTokens,
  signer,
  TOKEN_2022,
  token,
  transfer,
  transferChecked,
  web3,
} from '../token';

const program = 'Token-2022';
const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');

/** Codes of the token programs that cells here end in. */
const NotMatchingOwner = 4;
const InsufficientFunds = 1;
const Frozen = 17;
const NonTransferable = 37;
const FeeMismatch = 32;
const NoMemo = 36;
const CpiGuardTransferBlocked = 42;
const MintHasSupply = 28;
const ImmutableOwner = 34;
const MintRequiredForTransfer = 31;
const Paused = 67;

/** A transfer of alice's to bob. */
function send(
  bench: Bench,
  extensions: readonly Extension[],
  amount: bigint,
  by?: PublicKey,
): TransactionInstruction {
  const { mint, alice, aliceToken, bobToken } = setUpExtended(bench, extensions);
  return transferChecked(TOKEN_2022, mint, aliceToken, bobToken, by ?? alice, amount);
}

/** A transfer hook's list of no accounts, and the accounts that a transfer needs for it. */
function withHook(bench: Bench, instruction: TransactionInstruction): TransactionInstruction {
  const hook = bench.key('hook');
  const mint = bench.key('mint');
  const seeds = [Buffer.from('extra-account-metas'), mint.toBuffer()];
  const [metas] = PublicKey.findProgramAddressSync(seeds, hook);
  const data = new Uint8Array(16);
  // The discriminator of `Execute`, then the length of a list of none.
  data.set([105, 37, 101, 197, 75, 251, 102, 26, 4, 0, 0, 0]);
  bench.set(metas, { data, owner: hook });
  for (const pubkey of [hook, metas]) {
    instruction.keys.push({ pubkey, isSigner: false, isWritable: false });
  }
  return instruction;
}

const HOOK_OK = `
  .string greeting "hook runs"
  entrypoint:
    lddw r1, greeting
    mov64 r2, 9
    call sol_log_
    mov64 r0, 0
    exit`;
const HOOK_NO = `
  entrypoint:
    mov64 r0, 77
    exit`;

interface Extended {
  readonly mint: PublicKey;
  readonly alice: PublicKey;
  readonly aliceToken: PublicKey;
}

/** Makes room in alice's account for extensions that accounts take on themselves. */
function reallocate(
  bench: Bench,
  { alice, aliceToken }: Extended,
  types: token.ExtensionType[],
): void {
  const input = {
    token: addr(aliceToken),
    payer: signer(bench.payer),
    owner: signer(alice),
    newExtensionTypes: types,
  };
  bench.run(web3(token.getReallocateInstruction(input)));
}

function initializeMetadata(bench: Bench): TransactionInstruction {
  const mint = addr(bench.key('mint'));
  return web3(
    token.getInitializeTokenMetadataInstruction({
      metadata: mint,
      updateAuthority: addr(bench.payer),
      mint,
      mintAuthority: signer(bench.payer),
      name: 'Lookahead',
      symbol: 'LOOK',
      uri: 'https://example.org/look.json',
    }),
  );
}

/** Lamports for what a mint is going to hold besides. */
function richer(bench: Bench, name: string): void {
  const { data } = bench.get(bench.key(name));
  bench.set(bench.key(name), { lamports: bench.rent(1000), data, owner: TOKEN_2022 });
}

/** One cell that makes a mint with an extension. */
function makes(extension: Extension): Cell {
  return {
    program,
    instruction: `InitializeMint2 with ${extension}`,
    outcome: 'success',
    build: (bench) => bench.transaction(createMint(bench, [extension])),
  };
}

export const TOKEN_2022_CELLS: readonly Cell[] = [
  ...(
    [
      'transferFee',
      'closeAuthority',
      'defaultState',
      'nonTransferable',
      'interestBearing',
      'permanentDelegate',
      'transferHook',
      'metadataPointer',
      'groupPointer',
      'memberPointer',
      'scaledUiAmount',
      'pausable',
    ] as const
  ).map(makes),
  {
    program,
    instruction: 'Transfer',
    outcome: 'success without extensions',
    build: (bench) => {
      const { aliceToken, bobToken, alice } = setUpTokens(bench, TOKEN_2022);
      return bench.transaction([transfer(TOKEN_2022, aliceToken, bobToken, alice, 400n)]);
    },
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'a fee is withheld',
    build: (bench) => bench.transaction([send(bench, ['transferFee'], 1000n)]),
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'the fee stops at its maximum',
    build: (bench) => bench.transaction([send(bench, ['transferFee'], 9999n)]),
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'a mint with a fee needs TransferChecked',
    error: custom(0, MintRequiredForTransfer),
    build: (bench) => {
      const { aliceToken, bobToken, alice } = setUpExtended(bench, ['transferFee']);
      return bench.transaction([transfer(TOKEN_2022, aliceToken, bobToken, alice, 1n)]);
    },
  },
  {
    program,
    instruction: 'TransferCheckedWithFee',
    outcome: 'wrong fee',
    error: custom(0, FeeMismatch),
    build: (bench) => {
      const { mint, aliceToken, bobToken, alice } = setUpExtended(bench, ['transferFee']);
      const input = {
        source: addr(aliceToken),
        mint: addr(mint),
        destination: addr(bobToken),
        authority: signer(alice),
        amount: 1000n,
        decimals: DECIMALS,
        fee: 14n,
      };
      return bench.transaction([web3(token.getTransferCheckedWithFeeInstruction(input))]);
    },
  },
  {
    program,
    instruction: 'HarvestWithheldTokensToMint, WithdrawWithheldTokensFromMint',
    outcome: 'success',
    build: (bench) => {
      const { mint, aliceToken, bobToken, alice } = setUpExtended(bench, ['transferFee']);
      bench.run(transferChecked(TOKEN_2022, mint, aliceToken, bobToken, alice, 1000n));
      const harvest = { mint: addr(mint), sources: [addr(bobToken)] };
      const withdraw = {
        mint: addr(mint),
        feeReceiver: addr(aliceToken),
        withdrawWithheldAuthority: signer(bench.payer),
      };
      return bench.transaction([
        web3(token.getHarvestWithheldTokensToMintInstruction(harvest)),
        web3(token.getWithdrawWithheldTokensFromMintInstruction(withdraw)),
      ]);
    },
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'the hook runs',
    log: 'Program log: hook runs',
    build: (bench) => {
      bench.program('hook', elf(HOOK_OK));
      return bench.transaction([withHook(bench, send(bench, ['transferHook'], 5n))]);
    },
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'the hook refuses',
    error: custom(0, 77),
    build: (bench) => {
      bench.program('hook', elf(HOOK_NO));
      return bench.transaction([withHook(bench, send(bench, ['transferHook'], 5n))]);
    },
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: "the hook's accounts are missing",
    error: at(0, 'MissingAccount'),
    build: (bench) => {
      bench.program('hook', elf(HOOK_OK));
      return bench.transaction([send(bench, ['transferHook'], 5n)]);
    },
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'non-transferable',
    error: custom(0, NonTransferable),
    build: (bench) => bench.transaction([send(bench, ['nonTransferable'], 5n)]),
  },
  {
    program,
    instruction: 'MintTo',
    outcome: 'accounts are frozen by default',
    error: custom(0, Frozen),
    build: (bench) => {
      const { mint, aliceToken } = setUpExtended(bench, ['defaultState']);
      return bench.transaction([mintTo(TOKEN_2022, mint, aliceToken, bench.payer, 5n)]);
    },
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'by the permanent delegate',
    build: (bench) =>
      bench.transaction([send(bench, ['permanentDelegate'], 5000n, bench.key('payer'))]),
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'by somebody else',
    error: custom(0, NotMatchingOwner),
    build: (bench) =>
      bench.transaction([send(bench, ['closeAuthority'], 5000n, bench.key('payer'))]),
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'insufficient funds',
    error: custom(0, InsufficientFunds),
    build: (bench) => bench.transaction([send(bench, ['transferFee'], 10_001n)]),
  },
  {
    program,
    instruction: 'EnableMemoTransfers, TransferChecked',
    outcome: 'no memo came before',
    error: custom(1, NoMemo),
    build: (bench) => {
      const tokens = setUpExtended(bench, ['closeAuthority']);
      const { mint, alice, aliceToken, bob, bobToken } = tokens;
      bench.run(transferChecked(TOKEN_2022, mint, aliceToken, bobToken, alice, 100n));
      reallocate(bench, tokens, [token.ExtensionType.MemoTransfer]);
      const input = { token: addr(aliceToken), owner: signer(alice) };
      return bench.transaction([
        web3(token.getEnableMemoTransfersInstruction(input)),
        transferChecked(TOKEN_2022, mint, bobToken, aliceToken, bob, 1n),
      ]);
    },
  },
  {
    program,
    instruction: 'EnableMemoTransfers, Memo, TransferChecked',
    outcome: 'success',
    build: (bench) => {
      const tokens = setUpExtended(bench, ['closeAuthority']);
      const { mint, alice, aliceToken, bob, bobToken } = tokens;
      bench.run(transferChecked(TOKEN_2022, mint, aliceToken, bobToken, alice, 100n));
      reallocate(bench, tokens, [token.ExtensionType.MemoTransfer]);
      const input = { token: addr(aliceToken), owner: signer(alice) };
      const memo = transferChecked(TOKEN_2022, mint, bobToken, aliceToken, bob, 1n);
      memo.programId = MEMO;
      memo.keys = [];
      memo.data = Buffer.from('for the coffee');
      return bench.transaction([
        web3(token.getEnableMemoTransfersInstruction(input)),
        memo,
        transferChecked(TOKEN_2022, mint, bobToken, aliceToken, bob, 1n),
      ]);
    },
  },
  {
    program,
    instruction: 'EnableCpiGuard, TransferChecked by a program',
    outcome: 'blocked',
    error: custom(1, CpiGuardTransferBlocked),
    build: (bench) => {
      const tokens = setUpExtended(bench, ['closeAuthority']);
      const { mint, alice, aliceToken, bobToken } = tokens;
      reallocate(bench, tokens, [token.ExtensionType.CpiGuard]);
      const input = { token: addr(aliceToken), owner: signer(alice) };
      const inner = transferChecked(TOKEN_2022, mint, aliceToken, bobToken, alice, 1n);
      return bench.transaction([
        web3(token.getEnableCpiGuardInstruction(input)),
        forwarded(bench, inner),
      ]);
    },
  },
  {
    program,
    instruction: 'TransferChecked by a program',
    outcome: 'success',
    build: (bench) => bench.transaction([forwarded(bench, send(bench, ['transferFee'], 1000n))]),
  },
  {
    program,
    instruction: 'SetAuthority',
    outcome: 'the owner of an associated account is immutable',
    error: custom(0, ImmutableOwner),
    build: (bench) => {
      const { aliceToken, alice, bob } = setUpExtended(bench, ['closeAuthority']);
      const input = {
        owned: addr(aliceToken),
        owner: signer(alice),
        authorityType: token.AuthorityType.AccountOwner,
        newAuthority: addr(bob),
      };
      return bench.transaction([web3(token.getSetAuthorityInstruction(input))]);
    },
  },
  {
    program,
    instruction: 'CloseAccount',
    outcome: 'a mint that has supply',
    error: custom(0, MintHasSupply),
    build: (bench) => {
      const { mint } = setUpExtended(bench, ['closeAuthority']);
      const input = {
        account: addr(mint),
        destination: addr(bench.payer),
        owner: signer(bench.payer),
      };
      return bench.transaction([web3(token.getCloseAccountInstruction(input))]);
    },
  },
  {
    program,
    instruction: 'CloseAccount',
    outcome: 'a mint without supply',
    build: (bench) => {
      bench.run(...createMint(bench, ['closeAuthority']));
      const input = {
        account: addr(bench.key('mint')),
        destination: addr(bench.payer),
        owner: signer(bench.payer),
      };
      return bench.transaction([web3(token.getCloseAccountInstruction(input))]);
    },
  },
  {
    program,
    instruction: 'Pause, MintTo',
    outcome: 'paused',
    error: custom(1, Paused),
    build: (bench) => {
      const { mint, aliceToken } = setUpExtended(bench, ['pausable']);
      const input = { mint: addr(mint), authority: signer(bench.payer) };
      return bench.transaction([
        web3(token.getPauseInstruction(input)),
        mintTo(TOKEN_2022, mint, aliceToken, bench.payer, 5n),
      ]);
    },
  },
  {
    program,
    instruction: 'AmountToUiAmount',
    outcome: 'with interest over years',
    build: (bench) => {
      const { mint } = setUpExtended(bench, ['interestBearing']);
      const { native } = bench.world;
      const clock = native.getClock();
      clock.unixTimestamp += 100_000_000n;
      native.setClock(clock);
      const input = { mint: addr(mint), amount: 123_456_789n };
      return bench.transaction([web3(token.getAmountToUiAmountInstruction(input))]);
    },
  },
  {
    program,
    instruction: 'AmountToUiAmount',
    outcome: 'scaled',
    build: (bench) => {
      const { mint } = setUpExtended(bench, ['scaledUiAmount']);
      const input = { mint: addr(mint), amount: 123_456_789n };
      return bench.transaction([web3(token.getAmountToUiAmountInstruction(input))]);
    },
  },
  {
    program,
    instruction: 'InitializeTokenMetadata',
    outcome: 'success',
    build: (bench) => {
      bench.run(...createMint(bench, ['metadataPointer']));
      richer(bench, 'mint');
      return bench.transaction([initializeMetadata(bench)]);
    },
  },
  {
    program,
    instruction: 'InitializeTokenMetadata, UpdateTokenMetadataField, EmitTokenMetadata',
    outcome: 'success, with return data',
    build: (bench) => {
      bench.run(...createMint(bench, ['metadataPointer']));
      richer(bench, 'mint');
      bench.run(initializeMetadata(bench));
      const metadata = addr(bench.key('mint'));
      const update = {
        metadata,
        updateAuthority: signer(bench.payer),
        field: token.tokenMetadataField('Key', ['color']),
        value: 'green',
      };
      return bench.transaction([
        web3(token.getUpdateTokenMetadataFieldInstruction(update)),
        web3(token.getEmitTokenMetadataInstruction({ metadata })),
      ]);
    },
  },
  {
    program,
    instruction: 'InitializeTokenGroup, InitializeTokenGroupMember',
    outcome: 'success',
    build: (bench) => {
      bench.run(...createMint(bench, ['groupPointer'], 'mint'));
      bench.run(...createMint(bench, ['memberPointer'], 'member'));
      richer(bench, 'mint');
      richer(bench, 'member');
      const [mint, member] = [addr(bench.key('mint')), addr(bench.key('member'))];
      const authority = signer(bench.payer);
      const group = {
        group: mint,
        mint,
        mintAuthority: authority,
        updateAuthority: addr(bench.payer),
        maxSize: 3n,
      };
      const membership = {
        member,
        memberMint: member,
        memberMintAuthority: authority,
        group: mint,
        groupUpdateAuthority: authority,
      };
      return bench.transaction([
        web3(token.getInitializeTokenGroupInstruction(group)),
        web3(token.getInitializeTokenGroupMemberInstruction(membership)),
      ]);
    },
  },
  {
    program,
    instruction: 'Reallocate, Approve, Revoke',
    outcome: 'success',
    build: (bench) => {
      const { alice, aliceToken, bob } = setUpExtended(bench, ['closeAuthority']);
      const owner = signer(alice);
      const realloc = {
        token: addr(aliceToken),
        payer: signer(bench.payer),
        owner,
        newExtensionTypes: [token.ExtensionType.CpiGuard],
      };
      const approve = { source: addr(aliceToken), delegate: addr(bob), owner, amount: 5n };
      return bench.transaction([
        web3(token.getReallocateInstruction(realloc)),
        web3(token.getApproveInstruction(approve)),
        web3(token.getRevokeInstruction({ source: addr(aliceToken), owner })),
      ]);
    },
  },
  {
    program,
    instruction: 'Create (associated)',
    outcome: 'with the extensions that its mint asks for',
    build: (bench) => {
      bench.run(...createMint(bench, ['transferFee', 'transferHook', 'pausable']));
      return bench.transaction([
        createAssociated(bench, bench.key('alice'), bench.key('mint'), TOKEN_2022),
      ]);
    },
  },
];
