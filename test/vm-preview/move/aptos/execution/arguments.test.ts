import * as sdk from '../../../../support/aptos-sdk';
import { APT, account, haveGenesis, World } from './world';

const genesis = haveGenesis ? describe : describe.skip;

genesis('arguments of functions on devnet as it began (skipped: no fixtures)', () => {
  it('are made by a constructor only of what it takes for its types', () => {
    const alice = account(1);
    const world = new World();
    world.fund(alice.accountAddress, APT);
    const script = world.assemble(`
      script
      fun main<T>(object: 0x1::object::Object<T>)
          ret
    `);
    const status = (type: string) => {
      const argument = new sdk.Serialized(sdk.AccountAddress.from('0xa').bcsToBytes());
      const payload = new sdk.TransactionPayloadScript(
        new sdk.Script(script, [sdk.parseTypeTag(type)], [argument]),
      );
      return world.submit(alice, payload).status;
    };
    expect(status('0x1::fungible_asset::Metadata')).toEqual({ kind: 'success' });
    // Its type parameter has no constraint, but `address_to_object` asks for `key`.
    expect(status('u64')).toEqual({ kind: 'failure', code: 'CONSTRAINT_NOT_SATISFIED' });
  });
});
