/** Balances of addresses that are in no coin, through the chain's own code. */
import { Transaction } from '@mysten/sui/transactions';
import { toBase58 } from '@mysten/sui/utils';
import { ownModules } from '../../../localnet/sui/framework';
import { encodeBase64 } from '../../../src/chains/base64';
import { completeTransaction, createSuiCache, previewTransaction } from '../../../src/chains/sui';
import { addressBytes, digestText, fullAddress } from '../../../src/chains/sui/address';
import type { SuiPreview } from '../../../src/chains/sui/preview';
import { parseTransaction } from '../../../src/chains/sui/transaction';
import type { DecodedCall, Preview } from '../../../src/vm-preview/model/preview';
import { encodeObject, type SuiObject } from '../../../src/vm-preview/move/sui';
import {
  addressBalanceId,
  addressBalanceObject,
  coinReservationRef,
  SUI,
} from '../../../src/vm-preview/move/sui/data';
import { frameworkPackages, recordedFrameworks } from '../../support/sui-packages';
import { SENDER, World } from '../../vm-preview/move/sui/execution/world';
import { type FakeNode, fakeNode, json, LOCAL_CHAIN, protocolAnswer } from './node';
import { BOB, CLOCK, coin, refOf } from './objects';

const FRAMEWORK = 106;
/** In which mainnet has them. */
const PROTOCOL = 124;
const hasFramework = recordedFrameworks().includes(FRAMEWORK);
const suite = hasFramework ? describe : describe.skip;
if (!hasFramework) it('skipped: no fixtures', () => expect(hasFramework).toBe(false));

const MIST = 10n ** 9n;
const EPOCH = 40n;
const CHAIN = new Uint8Array(32).fill(7);
const SUI_TYPE = `${fullAddress(addressBytes('0x2'))}::sui::SUI`;

const gas = coin('0xc1', SENDER, MIST);

function kept(value: bigint, owner = SENDER): SuiObject {
  return addressBalanceObject(
    { owner: addressBytes(owner), currency: SUI, value },
    { version: 1n, previousTransaction: new Uint8Array(32), storageRebate: 0n },
  );
}

function chain(...objects: readonly SuiObject[]): FakeNode {
  const node = fakeNode([...frameworkPackages(FRAMEWORK), CLOCK, ...objects]);
  node.service.protocolVersion = PROTOCOL;
  node.used.add(BOB);
  return node;
}

function withdraw(tx: Transaction, amount: bigint) {
  return tx.moveCall({
    target: '0x2::balance::redeem_funds',
    typeArguments: [SUI_TYPE],
    arguments: [tx.withdrawal({ amount, type: SUI_TYPE })],
  });
}

function send(amount: bigint): Transaction {
  const tx = new Transaction();
  tx.moveCall({
    target: '0x2::balance::send_funds',
    typeArguments: [SUI_TYPE],
    arguments: [withdraw(tx, amount), tx.pure.address(BOB)],
  });
  return tx;
}

/** As SDKs name a balance that know only coins. */
function reserved(amount: bigint) {
  const field = addressBalanceId(addressBytes(SENDER), SUI);
  const { digest, id, version } = coinReservationRef({ field, amount, epoch: EPOCH }, CHAIN);
  return {
    objectId: fullAddress(id),
    version: version.toString(),
    digest: digestText(digest),
  };
}

async function bytesOf(tx: Transaction): Promise<Uint8Array> {
  tx.setSender(SENDER);
  tx.setGasPrice(1_000);
  tx.setGasBudget(50_000_000);
  tx.setGasPayment([refOf(gas)]);
  return tx.build();
}

function show({ network, fetch }: FakeNode, transaction: Uint8Array): Promise<SuiPreview> {
  const cache = createSuiCache();
  return previewTransaction({ network, transaction, account: SENDER, cache, fetch });
}

async function open(node: FakeNode, tx: Transaction): Promise<SuiPreview> {
  const kind = await tx.build({ onlyTransactionKind: true });
  return show(node, completeTransaction(kind, SENDER));
}

