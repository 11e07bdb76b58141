/** What changes of accounts are told as, on account data that the programs' own clients write. */

import { type Address, address } from '@solana/kit';
import { Keypair } from '@solana/web3.js';
import * as token2022 from '@solana-program/token-2022';
import { parseTokenState } from '../../../src/chains/solana/accounts/token';
import { accountViews, effectsOf } from '../../../src/chains/solana/effects';
import { accountFrozen } from '../../../src/chains/solana/warnings/closed';
import type { Asset, Change } from '../../../src/vm-preview/model/preview';
import { type Account, Pubkey } from '../../../src/vm-preview/svm';

const SOL: Asset = { kind: 'native', decimals: 9, symbol: 'SOL', named: 'builtin' };
const assetOf = (mint: string): Asset => ({ kind: 'token', id: mint, decimals: 2, named: 'none' });
const key = (): Address => address(Keypair.generate().publicKey.toBase58());
const [me, bob, carol, mint, subject] = [key(), key(), key(), key(), key()];

const PROGRAMS = {
  system: '11111111111111111111111111111111',
  token: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  token2022: 'TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb',
  stake: 'Stake11111111111111111111111111111111111111',
  loader: 'BPFLoaderUpgradeab1e11111111111111111111111',
  table: 'AddressLookupTab1e1111111111111111111111111',
} as const;

function account(
  program: keyof typeof PROGRAMS,
  data: ArrayLike<number> = [],
  lamports = 1_000_000n,
  executable = false,
): Account {
  return {
    lamports,
    data: Uint8Array.from(data),
    owner: Pubkey.fromBase58(PROGRAMS[program]),
    executable,
    rentEpoch: 0n,
  };
}

function effects(before: Account | undefined, after: Account | undefined, at: string = subject) {
  const views = accountViews({
    accounts: [
      { address: Pubkey.fromBase58(at), isSigner: false, isWritable: true, before, after },
    ],
  });
  return effectsOf(views, new Set([me]), { coin: SOL, assetOf });
}

/** All changes, own first, without what they have in common. */
function told(before: Account | undefined, after: Account | undefined, at?: string) {
  const { others, own } = effects(before, after, at);
  return [...own, ...others].map(({ address: _address, ...change }) => change);
}

type TokenArgs = Parameters<ReturnType<typeof token2022.getTokenEncoder>['encode']>[0];
const BASE: TokenArgs = {
  mint,
  owner: me,
  amount: 100n,
  delegate: null,
  state: token2022.AccountState.Initialized,
  isNative: null,
  delegatedAmount: 0n,
  closeAuthority: null,
  extensions: null,
};

function token(change: Partial<TokenArgs> = {}, program: 'token' | 'token2022' = 'token'): Account {
  return account(program, token2022.getTokenEncoder().encode({ ...BASE, ...change }));
}

