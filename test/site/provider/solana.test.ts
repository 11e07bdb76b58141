/**
 * The wallet on Solana, through its ecosystem's own code: the registry, the adapter, and a local chain that
 * takes what the snap signed.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { isWalletAdapterCompatibleStandardWallet } from '@solana/wallet-adapter-base';
import type {
  SolanaSignAndSendTransactionFeature,
  SolanaSignInFeature,
  SolanaSignMessageFeature,
  SolanaSignTransactionFeature,
} from '@solana/wallet-standard-features';
import { verifySignIn } from '@solana/wallet-standard-util';
import { StandardWalletAdapter } from '@solana/wallet-standard-wallet-adapter-base';
import {
  Connection,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { getWallets } from '@wallet-standard/app';
import type {
  StandardConnectFeature,
  StandardDisconnectFeature,
  StandardEventsFeature,
} from '@wallet-standard/features';
import { type SolanaLocalnet, startSolanaLocalnet } from '../../../localnet/solana';
import { registerLookahead } from '../../../site/provider';
import { solana } from '../../../site/provider/solana';
import { ORIGIN } from '../../support/page';
import { FakePage, touch } from './page';

jest.setTimeout(60_000);

type Features = StandardConnectFeature &
  StandardDisconnectFeature &
  StandardEventsFeature &
  SolanaSignTransactionFeature &
  SolanaSignAndSendTransactionFeature &
  SolanaSignMessageFeature &
  SolanaSignInFeature;

let localnet: SolanaLocalnet;
let connection: Connection;
let page: FakePage;
let stop: () => void = () => undefined;

beforeAll(async () => {
  localnet = await startSolanaLocalnet();
  connection = new Connection(localnet.url, 'confirmed');
});
afterAll(async () => {
  // A Connection drops its socket half a second after the last subscription.
  await new Promise((resolve) => setTimeout(resolve, 700));
  await localnet.close();
});
beforeEach(() => {
  page = new FakePage();
});
afterEach(() => {
  stop();
  page.close();
});

function listed() {
  return getWallets().get().filter(isWalletAdapterCompatibleStandardWallet);
}

/** As on a page with MetaMask. */
function register() {
  page.metamask.announce();
  ({ stop } = registerLookahead([solana], { endpoints: { 'solana:localnet': localnet.url } }));
  const [wallet] = listed();
  if (wallet === undefined) throw new Error('the wallet is not listed');
  // The adapter's own type is of what it needs; the others are held by what follows.
  const features = wallet.features as unknown as Features;
  return { wallet, features, adapter: new StandardWalletAdapter({ wallet }) };
}

async function transfer(from: PublicKey, lamports = 1_000_000): Promise<Transaction> {
  const { blockhash } = await connection.getLatestBlockhash();
  return new Transaction({ feePayer: from, recentBlockhash: blockhash }).add(
    SystemProgram.transfer({
      fromPubkey: from,
      toPubkey: localnet.wallets.bob.publicKey,
      lamports,
    }),
  );
}

async function funded(account: PublicKey | null): Promise<PublicKey> {
  if (account === null) throw new Error('not connected');
  await connection.requestAirdrop(account, 5_000_000_000);
  return account;
}

describe('listing', () => {
  it('waits for MetaMask, and ends when it is told to', () => {
    ({ stop } = registerLookahead([solana]));
    expect(listed()).toEqual([]);
    page.metamask.announce('com.other.wallet');
    expect(listed()).toEqual([]);
    page.metamask.announce();
    page.metamask.announce('io.metamask');
    expect(listed().map(({ name }) => name)).toEqual(['Lookahead']);
    stop();
    expect(listed()).toEqual([]);
  });

  it('opens no window and asks MetaMask nothing', () => {
    const { wallet } = register();
    expect(wallet.accounts).toEqual([]);
    expect(page.metamask.asked).toEqual([]);
  });
});

