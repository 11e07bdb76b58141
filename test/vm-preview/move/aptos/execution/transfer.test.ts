import { typeTagText } from '../../../../../src/vm-preview/move/core/types';
import * as sdk from '../../../../support/aptos-sdk';
import { APT, account, call, feeOf, haveGenesis, World } from './world';

const genesis = haveGenesis ? describe : describe.skip;

genesis('transfers on devnet as it began (skipped: no fixtures)', () => {
  const alice = account(1);
  const bob = account(2);
  const start = 1000n * APT;

  function funded(): World {
    const world = new World();
    world.fund(alice.accountAddress, start);
    return world;
  }

  it('moves APT to an account that is not there yet', () => {
    const world = funded();
    const outcome = world.submit(
      alice,
      call('0x1::aptos_account::transfer', [bob.accountAddress, new sdk.U64(5n * APT)]),
    );
    expect(outcome.status).toEqual({ kind: 'success' });
    expect(world.balance(bob.accountAddress)).toBe(5n * APT);
    expect(world.balance(alice.accountAddress)).toBe(start - 5n * APT - feeOf(outcome));
    expect(world.sequenceNumber(alice.accountAddress)).toBe(1n);
    expect(outcome.events.map(({ type }) => typeTagText(type))).toEqual([
      '0x1::fungible_asset::Withdraw',
      '0x1::fungible_asset::Deposit',
      '0x1::transaction_fee::FeeStatement',
    ]);
    // Storage is paid for in gas: at the price, it is within the gas that was used.
    const { fee } = outcome;
    expect(fee.storageFeeOctas).toBeGreaterThan(0n);
    expect(fee.gasUsed * 100n).toBeGreaterThanOrEqual(fee.storageFeeOctas);
  });

  it('states the fee in the event as it takes it', () => {
    const world = funded();
    const outcome = world.submit(
      alice,
      call('0x1::aptos_account::transfer', [bob.accountAddress, new sdk.U64(1n)]),
    );
    const event = outcome.events.at(-1);
    const { fee } = outcome;
    const view = new DataView((event?.data ?? new Uint8Array()).slice().buffer);
    expect([0, 8, 16, 24, 32].map((offset) => view.getBigUint64(offset, true))).toEqual([
      fee.gasUsed,
      fee.executionGas,
      fee.ioGas,
      fee.storageFeeOctas,
      fee.storageRefundOctas,
    ]);
  });

  it('moves coins and assets by each of the ways there are', () => {
    const world = funded();
    const coin = '0x1::aptos_coin::AptosCoin';
    const asset = sdk.AccountAddress.from('0xa');
    const to = bob.accountAddress;
    const ways = [
      call('0x1::coin::transfer', [to, new sdk.U64(10n)], [coin]),
      call('0x1::aptos_account::transfer_coins', [to, new sdk.U64(10n)], [coin]),
      call(
        '0x1::primary_fungible_store::transfer',
        [asset, to, new sdk.U64(10n)],
        ['0x1::fungible_asset::Metadata'],
      ),
      call('0x1::aptos_account::batch_transfer', [
        new sdk.MoveVector([to]),
        sdk.MoveVector.U64([10n]),
      ]),
    ];
    world.submit(alice, call('0x1::aptos_account::create_account', [to]));
    for (const [i, payload] of ways.entries()) {
      expect(world.submit(alice, payload).status).toEqual({ kind: 'success' });
      expect(world.balance(to)).toBe(10n * BigInt(i + 1));
    }
  });

  it('takes the fee and nothing else when the payload aborts, and says why', () => {
    const world = funded();
    const outcome = world.submit(
      alice,
      call('0x1::aptos_account::transfer', [bob.accountAddress, new sdk.U64(2n * start)]),
    );
    expect(outcome.status).toEqual({
      kind: 'abort',
      module: '0x1::fungible_asset',
      code: 0x1_0004n,
      name: 'EINSUFFICIENT_BALANCE',
      description: 'Insufficient balance to withdraw or transfer.',
    });
    expect(world.balance(alice.accountAddress)).toBe(start - feeOf(outcome));
    expect(world.balance(bob.accountAddress)).toBe(0n);
    expect(world.sequenceNumber(alice.accountAddress)).toBe(1n);
    expect(feeOf(outcome)).toBeGreaterThan(0n);
  });

  it('runs out of gas, and charges all of it', () => {
    const world = funded();
    world.submit(alice, call('0x1::aptos_account::create_account', [bob.accountAddress]));
    const before = world.balance(alice.accountAddress);
    const outcome = world.submit(
      alice,
      call('0x1::aptos_account::transfer', [bob.accountAddress, new sdk.U64(1n)]),
      { maxGas: 40n },
    );
    expect(outcome.status).toEqual({ kind: 'outOfGas' });
    expect(outcome.fee.gasUsed).toBe(40n);
    expect(world.balance(alice.accountAddress)).toBe(before - 40n * 100n);
    expect(world.balance(bob.accountAddress)).toBe(0n);
  });

  it('writes nothing where the chain would not take the transaction', () => {
    const world = funded();
    const pay = call('0x1::aptos_account::transfer', [bob.accountAddress, new sdk.U64(1n)]);
    const refused = (code: string) => expect.objectContaining({ kind: 'discarded', code });
    const cases: [string, Parameters<World['submit']>[2]][] = [
      ['SEQUENCE_NUMBER_TOO_NEW', { sequenceNumber: 7n }],
      ['TRANSACTION_EXPIRED', { expiry: 1n }],
      ['BAD_CHAIN_ID', { chainId: 9 }],
      ['MAX_GAS_UNITS_EXCEEDS_MAX_GAS_UNITS_BOUND', { maxGas: 1n << 40n }],
      ['MAX_GAS_UNITS_BELOW_MIN_TRANSACTION_GAS_UNITS', { maxGas: 1n }],
      ['GAS_UNIT_PRICE_BELOW_MIN_BOUND', { price: 1n }],
      ['GAS_UNIT_PRICE_ABOVE_MAX_BOUND', { price: 1n << 50n }],
    ];
    for (const [code, terms] of cases) {
      const outcome = world.submit(alice, pay, terms);
      expect(outcome.status).toEqual(refused(code));
      expect(outcome.changes).toEqual([]);
      expect(outcome.fee.gasUsed).toBe(0n);
    }
    expect(world.submit(account(3), pay).status).toEqual(
      refused('INSUFFICIENT_BALANCE_FOR_TRANSACTION_FEE'),
    );
    world.submit(alice, pay);
    expect(world.submit(alice, pay, { sequenceNumber: 0n }).status).toEqual(
      refused('SEQUENCE_NUMBER_TOO_OLD'),
    );
  });

  it('holds a key that is known against the chain', () => {
    const world = funded();
    const key = sdk.MoveVector.U8(new Uint8Array(32).fill(9));
    const rotated = world.submit(
      alice,
      call('0x1::account::rotate_authentication_key_call', [key]),
    );
    expect(rotated.status).toEqual({ kind: 'success' });
    const pay = call('0x1::aptos_account::transfer', [bob.accountAddress, new sdk.U64(1n)]);
    expect(world.submit(alice, pay).status).toEqual(
      expect.objectContaining({ kind: 'discarded', code: 'INVALID_AUTH_KEY' }),
    );
  });
});