describe('token accounts', () => {
  test('a balance', () => {
    expect(told(token(), token({ amount: 40n }))).toEqual([
      {
        kind: 'balance',
        owner: me,
        asset: assetOf(mint),
        before: '100',
        after: '40',
        delta: '-60',
      },
    ]);
    expect(told(token(), token())).toEqual([]);
  });

  test('another holder: it is still told as the user’s', () => {
    const { others, own } = effects(token(), token({ owner: bob }));
    expect(others).toEqual([]);
    expect(own).toEqual([
      { kind: 'owner', role: 'holder', address: subject, owner: me, before: me, after: bob },
    ]);
  });

  test('a delegate appears, is used, is replaced, and goes', () => {
    const allowed = (delegate: Address | null, delegatedAmount: bigint) =>
      token({ delegate, delegatedAmount });
    const common = { kind: 'allowance', owner: me, asset: assetOf(mint) };
    expect(told(token(), allowed(bob, 7n))).toEqual([
      { ...common, spender: bob, before: '0', after: '7', unlimited: false },
    ]);
    expect(told(allowed(bob, 7n), allowed(bob, 3n))).toEqual([
      { ...common, spender: bob, before: '7', after: '3', unlimited: false },
    ]);
    expect(told(allowed(bob, 7n), allowed(carol, 7n))).toEqual([
      { ...common, spender: carol, before: '0', after: '7', unlimited: false },
    ]);
    expect(told(allowed(bob, 7n), token())).toEqual([
      { ...common, spender: null, before: '7', after: '0', unlimited: false },
    ]);
    expect(told(token(), allowed(bob, 2n ** 64n - 1n))).toMatchObject([{ unlimited: true }]);
  });

  test('the right to close, freezing, thawing', () => {
    expect(told(token(), token({ closeAuthority: bob }))).toEqual([
      { kind: 'authority', owner: me, role: 'close', before: null, after: bob },
    ]);
    const frozen = token({ state: token2022.AccountState.Frozen });
    expect(told(token(), frozen)).toEqual([{ kind: 'frozen', owner: me, asset: assetOf(mint) }]);
    expect(told(frozen, token())).toEqual([{ kind: 'thawed', owner: me, asset: assetOf(mint) }]);
  });

  test('opened and closed', () => {
    expect(told(undefined, token({ amount: 0n }))).toEqual([
      {
        kind: 'balance',
        owner: me,
        asset: SOL,
        before: '0',
        after: '1000000',
        delta: '1000000',
      },
      { kind: 'opened', owner: me, what: 'token-account', asset: assetOf(mint) },
    ]);
    expect(told(token({ amount: 0n }), undefined).map(({ kind }) => kind)).toEqual([
      'balance',
      'closed',
    ]);
  });

  test('one that belongs to others is theirs', () => {
    const { others, own } = effects(token({ owner: bob }), token({ owner: bob, amount: 1n }));
    expect([own.length, others.length]).toEqual([0, 1]);
  });

  test('extensions of Token-2022 do not hide the account', () => {
    const extensions: token2022.ExtensionArgs[] = [
      { __kind: 'ImmutableOwner' },
      { __kind: 'TransferFeeAmount', withheldAmount: 9n },
      { __kind: 'MemoTransfer', requireIncomingTransferMemos: true },
      { __kind: 'CpiGuard', lockCpi: true },
    ];
    const extended = token({ extensions }, 'token2022');
    expect(parseTokenState(extended)).toMatchObject({
      kind: 'token-account',
      amount: 100n,
      extensions: {
        immutableOwner: true,
        withheld: 9n,
        memoRequired: true,
        cpiGuard: true,
        confidential: false,
      },
    });
    expect(told(extended, token({ extensions, amount: 1n }, 'token2022'))).toMatchObject([
      { kind: 'balance', delta: '-99' },
    ]);
  });

  test('a multisig is neither a token account nor a mint', () => {
    expect(parseTokenState(account('token', new Uint8Array(355)))).toBeUndefined();
    expect(parseTokenState(account('token2022', new Uint8Array(355).fill(2)))).toBeUndefined();
    expect(parseTokenState(account('token2022', new Uint8Array(165)))).toBeUndefined();
    expect(parseTokenState(account('system', new Uint8Array(165).fill(1)))).toBeUndefined();
  });
});

type MintArgs = Parameters<ReturnType<typeof token2022.getMintEncoder>['encode']>[0];
function mintAccount(change: Partial<MintArgs> = {}): Account {
  const data = token2022.getMintEncoder().encode({
    mintAuthority: me,
    supply: 5n,
    decimals: 2,
    isInitialized: true,
    freezeAuthority: me,
    extensions: null,
    ...change,
  });
  return account('token2022', data);
}