describe('the adapter', () => {
  it('connects with one question, and without one ever after', async () => {
    const { adapter } = register();
    await page.approving(adapter.connect());
    expect(adapter.publicKey?.toBase58()).toMatch(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);
    expect(page.metamask.asked).toEqual(['wallet_requestSnaps', 'wallet_connect']);
    stop();

    // The page is loaded again, and the user has not touched it yet.
    const asked = page.metamask.asked.length;
    touch(false);
    const again = register();
    await again.adapter.autoConnect();
    expect(again.adapter.publicKey).toEqual(adapter.publicKey);
    expect(page.metamask.asked.slice(asked)).toEqual(['wallet_getSnaps', 'wallet_getAccounts']);
    expect(page.host.dialogs).toEqual([]);
  });

  it.each(['autoConnect', 'connect'] as const)(
    'opens no window on a page that nobody touched: %s',
    async (method) => {
      touch(false);
      const { adapter } = register();
      adapter.on('error', () => undefined);
      await expect(adapter[method]()).rejects.toThrow('not connected');
      page.metamask.installed = true;
      await expect(adapter[method]()).rejects.toThrow('not connected');
      expect(page.metamask.asked).not.toContain('wallet_requestSnaps');
      expect(page.metamask.asked).not.toContain('wallet_connect');
      expect(page.host.dialogs).toEqual([]);

      page.window.dispatchEvent(new Event('keydown'));
      await page.approving(adapter.connect());
      expect(adapter.connected).toBe(true);
    },
  );

  it('sends a transaction that is previewed on the chain the page is on, and the chain takes it', async () => {
    const { adapter } = register();
    await page.approving(adapter.connect());
    const own = await funded(adapter.publicKey);
    const { bob } = localnet.wallets;
    const before = await connection.getBalance(bob.publicKey);
    const signature = await page.approving(
      adapter.sendTransaction(await transfer(own), connection),
    );
    await connection.confirmTransaction(signature);
    expect(await connection.getBalance(bob.publicKey)).toBe(before + 1_000_000);
    expect(page.metamask.asked).toContain('wallet_addNetwork');

    const { blockhash } = await connection.getLatestBlockhash();
    const message = new TransactionMessage({
      payerKey: own,
      recentBlockhash: blockhash,
      instructions: (await transfer(own, 7)).instructions,
    }).compileToV0Message();
    const versioned = new VersionedTransaction(message);
    await page.approving(adapter.sendTransaction(versioned, connection));
    expect(await connection.getBalance(bob.publicKey)).toBe(before + 1_000_007);
  });

  it('says no when the user does', async () => {
    const { adapter } = register();
    adapter.on('error', () => undefined);
    await expect(page.rejecting(adapter.connect())).rejects.toMatchObject({
      name: 'WalletConnectionError',
      error: { name: 'UserRejectedError', code: 4001 },
    });
    expect(adapter.connected).toBe(false);
  });

  it('learns when the user disconnects the site in MetaMask', async () => {
    const { adapter, features, wallet } = register();
    adapter.on('error', () => undefined);
    await page.approving(adapter.connect());
    const changes: unknown[] = [];
    features['standard:events'].on('change', (change) => changes.push(change));
    const [account] = wallet.accounts;

    await page.focus();
    expect(changes).toEqual([]);
    expect(wallet.accounts[0]).toBe(account);

    // A locked wallet says nothing of consent.
    page.host.locked = true;
    await page.focus();
    expect(adapter.connected).toBe(true);
    page.host.locked = false;

    page.metamask.installed = false;
    page.window.document.dispatchEvent(new Event('visibilitychange'));
    await page.focus();
    expect(changes).toEqual([{ accounts: [] }]);
    expect(adapter.connected).toBe(false);
  });

  it('disconnects, which the wallet remembers', async () => {
    const { adapter, wallet } = register();
    await page.approving(adapter.connect());
    await adapter.disconnect();
    expect(wallet.accounts).toEqual([]);
    expect(page.metamask.asked.at(-1)).toBe('wallet_disconnect');
    await expect(adapter.autoConnect()).rejects.toThrow();
  });
});

describe('the features', () => {
  async function connected() {
    const registered = register();
    await page.approving(registered.features['standard:connect'].connect());
    const [account] = registered.wallet.accounts;
    if (account === undefined) throw new Error('not connected');
    const own = await funded(new PublicKey(account.address));
    return { ...registered, account, own };
  }

  it('sign several transactions in one window, each on the state that the one before leaves', async () => {
    const { account, features, own } = await connected();
    const transactions = [await transfer(own, 1), await transfer(own, 2)];
    const inputs = transactions.map((transaction) => ({
      account,
      chain: 'solana:localnet' as const,
      transaction: new Uint8Array(transaction.serialize({ requireAllSignatures: false })),
    }));
    const signed = await page.approving(
      features['solana:signTransaction'].signTransaction(...inputs),
    );
    expect(page.metamask.asked.at(-1)).toBe('solana_signAllTransactions');
    for (const { signedTransaction } of signed) {
      expect(Transaction.from(signedTransaction).verifySignatures()).toBe(true);
    }
    expect(signed).toHaveLength(2);

    const [first] = inputs;
    if (first === undefined) throw new Error('no input');
    const sign = features['solana:signTransaction'].signTransaction;
    await expect(sign(first, { ...first, chain: 'solana:mainnet' as const })).rejects.toMatchObject(
      { name: 'InvalidRequestError' },
    );
    await expect(sign(...Array.from({ length: 21 }, () => first))).rejects.toMatchObject({
      name: 'InvalidRequestError',
    });
    await expect(sign({ ...first, chain: 'solana:elsewhere' as const })).rejects.toMatchObject({
      name: 'NetworkUnknownError',
    });
    const other = { ...account, address: localnet.wallets.bob.publicKey.toBase58() };
    await expect(sign({ ...first, account: other })).rejects.toMatchObject({
      name: 'NotConnectedError',
      code: 4100,
    });
  });

  it('sign a message', async () => {
    const { account, features } = await connected();
    const message = new TextEncoder().encode('Hello');
    const [signed] = await page.approving(
      features['solana:signMessage'].signMessage({ account, message }),
    );
    if (signed === undefined) throw new Error('nothing signed');
    expect(signed.signedMessage).toEqual(message);
    const key = Uint8Array.from(account.publicKey);
    expect(ed25519.verify(signed.signature, signed.signedMessage, key)).toBe(true);
  });

  it('sign in, connecting first where need be', async () => {
    const { features, wallet } = register();
    const input = { domain: new URL(ORIGIN).host, statement: 'Come in.', uri: ORIGIN };
    const [output] = await page.approving(
      features['solana:signIn'].signIn({ ...input, nonce: undefined } as never),
    );
    if (output === undefined) throw new Error('nothing signed');
    expect(wallet.accounts).toContain(output.account);
    expect(verifySignIn({ ...input, address: output.account.address }, output)).toBe(true);
  });
});
