import { ComputeBudgetProgram, PublicKey, SystemProgram } from '@solana/web3.js';
import { at, type Cell, custom } from '../cell';
import {
  ACCOUNT_BYTES,
  addr,
  createAccount,
  initializeAccount,
  initializeMint,
  MINT_BYTES,
  MULTISIG_BYTES,
  mintTo,
  setUpTokens,
  signer,
  TOKEN,
  token,
  transfer,
  transferChecked,
  web3,
} from '../token';

const program = 'Token';
const under = { programAddress: addr(TOKEN) };
const NATIVE_MINT = new PublicKey('So11111111111111111111111111111111111111112');

export const TOKEN_CELLS: readonly Cell[] = [
  {
    program,
    instruction: 'InitializeMint2, InitializeAccount3, MintTo',
    outcome: 'success',
    build: (bench) => {
      const [mint, account] = [bench.key('mint'), bench.key('account')];
      return bench.transaction([
        createAccount(bench, mint, MINT_BYTES, TOKEN),
        initializeMint(TOKEN, mint, bench.payer),
        createAccount(bench, account, ACCOUNT_BYTES, TOKEN),
        initializeAccount(TOKEN, account, mint, bench.payer),
        mintTo(TOKEN, mint, account, bench.payer, 77n),
      ]);
    },
  },
  {
    program,
    instruction: 'InitializeMint2',
    outcome: 'already in use',
    error: custom(0, 6),
    build: (bench) => {
      const { mint } = setUpTokens(bench);
      return bench.transaction([initializeMint(TOKEN, mint, bench.payer)]);
    },
  },
  {
    program,
    instruction: 'InitializeAccount3',
    outcome: 'mint is no mint',
    error: custom(1, 2),
    build: (bench) => {
      const account = bench.key('account');
      return bench.transaction([
        createAccount(bench, account, ACCOUNT_BYTES, TOKEN),
        initializeAccount(TOKEN, account, setUpTokens(bench).aliceToken, bench.payer),
      ]);
    },
  },
  {
    program,
    instruction: 'MintTo',
    outcome: 'wrong authority',
    error: custom(0, 4),
    build: (bench) => {
      const { mint, aliceToken, alice } = setUpTokens(bench);
      return bench.transaction([mintTo(TOKEN, mint, aliceToken, alice, 1n)]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'success',
    build: (bench) => {
      const { aliceToken, bobToken, alice } = setUpTokens(bench);
      return bench.transaction([transfer(TOKEN, aliceToken, bobToken, alice, 400n)]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'insufficient funds',
    error: custom(0, 1),
    build: (bench) => {
      const { aliceToken, bobToken, alice } = setUpTokens(bench);
      return bench.transaction([transfer(TOKEN, aliceToken, bobToken, alice, 1001n)]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'not the owner',
    error: custom(0, 4),
    build: (bench) => {
      const { aliceToken, bobToken, bob } = setUpTokens(bench);
      return bench.transaction([transfer(TOKEN, aliceToken, bobToken, bob, 1n)]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'missing signature',
    error: at(0, 'MissingRequiredSignature'),
    build: (bench) => {
      const { aliceToken, bobToken, alice } = setUpTokens(bench);
      const instruction = transfer(TOKEN, aliceToken, bobToken, alice, 1n);
      for (const key of instruction.keys) key.isSigner = false;
      return bench.transaction([instruction]);
    },
  },
  {
    program,
    instruction: 'TransferChecked',
    outcome: 'wrong decimals',
    error: custom(0, 18),
    build: (bench) => {
      const { mint, aliceToken, bobToken, alice } = setUpTokens(bench);
      return bench.transaction([transferChecked(TOKEN, mint, aliceToken, bobToken, alice, 1n, 5)]);
    },
  },
  {
    program,
    instruction: 'FreezeAccount, Transfer',
    outcome: 'account is frozen',
    error: custom(1, 17),
    build: (bench) => {
      const { mint, aliceToken, bobToken, alice } = setUpTokens(bench);
      const freeze = { account: addr(aliceToken), mint: addr(mint), owner: signer(bench.payer) };
      return bench.transaction([
        web3(token.getFreezeAccountInstruction(freeze, under)),
        transfer(TOKEN, aliceToken, bobToken, alice, 1n),
      ]);
    },
  },
  {
    program,
    instruction: 'FreezeAccount, ThawAccount',
    outcome: 'success',
    build: (bench) => {
      const { mint, aliceToken } = setUpTokens(bench);
      const input = { account: addr(aliceToken), mint: addr(mint), owner: signer(bench.payer) };
      return bench.transaction([
        web3(token.getFreezeAccountInstruction(input, under)),
        web3(token.getThawAccountInstruction(input, under)),
      ]);
    },
  },
  {
    program,
    instruction: 'Approve, Transfer',
    outcome: 'by the delegate',
    build: (bench) => {
      const { aliceToken, bobToken, alice, bob } = setUpTokens(bench);
      const approve = {
        source: addr(aliceToken),
        delegate: addr(bob),
        owner: signer(alice),
        amount: 300n,
      };
      return bench.transaction([
        web3(token.getApproveInstruction(approve, under)),
        transfer(TOKEN, aliceToken, bobToken, bob, 200n),
      ]);
    },
  },
  {
    program,
    instruction: 'Approve, Transfer',
    outcome: 'more than delegated',
    error: custom(1, 1),
    build: (bench) => {
      const { aliceToken, bobToken, alice, bob } = setUpTokens(bench);
      const approve = {
        source: addr(aliceToken),
        delegate: addr(bob),
        owner: signer(alice),
        amount: 300n,
      };
      return bench.transaction([
        web3(token.getApproveInstruction(approve, under)),
        transfer(TOKEN, aliceToken, bobToken, bob, 301n),
      ]);
    },
  },
  {
    program,
    instruction: 'Burn',
    outcome: 'success',
    build: (bench) => {
      const { mint, aliceToken, alice } = setUpTokens(bench);
      const input = {
        account: addr(aliceToken),
        mint: addr(mint),
        authority: signer(alice),
        amount: 1000n,
      };
      return bench.transaction([web3(token.getBurnInstruction(input, under))]);
    },
  },
  {
    program,
    instruction: 'CloseAccount',
    outcome: 'still holds tokens',
    error: custom(0, 11),
    build: (bench) => {
      const { aliceToken, alice } = setUpTokens(bench);
      const input = {
        account: addr(aliceToken),
        destination: addr(alice),
        owner: signer(alice),
      };
      return bench.transaction([web3(token.getCloseAccountInstruction(input, under))]);
    },
  },
  {
    program,
    instruction: 'CloseAccount',
    outcome: 'success',
    build: (bench) => {
      const { bobToken, bob } = setUpTokens(bench);
      const input = { account: addr(bobToken), destination: addr(bob), owner: signer(bob) };
      return bench.transaction([web3(token.getCloseAccountInstruction(input, under))]);
    },
  },
  {
    program,
    instruction: 'SetAuthority',
    outcome: 'owner changed',
    build: (bench) => {
      const { aliceToken, alice, bob } = setUpTokens(bench);
      const input = {
        owned: addr(aliceToken),
        owner: signer(alice),
        authorityType: token.AuthorityType.AccountOwner,
        newAuthority: addr(bob),
      };
      return bench.transaction([web3(token.getSetAuthorityInstruction(input, under))]);
    },
  },
  {
    program,
    instruction: 'SyncNative',
    outcome: 'wraps SOL',
    build: (bench) => {
      const account = bench.key('wrapped');
      bench.run(
        createAccount(bench, account, ACCOUNT_BYTES, TOKEN),
        initializeAccount(TOKEN, account, NATIVE_MINT, bench.payer),
      );
      return bench.transaction([
        SystemProgram.transfer({ fromPubkey: bench.payer, toPubkey: account, lamports: 5000 }),
        web3(token.getSyncNativeInstruction({ account: addr(account) }, under)),
      ]);
    },
  },
  {
    program,
    instruction: 'InitializeMultisig2, Transfer',
    outcome: 'two of three sign',
    build: (bench) => {
      const { mint, bobToken } = setUpTokens(bench);
      const [multisig, account] = [bench.key('multisig'), bench.key('shared')];
      const owners = ['one', 'two', 'three'].map((name) => bench.key(name));
      const input = { multisig: addr(multisig), signers: owners.map(addr), m: 2 };
      bench.run(
        createAccount(bench, multisig, MULTISIG_BYTES, TOKEN),
        web3(token.getInitializeMultisig2Instruction(input, under)),
        createAccount(bench, account, ACCOUNT_BYTES, TOKEN),
        initializeAccount(TOKEN, account, mint, multisig),
        mintTo(TOKEN, mint, account, bench.payer, 9n),
      );
      const spend = {
        source: addr(account),
        destination: addr(bobToken),
        authority: addr(multisig),
        amount: 9n,
        multiSigners: owners.slice(1).map(signer),
      };
      return bench.transaction([web3(token.getTransferInstruction(spend, under))]);
    },
  },
  {
    program,
    instruction: 'AmountToUiAmount',
    outcome: 'return data',
    build: (bench) => {
      const { mint } = setUpTokens(bench);
      const input = { mint: addr(mint), amount: 1234567n };
      return bench.transaction([web3(token.getAmountToUiAmountInstruction(input, under))]);
    },
  },
  {
    program,
    instruction: 'Transfer',
    outcome: 'out of units',
    error: at(1, 'ProgramFailedToComplete'),
    build: (bench) => {
      const { aliceToken, bobToken, alice } = setUpTokens(bench);
      return bench.transaction([
        ComputeBudgetProgram.setComputeUnitLimit({ units: 160 }),
        transfer(TOKEN, aliceToken, bobToken, alice, 1n),
      ]);
    },
  },
  {
    program,
    instruction: '(none)',
    outcome: 'unknown tag',
    error: custom(0, 12),
    build: (bench) => {
      const { aliceToken, bobToken, alice } = setUpTokens(bench);
      const instruction = transfer(TOKEN, aliceToken, bobToken, alice, 1n);
      instruction.data = Buffer.from([200]);
      return bench.transaction([instruction]);
    },
  },
];
