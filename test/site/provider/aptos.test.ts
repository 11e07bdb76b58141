/** The wallet by AIP-62, through the ecosystem's own code: detection, and the adapter's core. */

import {
  AccountAddress,
  AccountAuthenticatorEd25519,
  Aptos,
  AptosConfig,
  Ed25519PublicKey,
  generateSigningMessageForTransaction,
  Network,
  SimpleTransaction,
} from '@aptos-labs/ts-sdk';
import { WalletCore } from '@aptos-labs/wallet-adapter-react';
import {
  type AccountInfo,
  type AptosWallet,
  getAptosWallets,
  isWalletWithRequiredFeatureSet,
  type NetworkInfo,
  UserResponseStatus,
} from '@aptos-labs/wallet-standard';
import { ed25519 } from '@noble/curves/ed25519.js';
import { registerLookahead } from '../../../site/provider';
import { aptos as family } from '../../../site/provider/aptos';
import { aptos as chain } from '../../support/fake-aptos';
import { ORIGIN } from '../../support/page';
import { transferAbi } from './aptos-node';
import { FakePage, settle, touch } from './page';

jest.setTimeout(60_000);

jest.mock('../../../src/chains/aptos', () => require('../../support/fake-aptos').fakeAptos);
// A wallet by mail address that the adapter brings along, with packages for Telegram.
jest.mock('@aptos-connect/wallet-adapter-plugin', () => {
  class NoWallet {
    readonly features = {};
  }
  return {
    AptosConnectAppleWallet: NoWallet,
    AptosConnectGenericWallet: NoWallet,
    AptosConnectGoogleWallet: NoWallet,
  };
});
// The SDK's HTTP client wants a package of its own on Node; this node knows what a transfer takes.
jest.mock('@aptos-labs/aptos-client', () => ({
  __esModule: true,
  default: require('./aptos-node').answer,
}));

let page: FakePage;
let stop: () => void = () => undefined;

beforeEach(() => {
  page = new FakePage();
  chain.reset();
  // The adapter says aloud that this node knows no names.
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
  stop();
  page.close();
  jest.restoreAllMocks();
});

function register(): AptosWallet {
  page.metamask.announce();
  ({ stop } = registerLookahead([family]));
  const [wallet] = getAptosWallets().aptosWallets;
  if (wallet === undefined) throw new Error('the wallet is not listed');
  return wallet;
}

/** The adapter's core, which asks nobody but the wallet. */
function adapter(): WalletCore {
  return new WalletCore([], { network: Network.MAINNET }, true);
}

async function connected() {
  const wallet = register();
  const core = adapter();
  await page.approving(core.connect('Lookahead'));
  const { account } = core;
  if (account === null) throw new Error('not connected');
  const key = account.publicKey;
  if (!(key instanceof Ed25519PublicKey)) throw new Error('another kind of key');
  return { wallet, core, account, key: key.toUint8Array() };
}

const TRANSFER = {
  function: '0x1::aptos_account::transfer',
  functionArguments: [`0x${'b0'.repeat(32)}`, 5],
} as const;
const data = { ...TRANSFER, functionArguments: [...TRANSFER.functionArguments] };

describe('listing', () => {
  it('has all that AIP-62 requires', () => {
    const wallet = register();
    expect(wallet.name).toBe('Lookahead');
    expect(isWalletWithRequiredFeatureSet(wallet)).toBe(true);
    for (const feature of ['signAndSubmitTransaction', 'signIn', 'changeNetwork']) {
      expect(wallet.features).toHaveProperty([`aptos:${feature}`]);
    }
    expect(adapter().wallets.map(({ name }) => name)).toContain('Lookahead');
    expect(page.metamask.asked).toEqual([]);
  });

  it('comes to an adapter that is there already', () => {
    const core = adapter();
    expect(core.wallets.map(({ name }) => name)).not.toContain('Lookahead');
    register();
    expect(core.wallets.map(({ name }) => name)).toContain('Lookahead');
  });
});

