/** What a preview over the local chain says a transaction leaves is what it then leaves. */

import { type AptosLocalnet, startAptosLocalnet } from '../../../localnet/aptos';
import {
  confirmTransaction,
  previewTransaction,
  submitTransaction,
} from '../../../src/chains/aptos';
import { createAptosCache } from '../../../src/chains/aptos/cache';
import type { Network } from '../../../src/chains/chain';
import { assembleFor, hasFixtures, sdkAccount, valuesOnChain } from '../../support/aptos-localnet';
import {
  Account,
  type AnyRawTransaction,
  type Aptos,
  generateSignedTransaction,
  type InputGenerateTransactionPayloadData,
  U64,
} from '../../support/aptos-sdk';
import { localNetwork } from '../../support/local-network';
import { FIXTURES } from '../../support/move-fixtures';
import { sdkOf } from './sdk-client';

jest.setTimeout(60_000);

type Id = `${string}::${string}::${string}`;

const FRAMEWORKS = [
  ['the small framework', undefined],
  ...(hasFixtures ? [['devnet’s framework', FIXTURES] as const] : []),
] as const;

if (!hasFixtures) test('devnet’s framework — skipped: no fixtures', () => undefined);

describe.each(FRAMEWORKS)('previews on %s', (_, fixtures) => {
  let localnet: AptosLocalnet;
  let aptos: Aptos;
  let network: Network;
  let alice: Account;
  let bob: Account;
  const cache = createAptosCache();

  beforeAll(async () => {
    localnet = await startAptosLocalnet({ fixtures });
    aptos = sdkOf(localnet);
    alice = sdkAccount(localnet.accounts.alice);
    bob = sdkAccount(localnet.accounts.bob);
    network = localNetwork('aptos', localnet.url, localnet.chainId);
  });
  afterAll(() => localnet.close());

  const call = (
    id: string,
    functionArguments: (string | number | bigint | Account['accountAddress'])[] = [],
    typeArguments: string[] = [],
  ): InputGenerateTransactionPayloadData => ({
    function: id.replace(/^demo(?=::)/, localnet.demo) as Id,
    functionArguments,
    typeArguments,
  });

  const simple = (data: InputGenerateTransactionPayloadData, options = {}) =>
    aptos.transaction.build.simple({ sender: alice.accountAddress, data, ...options });

  /** Previews what is not signed yet, sends what is, and compares. */
  async function compare(transaction: AnyRawTransaction, others: readonly Account[] = []) {
    const { preview } = await previewTransaction({
      network,
      transaction: transaction.bcsToBytes(),
      account: alice.accountAddress.toString(),
      cache,
    });
    const sign = (account: Account) => account.signTransactionWithAuthenticator(transaction);
    const isSponsored = transaction.feePayerAddress !== undefined;
    const [payer] = others;
    const signed = generateSignedTransaction({
      transaction,
      senderAuthenticator: sign(alice),
      ...(isSponsored && payer !== undefined ? { feePayerAuthenticator: sign(payer) } : {}),
      ...(isSponsored ? {} : { additionalSignersAuthenticators: others.map(sign) }),
    });
    const hash = await submitTransaction(network, signed);
    const confirmation = await confirmTransaction(network, hash);
    const { raw } = preview;
    expect(raw.values?.length).toBeGreaterThan(0);
    expect(valuesOnChain(localnet, preview)).toEqual(
      raw.values?.map(({ after }) => after?.data ?? null),
    );
    const landed = await aptos.getTransactionByHash({ transactionHash: hash });
    if (landed.type !== 'user_transaction' || !('events' in landed)) throw new Error(landed.type);
    expect(raw.events?.map(({ type }) => type)).toEqual(landed.events.map(({ type }) => type));
    expect(raw.units?.used).toBe(landed.gas_used);
    expect(preview.verdict.kind).toBe(confirmation.status === 'confirmed' ? 'success' : 'failure');
    return preview;
  }

  test('APT', async () => {
    const preview = await compare(
      await simple(call('0x1::aptos_account::transfer', [bob.accountAddress, 12_345])),
    );
    expect(preview.othersChanges).toMatchObject([{ kind: 'balance', delta: '12345' }]);
  });

  test('a coin', async () => {
    const type = `${localnet.demo}::moon_coin::MoonCoin`;
    await compare(await simple(call('demo::moon_coin::mint', [900])));
    const preview = await compare(
      await simple(call('0x1::aptos_account::transfer_coins', [bob.accountAddress, 400], [type])),
    );
    expect(preview.changes).toContainEqual(
      expect.objectContaining({
        kind: 'balance',
        delta: '-400',
        asset: expect.objectContaining({ symbol: 'MOON', decimals: 8 }),
      }),
    );
  });

  test('a fungible asset', async () => {
    await compare(await simple(call('demo::dollar::mint', [5_000])));
    const [metadata] = await aptos.view<[{ inner: string }]>({
      payload: { function: `${localnet.demo}::dollar::metadata` },
    });
    const args = [metadata.inner, bob.accountAddress, 2_000];
    const preview = await compare(
      await simple(
        call('0x1::primary_fungible_store::transfer', args, ['0x1::fungible_asset::Metadata']),
      ),
    );
    expect(preview.changes).toContainEqual(
      expect.objectContaining({
        kind: 'balance',
        delta: '-2000',
        asset: expect.objectContaining({ symbol: 'USDL', decimals: 6 }),
      }),
    );
  });

  test('an object', async () => {
    await compare(await simple(call('demo::ticket::mint')));
    const [ticket] = await aptos.view<[string]>({
      payload: {
        function: `${localnet.demo}::ticket::address_of`,
        functionArguments: [alice.accountAddress],
      },
    });
    const preview = await compare(
      await simple(
        call('0x1::object::transfer', [ticket, bob.accountAddress], ['0x4::token::Token']),
      ),
    );
    expect(JSON.stringify(preview.changes)).toContain('Ticket ');
  });

  test('an approval', async () => {
    await compare(await simple(call('demo::dollar::approve', [bob.accountAddress, 77])));
  });

  test('a script', async () => {
    const bytecode = assembleFor(
      localnet,
      'script\nfun main(account: &signer, to: address, amount: u64)\n    move_loc account\n    move_loc to\n    move_loc amount\n    call 0x1::aptos_account::transfer\n    ret\n',
      [['0x1', 'aptos_account']],
    );
    const preview = await compare(
      await simple({ bytecode, functionArguments: [bob.accountAddress, new U64(77)] }),
    );
    expect(preview.warnings.map(({ code }) => code)).toContain('script');
  });

  test('several signers', async () => {
    const transaction = await aptos.transaction.build.multiAgent({
      sender: alice.accountAddress,
      secondarySignerAddresses: [bob.accountAddress],
      data: call('demo::lessons::pay_together', [Account.generate().accountAddress, 1_000]),
    });
    await compare(transaction, [bob]);
  });

  test('somebody else pays', async () => {
    const transaction = await simple(
      call('0x1::aptos_account::transfer', [bob.accountAddress, 5]),
      { withFeePayer: true },
    );
    transaction.feePayerAddress = bob.accountAddress;
    const preview = await compare(transaction, [bob]);
    expect(preview.fee.payer).toBe(bob.accountAddress.toString());
  });

  test('a failure', async () => {
    const preview = await compare(await simple(call('demo::lessons::fail')));
    expect(preview.verdict).toMatchObject({
      kind: 'failure',
      error: { code: expect.stringContaining('EASKED_FOR') },
    });
  });

  test('the lessons: nearly everything goes, and another’s key comes in', async () => {
    const airdrop = await compare(await simple(call('demo::lessons::claim_airdrop')));
    expect(airdrop.warnings.map(({ code }) => code)).toContain('most-of-coin-leaves');
    localnet.fund(alice.accountAddress.toString(), 1_000_000_000n);
    const rotation = await simple({
      function: '0x1::account::rotate_authentication_key_call',
      functionArguments: [bob.accountAddress.toUint8Array()],
    });
    const preview = await compare(rotation);
    expect(preview.warnings.map(({ code }) => code)).toContain('key-rotated');
    // The key is bob's now.
    const transaction = await simple(call('0x1::aptos_account::transfer', [bob.accountAddress, 1]));
    await expect(
      aptos.signAndSubmitTransaction({ signer: alice, transaction }),
    ).rejects.toMatchObject({ data: { vm_error_code: 2 } });
  });
});
