/** The page's own transactions of Aptos, read back by its SDK and previewed on the local chain. */

import { address, buildTransaction, entry, script, u64 } from '../../site/src/aptos/build';
import { ALICE, AptosLocalnet, BOB, DEMO } from '../../site/src/aptos/localnet';
import { APTOS_SAMPLES, buildAptosSample } from '../../site/src/aptos/samples';
import { LocalnetError } from '../../site/src/local/error';
import { createAptosCache, nativeBalance, previewTransaction } from '../../src/chains/aptos';
import { entry as entryOfSdk } from '../support/aptos-calls';
import { type AptosLocalnet as Chain, startAptos } from '../support/aptos-localnet';
import {
  AccountAddress,
  Deserializer,
  RawTransaction,
  Script,
  SimpleTransaction,
  TransactionPayloadScript,
  U64,
} from '../support/aptos-sdk';
import { localNetwork } from '../support/local-network';

jest.setTimeout(60_000);

let chain: Chain;
let localnet: AptosLocalnet;
const cache = createAptosCache();

beforeAll(async () => {
  chain = await startAptos();
  localnet = new AptosLocalnet(chain.url);
});
afterAll(() => chain.close());

it('knows the accounts of the local chain', () => {
  expect([ALICE, BOB, DEMO]).toEqual([
    chain.accounts.alice.address,
    chain.accounts.bob.address,
    chain.demo,
  ]);
});

it('builds what the SDK builds', async () => {
  const facts = { sequenceNumber: 7n, chainId: 4, seconds: 1_780_000_000n, gasUnitPrice: 100n };
  const built = buildTransaction(
    ALICE,
    entry('0x1::aptos_account::transfer', [address(BOB), u64(5n)]),
    facts,
  );
  const raw = RawTransaction.deserialize(new Deserializer(built));
  const expected = entryOfSdk('0x1::aptos_account::transfer', [BOB, 5n]);
  expect(raw.payload.bcsToHex()).toEqual(expected.bcsToHex());
  expect(raw.sequence_number).toBe(7n);
  expect(raw.sender.toString()).toBe(ALICE);
  expect(raw.expiration_timestamp_secs).toBe(1_780_000_120n);

  const called = buildTransaction(
    ALICE,
    script('a11ceb0b', [
      { kind: 'address', bytes: address(BOB) },
      { kind: 'u64', bytes: u64(5n) },
    ]),
    facts,
  );
  const theirs = new TransactionPayloadScript(
    new Script(Uint8Array.of(0xa1, 0x1c, 0xeb, 0x0b), [], [AccountAddress.from(BOB), new U64(5n)]),
  );
  expect(RawTransaction.deserialize(new Deserializer(called)).payload.bcsToHex()).toEqual(
    theirs.bcsToHex(),
  );

  const sponsored = buildTransaction(ALICE, entry('0x1::a::b', []), facts, BOB);
  const read = SimpleTransaction.deserialize(new Deserializer(sponsored));
  expect(read.feePayerAddress?.toString()).toBe(BOB);
});

/** What each must make the visitor see: the verdict, a change, a warning. */
const EXPECTED: Readonly<
  Record<string, readonly [string, string | undefined, string | undefined]>
> = {
  'send-apt': ['success', 'balance', undefined],
  'mint-usdl': ['success', 'balance', 'unknown-module'],
  'mint-ticket': ['success', 'object', 'unknown-module'],
  'claim-airdrop': ['success', 'balance', 'most-of-coin-leaves'],
  'take-key': ['success', 'authority', 'key-rotated'],
  'script-apt': ['success', 'balance', 'script'],
  'sponsored-apt': ['success', 'balance', 'others-pay'],
  'too-much-apt': ['failure', undefined, 'would-fail'],
};

describe('samples', () => {
  it.each(APTOS_SAMPLES.map((sample) => [sample.id, sample] as const))(
    '%s does what it says',
    async (id, sample) => {
      const { bytes, owner } = await buildAptosSample(sample, localnet);
      const { preview } = await previewTransaction({
        network: localNetwork('aptos', chain.url, chain.chainId),
        transaction: bytes,
        account: owner,
        cache,
      });
      const [verdict, change, warning] = EXPECTED[id] ?? [];
      expect(preview.verdict.kind).toBe(verdict);
      if (change !== undefined) {
        expect(preview.changes.map(({ kind }) => kind as string)).toContain(change);
      }
      const codes = preview.warnings.map(({ code }) => code);
      if (warning === undefined) expect(codes).toEqual([]);
      else expect(codes).toContain(warning);
    },
  );

  it('need a chain, and say so', async () => {
    const [sample] = APTOS_SAMPLES;
    if (sample === undefined) throw new Error('no samples');
    const nowhere = new AptosLocalnet('http://127.0.0.1:1/v1');
    await expect(buildAptosSample(sample, nowhere)).rejects.toThrow(LocalnetError);
    await expect(buildAptosSample(sample, nowhere)).rejects.toThrow('Start one with “npm start”');
  });
});

it('gives money for the asking', async () => {
  const nobody = `0x${'77'.repeat(32)}`;
  const network = { endpoint: chain.url };
  expect(await nativeBalance(network, nobody)).toBe(0n);
  await localnet.fund(nobody);
  expect(await nativeBalance(network, nobody)).toBe(1_000_000_000n);
});