const codes = ({ warnings }: Preview) => warnings.map(({ code }) => code);

const words = (calls: readonly DecodedCall[]) =>
  calls.flatMap(({ fields }) =>
    fields.flatMap((field) => (field.kind === 'amount' ? [`${field.label}: ${field.value}`] : [])),
  );

suite('a withdrawal', () => {
  it('is shown as what leaves the balance, and in words as the most that does', async () => {
    const { preview, outcome } = await show(
      chain(gas, kept(5n * MIST)),
      await bytesOf(send(2n * MIST)),
    );
    const fee = BigInt(preview.fee.total);
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(outcome.accumulators).toHaveLength(2);
    expect(preview.changes).toMatchObject([
      {
        kind: 'balance',
        address: SENDER,
        delta: (-2n * MIST - fee).toString(),
        parts: [
          { where: 'coins', delta: (-fee).toString() },
          { where: 'balance', delta: (-2n * MIST).toString() },
        ],
      },
    ]);
    expect(preview.othersChanges).toMatchObject([
      { address: BOB, delta: (2n * MIST).toString(), parts: [{ where: 'balance' }] },
    ]);
    expect(words(preview.request).join()).toContain(`out of your balance: ${2n * MIST}`);
    // Any payment in between may change what is there.
    expect(preview.provenance.certainty).toBe('conditional');
    expect(codes(preview)).not.toContain('may-withdraw-more');
  });

  it('of more than there is, is not taken', async () => {
    const { preview } = await show(chain(gas, kept(MIST)), await bytesOf(send(2n * MIST)));
    expect(preview.verdict).toMatchObject({
      kind: 'refused',
      error: { code: 'InvalidWithdrawReservation' },
    });
    expect(preview.changes).toEqual([]);
    expect(preview.fee.total).toBe('0');
  });

  it('where there is no balance is not taken', async () => {
    const { preview } = await show(chain(gas), await bytesOf(send(1n)));
    expect(preview.verdict).toMatchObject({ error: { code: 'InvalidWithdrawReservation' } });
  });

  it('does not believe a node that gives another’s balance', async () => {
    const node = chain(gas, kept(MIST));
    const right = encodeBase64(encodeObject(kept(MIST)));
    const wrong = { ...kept(9n * MIST, BOB), id: kept(MIST).id };
    const { data } = wrong;
    if (data.kind !== 'move') throw new TypeError('no object of Move');
    const contents = Uint8Array.from([...wrong.id, ...data.contents.subarray(32)]);
    const forged = encodeBase64(encodeObject({ ...wrong, data: { ...data, contents } }));
    node.lie = async (ask) => {
      if (ask.operation !== 'Objects') return undefined;
      const { lie } = node;
      node.lie = () => undefined;
      const honest = await node.fetch(node.network.endpoint, {
        body: JSON.stringify({ query: 'query Objects', variables: ask.variables }),
      });
      node.lie = lie;
      return new Response((await honest.text()).replace(right, forged));
    };
    await expect(show(node, await bytesOf(send(1n)))).rejects.toMatchObject({
      kind: 'state',
      code: 'sui-object-contents',
    });
  });

  it('reads nothing else of the account: one object for the balance', async () => {
    const node = chain(gas, kept(5n * MIST));
    await show(node, await bytesOf(send(MIST)));
    const id = fullAddress(kept(0n).id);
    const keys = node.asks
      .filter(({ operation }) => operation === 'Objects')
      .flatMap(({ variables }) => variables.keys as { address: string; atCheckpoint?: number }[]);
    expect(keys.filter(({ address }) => fullAddress(addressBytes(address)) === id)).toEqual([
      expect.objectContaining({ atCheckpoint: node.service.checkpoint }),
    ]);
    expect(node.asked).not.toContain('Owned');
  });
});

