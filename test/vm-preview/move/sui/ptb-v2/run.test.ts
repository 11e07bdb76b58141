/** Static execution as networks run it, on coins alone: nothing of the framework is loaded for them. */
import { bcs } from '@mysten/sui/bcs';
import type { Transaction } from '@mysten/sui/transactions';
import { Transaction as Builder } from '@mysten/sui/transactions';
import {
  executeTransaction,
  ProtocolConfig,
  parseTransaction,
  type SuiEnvironment,
  type SuiOutcome,
} from '../../../../../src/vm-preview/move/sui';
import {
  balanceOf,
  failureOf,
  hasFixtures,
  idText,
  OTHER,
  only,
  refOf,
  SENDER,
  World,
} from '../execution/world';

const suite = hasFixtures ? describe : describe.skip;
if (!hasFixtures) it('skipped: no fixtures', () => expect(hasFixtures).toBe(false));

/** The rules of a version, by the framework that was recorded. */
function environmentOf(world: World, version: number): SuiEnvironment {
  const rules = ProtocolConfig.ofVersion(version, 'mainnet');
  class Rules<V> extends Map<string, V> {
    constructor(private readonly read: (name: string) => V | undefined) {
      super();
    }
    override get(name: string): V | undefined {
      return this.read(name);
    }
  }
  return {
    ...world.environment,
    protocolVersion: version,
    protocolConfig: {
      features: new Rules((name) => rules.feature(name)),
      numbers: new Rules((name) => rules.number(name)),
    },
  };
}

async function run(
  world: World,
  version: number,
  build: (transaction: Transaction) => void,
  inspects = false,
): Promise<SuiOutcome> {
  const transaction = new Builder();
  build(transaction);
  transaction.setSender(SENDER);
  transaction.setGasPrice(1000n);
  transaction.setGasBudget(1_000_000_000n);
  transaction.setGasPayment([refOf(world.coin(10_000_000_000n))]);
  const bytes = await transaction.build();
  const environment = { ...environmentOf(world, version), inspects };
  return executeTransaction(parseTransaction(bytes), world, environment);
}

const VERSIONS = [104, 118, 124, 138];

suite.each(VERSIONS)('coins at protocol %i', (version) => {
  it('splits, merges and sends them without a package', async () => {
    const world = new World();
    const [first, second] = [world.coin(500n), world.coin(70n)];
    const outcome = await run(world, version, (tx) => {
      const source = tx.objectRef(refOf(first));
      tx.mergeCoins(source, [tx.objectRef(refOf(second))]);
      tx.transferObjects([tx.splitCoins(source, [100n])], OTHER);
    });
    expect(outcome.status).toEqual({ kind: 'success' });
    expect(balanceOf(only(outcome, 'created'))).toBe(100n);
    expect(idText(only(outcome, 'deleted').id)).toBe(idText(second.id));
    expect(outcome.reads.filter(({ data }) => data.kind === 'package')).toEqual([]);
    const effects = bcs.TransactionEffects.parse(outcome.effects?.bcs ?? new Uint8Array());
    expect(effects.V2?.status.$kind).toBe('Success');
  });

  it('looks at all commands before it runs the first', async () => {
    const outcome = await run(new World(), version, (tx) => {
      // More than there is: it would fail when it is run.
      tx.splitCoins(tx.gas, [1n << 60n]);
      tx.transferObjects([tx.pure.u64(1n)], OTHER);
    });
    expect(failureOf(outcome)).toBe('CommandArgumentError');
    expect(outcome.status).toMatchObject({ failure: { command: 1 } });
  });

  it('does not take what was taken before', async () => {
    const world = new World();
    const coin = world.coin(5n);
    const outcome = await run(world, version, (tx) => {
      const source = tx.objectRef(refOf(coin));
      tx.transferObjects([source], OTHER);
      tx.transferObjects([source], OTHER);
    });
    expect(failureOf(outcome)).toBe('CommandArgumentError');
    expect(outcome.status).toMatchObject({ failure: { command: 1 } });
  });

  it('lets bytes be of as many types as they are asked for', async () => {
    const outcome = await run(new World(), version, (tx) => {
      const bytes = tx.pure(bcs.u64().serialize(7n).toBytes());
      const [coin] = tx.splitCoins(tx.gas, [bytes]);
      tx.makeMoveVec({ type: 'u64', elements: [bytes, bytes] });
      tx.transferObjects([coin], OTHER);
    });
    expect(outcome.status).toEqual({ kind: 'success' });
    expect(balanceOf(only(outcome, 'created'))).toBe(7n);
  });
});

suite('charges', () => {
  it('pays for translation since protocol 104', async () => {
    const used = async (version: number): Promise<bigint> => {
      const outcome = await run(new World(), version, (tx) => {
        tx.transferObjects([tx.splitCoins(tx.gas, [1n])], OTHER);
      });
      return outcome.gas.computationCost;
    };
    // A transfer is within the least that is charged, whatever the rules.
    expect([await used(103), await used(104)]).toEqual([1_000_000n, 1_000_000n]);
  });
});

suite('an inspection', () => {
  const splitAs =
    (objectId: string, digest: string) =>
    (tx: Transaction): void => {
      const named = tx.objectRef({ objectId, version: '3', digest });
      tx.transferObjects([tx.splitCoins(named, [1n])], OTHER);
    };

  it('takes objects as what they are not, which is refused where it is sent', async () => {
    for (const owner of [
      { kind: 'shared', initialVersion: 1n },
      { kind: 'consensusAddress', startVersion: 1n, address: new Uint8Array(32).fill(0xa1) },
    ] as const) {
      const world = new World();
      const { objectId, digest } = refOf(world.coin(5n, owner));
      const inspected = await run(world, 138, splitAs(objectId, digest), true);
      expect(inspected.status).toEqual({ kind: 'success' });
      const sent = await run(world, 138, splitAs(objectId, digest));
      expect(sent.status).toMatchObject({ kind: 'refused', code: 'NotOwnedObjectError' });
    }
  });

  it('is refused for what no transaction may say', async () => {
    const world = new World();
    const empty = (tx: Transaction): void => void tx.transferObjects([], OTHER);
    expect((await run(world, 138, empty, true)).status).toMatchObject({
      kind: 'refused',
      code: 'EmptyCommandInput',
    });
    const missing = splitAs(`0x${'9'.repeat(64)}`, refOf(world.coin(1n)).digest);
    expect((await run(world, 138, missing, true)).status).toMatchObject({
      kind: 'refused',
      code: 'ObjectNotFound',
    });
  });
});
