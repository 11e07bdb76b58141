/** A MetaMask with the snap in it, as far as a page can see: it announces itself, answers and signs. */
import { Keypair, Transaction } from '@solana/web3.js';
import type { Page } from 'playwright-core';
import type { SolanaLocalnet } from '../../localnet/solana';

export interface FakeMetaMask {
  readonly keypair: Keypair;
  /** Methods that the page called, in order. */
  readonly called: string[];
  /** Answers the next signature with 4001. */
  rejectNext: boolean;
}

export async function installFakeMetaMask(
  page: Page,
  localnet: SolanaLocalnet,
): Promise<FakeMetaMask> {
  const fake: FakeMetaMask = { keypair: Keypair.generate(), called: [], rejectNext: false };
  const accounts = [
    { chain: 'solana', address: fake.keypair.publicKey.toBase58(), label: 'Solana account 1' },
    { chain: 'aptos', address: `0x${'a1'.repeat(32)}`, label: 'Aptos account 1' },
    { chain: 'sui', address: `0x${'b2'.repeat(32)}`, label: 'Sui account 1' },
  ].map((account) => ({ ...account, publicKey: '00'.repeat(32) }));
  const network = {
    chain: 'solana',
    id: 'added-local',
    name: 'Localnet',
    genesis: localnet.genesisHash,
    isTest: true,
    current: false,
  };
  let networks: unknown[] = [];

  const answers: Record<string, (params: { transaction: string }) => unknown> = {
    wallet_requestSnaps: () => ({}),
    wallet_connect: () => ({ accounts }),
    wallet_getAccounts: () => ({ accounts }),
    wallet_getNetworks: () => ({ networks }),
    wallet_addNetwork: () => {
      networks = [network];
      return { network };
    },
    solana_signAndSendTransaction: ({ transaction }) => {
      const signed = Transaction.from(Buffer.from(transaction, 'base64'));
      signed.sign(fake.keypair);
      const landed = localnet.bank.process(new Uint8Array(signed.serialize()));
      if ('refused' in landed) throw new Error(JSON.stringify(landed.refused));
      return { signature: landed.signature };
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
