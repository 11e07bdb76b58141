/**
 * What the chain does not take. Where a test names a file, the answer is what the chain itself gives in it:
 * sui-adapter-transactional-tests, address_balances.
 */
import type { Transaction } from '@mysten/sui/transactions';
import { CannotPreview, StateError } from '../../../../../src/vm-preview/errors';
import type { SuiEnvironment, SuiOutcome } from '../../../../../src/vm-preview/move/sui';
import {
  addressBalanceId,
  addressBalanceObject,
  objectRef,
  SUI,
} from '../../../../../src/vm-preview/move/sui/data';
import {
  addressOf,
  FundedWorld,
  hasFramework,
  OTHER,
  PROTOCOL,
  SENDER,
  SUI_TYPE,
  settingsOf,
  textRef,
} from './world';

const suite = hasFramework ? describe : describe.skip;
if (!hasFramework) it('skipped: no fixtures', () => expect(hasFramework).toBe(false));

const SUI_COIN = 1_000_000_000n;

function world(
  balance = 200_000_000n,
  features: Readonly<Record<string, boolean>> = {},
): FundedWorld {
  const settings: Partial<SuiEnvironment> = { protocolConfig: settingsOf(PROTOCOL, features) };
  const made = new FundedWorld(settings);
  if (balance > 0n) made.setBalance(SENDER, balance);
  return made;
}

const split = (tx: Transaction): void =>
  void tx.transferObjects([tx.splitCoins(tx.gas, [1000n])], OTHER);

const withdraw = (amount: bigint) => (tx: Transaction) => {
  const given = tx.withdrawal({ amount, type: SUI_TYPE });
  const coin = tx.moveCall({
    target: '0x2::coin::redeem_funds',
    typeArguments: [SUI_TYPE],
    arguments: [given],
  });
  tx.transferObjects([coin], OTHER);
};

function refusal({ status }: SuiOutcome): string {
  return status.kind === 'refused' ? status.code : status.kind;
}

function words({ status }: SuiOutcome): string {
  return status.kind === 'refused' ? status.text : '';
}

suite('gas that is not enough (insufficient_gas_payment)', () => {
  const budget = 5n * SUI_COIN;
  const tenth = SUI_COIN / 10n;

  it.each([
    ['a coin', 1, 0],
    ['a reservation', 0, 1],
    ['two coins', 2, 0],
    ['two reservations', 0, 2],
    ['a coin and a reservation', 1, 1],
  ])('of %s', async (_, coins, reservations) => {
    const one = world();
    const payment = [
      ...Array.from({ length: coins }, () => one.coin(tenth)),
      ...Array.from({ length: reservations }, () => tenth),
    ];
    const outcome = await one.pay(split, { payment, budget });
    expect(refusal(outcome)).toBe('GasBalanceTooLow');
  });

  it.each([
    ['a reservation', [1_000n * SUI_COIN], 1_000n * SUI_COIN],
    ['a whole balance', [], budget],
  ])('in the balance of %s', async (_, payment, required) => {
    const outcome = await world().pay(split, { payment, budget });
    expect(refusal(outcome)).toBe('InvalidWithdrawReservation');
    expect(words(outcome)).toBe(
      `Insufficient address balance of coin type 0x2::sui::SUI for address ${SENDER}: ` +
        `the transaction requires ${required} but only 200000000 is available`,
    );
    expect(outcome.effects).toBeUndefined();
  });

  it('where there is none', async () => {
    expect(words(await world(0n).pay(split))).toContain('but only 0 is available');
  });
});

