import type { AptosOutcome } from '../../../../../src/vm-preview/move/aptos';
import { typeTagText } from '../../../../../src/vm-preview/move/core/types';
import * as sdk from '../../../../support/aptos-sdk';
import { APT, account, call, feeOf, haveGenesis, World } from './world';

const genesis = haveGenesis ? describe : describe.skip;
const SUCCESS = { kind: 'success' };
const COIN = '0x1::aptos_coin::AptosCoin';

genesis('transactions of every kind on devnet as it began (skipped: no fixtures)', () => {
  const alice = account(1);
  const bob = account(2);
  const carl = account(3);
  const start = 1000n * APT;

  function funded(...accounts: readonly sdk.Account[]): World {
    const world = new World();
    for (const { accountAddress } of accounts) world.fund(accountAddress, start);
    return world;
  }

  const pay = (octas: bigint): sdk.TransactionPayload =>
    call('0x1::aptos_account::transfer', [carl.accountAddress, new sdk.U64(octas)]);

  it('lets another pay the fee', () => {
    const world = funded(alice, bob);
    const outcome = world.submit(alice, pay(7n), {}, { feePayer: bob });
    expect(outcome.status).toEqual(SUCCESS);
    expect(world.balance(carl.accountAddress)).toBe(7n);
    expect(world.balance(alice.accountAddress)).toBe(start - 7n);
    expect(world.balance(bob.accountAddress)).toBe(start - feeOf(outcome));
  });

  it('makes the account of a sponsored sender, also when the transaction fails', () => {
    const world = funded(bob);
    const failed = world.submit(alice, pay(7n), {}, { feePayer: bob });
    expect(failed.status.kind).toBe('abort');
    expect(world.sequenceNumber(alice.accountAddress)).toBe(1n);
    expect(failed.fee.storageFeeOctas).toBeGreaterThan(0n);
    expect(world.balance(bob.accountAddress)).toBe(start - feeOf(failed));
  });

  it('runs a script of two signers', () => {
    const world = funded(alice, bob);
    const script = world.assemble(`
      script
      fun main(first: &signer, second: &signer, to: address, amount: u64)
          copy_loc first
          copy_loc to
          copy_loc amount
          call 0x1::aptos_account::transfer
          copy_loc second
          copy_loc to
          copy_loc amount
          call 0x1::aptos_account::transfer
          ret
    `);
    const payload = new sdk.TransactionPayloadScript(
      new sdk.Script(script, [], [carl.accountAddress, new sdk.U64(9n)]),
    );
    const outcome = world.submit(alice, payload, {}, { secondary: [bob] });
    expect(outcome.status).toEqual(SUCCESS);
    expect(world.balance(carl.accountAddress)).toBe(18n);
    expect(world.balance(alice.accountAddress)).toBe(start - 9n - feeOf(outcome));
    expect(world.balance(bob.accountAddress)).toBe(start - 9n);
    expect(world.submit(alice, payload).status).toEqual({
      kind: 'failure',
      code: 'NUMBER_OF_SIGNER_ARGUMENTS_MISMATCH',
    });
  });

  it('takes an orderless transaction once', () => {
    const world = funded(alice);
    const inner = pay(5n);
    if (!(inner instanceof sdk.TransactionPayloadEntryFunction)) throw new Error('no call');
    const payload = new sdk.TransactionInnerPayloadV1(
      new sdk.TransactionExecutableEntryFunction(inner.entryFunction),
      new sdk.TransactionExtraConfigV1(undefined, 77n),
    );
    const terms = { sequenceNumber: 2n ** 64n - 1n };
    expect(world.submit(alice, payload, terms).status).toEqual(SUCCESS);
    expect(world.balance(carl.accountAddress)).toBe(5n);
    expect(world.sequenceNumber(alice.accountAddress)).toBe(0n);
    expect(world.submit(alice, payload, terms).status).toEqual(
      expect.objectContaining({ kind: 'discarded', code: 'NONCE_ALREADY_USED' }),
    );
  });

  describe('of a multisig account', () => {
    function multisig(): { world: World; address: sdk.AccountAddress } {
      const world = funded(alice);
      const made = world.submit(
        alice,
        call('0x1::multisig_account::create', [
          new sdk.U64(1n),
          new sdk.MoveVector<sdk.MoveString>([]),
          new sdk.MoveVector<sdk.MoveVector<sdk.U8>>([]),
        ]),
      );
      expect(made.status).toEqual(SUCCESS);
      const changed = made.changes.find(
        ({ key }) => key.kind === 'resource' && key.type.name === 'MultisigAccount',
      );
      if (changed?.key.kind !== 'resource') throw new Error('no multisig account was made');
      const address = new sdk.AccountAddress(changed.key.address);
      world.fund(address, 100n);
      return { world, address };
    }

    const inner = (octas: bigint): sdk.MultiSigTransactionPayload => {
      const payload = pay(octas);
      if (!(payload instanceof sdk.TransactionPayloadEntryFunction)) throw new Error('no call');
      return new sdk.MultiSigTransactionPayload(payload.entryFunction);
    };

    const propose = (world: World, address: sdk.AccountAddress, octas: bigint): void => {
      const payload = sdk.MoveVector.U8(inner(octas).bcsToBytes());
      const proposed = world.submit(
        alice,
        call('0x1::multisig_account::create_transaction', [address, payload]),
      );
      expect(proposed.status).toEqual(SUCCESS);
    };

    const execute = (address: sdk.AccountAddress): sdk.TransactionPayload =>
      new sdk.TransactionPayloadMultiSig(new sdk.MultiSig(address));

    it('runs what was agreed upon', () => {
      const { world, address } = multisig();
      propose(world, address, 60n);
      const outcome = world.submit(alice, execute(address));
      expect(outcome.status).toEqual(SUCCESS);
      expect(world.balance(carl.accountAddress)).toBe(60n);
      expect(world.balance(address)).toBe(40n);
      expect(outcome.events.map(({ type }) => typeTagText(type))).toContain(
        '0x1::multisig_account::TransactionExecutionSucceeded',
      );
    });

    it('notes that what was agreed upon failed', () => {
      const { world, address } = multisig();
      propose(world, address, 1000n);
      const outcome = world.submit(alice, execute(address));
      expect(outcome.status).toEqual(SUCCESS);
      expect(world.balance(carl.accountAddress)).toBe(0n);
      const failed = outcome.events.find(
        ({ type }) => typeTagText(type) === '0x1::multisig_account::TransactionExecutionFailed',
      );
      const text = new TextDecoder().decode(failed?.data);
      expect(text).toContain('MoveAbort');
      expect(text).toContain(`${'1'.padStart(64, '0')}::fungible_asset`);
    });

    it('refuses who has no part in it, and what was not agreed upon', () => {
      const { world, address } = multisig();
      const discarded = (code: string) => expect.objectContaining({ kind: 'discarded', code });
      expect(world.submit(alice, execute(address)).status).toEqual(
        discarded('MULTISIG_TRANSACTION_NOT_FOUND'),
      );
      propose(world, address, 1n);
      world.fund(bob.accountAddress, start);
      expect(world.submit(bob, execute(address)).status).toEqual(discarded('NOT_MULTISIG_OWNER'));
      const other = new sdk.TransactionPayloadMultiSig(new sdk.MultiSig(address, inner(2n)));
      expect(world.submit(alice, other).status).toEqual(
        discarded('MULTISIG_TRANSACTION_PAYLOAD_DOES_NOT_MATCH'),
      );
    });
  });

  it('mints a token and hands it over', () => {
    const world = funded(alice);
    const text = (value: string): sdk.MoveString => new sdk.MoveString(value);
    const collection = call('0x4::aptos_token::create_collection', [
      text('words'),
      new sdk.U64(10n),
      text('Collection'),
      text('https://example.org'),
      ...Array.from({ length: 9 }, () => new sdk.Bool(true)),
      new sdk.U64(1n),
      new sdk.U64(100n),
    ]);
    expect(world.submit(alice, collection).status).toEqual(SUCCESS);
    const minted = world.submit(
      alice,
      call('0x4::aptos_token::mint', [
        text('Collection'),
        text('words'),
        text('Token'),
        text('https://example.org/1'),
        new sdk.MoveVector<sdk.MoveString>([]),
        new sdk.MoveVector<sdk.MoveString>([]),
        new sdk.MoveVector<sdk.MoveVector<sdk.U8>>([]),
      ]),
    );
    expect(minted.status).toEqual(SUCCESS);
    const token = objectWith(world, minted, '0x4::token::Token');
    expect(ownerOf(world, token)).toEqual(alice.accountAddress.data);
    const moved = world.submit(
      alice,
      call(
        '0x1::object::transfer',
        [new sdk.AccountAddress(token), carl.accountAddress],
        ['0x4::token::Token'],
      ),
    );
    expect(moved.status).toEqual(SUCCESS);
    expect(ownerOf(world, token)).toEqual(carl.accountAddress.data);
    const again = world.submit(
      alice,
      call(
        '0x1::object::transfer',
        [new sdk.AccountAddress(token), bob.accountAddress],
        ['0x4::token::Token'],
      ),
    );
    expect(again.status).toEqual(
      expect.objectContaining({ kind: 'abort', name: 'ENOT_OBJECT_OWNER' }),
    );
  });

  it('checks arguments as the chain does', () => {
    const world = funded(alice);
    const status = (payload: sdk.TransactionPayload) => world.submit(alice, payload).status;
    const failure = (code: string) => expect.objectContaining({ kind: 'failure', code });
    const to = carl.accountAddress;
    expect(status(call('0x1::aptos_account::transfer', [to]))).toEqual(
      failure('NUMBER_OF_ARGUMENTS_MISMATCH'),
    );
    expect(status(call('0x1::aptos_account::transfer', [to, new sdk.U8(1)]))).toEqual(
      failure('FAILED_TO_DESERIALIZE_ARGUMENT'),
    );
    expect(status(call('0x1::coin::balance', [to], [COIN]))).toEqual(
      failure('INVALID_MAIN_FUNCTION_SIGNATURE'),
    );
    expect(status(call('0x1::coin::transfer', [to, new sdk.U64(1n)]))).toEqual(
      failure('NUMBER_OF_TYPE_ARGUMENTS_MISMATCH'),
    );
    expect(status(call('0x1::nowhere::transfer', [to]))).toEqual(failure('LINKER_ERROR'));
    expect(status(call('0x1::coin::nothing', [to]))).toEqual(
      failure('FUNCTION_RESOLUTION_FAILURE'),
    );
  });
});

function objectWith(world: World, { changes }: AptosOutcome, type: string): Uint8Array {
  const found = changes.find(
    ({ key }) => key.kind === 'group' && world.member(key.address, type) !== undefined,
  );
  if (found?.key.kind !== 'group') throw new Error(`no object with ${type}`);
  return found.key.address;
}

/** The first fields of 0x1::object::ObjectCore are a number and the owner. */
function ownerOf(world: World, object: Uint8Array): Uint8Array {
  const core = world.member(object, '0x1::object::ObjectCore');
  return (core ?? new Uint8Array()).slice(8, 40);
}
