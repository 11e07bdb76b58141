/** Transfers of allowed coins that cost nothing (gasless_reject, gasless_transfer, gasless_multi_recipient). */
import type { Transaction, TransactionObjectArgument } from '@mysten/sui/transactions';
import { fromBase58 } from '@mysten/sui/utils';
import { CannotPreview } from '../../../../../src/vm-preview/errors';
import { parseTypeTag } from '../../../../../src/vm-preview/move/core/types';
import type { SuiEnvironment, SuiObject, SuiOutcome } from '../../../../../src/vm-preview/move/sui';
import { GaslessTokens } from '../../../../../src/vm-preview/move/sui/address-balance/gasless';
import { objectRef } from '../../../../../src/vm-preview/move/sui/data';
import { failureOf } from '../execution/world';
import {
  accumulatorsIn,
  FundedWorld,
  hasFramework,
  idText,
  OTHER,
  SENDER,
  SUI_TYPE,
  textRef,
} from './world';

const suite = hasFramework ? describe : describe.skip;
if (!hasFramework) it('skipped: no fixtures', () => expect(hasFramework).toBe(false));

const MINIMUM = 10_000n;
const FREE = { price: 0n, budget: 0n } as const;
/** The lists of the public networks have coins of packages that are not here: SUI stands for them. */
const ALLOWED = new Map([[`0x${'2'.padStart(64, '0')}::sui::SUI`, MINIMUM]]);

function world(settings: Partial<SuiEnvironment> = {}): FundedWorld {
  const made = new FundedWorld({ gaslessTokens: ALLOWED, ...settings });
  made.setBalance(SENDER, 1_000_000n);
  return made;
}

const call = (tx: Transaction, target: string, ...args: TransactionObjectArgument[]) =>
  tx.moveCall({ target: `0x2::${target}`, typeArguments: [SUI_TYPE], arguments: args });

const send =
  (amount: bigint, sent = amount) =>
  (tx: Transaction) => {
    const balance = call(tx, 'balance::redeem_funds', tx.withdrawal({ amount, type: SUI_TYPE }));
    if (sent === amount) {
      call(tx, 'balance::send_funds', balance, tx.pure.address(OTHER));
      return;
    }
    const part = call(tx, 'balance::split', balance, tx.pure.u64(sent));
    call(tx, 'balance::send_funds', part, tx.pure.address(OTHER));
    call(tx, 'balance::send_funds', balance, tx.pure.address(SENDER));
  };

function answer({ status }: SuiOutcome): string {
  return status.kind === 'refused'
    ? `${status.code}: ${status.text}`
    : status.kind === 'failure'
      ? `${status.failure.code}: ${status.failure.text}`
      : status.kind;
}

describe('what may be sent without gas on the public networks', () => {
  const MAINNET = fromBase58('4btiuiMPvEENsttpZC7CZ53DruC3MAgfznDbASZ7DR6S');
  const TESTNET = fromBase58('69WiPg3DAQiwdxfncX6wYQ2siKwAe6L9BZthQea3JNMD');
  const least = (chainIdentifier: Uint8Array, protocolVersion: number, type: string) =>
    new GaslessTokens({ chainIdentifier, protocolVersion }).least(parseTypeTag(type));
  const USDC = '0xdba34672e30cb065b1f93e3ab55318768fd6fef66c15942c9f7cb846e2f900e7::usdc::USDC';
  const TEST_USDC =
    '0xa1ec7fc00a6f40db9693ad1415d0c193ad3906494428cf252621037bd7117e29::usdc::USDC';

  it('is some stablecoins, from a cent on mainnet', () => {
    expect(least(MAINNET, 129, USDC)).toBe(10_000n);
    expect(least(MAINNET, 138, USDC)).toBe(10_000n);
    expect(least(MAINNET, 138, SUI_TYPE)).toBeUndefined();
    expect(least(MAINNET, 138, TEST_USDC)).toBeUndefined();
    expect(least(TESTNET, 138, TEST_USDC)).toBe(0n);
    expect(least(TESTNET, 138, USDC)).toBeUndefined();
  });

  it.each([
    ['an older mainnet', MAINNET, 128],
    ['a newer mainnet', MAINNET, 139],
    ['a newer testnet', TESTNET, 139],
    ['another network', new Uint8Array(32), 138],
  ])('is not known of %s', (_network, chain, version) => {
    expect(() => least(chain, version, USDC)).toThrow(CannotPreview);
  });
});

const NOTHING = {
  computationCost: 0n,
  storageCost: 0n,
  storageRebate: 0n,
  nonRefundableStorageFee: 0n,
};