suite('withdrawals', () => {
  const pay = async (one: FundedWorld, amounts: readonly bigint[]): Promise<SuiOutcome> =>
    one.pay((tx) => amounts.forEach((amount) => void withdraw(amount)(tx)), {
      payment: [one.coin(10n * SUI_COIN)],
    });

  it('are of no more than there is, all together', async () => {
    expect(refusal(await pay(world(), [200_000_000n]))).toBe('success');
    const outcome = await pay(world(), [200_000_000n, 1n]);
    expect(refusal(outcome)).toBe('InvalidWithdrawReservation');
    expect(words(outcome)).toContain('requires 200000001 but only 200000000');
  });

  it('count with the gas that a balance pays', async () => {
    const one = world(2n * SUI_COIN);
    expect(refusal(await one.pay(withdraw(SUI_COIN)))).toBe('success');
    expect(refusal(await world(2n * SUI_COIN - 1n).pay(withdraw(SUI_COIN)))).toBe(
      'InvalidWithdrawReservation',
    );
  });

  it('are ten at most (max_withdraws_boundary)', async () => {
    const ones = (count: number): readonly bigint[] => Array.from({ length: count }, () => 1n);
    expect(refusal(await pay(world(), ones(10)))).toBe('success');
    expect(refusal(await pay(world(), ones(11)))).toBe('InvalidWithdrawReservation');
    const byBalance = world(2n * SUI_COIN);
    const eleven = (tx: Transaction): void =>
      ones(10).forEach((amount) => void withdraw(amount)(tx));
    expect(refusal(await byBalance.pay(eleven))).toBe('InvalidWithdrawReservation');
  });

  it('are not of nothing, and not the sponsor’s (sponsor_withdraw_rejected)', async () => {
    expect(words(await pay(world(), [0n]))).toBe(
      'Balance withdraw reservation amount must be non-zero',
    );
    const one = world();
    const outcome = await one.pay(
      (tx) => {
        const given = tx.withdrawal({ amount: 5n, type: SUI_TYPE, from: 'sponsor' });
        tx.moveCall({
          target: '0x2::balance::redeem_funds',
          typeArguments: [SUI_TYPE],
          arguments: [given],
        });
      },
      { payment: [one.coin(10n * SUI_COIN)] },
    );
    expect(words(outcome)).toBe('Explicit sponsor withdrawals are not yet supported');
  });

  it('are not there before the protocol has them', async () => {
    const one = world(SUI_COIN, { enable_accumulators: false });
    const outcome = await one.pay(withdraw(5n), { payment: [one.coin(10n * SUI_COIN)] });
    expect(refusal(outcome)).toBe('Unsupported');
    const gas = world(SUI_COIN, { enable_address_balance_gas_payments: false });
    expect(refusal(await gas.pay(split))).toBe('MissingGasPayment');
  });

  it('are of what the chain has, not of what a node makes up', async () => {
    const one = world(0n);
    const stamp = { version: 1n, previousTransaction: new Uint8Array(32), storageRebate: 0n };
    const others = addressBalanceObject(
      { owner: addressOf(OTHER), currency: SUI, value: 9n },
      stamp,
    );
    one.put({ ...others, id: addressBalanceId(addressOf(SENDER), SUI) });
    await expect(pay(one, [5n])).rejects.toThrow(StateError);
  });

  it('that another account allows cannot be previewed', async () => {
    const settings = { enable_allowances: true };
    const one = world(SUI_COIN, settings);
    const run = (): Promise<SuiOutcome> =>
      one.pay(withdraw(5n), {
        payment: [one.coin(10n * SUI_COIN)],
        alter: (program) => ({
          ...program,
          inputs: program.inputs.map((input) =>
            input.kind === 'fundsWithdrawal'
              ? {
                  ...input,
                  withdrawal: {
                    ...input.withdrawal,
                    from: {
                      kind: 'senderAllowance',
                      funder: addressOf(OTHER),
                      allowance: addressOf('0xa110'),
                    },
                  },
                }
              : input,
          ),
        }),
      });
    await expect(run()).rejects.toThrow(CannotPreview);
    await expect(run()).rejects.toMatchObject({ code: 'sui-allowance' });
  });
});

