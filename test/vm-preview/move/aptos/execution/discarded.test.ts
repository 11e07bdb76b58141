import * as sdk from '../../../../support/aptos-sdk';
import { APT, account, call, haveGenesis, World } from './world';

const genesis = haveGenesis ? describe : describe.skip;

genesis('transactions that devnet would not take (skipped: no fixtures)', () => {
  it('have the code of an abort where the code that authenticates aborts', () => {
    const alice = account(1);
    const world = new World();
    world.fund(alice.accountAddress, APT);
    const pay = call('0x1::aptos_account::transfer', [alice.accountAddress, new sdk.U64(1n)]);
    const { raw_txn } = world.sign(alice, pay, {}, {});
    const digest = new Uint8Array(32);
    // The SDK writes the signature as it is given: this is an empty one.
    const signature = Uint8Array.of(0);
    const abstract = new sdk.AccountAuthenticatorAbstraction(
      '0x1::coin::transfer',
      digest,
      signature,
    );
    const signed = new sdk.SignedTransaction(
      raw_txn,
      new sdk.TransactionAuthenticatorSingleSender(abstract),
    );
    // EDISPATCHABLE_AUTHENTICATOR_IS_NOT_USED
    expect(world.run(signed).status).toEqual({
      kind: 'discarded',
      code: 'ABORTED',
      text: expect.stringContaining('0x1::account_abstraction'),
    });
  });
});