suite('a transfer without gas', () => {
  it('from a balance changes balances and nothing else', async () => {
    const one = world();
    const outcome = await one.pay(send(400_000n), FREE);
    expect(answer(outcome)).toBe('success');
    expect(outcome.gas).toEqual(NOTHING);
    expect(outcome.changes).toEqual([]);
    expect(new Map(accumulatorsIn(outcome))).toEqual(
      new Map([
        [SENDER, 'Split 400000'],
        [OTHER, 'Merge 400000'],
      ]),
    );
    expect([one.balanceOf(SENDER), one.balanceOf(OTHER)]).toEqual([600_000n, 400_000n]);
  });

  it('from a coin ends the coin, whose rebate is the network’s', async () => {
    const one = world();
    const coin = one.coin(50_000n);
    const outcome = await one.pay(
      (tx) => call(tx, 'coin::send_funds', tx.objectRef(refOf(coin)), tx.pure.address(OTHER)),
      { ...FREE, expiration: 'none' },
    );
    expect(failureOf(outcome)).toBe('success');
    expect(outcome.changes.map(({ id, kind }) => [idText(id), kind])).toEqual([
      [idText(coin.id), 'deleted'],
    ]);
    expect(outcome.gas).toEqual({
      computationCost: 987_901n,
      storageCost: 0n,
      storageRebate: 987_901n,
      nonRefundableStorageFee: 99n,
    });
    expect(one.balanceOf(OTHER)).toBe(50_000n);
  });

  it('is of the least that may be sent, to each', async () => {
    expect(answer(await world().pay(send(MINIMUM), FREE))).toBe('success');
    expect(answer(await world().pay(send(MINIMUM - 1n), FREE))).toMatch(
      /^InsufficientGas: Gasless transfer of 9999 to 0xb2b2.* is below minimum 10000/,
    );
    const outcome = await world().pay(send(MINIMUM * 2n, MINIMUM - 1n), FREE);
    expect(answer(outcome)).toMatch(/^InsufficientGas: Gasless transfer of 9999/);
    expect(outcome.gas).toEqual(NOTHING);
    expect(outcome.accumulators).toEqual([]);
  });

  it('leaves what can be sent, or nothing', async () => {
    expect(answer(await world().pay(send(1_000_000n), FREE))).toBe('success');
    expect(answer(await world().pay(send(990_000n), FREE))).toBe('success');
    expect(answer(await world().pay(send(990_001n), FREE))).toMatch(
      /^InvalidWithdrawReservation: Gasless transactions must either use the entire/,
    );
  });

  it('makes no object and keeps no coin', async () => {
    const one = world();
    const coin = one.coin(50_000n);
    const kept = await one.pay((tx) => {
      const [part] = tx.splitCoins(tx.objectRef(refOf(coin)), [20_000n]);
      call(tx, 'coin::send_funds', part ?? '', tx.pure.address(OTHER));
    }, FREE);
    expect(answer(kept)).toBe(
      'InsufficientGas: Gasless transactions cannot create or mutate objects',
    );
    expect(kept.gas).toEqual(NOTHING);
    // The coin is a version on, as the chain has it.
    expect(kept.changes).toMatchObject([{ kind: 'mutated' }]);
  });

  it.each<readonly [string, (tx: Transaction) => void, RegExp]>([
    [
      'objects that are transferred',
      (tx) => tx.transferObjects([tx.gas], OTHER),
      /only move allowed/,
    ],
    ['no command', () => undefined, /must have a command/],
    [
      'a function that is not allowed',
      (tx) =>
        call(
          tx,
          'coin::from_balance',
          call(tx, 'balance::redeem_funds', tx.withdrawal({ amount: 500n, type: SUI_TYPE })),
        ),
      /coin::from_balance is not allowed/,
    ],
    [
      'a function of another type',
      (tx) =>
        call(
          tx,
          'funds_accumulator::withdrawal_split',
          tx.withdrawal({ amount: 500n, type: SUI_TYPE }),
          tx.pure.u256(250n),
        ),
      /takes the type of a balance/,
    ],
    [
      'a currency that is not allowed',
      (tx) =>
        tx.moveCall({
          target: '0x2::balance::zero',
          typeArguments: ['0x2::balance::Supply<u8>'],
          arguments: [],
        }),
      /may not be sent without gas/,
    ],
    [
      'an input that nothing uses',
      (tx) => {
        send(20_000n)(tx);
        tx.withdrawal({ amount: 500n, type: SUI_TYPE });
      },
      /is not used/,
    ],
    [
      'an input that is too long',
      (tx) => {
        send(20_000n)(tx);
        tx.pure(new Uint8Array(33));
      },
      /at most 32 bytes/,
    ],
  ])('is refused with %s', async (_, build, text) => {
    const outcome = await world().pay(build, FREE);
    expect(answer(outcome)).toMatch(/^Unsupported: /);
    expect(answer(outcome)).toMatch(text);
  });

  it('has no budget', async () => {
    expect(answer(await world().pay(send(20_000n), { ...FREE, budget: 1000n }))).toBe(
      'Unsupported: the gas budget of a transaction without gas is 0',
    );
  });

  it('ends in time', async () => {
    expect(answer(await world().pay(send(20_000n), { ...FREE, expiration: 'none' }))).toMatch(
      /^InvalidExpiration/,
    );
  });

  it('cannot be previewed where the list of currencies is not known', async () => {
    const { gaslessTokens: _, ...rest } = world().environment;
    const unknown = new FundedWorld(rest);
    const run = unknown.pay(send(20_000n), FREE);
    await expect(run).rejects.toThrow(CannotPreview);
    await expect(run).rejects.toMatchObject({ code: 'sui-gasless-tokens' });
  });
});

const refOf = (object: SuiObject): ReturnType<typeof textRef> => textRef(objectRef(object));