suite('a balance that is named as a coin', () => {
  const pay = (amount: bigint, of: bigint): Transaction => {
    const tx = new Transaction();
    tx.transferObjects([tx.splitCoins(tx.objectRef(reserved(of)), [amount])], BOB);
    return tx;
  };

  it('is told as a part of it, and what is not used stays', async () => {
    const node = chain(gas, kept(5n * MIST));
    const { preview } = await show(node, await bytesOf(pay(MIST, 3n * MIST)));
    const fee = BigInt(preview.fee.total);
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.changes).toMatchObject([
      { delta: (-MIST - fee).toString(), parts: [{}, { delta: (-MIST).toString() }] },
    ]);
    expect(preview.othersChanges).toMatchObject([{ address: BOB, delta: MIST.toString() }]);
    expect(words(preview.request).join()).toContain(`out of your balance: ${3n * MIST}`);
    // The chain's own commands take what they are told.
    expect(codes(preview)).not.toContain('may-withdraw-more');
  });

  it('is for the chain that it is named on', async () => {
    const node = chain(gas, kept(5n * MIST));
    const foreign = { ...node.network, genesis: toBase58(new Uint8Array(32).fill(8)) };
    node.service.chain = foreign.genesis;
    const transaction = await bytesOf(pay(MIST, 3n * MIST));
    const { preview } = await show({ ...node, network: foreign }, transaction);
    expect(preview.verdict.kind).toBe('refused');
  });
});

suite('a program that is handed more than it takes', () => {
  it('is warned of', async () => {
    const published = await new World(FRAMEWORK).run((tx) => {
      const modules = ownModules('demo').map((bytes) => Buffer.from(bytes).toString('base64'));
      tx.transferObjects([tx.publish({ modules, dependencies: ['0x1', '0x2'] })], SENDER);
    });
    const code = published.changes.find(({ after }) => after?.data.kind === 'package')?.after;
    if (code == null) throw new Error('not published');
    const tx = new Transaction();
    const whole = tx.withdrawal({ amount: 4n * MIST, type: SUI_TYPE });
    const funds = `0x2::balance::Balance<${SUI_TYPE}>`;
    const part = tx.moveCall({
      target: '0x2::funds_accumulator::withdrawal_split',
      typeArguments: [funds],
      arguments: [whole, tx.pure.u256(MIST)],
    });
    const balance = tx.moveCall({
      target: '0x2::balance::redeem_funds',
      typeArguments: [SUI_TYPE],
      arguments: [part],
    });
    tx.moveCall({
      target: '0x2::balance::send_funds',
      typeArguments: [SUI_TYPE],
      arguments: [balance, tx.pure.address(BOB)],
    });
    tx.moveCall({ target: `${fullAddress(code.id)}::mailbox::open` });
    const { preview } = await show(chain(gas, code, kept(9n * MIST)), await bytesOf(tx));
    expect(preview.verdict).toEqual({ kind: 'success' });
    const warning = preview.warnings.find((one) => one.code === 'may-withdraw-more');
    expect(warning).toMatchObject({ severity: 'medium' });
    expect(warning?.text).toContain('up to 4 SUI');
    expect(warning?.text).toContain('it takes 1 SUI');
  });
});