describe('mints', () => {
  test('their authorities', () => {
    expect(told(mintAccount(), mintAccount({ mintAuthority: bob, freezeAuthority: null }))).toEqual(
      [
        { kind: 'authority', role: 'mint', before: me, after: bob },
        { kind: 'authority', role: 'freeze', before: me, after: null },
      ],
    );
    expect(told(mintAccount(), mintAccount({ supply: 6n }))).toEqual([]);
  });

  test('authorities of extensions', () => {
    const fee = { epoch: 1n, maximumFee: 10n, transferFeeBasisPoints: 25 };
    const extensions = (who: Address): token2022.ExtensionArgs[] => [
      {
        __kind: 'TransferFeeConfig',
        transferFeeConfigAuthority: who,
        withdrawWithheldAuthority: who,
        withheldAmount: 0n,
        olderTransferFee: fee,
        newerTransferFee: { ...fee, transferFeeBasisPoints: 50 },
      },
      { __kind: 'MintCloseAuthority', closeAuthority: who },
      { __kind: 'PermanentDelegate', delegate: who },
      { __kind: 'TransferHook', authority: who, programId: carol },
      { __kind: 'PausableConfig', authority: who, paused: true },
      {
        __kind: 'TokenMetadata',
        updateAuthority: who,
        mint,
        name: 'Näme',
        symbol: 'NM',
        uri: '',
        additionalMetadata: new Map([['colour', 'blue']]),
      },
    ];
    expect(parseTokenState(mintAccount({ extensions: extensions(me) }))).toMatchObject({
      kind: 'mint',
      decimals: 2,
      permanentDelegate: me,
      transferHook: carol,
      transferFee: { older: { basisPoints: 25, maximum: 10n }, newer: { basisPoints: 50 } },
      paused: true,
      nonTransferable: false,
      metadata: { name: 'Näme', symbol: 'NM' },
    });
    const changes = told(
      mintAccount({ extensions: extensions(me) }),
      mintAccount({ extensions: extensions(bob) }),
    );
    expect(changes.map((change) => ('role' in change ? change.role : change.kind)).sort()).toEqual([
      'close-mint',
      'metadata',
      'pause',
      'permanent-delegate',
      'transfer-fee',
      'transfer-hook',
      'withdraw-withheld',
    ]);
  });
});

describe('wallets and their owner field', () => {
  test('the owner changes and no lamport moves', () => {
    expect(told(account('system'), account('token'), me)).toEqual([
      { kind: 'owner', role: 'program', before: PROGRAMS.system, after: PROGRAMS.token },
    ]);
  });

  test('coins, and wallets that come and go', () => {
    expect(told(account('system', [], 5n), account('system', [], 8n), me)).toEqual([
      { kind: 'balance', asset: SOL, before: '5', after: '8', delta: '3' },
    ]);
    expect(told(undefined, account('system'))).toMatchObject([
      { kind: 'balance' },
      { kind: 'opened', what: 'wallet' },
    ]);
    expect(told(account('system'), undefined)).toMatchObject([
      { kind: 'balance' },
      { kind: 'closed', what: 'wallet' },
    ]);
  });
});

function bytes(...parts: readonly (number | bigint | Address | readonly number[])[]): number[] {
  return parts.flatMap((part) => {
    if (typeof part === 'number') return [part & 255, (part >> 8) & 255, (part >> 16) & 255, 0];
    if (typeof part === 'string') return [...Pubkey.fromBase58(part).bytes];
    if (typeof part !== 'bigint') return [...part];
    const eight = Buffer.alloc(8);
    eight.writeBigUInt64LE(part);
    return [...eight];
  });
}

