import { BcsWriter } from '../../../../../src/vm-preview/move/core/bcs';
import { addressText } from '../../../../../src/vm-preview/move/core/types';
import * as sdk from '../../../../support/aptos-sdk';
import { APT, account, call, haveGenesis, World } from './world';

const genesis = haveGenesis ? describe : describe.skip;

/** BCS of 0x1::code::PackageMetadata, for a package of one module that may be upgraded. */
function packageMetadata(
  module: string,
  dependencies: readonly [string, string][] = [],
): Uint8Array {
  const COMPATIBLE = 1;
  return new BcsWriter()
    .string('Package')
    .u8(COMPATIBLE)
    .u64(0n)
    .string('')
    .blob(new Uint8Array())
    .list([module], (writer, name) => {
      writer.string(name).blob(new Uint8Array()).blob(new Uint8Array()).bool(false);
    })
    .list(dependencies, (writer, [address, name]) => {
      writer.bytes(sdk.AccountAddress.from(address).data).string(name);
    })
    .bool(false)
    .finish();
}

genesis('publishing on devnet as it began (skipped: no fixtures)', () => {
  const alice = account(1);
  const address = addressText(alice.accountAddress.data);

  function funded(): World {
    const world = new World();
    world.fund(alice.accountAddress, 1000n * APT);
    return world;
  }

  const publish = (
    module: Uint8Array,
    name = 'counter',
    dependencies: readonly [string, string][] = [],
  ): sdk.TransactionPayload =>
    call('0x1::code::publish_package_txn', [
      sdk.MoveVector.U8(packageMetadata(name, dependencies)),
      new sdk.MoveVector([sdk.MoveVector.U8(module)]),
    ]);

  /** @param step - what a call adds; the initializer makes the counter */
  const counter = (step: number, extra = ''): string => `
    module ${address}::counter

    struct Counter has key
        value: u64

    fun init_module(account: &signer)
        move_loc account
        ld_u64 41
        pack Counter
        move_to Counter
        ret

    entry public fun bump(account: address) acquires Counter
        local value: &mut u64
        move_loc account
        mut_borrow_global Counter
        mut_borrow_field Counter, value
        st_loc value
        copy_loc value
        read_ref
        ld_u64 ${step}
        add
        move_loc value
        write_ref
        ret
    ${extra}
  `;

  const value = (world: World): bigint | undefined => {
    const bytes = world.resource(alice.accountAddress.data, `${address}::counter::Counter`);
    return bytes && new DataView(bytes.slice().buffer).getBigUint64(0, true);
  };

  const bump = (): sdk.TransactionPayload =>
    call(`${address}::counter::bump`, [alice.accountAddress]);

  it('initializes a module, which can then be called and upgraded', () => {
    const world = funded();
    const published = world.submit(alice, publish(world.assemble(counter(1))));
    expect(published.status).toEqual({ kind: 'success' });
    expect(value(world)).toBe(41n);
    const code = published.changes.find(({ key }) => key.kind === 'module');
    expect(code?.after?.bytes).toEqual(world.assemble(counter(1)));
    expect(world.submit(alice, bump()).status).toEqual({ kind: 'success' });
    expect(value(world)).toBe(42n);
    const upgraded = world.submit(alice, publish(world.assemble(counter(10))));
    expect(upgraded.status).toEqual({ kind: 'success' });
    expect(world.submit(alice, bump()).status).toEqual({ kind: 'success' });
    expect(value(world)).toBe(52n);
  });

  it('refuses what does not fit in the place of what was there', () => {
    const world = funded();
    world.submit(alice, publish(world.assemble(counter(1))));
    const without = counter(1).replace('bump', 'other');
    expect(world.submit(alice, publish(world.assemble(without))).status).toEqual(
      expect.objectContaining({ kind: 'failure', code: 'BACKWARD_INCOMPATIBLE_MODULE_UPDATE' }),
    );
    expect(world.submit(alice, bump()).status).toEqual({ kind: 'success' });
  });

  it('refuses code that the verifier refuses, and takes the fee for it', () => {
    const world = funded();
    const before = world.balance(alice.accountAddress);
    const unsound = counter(
      1,
      `
    fun unsound(): u64
        ld_true
        ret
    `,
    );
    const outcome = world.submit(alice, publish(world.assemble(unsound)));
    expect(outcome.status).toEqual(
      expect.objectContaining({ kind: 'failure', code: 'RET_TYPE_MISMATCH_ERROR' }),
    );
    expect(value(world)).toBeUndefined();
    expect(world.balance(alice.accountAddress)).toBeLessThan(before);
  });

  it('refuses code for another account, under another name, and with friends elsewhere', () => {
    const world = funded();
    const status = (text: string, name?: string) =>
      world.submit(alice, publish(world.assemble(text), name)).status;
    const failure = (code: string) => expect.objectContaining({ kind: 'failure', code });
    expect(status(counter(1).replace(address, '0xb0b'))).toEqual(
      failure('MODULE_ADDRESS_DOES_NOT_MATCH_SENDER'),
    );
    expect(status(counter(1), 'another')).toEqual(failure('CONSTRAINT_NOT_SATISFIED'));
    const friendly = counter(1).replace('counter\n', `counter\n    friend ${address}::elsewhere\n`);
    expect(status(friendly)).toEqual(failure('FRIEND_NOT_FOUND_IN_MODULE_BUNDLE'));
    const open = counter(1).replace('fun init_module', 'public fun init_module');
    expect(status(open)).toEqual(failure('INVALID_INIT_MODULE'));
  });

  it('refuses bytes that are no module', () => {
    const world = funded();
    expect(world.submit(alice, publish(Uint8Array.of(1, 2, 3))).status).toEqual(
      expect.objectContaining({ kind: 'failure', code: 'CODE_DESERIALIZATION_ERROR' }),
    );
  });
});