suite('reservations that look like coins', () => {
  const use = (one: FundedWorld, ref: ReturnType<typeof textRef>): Promise<SuiOutcome> =>
    one.pay((tx) => tx.transferObjects([tx.objectRef(ref)], OTHER), {
      payment: [one.coin(10n * SUI_COIN)],
    });

  it('are the sender’s own', async () => {
    const one = world();
    one.setBalance(OTHER, 5n);
    const outcome = await use(one, textRef(one.reservation(OTHER, 5n)));
    expect(refusal(outcome)).toBe('InvalidWithdrawReservation');
    expect(words(outcome)).toContain('is owned by another account');
  });

  it('name a balance that is there', async () => {
    const one = world(0n);
    const outcome = await use(one, textRef(one.reservation(SENDER, 5n)));
    expect(words(outcome)).toMatch(/^coin reservation object id 0x[0-9a-f]{64} not found$/);
  });

  it('are good in their epoch and the next, and of something', async () => {
    const one = world();
    const ref = one.reservation(SENDER, 5n);
    const inEpoch = (epoch: number): ReturnType<typeof textRef> => {
      const digest = ref.digest.slice();
      new DataView(digest.buffer).setUint32(8, epoch, true);
      return textRef({ ...ref, digest });
    };
    expect(refusal(await use(one, inEpoch(4)))).toBe('success');
    expect(refusal(await use(world(), inEpoch(3)))).toBe('TransactionExpired');
    expect(refusal(await use(world(), inEpoch(6)))).toBe('TransactionExpired');
    expect(words(await use(world(), textRef(one.reservation(SENDER, 0n))))).toContain('non-zero');
  });

  it('pay for nobody else, and are not there before the protocol has them', async () => {
    const one = world();
    one.setBalance(OTHER, SUI_COIN);
    const sponsored = await one.pay(split, {
      payment: [SUI_COIN / 10n],
      sponsor: OTHER,
      budget: 5_000_000n,
    });
    expect(refusal(sponsored)).toBe('GasObjectNotOwnedObject');
    const before = world(SUI_COIN, { enable_coin_reservation_obj_refs: false });
    // coin_reservation_gas, task 10
    expect(refusal(await before.pay(split, { payment: [SUI_COIN], budget: 5_000_000n }))).toBe(
      'GasObjectNotOwnedObject',
    );
    expect(refusal(await use(before, textRef(before.reservation(SENDER, 5n))))).toBe('Unsupported');
  });
});

suite('gas from a balance', () => {
  const paid = (
    features = {},
    options: Parameters<FundedWorld['pay']>[1] = {},
    balance = 2n * SUI_COIN,
  ) => world(balance, features).pay(withdraw(5n), options);

  it('is of this chain and this time', async () => {
    expect(refusal(await paid())).toBe('success');
    expect(refusal(await paid({}, { expiration: 'otherChain' }))).toBe('InvalidChainId');
    expect(refusal(await paid({}, { expiration: 'past' }))).toBe('TransactionExpired');
    expect(refusal(await paid({}, { expiration: 'none' }))).toBe('InvalidExpiration');
    expect(refusal(await paid({}, { expiration: 'long' }))).toBe('InvalidExpiration');
    const strict = { relax_valid_during_for_owned_inputs: false };
    expect(refusal(await paid(strict, { expiration: 'none' }))).toBe('MissingGasPayment');
    expect(refusal(await paid(strict, { expiration: 'long' }))).toBe('Unsupported');
  });

  it('needs no end where an object is used up', async () => {
    const one = world(2n * SUI_COIN);
    const object = one.coin(5n);
    const send = (tx: Transaction): void =>
      void tx.transferObjects([tx.objectRef(textRef(objectRef(object)))], OTHER);
    expect(refusal(await one.pay(send, { expiration: 'none' }))).toBe('success');
  });

  it('may not be a coin for commands, as the protocol has it', async () => {
    const features = { address_balance_gas_reject_gas_coin_arg: true };
    expect(refusal(await paid(features))).toBe('success');
    expect(refusal(await world(SUI_COIN, features).pay(split))).toBe('Unsupported');
    // All that is set aside is for gas.
    expect(refusal(await world(SUI_COIN).pay(split))).toBe('failure');
  });

  it('asks the usual price and budget', async () => {
    expect(refusal(await paid({}, { price: 999n }))).toBe('GasPriceUnderRGP');
    expect(refusal(await paid({}, { budget: 10n }))).toBe('GasBudgetTooLow');
  });
});
