/** A MetaMask with the snap in it, as far as a page can see: it announces itself, answers and signs. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { Keypair, Transaction } from '@solana/web3.js';
import type { Page } from 'playwright-core';
import { messageOf, signTransaction } from '../../src/chains/aptos';
import { fullAddress } from '../../src/chains/aptos/address';
import { derivedKey, SCHEME } from '../../src/vm-preview/move/aptos/transaction';
import type { Site } from './site';

export interface FakeMetaMask {
  readonly keypair: Keypair;
  /** The account's address on Aptos. */
  readonly aptosAddress: string;
  /** Methods that the page called, in order. */
  readonly called: string[];
  /** Answers the next signature with 4001. */
  rejectNext: boolean;
}

interface Params {
  readonly transaction: string;
  readonly chain: 'solana' | 'aptos';
}

export async function installFakeMetaMask(
  page: Page,
  { localnet, aptos }: Pick<Site, 'localnet' | 'aptos'>,
): Promise<FakeMetaMask> {
  const secret = ed25519.utils.randomSecretKey();
  const aptosKey = ed25519.getPublicKey(secret);
  const aptosAddress = fullAddress(derivedKey(aptosKey, SCHEME.ed25519));
  const keypair = Keypair.generate();
  const fake: FakeMetaMask = { keypair, aptosAddress, called: [], rejectNext: false };
  const accounts = [
    { chain: 'solana', address: fake.keypair.publicKey.toBase58(), label: 'Solana account 1' },
    { chain: 'aptos', address: aptosAddress, label: 'Aptos account 1' },
    { chain: 'sui', address: `0x${'b2'.repeat(32)}`, label: 'Sui account 1' },
  ].map((account) => ({ ...account, publicKey: '00'.repeat(32) }));
  const genesis = { solana: localnet.genesisHash, aptos: String(aptos.chainId) };
  const networkOf = (chain: 'solana' | 'aptos') => ({
    chain,
    id: `added-${chain}`,
    name: 'Localnet',
    genesis: genesis[chain],
    isTest: true,
    current: false,
  });
  const networks: unknown[] = [];

  const answers: Record<string, (params: Params) => unknown> = {
    wallet_requestSnaps: () => ({}),
    wallet_connect: () => ({ accounts }),
    wallet_getAccounts: () => ({ accounts }),
    wallet_getNetworks: () => ({ networks }),
    wallet_addNetwork: ({ chain }) => {
      const network = networkOf(chain);
      networks.push(network);
      return { network };
    },
    solana_signAndSendTransaction: ({ transaction }) => {
      const signed = Transaction.from(Buffer.from(transaction, 'base64'));
      signed.sign(fake.keypair);
      const landed = localnet.bank.process(new Uint8Array(signed.serialize()));
      if ('refused' in landed) throw new Error(JSON.stringify(landed.refused));
      return { signature: landed.signature };
    },
    aptos_signAndSubmitTransaction: ({ transaction }) => {
      const bytes = new Uint8Array(Buffer.from(transaction, 'base64'));
      const signature = ed25519.sign(messageOf(bytes), secret);
      return {
        hash: aptos.chain.submit(signTransaction(bytes, aptosAddress, aptosKey, signature)).hash,
      };
    },
  };

  await page.exposeFunction('askFakeMetaMask', (text: string) => {
    const { method, params } = JSON.parse(text);
    const request = method === 'wallet_invokeSnap' ? params.request : { method, params };
    fake.called.push(request.method);
    if (fake.rejectNext && request.method.includes('sign')) {
      fake.rejectNext = false;
      return { error: { code: 4001, message: 'The user rejected the request.' } };
    }
    const answer = answers[request.method];
    if (answer === undefined) return { error: { code: 4200, message: 'no such method' } };
    return { result: answer(request.params) };
  });
  await page.addInitScript(ANNOUNCE);
  return fake;
}

/** As text: what the test's compiler adds to functions is not there in the page. */
const ANNOUNCE = `
  const provider = {
    async request(args) {
      const { error, result } = await window.askFakeMetaMask(JSON.stringify(args));
      if (error) throw Object.assign(new Error(error.message), error);
      return result;
    },
  };
  const info = { uuid: 'fake', name: 'MetaMask Flask', icon: 'data:,', rdns: 'io.metamask.flask' };
  const announce = () =>
    window.dispatchEvent(
      new CustomEvent('eip6963:announceProvider', { detail: Object.freeze({ info, provider }) }),
    );
  window.addEventListener('eip6963:requestProvider', announce);
  announce();
`;