suite('gas that a site leaves open', () => {
  it('is of the balance where there is no coin, for this epoch and the next', async () => {
    const { preview, transaction } = await open(chain(kept(5n * MIST)), send(MIST));
    const { data } = parseTransaction(transaction);
    expect(data.gas.payment).toEqual([]);
    expect(data.expiration).toMatchObject({
      kind: 'validDuring',
      minEpoch: EPOCH,
      maxEpoch: EPOCH + 1n,
      chain: CHAIN,
    });
    expect(preview.verdict).toEqual({ kind: 'success' });
    const spent = MIST + BigInt(preview.fee.total);
    expect(preview.changes).toMatchObject([
      { delta: (-spent).toString(), parts: [{ where: 'balance', delta: (-spent).toString() }] },
    ]);
  });

  it('is of coins where they suffice', async () => {
    const { transaction } = await open(chain(gas, kept(5n * MIST)), send(MIST));
    const { data } = parseTransaction(transaction);
    expect(data.gas.payment.map(({ id }) => fullAddress(id))).toEqual([fullAddress(gas.id)]);
    expect(data.expiration.kind).toBe('none');
  });

  it('names of the balance what the coins lack for the commands', async () => {
    const tx = new Transaction();
    tx.transferObjects([tx.splitCoins(tx.gas, [3n * MIST])], BOB);
    const { outcome, preview, transaction } = await open(chain(gas, kept(5n * MIST)), tx);
    const { data } = parseTransaction(transaction);
    expect(data.gas.payment).toHaveLength(2);
    expect(outcome.status.kind).toBe('success');
    expect(preview.changes).toMatchObject([
      { delta: (-3n * MIST - BigInt(preview.fee.total)).toString() },
    ]);
  });

  it('is not there where what is withdrawn leaves too little', async () => {
    await expect(open(chain(kept(MIST)), send(MIST))).rejects.toMatchObject({
      code: 'sui-no-gas',
    });
  });

  it('is of coins alone where the chain knows no other', async () => {
    const node = chain(kept(5n * MIST));
    node.service.protocolVersion = 92;
    const tx = new Transaction();
    tx.moveCall({ target: '0x2::clock::timestamp_ms', arguments: [tx.object.clock()] });
    await expect(open(node, tx)).rejects.toMatchObject({ code: 'sui-no-gas' });
  });
});

suite('a transfer that costs nothing', () => {
  async function free(amount: bigint): Promise<Uint8Array> {
    const tx = send(amount);
    tx.setSender(SENDER);
    tx.setGasPrice(0);
    tx.setGasBudget(0);
    tx.setGasPayment([]);
    tx.setExpiration({
      ValidDuring: {
        minEpoch: EPOCH.toString(),
        maxEpoch: (EPOCH + 1n).toString(),
        minTimestamp: null,
        maxTimestamp: null,
        chain: LOCAL_CHAIN,
        nonce: 3,
      },
    });
    return tx.build();
  }

  function listed(node: FakeNode, value: string | null): FakeNode {
    const known = protocolAnswer(PROTOCOL, node.service.chain);
    const configs = [...known.configs, { key: 'gasless_allowed_token_types', value }];
    node.lie = ({ operation }) =>
      operation === 'Protocol'
        ? json({ data: { protocolConfigs: { ...known, configs } } })
        : undefined;
    return node;
  }

  it('is shown without a fee where the chain lists its coin', async () => {
    const node = listed(chain(kept(5n * MIST)), JSON.stringify([['0x2::sui::SUI', 1_000]]));
    const { preview, outcome } = await show(node, await free(MIST));
    expect(preview.verdict).toEqual({ kind: 'success' });
    expect(preview.fee.total).toBe('0');
    expect(outcome.changes).toEqual([]);
    expect(preview.changes).toMatchObject([
      { delta: (-MIST).toString(), parts: [{ where: 'balance' }] },
    ]);
    expect(node.asked.filter((one) => one === 'Protocol')).toHaveLength(1);
  });

  it('of less than the least fails, and costs nothing', async () => {
    const node = listed(chain(kept(5n * MIST)), JSON.stringify([['0x2::sui::SUI', 1_000]]));
    const { preview } = await show(node, await free(999n));
    expect(preview.verdict).toMatchObject({ kind: 'failure' });
    expect(preview.fee.total).toBe('0');
    expect(preview.changes).toEqual([]);
  });

  it.each([null, 'anything', '[["0x2::sui::SUI"]]'])(
    'is not previewed where the list is not known (%s)',
    async (value) => {
      const node = listed(chain(kept(5n * MIST)), value);
      await expect(show(node, await free(MIST))).rejects.toMatchObject({
        code: 'sui-gasless-tokens',
      });
    },
  );
});
