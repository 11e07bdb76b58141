/** The wallet by the Sui standard, through dapp-kit's own registry, filter and way of asking. */
import { Transaction } from '@mysten/sui/transactions';
import { toBase64 } from '@mysten/sui/utils';
import { publicKeyFromSuiBytes, verifyPersonalMessageSignature } from '@mysten/sui/verify';
import {
  getWallets,
  isWalletWithRequiredFeatureSet,
  type SuiWalletFeatures,
  signAndExecuteTransaction,
  signTransaction,
  type WalletWithFeatures,
} from '@mysten/wallet-standard';
import { registerLookahead } from '../../../site/provider';
import { sui } from '../../../site/provider/sui';
import { FakePage, touch } from './page';

jest.setTimeout(60_000);

type SuiWallet = WalletWithFeatures<SuiWalletFeatures>;

let page: FakePage;
let stop: () => void = () => undefined;

beforeEach(() => {
  page = new FakePage();
});
afterEach(() => {
  stop();
  page.close();
});

function isSuiWallet(
  wallet: ReturnType<ReturnType<typeof getWallets>['get']>[number],
): wallet is SuiWallet {
  return isWalletWithRequiredFeatureSet<SuiWalletFeatures>(wallet, [
    'standard:disconnect',
    'sui:signTransaction',
    'sui:signAndExecuteTransaction',
    'sui:signPersonalMessage',
  ]);
}

function register(): SuiWallet {
  page.metamask.announce();
  ({ stop } = registerLookahead([sui]));
  const [wallet] = getWallets().get().filter(isSuiWallet);
  if (wallet === undefined) throw new Error('the wallet is not listed');
  return wallet;
}

async function connected() {
  const wallet = register();
  const { accounts } = await page.approving(wallet.features['standard:connect'].connect());
  const [account] = accounts;
  if (account === undefined) throw new Error('not connected');
  return { wallet, account };
}

/** With everything in place, so that no node is asked. */
function transfer(): Transaction {
  const transaction = new Transaction();
  const digest = '11111111111111111111111111111111';
  transaction.setGasPrice(1000);
  transaction.setGasBudget(2_000_000);
  transaction.setGasPayment([{ objectId: `0x${'c0'.repeat(32)}`, version: 7, digest }]);
  const [coin] = transaction.splitCoins(transaction.gas, [5]);
  if (coin === undefined) throw new Error('no coin');
  transaction.transferObjects([coin], `0x${'b0'.repeat(32)}`);
  return transaction;
}

const SIGNATURE = toBase64(new Uint8Array(97));

/** The snap's answers to methods of Sui. */
function answering(answer: (method: string, params: Record<string, string>) => unknown): void {
  page.metamask.answers = (method, params) =>
    method.startsWith('sui_') ? answer(method, params as Record<string, string>) : undefined;
}

it('is listed with all that dapp-kit wants', () => {
  const wallet = register();
  expect(wallet.name).toBe('Lookahead');
  expect(wallet.chains).toContain('sui:mainnet');
  expect(page.metamask.asked).toEqual([]);
});

it('connects with a key that the SDK reads, of the address that it derives', async () => {
  const { account } = await connected();
  const key = publicKeyFromSuiBytes(Uint8Array.from(account.publicKey));
  expect(key.toSuiAddress()).toBe(account.address);
});

it('connects silently as dapp-kit does on reload', async () => {
  await connected();
  stop();
  touch(false);
  const { accounts } = await register().features['standard:connect'].connect({ silent: true });
  expect(accounts).toHaveLength(1);
  expect(page.host.dialogs).toEqual([]);
});

it('hands the snap what the SDK builds, and answers with what was signed', async () => {
  const { account, wallet } = await connected();
  const asked: unknown[] = [];
  answering((method, params) => {
    asked.push([method, params]);
    return { transaction: params['transaction'], signature: SIGNATURE };
  });
  const expected = transfer();
  expected.setSender(account.address);
  const bytes = toBase64(await expected.build());
  const input = { account, chain: 'sui:testnet' as const, transaction: transfer() };
  expect(await signTransaction(wallet, input)).toEqual({ bytes, signature: SIGNATURE });
  expect(asked).toEqual([
    [
      'sui_signTransaction',
      { account: account.address, network: 'sui-testnet', transaction: bytes },
    ],
  ]);
});

it('executes', async () => {
  const { account, wallet } = await connected();
  answering((method, { transaction }) => {
    expect(method).toBe('sui_signAndExecuteTransaction');
    return { transaction, signature: SIGNATURE, digest: 'D', effects: 'AA==' };
  });
  const input = { account, chain: 'sui:mainnet' as const, transaction: transfer() };
  const { digest, effects } = await signAndExecuteTransaction(wallet, input);
  expect({ digest, effects }).toEqual({ digest: 'D', effects: 'AA==' });
});

it('signs a personal message that the SDK verifies', async () => {
  const { account, wallet } = await connected();
  const message = new TextEncoder().encode('Hello');
  const feature = wallet.features['sui:signPersonalMessage'];
  const signed = await page.approving(feature.signPersonalMessage({ account, message }));
  expect(signed.bytes).toBe(toBase64(message));
  const { address } = account;
  const key = await verifyPersonalMessageSignature(message, signed.signature, { address });
  expect(key.toSuiAddress()).toBe(address);
});

it('stops where the dapp gave up, and refuses chains and accounts that are not there', async () => {
  const { account, wallet } = await connected();
  answering(() => {
    throw new Error('asked');
  });
  const sign = wallet.features['sui:signTransaction'].signTransaction;
  const input = { account, chain: 'sui:testnet' as const, transaction: transfer() };
  await expect(sign({ ...input, signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  await expect(sign({ ...input, chain: 'sui:elsewhere' })).rejects.toMatchObject({
    name: 'NetworkUnknownError',
  });
  await expect(sign({ ...input, chain: 'sui:localnet' })).rejects.toThrow('no local chain');
  const other = { ...account, address: `0x${'b0'.repeat(32)}` };
  await expect(sign({ ...input, account: other })).rejects.toMatchObject({
    name: 'NotConnectedError',
  });
});

it('says that the snap is too old where it has no such method', async () => {
  const { account, wallet } = await connected();
  const message = new Uint8Array([1]);
  const feature = wallet.features['sui:signPersonalMessage'];
  answering(() => {
    const data = { code: 'method-unknown', kind: 'request', context: {} };
    throw Object.assign(new Error('The wallet has no such method.'), { code: 4200, data });
  });
  await expect(feature.signPersonalMessage({ account, message })).rejects.toMatchObject({
    name: 'UnsupportedMethodError',
    message: 'The installed Lookahead is too old for this site. Update it in MetaMask.',
  });
});
