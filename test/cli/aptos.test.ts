/** The command with transactions of Aptos against the local chain, and what the chain then does. */

import { nativeBalance } from '../../src/chains/aptos';
import { runCommand } from '../../src/cli/preview';
import { entry } from '../support/aptos-calls';
import { type AptosLocalnet, post, rawOf, sdkAccount, startAptos } from '../support/aptos-localnet';
import { generateSignedTransaction, SimpleTransaction } from '../support/aptos-sdk';

jest.setTimeout(60_000);

describe('preview of Aptos', () => {
  let localnet: AptosLocalnet;
  beforeAll(async () => {
    localnet = await startAptos();
  });
  afterAll(() => localnet.close());

  const transfer = async (octas: bigint) => {
    const { alice, bob } = localnet.accounts;
    const payload = entry('0x1::aptos_account::transfer', [bob.address, octas]);
    return new SimpleTransaction(await rawOf(localnet, alice.address, payload));
  };

  it('prints what a transfer changes, its calls, events and gas, and the chain agrees', async () => {
    const { alice, bob } = localnet.accounts;
    const transaction = await transfer(150_000_000n);
    const hex = transaction.bcsToHex().toString();
    const words = ['aptos', hex, '--rpc', localnet.url, '--account', alice.address];
    const result = await runCommand(words);
    expect(result.error).toBe('');
    expect(result.exitCode).toBe(0);
    const { output } = result;
    expect(output).toContain('It would succeed on ');
    expect(output).toContain(`What changes for ${alice.address}`);
    expect(output).toContain('+1.5 APT (');
    expect(output).toContain(`, of ${bob.address}`);
    expect(output).toMatch(/^Fee: 0\.\d+ APT .*paid by 0x/m);
    expect(output).toContain('1. Transfer · Aptos Framework (aptos_account)');
    expect(output).toMatch(/of 50,000 gas units/);
    expect(output).toMatch(/at ledger version \d+ \(/);
    expect(output).toContain('  0x1::transaction_fee::FeeStatement');
    expect(output).toContain('  resource 0x1::account::Account: ');
    expect(output).not.toMatch(/compute unit|\bslot\b|, mint /);

    const base64 = Buffer.from(transaction.rawTransaction.bcsToBytes()).toString('base64');
    const json = JSON.parse(
      (await runCommand(['aptos', base64, ...words.slice(2), '--json'])).output,
    );
    const own = json.changes.find(({ kind }: { kind: string }) => kind === 'balance');
    const senderAuthenticator = sdkAccount(alice).signTransactionWithAuthenticator(transaction);
    await post(localnet, generateSignedTransaction({ transaction, senderAuthenticator }));
    const octas = await nativeBalance({ endpoint: localnet.url }, alice.address);
    expect(own.after).toBe(octas.toString());
  });

  it('says why a transaction would fail, with module and name', async () => {
    const transaction = await transfer(10n ** 17n);
    const words = ['aptos', transaction.bcsToHex().toString(), '--rpc', localnet.url];
    const result = await runCommand(words);
    expect(result.exitCode).toBe(1);
    expect(result.output).toMatch(
      /^It would fail on .*\[Move abort in 0x1::\w+: EINSUFFICIENT_BALANCE\]$/m,
    );
  });

  it('takes the chain from the network, and refuses a node of another', async () => {
    const hex = (await transfer(1n)).bcsToHex().toString();
    const result = await runCommand([hex, '--network', 'aptos-mainnet', '--rpc', localnet.url]);
    expect(result.exitCode).toBe(3);
    expect(result.error).toContain('is not a node of Aptos');
  });
});

describe('a wrong command', () => {
  it.each([
    [['aptos'], 2, 'The transaction is missing.'],
    [['AQID'], 2, 'There is no chain AQID: only solana, aptos or sui.'],
    [
      ['solana', 'AQID', '--network', 'aptos-mainnet'],
      2,
      'The network aptos-mainnet is none of Solana.',
    ],
    [['aptos', '§', '--network', 'aptos-devnet'], 2, 'The text is not base64.'],
  ])('%j exits with %i', async (words, exitCode, error) => {
    expect(await runCommand(words)).toEqual({ exitCode, output: '', error });
  });

  it.each(['AQID', '0x010203', '0x0'])(
    'that brings no transaction, %s, is told so',
    async (text) => {
      const result = await runCommand(['aptos', text]);
      expect(result.exitCode).toBe(2);
      expect(result.error).toMatch(/^The (bytes are no Aptos transaction|text is not base64)/);
    },
  );
});