describe('the adapter', () => {
  it('connects, and is told account and network', async () => {
    const { account, core, key } = await connected();
    expect(account.address.equals(new Ed25519PublicKey(key).authKey().derivedAddress())).toBe(true);
    expect(core.network).toEqual({ name: 'mainnet', chainId: 1 });
    expect(core.isConnected()).toBe(true);
  });

  it('opens no window on a page that nobody touched, and finds its account again', async () => {
    const { account } = await connected();
    stop();
    const asked = page.metamask.asked.length;
    touch(false);
    register();
    const core = adapter();
    await core.connect('Lookahead');
    expect(core.account?.address.equals(account.address)).toBe(true);
    expect(page.metamask.asked.slice(asked)).toEqual([
      'wallet_getSnaps',
      'wallet_getAccounts',
      'wallet_getNetworks',
    ]);
  });

  it('answers that the user said no', async () => {
    const wallet = register();
    const answer = await page.rejecting(wallet.features['aptos:connect'].connect());
    expect(answer).toEqual({ status: UserResponseStatus.REJECTED });
  });

  it('signs what the dapp built', async () => {
    const { account, core, key } = await connected();
    const transaction = await new Aptos(
      new AptosConfig({ network: Network.MAINNET }),
    ).transaction.build.simple({ sender: account.address, data });
    const { authenticator } = await page.approving(
      core.signTransaction({ transactionOrPayload: transaction }),
    );
    if (!(authenticator instanceof AccountAuthenticatorEd25519)) throw new Error('another kind');
    const message = generateSigningMessageForTransaction(transaction);
    expect(ed25519.verify(authenticator.signature.toUint8Array(), message, key)).toBe(true);
  });

  it('pays for another as the SDK does', async () => {
    const { account, core, key } = await connected();
    const built = await new Aptos(
      new AptosConfig({ network: Network.MAINNET }),
    ).transaction.build.simple({ sender: `0x${'b0'.repeat(32)}`, data, withFeePayer: true });
    const { authenticator } = await page.approving(
      core.signTransaction({ transactionOrPayload: built, asFeePayer: true }),
    );
    expect(built.feePayerAddress?.equals(account.address)).toBe(true);
    if (!(authenticator instanceof AccountAuthenticatorEd25519)) throw new Error('another kind');
    const message = generateSigningMessageForTransaction(built);
    expect(ed25519.verify(authenticator.signature.toUint8Array(), message, key)).toBe(true);
  });

  it('builds what the dapp describes, and signs it', async () => {
    const { account, key, wallet } = await connected();
    const sign = wallet.features['aptos:signTransaction'];
    if (sign.version !== '1.1.0') throw new Error('another version');
    const answer = await page.approving(
      sign.signTransaction({
        payload: data,
        maxGasAmount: 777,
        gasUnitPrice: 120,
        sequenceNumber: 12,
        expirationTimestamp: 1_790_000_000,
        feePayer: { address: AccountAddress.from(`0x${'fe'.repeat(32)}`) },
      }),
    );
    if (answer.status !== UserResponseStatus.APPROVED) throw new Error('refused');
    const { authenticator, rawTransaction } = answer.args;
    if (!(rawTransaction instanceof SimpleTransaction)) throw new Error('another kind');
    const raw = rawTransaction.rawTransaction;
    expect(raw.sender.equals(account.address)).toBe(true);
    expect([raw.max_gas_amount, raw.gas_unit_price, raw.sequence_number]).toEqual([
      777n,
      120n,
      12n,
    ]);
    expect(raw.expiration_timestamp_secs).toBe(1_790_000_000n);
    expect(rawTransaction.feePayerAddress?.toString()).toBe(`0x${'fe'.repeat(32)}`);
    if (!(authenticator instanceof AccountAuthenticatorEd25519)) throw new Error('another kind');
    const message = generateSigningMessageForTransaction(rawTransaction);
    expect(ed25519.verify(authenticator.signature.toUint8Array(), message, key)).toBe(true);
  });

  it('submits what the dapp describes', async () => {
    const { core } = await connected();
    const { hash } = await page.approving(core.signAndSubmitTransaction({ data }));
    expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(chain.submitted).toHaveLength(1);
    expect(transferAbi.asked).toBeGreaterThan(0);
  });

  it('signs a message that the adapter verifies', async () => {
    const { core } = await connected();
    const message = { message: 'Hello', nonce: '7' };
    expect(await page.approving(core.signMessageAndVerify(message))).toBe(true);
    const signed = await page.approving(core.signMessage(message));
    expect(signed).toMatchObject({ application: ORIGIN, chainId: 1, prefix: 'APTOS', ...message });
  });

  it('signs in, connecting first where need be', async () => {
    register();
    const core = adapter();
    const input = { domain: new URL(ORIGIN).host, nonce: 'abcdefgh' };
    const output = await page.approving(core.signIn({ input, walletName: 'Lookahead' }));
    expect(output.type).toBe('ed25519');
    expect(output.input).toMatchObject({ ...input, uri: ORIGIN, version: '1' });
    expect(output.input.address).toBe(output.account.address.toStringLong());
    expect(output.input.chainId).toMatch(/mainnet/);
  });

  it('disconnects, which the wallet remembers', async () => {
    const { core, wallet } = await connected();
    await core.disconnect();
    expect(page.metamask.asked.at(-1)).toBe('wallet_disconnect');
    await expect(wallet.features['aptos:account'].account()).rejects.toMatchObject({ code: 4100 });
  });
});

describe('changes', () => {
  it('of the network, by the page', async () => {
    const { core } = await connected();
    const seen: (NetworkInfo | null)[] = [];
    core.on('networkChange', (network) => seen.push(network));
    await core.onNetworkChange();
    expect(await core.changeNetwork(Network.TESTNET)).toEqual({ success: true });
    await settle();
    expect(seen).toEqual([{ name: 'testnet', chainId: 2 }]);
    expect(await page.approving(core.signMessage({ message: 'Hello', nonce: '7' }))).toMatchObject({
      chainId: 2,
    });
    const refused = await core.changeNetwork(Network.SHELBYNET);
    expect(refused.success).toBe(false);
    expect(refused.reason).toMatch(/does not know the network shelbynet/);
  });

  it('of the network, in the wallet', async () => {
    const { core } = await connected();
    const seen: (NetworkInfo | null)[] = [];
    core.on('networkChange', (network) => seen.push(network));
    await core.onNetworkChange();
    await page.focus();
    expect(seen).toEqual([]);
    const state = structuredClone(page.host.encrypted) as { current: unknown[] };
    page.host.encrypted = {
      ...state,
      current: [{ chain: 'aptos', network: 'aptos-testnet' }],
    };
    await page.focus();
    expect(seen).toEqual([{ name: 'testnet', chainId: 2 }]);
  });

  it('of the account, in the wallet', async () => {
    const { core, wallet } = await connected();
    const seen: (AccountInfo | null)[] = [];
    core.on('accountChange', (account) => seen.push(account));
    await core.onAccountChange();
    const changes: unknown[] = [];
    const events = wallet.features as unknown as {
      'standard:events': { on(event: 'change', listener: (change: unknown) => void): void };
    };
    events['standard:events'].on('change', (change) => changes.push(change));
    page.metamask.installed = false;
    await page.focus();
    expect(changes).toEqual([{ accounts: [] }]);
    expect(seen).toEqual([]);
    await expect(wallet.features['aptos:account'].account()).rejects.toMatchObject({ code: 4100 });
  });
});
