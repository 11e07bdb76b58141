/** The command with a transaction of Sui against the local chain. */
import { SuiGraphQLClient } from '@mysten/sui/graphql';
import { Ed25519Keypair } from '@mysten/sui/keypairs/ed25519';
import { Transaction } from '@mysten/sui/transactions';
import { type SuiLocalnet, startSuiLocalnet } from '../../localnet/sui';
import { runCommand } from '../../src/cli/preview';

jest.setTimeout(60_000);

describe('preview of Sui', () => {
  let chain: SuiLocalnet;
  beforeAll(async () => {
    chain = await startSuiLocalnet({ fixtures: undefined });
  });
  afterAll(() => chain.close());

  it('prints what a transfer changes, its commands and gas, and that it is exact', async () => {
    const { alice, bob } = chain.accounts;
    const client = new SuiGraphQLClient({ url: chain.url, network: 'localnet' });
    const transaction = new Transaction();
    transaction.setSender(Ed25519Keypair.fromSecretKey(alice.privateKey).toSuiAddress());
    const [coin] = transaction.splitCoins(transaction.gas, [1_500_000_000n]);
    transaction.transferObjects([coin], bob.address);
    const bytes = Buffer.from(await transaction.build({ client })).toString('base64');
    const words = ['sui', bytes, '--rpc', chain.url, '--account', alice.address];
    const result = await runCommand(words);
    expect(result.error).toBe('');
    expect(result.exitCode).toBe(0);
    expect(result.output).toContain('It would succeed on ');
    expect(result.output).toContain(`What changes for ${alice.address}`);
    expect(result.output).toContain('+1.5 SUI (');
    expect(result.output).toContain(bob.address);
    expect(result.output).toMatch(/^Fee: 0\.\d+ SUI .*paid by 0x/m);
    expect(result.output).toMatch(/at checkpoint \d+/);
    expect(result.output).not.toMatch(/compute unit|\bslot\b|, mint /);
  });

  it('says of bytes that are none that they are no transaction', async () => {
    const result = await runCommand(['sui', 'AQID', '--rpc', chain.url]);
    expect(result).toMatchObject({ exitCode: 2, output: '' });
    expect(result.error).toMatch(/^[^\n]{10,200}$/);
  });
});