describe('nonces, stake, programs, tables, other data', () => {
  const nonce = (authority: Address, value: Address) =>
    account('system', bytes(1, 1, authority, value, 5000n));
  test('nonces', () => {
    expect(told(nonce(me, bob), nonce(me, carol))).toEqual([
      { kind: 'nonce', owner: me, action: 'advanced' },
    ]);
    expect(told(nonce(me, bob), nonce(carol, bob))).toEqual([
      { kind: 'authority', owner: me, role: 'nonce', before: me, after: carol },
    ]);
    expect(told(account('system', new Uint8Array(80)), nonce(me, bob))).toContainEqual({
      kind: 'nonce',
      owner: me,
      action: 'created',
    });
    expect(told(nonce(me, bob), undefined)).toContainEqual({
      kind: 'nonce',
      owner: me,
      action: 'closed',
    });
    expect(told(nonce(me, bob), nonce(me, bob))).toEqual([]);
  });

  const NEVER = 2n ** 64n - 1n;
  const stake = (options: {
    staker?: Address;
    withdrawer?: Address;
    delegated?: bigint;
    deactivation?: bigint;
  }) => {
    const { delegated, deactivation = NEVER, staker = me, withdrawer = me } = options;
    const meta = bytes(5n, staker, withdrawer, 0n, 0n, address(PROGRAMS.system));
    const data =
      delegated === undefined
        ? bytes(1, meta)
        : bytes(2, meta, carol, delegated, 9n, deactivation, 0n, 0n);
    return account('stake', [...data, ...new Array(200 - data.length).fill(0)]);
  };
  test('stake: delegated, deactivated, authorities', () => {
    expect(told(stake({}), stake({ delegated: 50n }))).toEqual([
      { kind: 'stake', owner: me, action: 'delegated', validator: carol, amount: '50' },
    ]);
    expect(told(stake({ delegated: 50n }), stake({ delegated: 50n, deactivation: 12n }))).toEqual([
      { kind: 'stake', owner: me, action: 'deactivated', validator: carol, amount: '50' },
    ]);
    expect(told(stake({ delegated: 50n }), stake({ delegated: 20n }))).toMatchObject([
      { action: 'decreased', amount: '30' },
    ]);
    expect(told(stake({}), stake({ staker: bob, withdrawer: bob }))).toEqual([
      { kind: 'authority', owner: me, role: 'stake', before: me, after: bob },
      { kind: 'authority', owner: me, role: 'withdraw', before: me, after: bob },
    ]);
    expect(told(stake({ delegated: 50n }), stake({ delegated: 50n }))).toEqual([]);
  });

  const programData = (slot: bigint, authority: Address | null, elf: number) =>
    account('loader', [
      ...bytes(3, slot, authority === null ? [0] : [1], authority ?? address(PROGRAMS.system)),
      ...new Array(elf).fill(7),
    ]);
  test('programs: deployed, upgraded, extended, closed, handed over', () => {
    const program = account('loader', bytes(2, carol), 1n, true);
    expect(told(account('loader', new Uint8Array(36), 1n), program)).toContainEqual({
      kind: 'code',
      action: 'deployed',
    });
    expect(told(programData(1n, me, 9), programData(2n, me, 9))).toEqual([
      { kind: 'code', action: 'upgraded' },
    ]);
    expect(told(programData(1n, me, 9), programData(2n, me, 19))).toEqual([
      { kind: 'code', action: 'extended' },
    ]);
    expect(told(programData(1n, me, 9), programData(1n, bob, 9))).toEqual([
      { kind: 'authority', role: 'upgrade', before: me, after: bob },
    ]);
    expect(told(programData(1n, me, 9), undefined)).toContainEqual({
      kind: 'code',
      action: 'closed',
    });
    expect(told(programData(1n, me, 9), programData(1n, me, 9))).toEqual([]);
  });

  test('lookup tables', () => {
    const table = (authority: Address) =>
      account('table', [...bytes(1, NEVER, 0n, [0], [1], authority), 0, 0]);
    expect(told(table(me), table(bob))).toEqual([
      { kind: 'authority', role: 'lookup-table', before: me, after: bob },
    ]);
  });

  test('data that is read no further: how much of it changed', () => {
    const before = account('stake', [1, 2, 3, 4].concat(new Array(10).fill(9)));
    const after = account('stake', [1, 9, 9, 4].concat(new Array(12).fill(9)));
    expect(told(before, after)).toEqual([{ kind: 'data', bytesChanged: 4 }]);
  });
});

test('a frozen account of the user’s is warned of', () => {
  const frozen = effects(token(), token({ state: token2022.AccountState.Frozen }));
  const none = effects(token(), token({ amount: 1n }));
  const warn = (found: { own: readonly Change[]; others: readonly Change[] }) =>
    // The check reads the changes alone.
    accountFrozen({ effects: found } as Parameters<typeof accountFrozen>[0]);
  expect(warn(frozen).map(({ code }) => code)).toEqual(['account-frozen']);
  expect(warn(none)).toEqual([]);
});
